// Ways through a winding face: shortest walks over a raster of its inside, keeping off the border.

import type { Face } from '../place.ts'
import { between, densify, type Point, smooth } from './course.ts'
import { distanceToRing, faceCovers, measured } from './face.ts'

/** The inside of a face as cells. */
interface Room {
  readonly step: number
  readonly columns: number
  readonly rows: number
  /** Metres to the border of each cell's middle; negative outside or too near. */
  readonly clear: Float64Array
  middle(cell: number): Point
}

/** Cells along the longer side of a face. */
const CELLS = 90

function roomOf(face: Face): Room {
  const { frame, box } = measured(face)
  const [minX, minY, maxX, maxY] = box
  const step = Math.max(12, Math.max(maxX - minX, maxY - minY) / CELLS)
  const columns = Math.ceil((maxX - minX) / step)
  const rows = Math.ceil((maxY - minY) / step)
  const middle = (cell: number): Point => [
    minX + ((cell % columns) + 0.5) * step,
    minY + (Math.floor(cell / columns) + 0.5) * step,
  ]
  const clear = new Float64Array(columns * rows).fill(-1)
  for (let cell = 0; cell < clear.length; cell++) {
    const position = frame.position(...middle(cell))
    if (!faceCovers(face, position)) continue
    const distance = distanceToRing(face, position)
    if (distance > Math.min(12, step / 2)) clear[cell] = distance
  }
  return { step, columns, rows, clear, middle }
}

function nearestCell(room: Room, point: Point): number {
  let best = -1
  let least = Infinity
  for (let cell = 0; cell < room.clear.length; cell++) {
    if (room.clear[cell]! < 0) continue
    const distance = between(room.middle(cell), point)
    if (distance >= least) continue
    least = distance
    best = cell
  }
  return best
}

/** Costs and predecessors from a cell to all others; keeping away from the border is cheaper. */
function flood(room: Room, start: number): { readonly cost: Float64Array; readonly before: Int32Array } {
  const { columns, rows, clear, step } = room
  const cost = new Float64Array(clear.length).fill(Infinity)
  const before = new Int32Array(clear.length).fill(-1)
  cost[start] = 0
  // A queue of rounds: cells whose cost fell are looked at again, which settles soon on so few cells.
  let round = [start]
  while (round.length > 0) {
    const next: number[] = []
    for (const cell of round) {
      const [x, y] = [cell % columns, Math.floor(cell / columns)]
      for (let dy = -1; dy <= 1; dy++)
        for (let dx = -1; dx <= 1; dx++) {
          if (x + dx < 0 || x + dx >= columns || y + dy < 0 || y + dy >= rows) continue
          const other = cell + dy * columns + dx
          if (other === cell || clear[other]! < 0) continue
          const through = cost[cell]! + Math.hypot(dx, dy) * (1 + Math.max(0, 2 - clear[other]! / step))
          if (through >= cost[other]! - 1e-9) continue
          cost[other] = through
          before[other] = cell
          next.push(other)
        }
    }
    round = next
  }
  return { cost, before }
}

function walkBack({ middle }: Room, before: Int32Array, end: number): Point[] {
  const points: Point[] = []
  for (let cell = end; cell >= 0; cell = before[cell]!) points.push(middle(cell))
  return points.reverse()
}

/** Courses along a walk between two vertices, the smoothest first. */
function courses(a: Point, walk: readonly Point[], b: Point, step: number): Point[][] {
  const inside = walk.filter(point => between(point, a) > 20 && between(point, b) > 20)
  const every = (k: number) => inside.filter((_, i) => i % k === Math.floor(k / 2))
  return [
    smooth([a, ...every(5), b], step),
    smooth([a, ...every(3), b], step),
    smooth([a, ...inside, b], step),
    densify([a, ...inside, b], step),
  ]
}

const vertex = (face: Face, i: number): Point => [measured(face).xs[i]!, measured(face).ys[i]!]

/** Courses inside a face from one vertex to another, over a place where there is one. */
export function walksBetween(
  face: Face,
  from: number,
  to: number,
  via: Point | null,
  step: number,
): Point[][] {
  const room = roomOf(face)
  const [a, b] = [vertex(face, from), vertex(face, to)]
  const [start, end] = [nearestCell(room, a), nearestCell(room, b)]
  if (start < 0 || end < 0) return []
  if (!via) return courses(a, walkBack(room, flood(room, start).before, end), b, step)
  const middle = nearestCell(room, via)
  const { before } = flood(room, middle)
  const walk = [...walkBack(room, before, start).reverse(), ...walkBack(room, before, end).slice(1)]
  return courses(a, walk, b, step)
}

/** Courses inside a face from a vertex to the nearest of some others, with the vertex they reach. */
export function walksTo(
  face: Face,
  from: number,
  targets: readonly number[],
  step: number,
): { readonly to: number; readonly inner: Point[] }[] {
  const room = roomOf(face)
  const a = vertex(face, from)
  const start = nearestCell(room, a)
  if (start < 0) return []
  const { cost, before } = flood(room, start)
  return targets
    .map(to => ({ to, cell: nearestCell(room, vertex(face, to)) }))
    .filter(({ cell }) => cell >= 0 && cost[cell]! < Infinity)
    .sort((p, q) => cost[p.cell]! - cost[q.cell]!)
    .slice(0, 12)
    .flatMap(({ to, cell }) =>
      courses(a, walkBack(room, before, cell), vertex(face, to), step).map(inner => ({ to, inner })),
    )
}
