// Decides who owns each face of an arranged map: overlaps go to one of those who claim them, gaps to a neighbour.
import type { Polygon } from '../model.ts'
import { shapeArea2 } from '../shape.ts'
import type { FaceMap } from './faces.ts'
import { Longest } from './longest.ts'

export interface Decided {
  readonly face: number
  readonly what: 'gap-filled' | 'gap-left' | 'overlap-given'
  readonly to: number | null
  readonly from: readonly number[]
}

interface Rules {
  readonly isLeaf: readonly boolean[]
  readonly levels: readonly number[]
  readonly isUnder: (leaf: number, above: number) => boolean
  /** May a gap inside no grid be filled by any neighbour? */
  readonly isFilled: (gap: Polygon) => boolean
}

interface Open {
  /** Who may own it, strictest first; the next rule counts when nobody borders it that the one before allows. */
  readonly rules: readonly ((leaf: number) => boolean)[]
  rule: number
  readonly from: readonly number[]
  readonly gap: boolean
}

/** No grid owns this face. */
const NOBODY = -1

const anybody = () => true

/**
 * What was drawn over others whole keeps its ground; else the longest shared border decides, the clearest case first. A gap inside a parent goes to one of that parent's leaves,
 * or to another neighbour when none of them borders it and it is to be filled; one inside no grid at all only when it is.
 */
export const assignFaces = (
  { faces, outside }: FaceMap,
  { isLeaf, levels, isUnder, isFilled }: Rules,
): { owner: number[]; decided: Decided[] } => {
  const owner = new Array<number>(faces.length).fill(NOBODY)
  const decided: Decided[] = []
  const open = new Map<number, Open>()
  const claims = faces.map(({ cover }) => cover.filter(one => isLeaf[one]))
  const drawnOver = whollyDrawnOver(faces, claims, outside)
  faces.forEach(({ cover, polygon }, f) => {
    if (f === outside) return
    const leaves = claims[f]!
    const inner = leaves.length > 1 ? drawnOver(leaves) : undefined
    if (leaves.length === 1) owner[f] = leaves[0]!
    else if (inner !== undefined) {
      owner[f] = inner
      const losers = leaves.filter(one => one !== inner)
      decided.push({ face: f, what: 'overlap-given', to: inner, from: losers })
    } else if (leaves.length > 1)
      open.set(f, { rules: [leaf => leaves.includes(leaf)], rule: 0, from: leaves, gap: false })
    else {
      const above = [...cover].sort((p, q) => levels[q]! - levels[p]!)
      const rules = [
        ...above.map(one => (leaf: number) => isUnder(leaf, one)),
        ...(isFilled(polygon) ? [anybody] : []),
      ]
      if (rules.length > 0) open.set(f, { rules, rule: 0, from: [], gap: true })
      else decided.push({ face: f, what: 'gap-left', to: null, from: [] })
    }
  })

  const borders = new Longest()
  const lengthen = (face: number, leaf: number, length: number) => {
    const { rules, rule } = open.get(face)!
    if (rules[rule]!(leaf)) borders.add(face, leaf, length)
  }
  const look = (face: number) => {
    for (const [other, length] of faces[face]!.beside)
      if (owner[other]! >= 0) lengthen(face, owner[other]!, length)
  }
  for (const face of open.keys()) look(face)
  while (open.size > 0) {
    let best = borders.take()
    while (!best && relax(open)) {
      for (const face of open.keys()) look(face)
      best = borders.take()
    }
    if (!best) {
      // What claims ground and borders none of its own still gets it; a gap that nobody may fill stays.
      const [face, { from }] = open.entries().next().value!
      best = { face, leaf: from[0] ?? NOBODY }
    }
    const { face, leaf } = best
    const { from, gap } = open.get(face)!
    open.delete(face)
    borders.drop(face)
    owner[face] = leaf
    if (leaf < 0) {
      decided.push({ face, what: 'gap-left', to: null, from: [] })
      continue
    }
    const losers = from.filter(one => one !== leaf)
    decided.push({ face, what: gap ? 'gap-filled' : 'overlap-given', to: leaf, from: losers })
    for (const [other, length] of faces[face]!.beside) if (open.has(other)) lengthen(other, leaf, length)
  }
  return { owner, decided }
}

/**
 * A grid that others claim to its last corner was drawn over them, as an enterprise is within a village: it keeps its ground,
 * and of several the smallest does. @returns who that is among the claimants of a face, if anybody
 */
const whollyDrawnOver = (
  faces: FaceMap['faces'],
  claims: readonly (readonly number[])[],
  outside: number,
): ((claimants: readonly number[]) => number | undefined) => {
  const alone = new Set<number>()
  const size = new Map<number, number>()
  claims.forEach((leaves, f) => {
    if (f === outside) return
    if (leaves.length === 1) alone.add(leaves[0]!)
    if (leaves.length < 2) return
    const area = Number(shapeArea2([faces[f]!.polygon]))
    for (const leaf of leaves) size.set(leaf, (size.get(leaf) ?? 0) + area)
  })
  return claimants =>
    claimants.filter(one => !alone.has(one)).sort((p, q) => size.get(p)! - size.get(q)! || p - q)[0]
}

/** The next rule for every face that has one; nothing borders any of them as yet. */
const relax = (open: ReadonlyMap<number, Open>): boolean => {
  let relaxed = false
  for (const face of open.values())
    if (face.rule + 1 < face.rules.length) {
      face.rule++
      relaxed = true
    }
  return relaxed
}
