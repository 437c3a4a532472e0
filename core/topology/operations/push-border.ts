// Pushes a border by whole units: those that it sweeps over in the direction of movement change sides.
import { boundsOf, type Coverage } from '../coverage.ts'
import { distanceToSegment } from '../exact.ts'
import { meeting } from '../line.ts'
import { type Grid, isRefusal, type Position, type Refusal, type Shape } from '../model.ts'
import type { GroundPlan } from '../plans.ts'
import { Points } from '../points.ts'
import { regionAround } from '../region.ts'
import { bounds, interiorPoint } from '../shape.ts'
import { latticeLine } from './draw-line.ts'
import { placeOf } from './ground-plan.ts'
import { leavesOf } from './on-region.ts'
import { segmentsOfParts } from './part-segments.ts'
import { transferGrids, transferInside } from './transfer.ts'

export interface Push {
  readonly grids: readonly [string, string]
  /** Where the border was grabbed, and where the hand is now: the grid on that side loses. */
  readonly from: Position
  readonly to: Position
  /** Whole faces beside one another; without them, the grids just below the loser. */
  readonly units?: readonly Shape[] | undefined
}

/**
 * The border that two grids share is moved from one place to another; units of the losing grid go over when their middle
 * is swept. Units given as shapes count as far as they lie in the loser; its own grids below move with their identity.
 *
 * Refuses with `unknown-grid`, `different-depths` (levels), `not-adjacent`, `no-effect` (no movement, along the border, or
 * no unit swept), `bad-geometry` (units that cross), `would-empty`, `locked` and what a transfer refuses with; warns with
 * `would-disconnect`.
 */
export const pushBorder = (coverage: Coverage, request: Push): GroundPlan | Refusal => {
  const [one, other] = request.grids.map(id => coverage.grid(id))
  if (!one || !other) return { refused: 'unknown-grid', place: null, grid: request.grids[one ? 1 : 0] }
  const drawn = latticeLine([request.from, request.to])
  if (isRefusal(drawn)) return drawn
  const [from, to] = drawn
  if (one === other || !from || !to) return { refused: 'no-effect', place: request.from }
  if (one.level !== other.level) return { refused: 'different-depths', place: placeOf(other.shape) }
  const border = sharedBorder(coverage, one, other)
  if (isRefusal(border)) return border
  const [a, b] = border.reduce((near, next) => (away(from, next) < away(from, near) ? next : near))
  const side = (b[0] - a[0]) * (to[1] - from[1]) - (b[1] - a[1]) * (to[0] - from[0])
  if (side === 0) return { refused: 'no-effect', place: from }
  const [loser, winner] = side > 0 ? [one, other] : [other, one]

  const swept = (shape: Shape): boolean => {
    const middle = interiorPoint(shape)
    const was: Position = [middle[0] - to[0] + from[0], middle[1] - to[1] + from[1]]
    return border.some(([p, q]) => meeting(was, middle, p, q) !== null)
  }
  const plan = request.units
    ? giveUnits(coverage, loser, winner, request.units.filter(swept))
    : transferGrids(coverage, {
        grids: coverage
          .childrenOf(loser.id)
          .filter(child => swept(child.shape))
          .map(child => child.id),
        to: winner.id,
      })
  if (isRefusal(plan)) return plan.place ? plan : { ...plan, place: from }
  return { ...plan, kind: 'push' }
}

type Segment = readonly [Position, Position]

const away = ([x, y]: Position, [p, q]: Segment): number => distanceToSegment(x, y, p[0], p[1], q[0], q[1])

/** The segments between two grids, the first on the left of each. */
const sharedBorder = (coverage: Coverage, one: Grid, other: Grid): Segment[] | Refusal => {
  const region = regionAround(coverage, [one.id, other.id], [])
  if (region.broken) return { refused: 'bad-geometry', place: region.broken, grid: one.id }
  const [inOne, inOther] = [leavesOf(coverage, region, [one.id]), leavesOf(coverage, region, [other.id])]
  const { points } = region
  const border: Segment[] = []
  region.a.forEach((start, s) => {
    const [left, right] = [region.left[s]!, region.right[s]!]
    const end = region.b[s]!
    const p: Position = [points.x(start), points.y(start)]
    const q: Position = [points.x(end), points.y(end)]
    if (inOne[left] && inOther[right]) border.push([p, q])
    else if (inOne[right] && inOther[left]) border.push([q, p])
  })
  return border.length > 0 ? border : { refused: 'not-adjacent', place: placeOf(one.shape), grid: other.id }
}

const giveUnits = (
  coverage: Coverage,
  loser: Grid,
  winner: Grid,
  units: readonly Shape[],
): GroundPlan | Refusal => {
  const [minX, minY, maxX, maxY] = boundsOf(loser)
  const near = units.filter(unit => {
    const [west, south, east, north] = bounds(unit)
    return west < maxX && east > minX && south < maxY && north > minY
  })
  if (near.length === 0) return { refused: 'no-effect', place: null, grid: loser.id }
  const outlines = outlinesOf(near)
  if (isRefusal(outlines)) return outlines
  const plan = transferInside(coverage, { from: loser.id, to: winner.id, outlines })
  return isRefusal(plan) && plan.refused === 'misses-grid'
    ? { refused: 'no-effect', place: plan.place, grid: loser.id }
    : plan
}

/** The outlines of all units together; where units meet in one point only, each keeps its own. */
const outlinesOf = (units: readonly Shape[]): Position[][] | Refusal => {
  const points = new Points()
  const segments = segmentsOfParts(points, units)
  if (isRefusal(segments)) return segments
  const onward = new Map<number, number[]>()
  for (const { count, ends } of segments)
    if (count === 1) onward.set(ends[0], [...(onward.get(ends[0]) ?? []), ends[1]])
  const heading = (from: number, to: number) =>
    Math.atan2(points.y(to) - points.y(from), points.x(to) - points.x(from))
  // The units lie on the left: the first way on, clockwise from where one came.
  const clockwise = (came: number, at: number, next: number) => {
    const turn = heading(at, came) - heading(at, next)
    return turn > 0 ? turn : turn + 2 * Math.PI
  }
  const outlines: Position[][] = []
  for (const start of onward.keys())
    while (onward.get(start)!.length > 0) {
      const ring = [start]
      for (let at = start; ; ) {
        const ways = onward.get(at) ?? []
        const came = ring.at(-2)
        const next =
          came === undefined
            ? ways[0]
            : [...ways].sort((p, q) => clockwise(came, at, p) - clockwise(came, at, q))[0]
        if (next === undefined) return { refused: 'bad-geometry', place: [points.x(at), points.y(at)] }
        ways.splice(ways.indexOf(next), 1)
        ring.push(next)
        at = next
        if (at === start) break
      }
      outlines.push(ring.map(point => [points.x(point), points.y(point)] as const))
    }
  return outlines
}
