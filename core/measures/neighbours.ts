// Who shares a border with a grid, and how many metres of it (rook adjacency: a shared corner is no border).
import { LATTICE, type Shape } from '../topology/model.ts'

/** Mean Earth radius, IUGG. */
const EARTH_METRES = 6_371_008.8
const RADIANS = Math.PI / 180 / LATTICE

/** Great-circle length of a lattice segment (haversine). */
export function segmentMetres(ax: number, ay: number, bx: number, by: number): number {
  const dy = ((by - ay) * RADIANS) / 2
  const dx = ((bx - ax) * RADIANS) / 2
  const h = Math.sin(dy) ** 2 + Math.cos(ay * RADIANS) * Math.cos(by * RADIANS) * Math.sin(dx) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(h))
}

/**
 * @param shape the grid in question
 * @param others grids of one coverage, so that a shared border has the same vertices on both sides
 * @returns id → metres, only those that share more than a point
 */
export function sharedBorders(
  shape: Shape,
  others: Iterable<{ readonly id: string; readonly shape: Shape }>,
): Map<string, number> {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of segments(shape)) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  /** One number for each position in the grid's box, -1 outside it. */
  const place = (x: number, y: number) =>
    x < west || x > east || y < south || y > north ? -1 : (x - west) * (north - south + 1) + (y - south)
  /** Where the outline goes on to from a place; where it touches itself there are several ways. */
  const onward = new Map<number, number[]>()
  for (const [ax, ay, bx, by] of segments(shape)) {
    const from = place(ax, ay)
    const known = onward.get(from)
    if (known) known.push(place(bx, by))
    else onward.set(from, [place(bx, by)])
  }
  const shared = new Map<string, number>()
  for (const other of others) {
    let metres = 0
    // Both outlines run counter-clockwise, so a shared segment runs the other way round on the other side.
    for (const [ax, ay, bx, by] of segments(other.shape)) {
      const from = place(bx, by)
      if (from >= 0 && onward.get(from)?.includes(place(ax, ay))) metres += segmentMetres(ax, ay, bx, by)
    }
    if (metres > 0) shared.set(other.id, metres)
  }
  return shared
}

function* segments(shape: Shape): Generator<readonly [number, number, number, number]> {
  for (const polygon of shape) {
    for (const ring of polygon) {
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        yield [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
      }
    }
  }
}
