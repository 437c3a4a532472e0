// Moves, inserts and deletes border vertices; a vertex where three or more grids meet moves the borders of all of them.
import type { Coverage } from '../coverage.ts'
import { distanceToSegment } from '../exact.ts'
import { isRefusal, type Position, type Refusal } from '../model.ts'
import { tracePieces } from '../pieces.ts'
import type { Box, GroundPlan } from '../plans.ts'
import { Points } from '../points.ts'
import { reassign } from '../reassign.ts'
import { OUTSIDE, type Region, segmentsAt } from '../region.ts'
import { type Drawing, type MovedStretch, snapRound } from '../snap.ts'
import { turnsOf } from './give.ts'
import { groundPlan } from './ground-plan.ts'
import { onRegion } from './on-region.ts'

/** How near a place must be to a border to mean it, in steps. */
const NEAR = 8

/**
 * Moves the border vertex at `from` to `to`, with every border that ends there.
 *
 * Refuses with `misses-grid` (no vertex there), `leaves-area` (on the plan's outer ring), `no-effect`, `self-crossing`
 * (a border would cross another), `too-narrow`, `locked`, `bad-geometry`.
 */
export const moveVertex = (
  coverage: Coverage,
  { from, to }: { from: Position; to: Position },
): GroundPlan | Refusal =>
  redrawAround(coverage, 'move-vertex', from, to, (region, points) => {
    const vertex = region.points.find(from[0], from[1])
    const gone = vertex < 0 ? [] : segmentsAt(region, vertex)
    if (gone.length === 0) return { refused: 'misses-grid', place: from }
    if (from[0] === to[0] && from[1] === to[1]) return { refused: 'no-effect', place: from }
    const place = points.add(to[0], to[1])
    const moved = gone.map(segment => {
      const [a, b] = [region.a[segment]!, region.b[segment]!]
      return { segment, path: a === vertex ? [place, b] : [a, place] }
    })
    return { cuts: [], moved, gone }
  })

/** Puts a vertex at `to` into the border that runs nearest to `at`. Refuses as `moveVertex` does. */
export const insertVertex = (
  coverage: Coverage,
  { at, to }: { at: Position; to: Position },
): GroundPlan | Refusal =>
  redrawAround(coverage, 'insert-vertex', at, to, (region, points) => {
    const segment = nearestSegment(region, at)
    if (segment < 0) return { refused: 'misses-grid', place: at }
    const known = region.points.find(to[0], to[1])
    const [a, b] = [region.a[segment]!, region.b[segment]!]
    if (known === a || known === b) return { refused: 'no-effect', place: to }
    const path = [a, points.add(to[0], to[1]), b]
    return { cuts: [], moved: [{ segment, path }], gone: [segment] }
  })

/** Takes out a vertex between two segments of one border. A place where three or more borders meet has `no-effect`. */
export const deleteVertex = (coverage: Coverage, { at }: { at: Position }): GroundPlan | Refusal =>
  redrawAround(coverage, 'delete-vertex', at, at, region => {
    const vertex = region.points.find(at[0], at[1])
    const gone = vertex < 0 ? [] : segmentsAt(region, vertex)
    const [one, other] = gone
    if (one === undefined || other === undefined) return { refused: 'misses-grid', place: at }
    if (gone.length > 2) return { refused: 'no-effect', place: at }
    const [a, b] = [region.a[one]!, region.b[one]!]
    const far = region.a[other] === vertex ? region.b[other]! : region.a[other]!
    return { cuts: [], moved: [{ segment: one, path: a === vertex ? [far, b] : [a, far] }], gone }
  })

const redrawAround = (
  coverage: Coverage,
  kind: string,
  place: Position,
  to: Position,
  draw: (region: Region, points: Points) => Drawing | Refusal,
): GroundPlan | Refusal => {
  if (![...place, ...to].every(Number.isInteger)) return { refused: 'bad-geometry', place: null }
  const [x, y] = place
  const here: Box = [x, y, x, y]
  const around: Box[] = [
    here,
    [Math.min(x, to[0]), Math.min(y, to[1]), Math.max(x, to[0]), Math.max(y, to[1])],
  ]
  const grids = coverage.leavesNear(here, NEAR).map(leaf => leaf.id)
  return planRedrawn(coverage, { kind, place, grids, around, draw })
}

/** The plan of a drawing that only gives borders another course. */
export const planRedrawn = (
  coverage: Coverage,
  request: {
    readonly kind: string
    readonly place: Position
    readonly grids: readonly string[]
    readonly around: readonly Box[]
    readonly draw: (region: Region, points: Points) => Drawing | Refusal
  },
): GroundPlan | Refusal => {
  const { kind, place, grids, around } = request
  if (grids.length === 0) return { refused: 'misses-grid', place }
  const found = onRegion(
    coverage,
    grids,
    region => {
      const points = new Points(region.points)
      const drawing = request.draw(region, points)
      if (isRefusal(drawing)) return drawing
      const outer = drawing.gone.find(s => region.left[s] === OUTSIDE || region.right[s] === OUTSIDE)
      if (outer !== undefined) return { refused: 'leaves-area', place }
      const snapped = snapRound(region, points, drawing)
      if (isRefusal(snapped)) return snapped
      const pieces = tracePieces(region, new Uint8Array(region.leaves.length), snapped)
      return isRefusal(pieces) ? pieces : { snapped, pieces, drawing, removed: snapped.removed }
    },
    around,
  )
  if (isRefusal(found)) return found
  const { region, snapped, pieces, drawing } = found
  const shapes = reassign(region, snapped.points, pieces, [])
  if (isRefusal(shapes)) return shapes
  return groundPlan(coverage, {
    kind,
    turns: turnsOf(coverage, region, shapes, new Map()),
    flows: drawing.moved.map(({ segment }) => ({
      from: region.leaves[region.left[segment]!]!.id,
      to: region.leaves[region.right[segment]!]!.id,
    })),
    drawn: drawing.moved.map(stretch => positionsOf(snapped.points, stretch)),
    snapped,
    place,
  })
}

const positionsOf = (points: Points, { path }: MovedStretch): Position[] =>
  path.map(vertex => [points.x(vertex), points.y(vertex)])

const nearestSegment = (region: Region, [x, y]: Position): number => {
  let nearest = -1
  let least = NEAR
  region.index.search(x - NEAR, y - NEAR, x + NEAR, y + NEAR, s => {
    if (s >= region.a.length) return false
    const { points } = region
    const [a, b] = [region.a[s]!, region.b[s]!]
    const away = distanceToSegment(x, y, points.x(a), points.y(a), points.x(b), points.y(b))
    if (away < least || (away === least && s < nearest)) {
      least = away
      nearest = s
    }
    return false
  })
  return nearest
}
