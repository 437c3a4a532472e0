// Splits a grid, with all its descendants, along a drawn line.

import { traceShape } from '../chains.ts'
import { boundsOf, type Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { type Grid, isRefusal, type Polygon, type Position, type Refusal, type Shape } from '../model.ts'
import type { Noded } from '../node.ts'
import type { Bent, Box, Part, Piece, Side, SplitPlan } from '../plans.ts'
import type { Points } from '../points.ts'
import { leavesUnder, type Region, segmentBox } from '../region.ts'
import { retile, type Turn } from '../retile.ts'
import { shapeArea2, sortShape } from '../shape.ts'
import { type CutSegment, type Snapped, snapRound } from '../snap.ts'
import { type Division, divide } from './divide.ts'
import { drawLine, drawnCut, latticeLine } from './draw-line.ts'
import { leavesOf, onRegion } from './on-region.ts'

export { commitSplit } from './commit-split.ts'

/**
 * Divides a grid along an open line across it or a closed line (first position = last) inside it. The line is in lattice
 * positions; what lies outside the grid is ignored, loose ends are trimmed. The coverage must hold what `Coverage` says.
 *
 * Refuses with `unknown-grid`, `locked` (the grid or a descendant that would be divided), `bad-geometry`, `misses-grid`,
 * `touches-only`, `no-effect` (at the loose end), `self-crossing`, `too-narrow`.
 */
export const split = (
  coverage: Coverage,
  request: { grid: string; line: readonly Position[] },
): SplitPlan | Refusal => {
  const target = coverage.grid(request.grid)
  if (!target) return { refused: 'unknown-grid', place: null, grid: request.grid }
  const drawn = latticeLine(request.line)
  if (isRefusal(drawn)) return drawn
  if (target.locked) return { refused: 'locked', place: drawn[0]!, grid: target.id }
  if (drawn.length < 2) return { refused: 'no-effect', place: drawn[0]! }
  const cut = onRegion(coverage, [target.id], region => {
    const inTarget = leavesOf(coverage, region, [target.id])
    const found = cutRegion(region, inTarget, target, drawn)
    return isRefusal(found) ? found : { ...found, removed: found.snapped.removed }
  })
  return isRefusal(cut) ? cut : planOf(coverage, cut.region, target.id, cut)
}

interface Cut {
  readonly snapped: Snapped
  readonly division: Division
  readonly chains: readonly (readonly CutSegment[])[]
}

/** Nodes, trims, rounds and traces; chains that divide nothing are dropped before any border is touched for them. */
const cutRegion = (
  region: Region,
  inTarget: Uint8Array,
  target: Grid,
  drawn: readonly Position[],
): Cut | Refusal => {
  const ground = { box: boundsOf(target), onGround: (place: Position) => covers(target.shape, place) }
  const fitted = drawLine(region, inTarget, ground, drawn)
  if (isRefusal(fitted)) return fitted
  const { points, noded } = fitted
  let chains = noded.chains
  while (chains.length > 0) {
    const snapped = snapRound(region, points, { cuts: chains.flat(), moved: [], gone: [] })
    if (isRefusal(snapped)) return snapped
    const division = divide(region, inTarget, snapped)
    if (isRefusal(division)) return division
    if (!('idle' in division)) return { snapped, division, chains }
    if (division.idle.size === 0) break
    const { idle } = division
    chains = chains.filter(chain => !idle.has(chain[0]!.chain))
  }
  return nothingDivided(noded, drawn, points)
}

const nothingDivided = (noded: Noded, drawn: readonly Position[], points: Points): Refusal => {
  if (noded.loose) return { refused: 'no-effect', place: noded.loose }
  const end = noded.chains.at(-1)?.at(-1)?.to
  if (end !== undefined) return { refused: 'no-effect', place: [points.x(end), points.y(end)] }
  if (noded.met) return { refused: 'touches-only', place: noded.met }
  return { refused: 'misses-grid', place: drawn[0]! }
}

const planOf = (
  coverage: Coverage,
  region: Region,
  target: string,
  { snapped, division }: Cut,
): SplitPlan | Refusal => {
  const { points, removed, added } = snapped
  const { traced, pieces } = division
  const descendants = coverage.descendantsOf(target)
  const own = new Set([target, ...descendants.map(grid => grid.id)])

  const turns: Turn[] = []
  let before = 0n
  let after = 0n
  for (const [leaf, faces] of traced) {
    const grid = region.leaves[leaf]!
    const shape = sortShape(faces)
    before += shapeArea2(grid.shape)
    after += shapeArea2(shape)
    turns.push({ before: grid, after: { ...grid, shape } })
  }
  const [first] = snapped.cutPaths
  const place: Position | null = first ? [points.x(first[0]!), points.y(first[0]!)] : null
  if (before + snapped.outerGrowth !== after) return { refused: 'too-narrow', place }

  // As if both sides stayed together: what bends is bent for every level.
  const bends = retile(coverage, turns)
  if (isRefusal(bends)) return bends
  const bent: Bent[] = []
  for (const grid of bends.after)
    if (!own.has(grid.id))
      bent.push({ grid: grid.id, before: coverage.grid(grid.id)!.shape, after: grid.shape })
  const bentWithin = new Map(bends.after.map(grid => [grid.id, grid.shape]))

  const parts: Part[] = []
  const targetPieces = groupShapes(points, division)
  if (!targetPieces) return { refused: 'too-narrow', place }
  const sideShape = (side: Side) =>
    sortShape(targetPieces.filter(piece => piece.side === side).map(piece => piece.shape))
  const left = sideShape('left')
  const right = sideShape('right')
  const whole = coverage.grid(target)!
  parts.push({ grid: target, level: whole.level, left, right })
  const piecesOf: number[][] = region.leaves.map(() => [])
  /** The sides that each leaf has ground on: 1 left, 2 right, 3 both. */
  const sidesOf = new Uint8Array(region.leaves.length)
  pieces.forEach(({ leaf, side }, i) => {
    piecesOf[leaf]!.push(i)
    sidesOf[leaf]! |= side === 'left' ? 1 : 2
  })
  for (const grid of descendants) {
    const leaves = leavesUnder(coverage, grid.id)
    let sides = 0
    for (const { id } of leaves) sides |= sidesOf[region.numberOf.get(id)!]!
    const shapes: Record<Side, Shape | null> = { left: null, right: null }
    const isTraced = grid.leaf && traced.has(region.numberOf.get(grid.id)!)
    if (sides < 3 && !isTraced) {
      if (sides > 0) shapes[sides === 1 ? 'left' : 'right'] = bentWithin.get(grid.id) ?? grid.shape
    } else {
      const here = leaves.flatMap(leaf => piecesOf[region.numberOf.get(leaf.id)!]!)
      for (const side of new Set(here.map(i => pieces[i]!.side))) {
        const kept = here.filter(i => pieces[i]!.side === side)
        // An untouched leaf with exclaves can still fall to both sides.
        if (grid.leaf) shapes[side] = sortShape(kept.map(i => pieces[i]!.face))
        else {
          const flags = new Uint8Array(pieces.length)
          for (const i of kept) flags[i] = 1
          shapes[side] = outlineOf(points, division, flags)
        }
        if (!shapes[side]) return { refused: 'too-narrow', place, grid: grid.id }
      }
    }
    if (sides === 3 && grid.locked) return { refused: 'locked', place, grid: grid.id }
    parts.push({ grid: grid.id, level: grid.level, left: shapes.left, right: shapes.right })
  }

  return {
    kind: 'split',
    grid: target,
    pieces: targetPieces,
    left,
    right,
    parts,
    bent,
    cut: drawnCut(snapped),
    outerRingBent: snapped.outerRingBent,
    drift: snapped.drift,
    touchedBox: touchedBox(region, removed, added, points, whole),
  }
}

/** The outline of the pieces that are kept. */
const outlineOf = (points: Points, { borders }: Division, kept: Uint8Array): Shape | null => {
  const { count, a, b, left, right } = borders
  const from: number[] = []
  const to: number[] = []
  for (let i = 0; i < count; i++) {
    const inLeft = left[i]! >= 0 && kept[left[i]!] === 1
    const inRight = right[i]! >= 0 && kept[right[i]!] === 1
    if (inLeft === inRight) continue
    from.push(inLeft ? a[i]! : b[i]!)
    to.push(inLeft ? b[i]! : a[i]!)
  }
  return traceShape(points, from, to)
}

/** The target's own pieces, each with its side. */
const groupShapes = (points: Points, division: Division): Piece[] | null => {
  const { pieces } = division
  const leaves = new Set(pieces.map(piece => piece.leaf))
  if (leaves.size === 1) return sortPieces(pieces.map(({ side, face }) => ({ side, shape: face })))
  const found: Piece[] = []
  const groups = new Map(pieces.map(piece => [piece.group, piece.side]))
  for (const [group, side] of groups) {
    const kept = Uint8Array.from(pieces, piece => (piece.group === group ? 1 : 0))
    const shape = outlineOf(points, division, kept)
    if (!shape) return null
    for (const face of shape) found.push({ side, shape: face })
  }
  return sortPieces(found)
}

const sortPieces = (pieces: readonly Piece[]): Piece[] => {
  const order = sortShape(pieces.map(piece => piece.shape))
  const sideOf = new Map<Polygon, Side>()
  const canonical = new Map(order.map(face => [face[0]!, face]))
  for (const piece of pieces) sideOf.set(canonical.get(piece.shape[0]!)!, piece.side)
  return order.map(shape => ({ side: sideOf.get(shape)!, shape }))
}

const touchedBox = (
  region: Region,
  removed: ReadonlySet<number>,
  added: Snapped['added'],
  points: Points,
  whole: Grid,
): Box => {
  let [minX, minY, maxX, maxY] = boundsOf(whole)
  const reach = (x: number, y: number) => {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  for (const s of removed) {
    const [x, y, farX, farY] = segmentBox(region, s)
    reach(x, y)
    reach(farX, farY)
  }
  for (const { a, b } of added) {
    reach(points.x(a), points.y(a))
    reach(points.x(b), points.y(b))
  }
  return [minX, minY, maxX, maxY]
}
