// Divides a parent into given parts: a proposal of the partitioner, or one part that is the parent itself.
import type { Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { type Grid, isRefusal, type Level, type Position, type Refusal, type Shape } from '../model.ts'
import { type Pieces, tracePieces } from '../pieces.ts'
import type { GroundPlan } from '../plans.ts'
import { Points } from '../points.ts'
import { newcomer, reassign } from '../reassign.ts'
import type { Region } from '../region.ts'
import { interiorPoint, shapeArea2 } from '../shape.ts'
import { type CutSegment, snapRound } from '../snap.ts'
import { drawnCut } from './draw-line.ts'
import { turnsOf } from './give.ts'
import { groundPlan, placeOf } from './ground-plan.ts'
import { leavesOf, onRegion } from './on-region.ts'
import { segmentsOfParts } from './part-segments.ts'

/** The id of the nth part until the caller names it. */
export const partId = (n: number): string => `part-${n}`

/**
 * The parts tile the parent; where they meet its border, that bends by a step at most. Grids that are below the parent now go: the parts take their place, all of them leaves.
 *
 * Refuses with `unknown-grid`, `locked` (the parent or one below it), `different-depths` (level 4), `no-effect` (no
 * parts), `bad-geometry` (the parts do not tile the parent, at a place of one that fails), `too-narrow`.
 */
export const applyParts = (
  coverage: Coverage,
  request: { parent: string; parts: readonly Shape[] },
): GroundPlan | Refusal => {
  const parent = coverage.grid(request.parent)
  if (!parent) return { refused: 'unknown-grid', place: null, grid: request.parent }
  const refuse = (refused: Refusal['refused'], grid = parent): Refusal => ({
    refused,
    place: placeOf(grid.shape),
    grid: grid.id,
  })
  const { parts } = request
  if (parent.level === 4) return refuse('different-depths')
  if (parts.length === 0) return refuse('no-effect')
  const below = coverage.descendantsOf(parent.id)
  const locked = [parent, ...below].find(grid => grid.locked)
  if (locked) return refuse('locked', locked)
  const bare = { ...parent, leaf: true }
  const emptied = coverage.apply({ before: [parent, ...below], after: [bare] })
  const found = onRegion(emptied, [parent.id], region =>
    cutParts(region, leavesOf(emptied, region, [parent.id]), parts),
  )
  if (isRefusal(found)) return found
  const { region, snapped, pieces } = found
  const partOf = assign(pieces, parts)
  if (isRefusal(partOf)) return partOf
  const shapes = reassign(region, snapped.points, pieces, partOf.map(newcomer))
  if (isRefusal(shapes)) return shapes

  const created = parts.map(
    (_, n): Grid => ({
      id: partId(n),
      level: (parent.level + 1) as Level,
      parent: parent.id,
      leaf: true,
      code: '',
      name: '',
      kind: parent.kind,
      locked: false,
      shape: shapes.get(newcomer(n))!,
    }),
  )
  const turns = turnsOf(emptied, region, shapes, new Map()).map(turn =>
    turn.before?.id === parent.id ? { before: bare, after: { ...bare, leaf: false } } : turn,
  )
  const plan = groundPlan(emptied, {
    kind: 'partition',
    turns: [...turns, ...created.map(after => ({ before: null, after }))],
    flows: [],
    created: created.map(grid => grid.id),
    drawn: drawnCut(snapped),
    snapped,
    place: placeOf(parent.shape),
  })
  if (isRefusal(plan)) return plan
  const before = plan.change.before.map(grid => (grid.id === parent.id ? parent : grid))
  return {
    ...plan,
    change: { before: [...before, ...below], after: plan.change.after },
    shifted: [...new Set([parent.id, ...plan.shifted, ...below.map(grid => grid.id)])],
    bent: plan.bent.filter(id => id !== parent.id),
    lineage: below.map(grid => ({ from: grid.id, to: partId(holding(parts, grid)) })),
  }
}

/** The part that the middle of a grid lies in. */
const holding = (parts: readonly Shape[], grid: Grid): number =>
  Math.max(
    0,
    parts.findIndex(part => covers(part, interiorPoint(grid.shape))),
  )

const cutParts = (region: Region, inParent: Uint8Array, parts: readonly Shape[]) => {
  const points = new Points(region.points)
  const segments = segmentsOfParts(points, parts)
  if (isRefusal(segments)) return segments
  const inner = segments.filter(({ count }) => count > 1)
  const leaf = inParent.indexOf(1)
  const cuts = inner.map(({ ends: [from, to] }, chain): CutSegment => {
    const [px, py, qx, qy] = [points.x(from), points.y(from), points.x(to), points.y(to)]
    return { px, py, qx, qy, from, to, chain, leaf }
  })
  const snapped = snapRound(region, points, { cuts, moved: [], gone: [] })
  if (isRefusal(snapped)) return snapped
  const pieces = tracePieces(region, inParent, snapped)
  return isRefusal(pieces) ? pieces : { snapped, pieces, removed: snapped.removed }
}

/** The part of each piece, or where a part is not what its pieces make. */
const assign = ({ pieces }: Pieces, parts: readonly Shape[]): number[] | Refusal => {
  const areas = parts.map(() => 0n)
  const partOf: number[] = []
  for (const { face } of pieces) {
    const inside = interiorPoint([face])
    const part = parts.findIndex(shape => covers(shape, inside))
    if (part < 0) return { refused: 'bad-geometry', place: inside }
    areas[part]! += shapeArea2([face])
    partOf.push(part)
  }
  for (const [n, part] of parts.entries()) {
    const off = Number(areas[n]! - shapeArea2(part))
    if (areas[n] === 0n || Math.abs(off) > 4 * reach(part))
      return { refused: 'bad-geometry', place: placeOf(part) as Position }
  }
  return partOf
}

/** The length of an outline in steps: how much area a bend of a step along all of it would be. */
const reach = (shape: Shape): number => {
  let length = 0
  for (const ring of shape.flat())
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      length += Math.hypot(ring[i]! - ring[j]!, ring[i + 1]! - ring[j + 1]!)
  return length
}
