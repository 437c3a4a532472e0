// Divides a parent into given parts: a proposal of the partitioner, or one part that is the parent itself.
import { findContacts } from '../contacts.ts'
import type { Coverage } from '../coverage.ts'
import { covers } from '../covers.ts'
import { type Grid, isRefusal, type Level, type Position, type Refusal, type Shape } from '../model.ts'
import { type Pieces, tracePieces } from '../pieces.ts'
import type { GroundPlan } from '../plans.ts'
import { Points, pairKey } from '../points.ts'
import { newcomer, reassign } from '../reassign.ts'
import type { Region } from '../region.ts'
import { interiorPoint, shapeArea2 } from '../shape.ts'
import { type CutSegment, snapRound } from '../snap.ts'
import { drawnCut } from './draw-line.ts'
import { turnsOf } from './give.ts'
import { groundPlan, placeOf } from './ground-plan.ts'
import { leavesOf, onRegion } from './on-region.ts'

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
  const inner = innerSegments(points, parts)
  if (isRefusal(inner)) return inner
  const leaf = inParent.indexOf(1)
  const cuts = inner.map(([from, to], chain): CutSegment => {
    const [px, py, qx, qy] = [points.x(from), points.y(from), points.x(to), points.y(to)]
    return { px, py, qx, qy, from, to, chain, leaf }
  })
  const snapped = snapRound(region, points, { cuts, moved: [], gone: [] })
  if (isRefusal(snapped)) return snapped
  const pieces = tracePieces(region, inParent, snapped)
  return isRefusal(pieces) ? pieces : { snapped, pieces, removed: snapped.removed }
}

/** The segments that two parts share, each once; a vertex that only one of them has is given to the other. */
const innerSegments = (points: Points, parts: readonly Shape[]): (readonly [number, number])[] | Refusal => {
  const walks: number[][] = []
  const from: number[] = []
  const to: number[] = []
  const known = new Map<number, number>()
  const keyOf = (u: number, w: number) => (u < w ? pairKey(u, w) : pairKey(w, u))
  for (const part of parts)
    for (const ring of part.flat()) {
      const walk: number[] = []
      for (let i = 0; i < ring.length; i += 2) walk.push(points.add(ring[i]!, ring[i + 1]!))
      walk.push(walk[0]!)
      walks.push(walk)
      for (let i = 1; i < walk.length; i++) {
        const key = keyOf(walk[i - 1]!, walk[i]!)
        if (known.has(key)) continue
        known.set(key, from.length)
        from.push(walk[i - 1]!)
        to.push(walk[i]!)
      }
    }
  const through = new Map<number, number[]>()
  let crossing: Position | null = null
  findContacts(points, from, to, ({ kind, segment, other }) => {
    if (kind === 'crossing') crossing ??= [points.x(from[segment]!), points.y(from[segment]!)]
    else through.set(segment, [...(through.get(segment) ?? []), other])
    return crossing === null
  })
  if (crossing) return { refused: 'bad-geometry', place: crossing }
  const shared = new Map<number, { count: number; ends: readonly [number, number] }>()
  for (const walk of walks)
    for (let i = 1; i < walk.length; i++) {
      const [u, w] = [walk[i - 1]!, walk[i]!]
      const far = (v: number) => Math.hypot(points.x(v) - points.x(u), points.y(v) - points.y(u))
      const stops = [...(through.get(known.get(keyOf(u, w))!) ?? [])].sort((p, q) => far(p) - far(q))
      for (const [a, b] of pairs([u, ...stops, w])) {
        const segment = shared.get(keyOf(a, b))
        if (segment) segment.count++
        else shared.set(keyOf(a, b), { count: 1, ends: [a, b] })
      }
    }
  return [...shared.values()].filter(({ count }) => count > 1).map(({ ends }) => ends)
}

const pairs = (vertices: readonly number[]): (readonly [number, number])[] =>
  vertices.slice(1).map((vertex, i) => [vertices[i]!, vertex] as const)

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
