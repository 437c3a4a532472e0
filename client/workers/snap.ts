// What a pointer snaps to: the start of the line, a border vertex, a border, a road, in this order within reach.
import type { Place } from '../../core/contract/geometry.ts'
import type { Coverage } from '../../core/topology/index.ts'
import { type Grid, LATTICE, type Position } from '../../core/topology/model.ts'
import type { PointerAt, Snapped } from './messages.ts'

const REACH_PIXELS = 10

/** Border segments, flat: x0, y0, x1, y1 in lattice steps; each shared border once. */
export type Borders = Float64Array
export const NO_BORDERS: Borders = new Float64Array(0)

/** Every vertex of some borders once, in degrees. */
export function verticesOf(borders: Borders): Place[] {
  const found = new Map<string, Place>()
  for (let i = 0; i < borders.length; i += 2) {
    const [x, y] = [borders[i]!, borders[i + 1]!]
    found.set(`${x},${y}`, toDegrees(x, y))
  }
  return [...found.values()]
}

export function bordersOf(grids: Iterable<Grid>): Borders {
  const seen = new Set<string>()
  const flat: number[] = []
  for (const grid of grids) {
    if (!grid.leaf) continue
    for (const ring of grid.shape.flat()) {
      for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length
        const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
        const key = ax < bx || (ax === bx && ay < by) ? `${ax},${ay},${bx},${by}` : `${bx},${by},${ax},${ay}`
        if (seen.has(key)) continue
        seen.add(key)
        flat.push(ax, ay, bx, by)
      }
    }
  }
  return Float64Array.from(flat)
}

const remembered = new WeakMap<Coverage, { of: string; borders: Borders }>()

/** What two grids have in common, of whatever level. */
export function sharedBorders(coverage: Coverage, grids: readonly string[]): Borders {
  const of = grids.join()
  const known = remembered.get(coverage)
  if (known?.of === of) return known.borders
  const [one, other] = grids.map(id => coverage.grid(id)?.shape.flat() ?? [])
  const edges = new Set<string>()
  const flat: number[] = []
  for (const ring of one ?? [])
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      edges.add(`${ring[j]},${ring[j + 1]},${ring[i]},${ring[i + 1]}`)
  // A neighbour has the same edge the other way round.
  for (const ring of other ?? [])
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      if (edges.has(`${ring[i]},${ring[i + 1]},${ring[j]},${ring[j + 1]}`))
        flat.push(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!)
  const borders = Float64Array.from(flat)
  remembered.set(coverage, { of, borders })
  return borders
}

const toDegrees = (x: number, y: number): Place => [x / LATTICE, y / LATTICE]
export const toLattice = ([lng, lat]: Place): Position => [
  Math.round(lng * LATTICE),
  Math.round(lat * LATTICE),
]

/** Distances are in pixels, so that what looks near is near. */
export function snap(borders: Borders, points: readonly Place[], pointer: PointerAt): Snapped {
  const free: Snapped = { at: toDegrees(...toLattice(pointer.at)), kind: null }
  if (pointer.free) return free
  const px = pointer.at[0] * LATTICE
  const py = pointer.at[1] * LATTICE
  const sx = 1 / (pointer.perPixel[0] * LATTICE)
  const sy = 1 / (pointer.perPixel[1] * LATTICE)
  const distance = (x: number, y: number) => Math.hypot((x - px) * sx, (y - py) * sy)

  const first = points[0]
  if (first && points.length > 2 && distance(first[0] * LATTICE, first[1] * LATTICE) <= REACH_PIXELS) {
    return { at: first, kind: 'start' }
  }
  let vertex = { x: 0, y: 0, d: Number.POSITIVE_INFINITY }
  let border = { x: 0, y: 0, d: Number.POSITIVE_INFINITY }
  const reachX = REACH_PIXELS / sx
  const reachY = REACH_PIXELS / sy
  for (let i = 0; i < borders.length; i += 4) {
    const [ax, ay, bx, by] = [borders[i]!, borders[i + 1]!, borders[i + 2]!, borders[i + 3]!]
    if (Math.min(ax, bx) > px + reachX || Math.max(ax, bx) < px - reachX) continue
    if (Math.min(ay, by) > py + reachY || Math.max(ay, by) < py - reachY) continue
    for (const [x, y] of [
      [ax, ay],
      [bx, by],
    ] as const) {
      const d = distance(x, y)
      if (d < vertex.d) vertex = { x, y, d }
    }
    const dx = (bx - ax) * sx
    const dy = (by - ay) * sy
    const t = ((px - ax) * sx * dx + (py - ay) * sy * dy) / (dx * dx + dy * dy)
    if (t <= 0 || t >= 1) continue
    const x = ax + t * (bx - ax)
    const y = ay + t * (by - ay)
    const d = distance(x, y)
    if (d < border.d) border = { x, y, d }
  }
  if (vertex.d <= REACH_PIXELS) return { at: toDegrees(vertex.x, vertex.y), kind: 'vertex' }
  const road = pointer.road
  const roadDistance = road ? distance(road[0] * LATTICE, road[1] * LATTICE) : Number.POSITIVE_INFINITY
  if (border.d <= REACH_PIXELS && border.d <= roadDistance + 4) {
    return { at: toDegrees(Math.round(border.x), Math.round(border.y)), kind: 'border' }
  }
  if (road && roadDistance <= REACH_PIXELS) return { at: toDegrees(...toLattice(road)), kind: 'road' }
  return free
}
