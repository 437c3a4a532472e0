// Decides who owns each face of an arranged map: overlaps go to one of those who claim them, gaps to a neighbour.
import { areaSquareMetres } from '../shape.ts'
import type { FaceMap } from './faces.ts'

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
  readonly gapSquareMetres: number
}

/** No grid owns this face. */
const NOBODY = -1

/**
 * The longest shared border decides, the clearest case first. A gap inside a parent goes to one of that parent's leaves;
 * one inside no grid at all is filled when it is small and enclosed.
 */
export const assignFaces = (
  { faces, outside }: FaceMap,
  { isLeaf, levels, isUnder, gapSquareMetres }: Rules,
): { owner: number[]; decided: Decided[] } => {
  const owner = new Array<number>(faces.length).fill(NOBODY)
  const decided: Decided[] = []
  const open = new Map<number, { mayOwn: (leaf: number) => boolean; from: number[]; gap: boolean }>()
  faces.forEach(({ cover, polygon }, f) => {
    if (f === outside) return
    const leaves = cover.filter(one => isLeaf[one])
    if (leaves.length === 1) owner[f] = leaves[0]!
    else if (leaves.length > 1)
      open.set(f, { mayOwn: leaf => leaves.includes(leaf), from: leaves, gap: false })
    else {
      const above = cover.reduce((deep, one) => (deep < 0 || levels[one]! > levels[deep]! ? one : deep), -1)
      if (above >= 0) open.set(f, { mayOwn: leaf => isUnder(leaf, above), from: [], gap: true })
      else if (areaSquareMetres([polygon]) <= gapSquareMetres)
        open.set(f, { mayOwn: () => true, from: [], gap: true })
      else decided.push({ face: f, what: 'gap-left', to: null, from: [] })
    }
  })
  while (open.size > 0) {
    let best: { face: number; leaf: number; length: number } | null = null
    for (const [face, { mayOwn }] of open) {
      const lengths = new Map<number, number>()
      for (const [other, length] of faces[face]!.beside) {
        const leaf = owner[other]!
        if (leaf >= 0 && mayOwn(leaf)) lengths.set(leaf, (lengths.get(leaf) ?? 0) + length)
      }
      for (const [leaf, length] of lengths) if (!best || length > best.length) best = { face, leaf, length }
    }
    if (!best) {
      // What claims ground and borders none of its own still gets it; a gap that nobody may fill stays.
      const [face, { from }] = open.entries().next().value!
      best = { face, leaf: from[0] ?? NOBODY, length: 0 }
    }
    const { from, gap } = open.get(best.face)!
    open.delete(best.face)
    owner[best.face] = best.leaf
    const losers = from.filter(one => one !== best.leaf)
    if (best.leaf < 0) decided.push({ face: best.face, what: 'gap-left', to: null, from: [] })
    else
      decided.push({
        face: best.face,
        what: gap ? 'gap-filled' : 'overlap-given',
        to: best.leaf,
        from: losers,
      })
  }
  return { owner, decided }
}
