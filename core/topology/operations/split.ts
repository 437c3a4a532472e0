// Splits a grid, with all its descendants, along a drawn line.

import { boundsOf, type Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { type Grid, isRefusal, type Position, type Refusal } from '../model.ts'
import type { Noded } from '../node.ts'
import type { Bent, Box, Part, Side, SplitPlan } from '../plans.ts'
import type { Points } from '../points.ts'
import { type Region, segmentBox } from '../region.ts'
import { retile, type Turn } from '../retile.ts'
import { shapeArea2, sortShape } from '../shape.ts'
import { type CutSegment, type Snapped, snapRound } from '../snap.ts'
import { partsBelow, piecesOfTarget } from './cut-parts.ts'
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
  const { traced } = division
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
  const targetPieces = piecesOfTarget(points, division)
  if (!targetPieces) return { refused: 'too-narrow', place }
  const sideShape = (side: Side) =>
    sortShape(targetPieces.filter(piece => piece.side === side).map(piece => piece.shape))
  const left = sideShape('left')
  const right = sideShape('right')
  const whole = coverage.grid(target)!
  parts.push({ grid: target, level: whole.level, left, right })
  const below = partsBelow(
    coverage,
    region,
    points,
    division,
    descendants,
    grid => bentWithin.get(grid.id) ?? grid.shape,
  )
  if (isRefusal(below)) return { ...below, place }
  for (const part of below) parts.push(part)

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
