// Counts people, households and buildings in a shape, by the half-open test; quick enough for every pointer move.
import { coversPoint, edgeCounts } from './covers.ts'
import type { Shape, Tally } from './model.ts'
import type { SplitPlan } from './plans.ts'
import { bounds } from './shape.ts'

/** Points in horizontal bands, sorted from west to east within each. One point is one building. */
export interface Weights {
  readonly count: number
  readonly minY: number
  /** Height of a band in steps. */
  readonly height: number
  /** Where each band starts in the columns; one more at the end. */
  readonly starts: Int32Array
  readonly x: Int32Array
  readonly y: Int32Array
  readonly persons: Int32Array
  readonly households: Int32Array
}

/** Indexes the columns (rows of equal length, lattice steps); they are copied. */
export const weightsOf = (rows: {
  readonly x: Int32Array
  readonly y: Int32Array
  readonly persons: Int32Array
  readonly households: Int32Array
}): Weights => {
  const count = rows.x.length
  let minY = Infinity
  let maxY = -Infinity
  for (const y of rows.y) {
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  if (count === 0) {
    minY = 0
    maxY = 0
  }
  const bands = Math.max(1, Math.min(4096, Math.ceil(Math.sqrt(count) * 1.5)))
  const height = Math.max(1, Math.ceil((maxY - minY + 1) / bands))
  const bandOf = Int32Array.from(rows.y, y => Math.floor((y - minY) / height))
  const order = Uint32Array.from(rows.x, (_, i) => i).sort(
    (a, b) => bandOf[a]! - bandOf[b]! || rows.x[a]! - rows.x[b]! || a - b,
  )
  const starts = new Int32Array(bands + 1)
  for (const band of bandOf) starts[band + 1]!++
  for (let band = 0; band < bands; band++) starts[band + 1]! += starts[band]!
  const sorted = (column: Int32Array) => Int32Array.from(order, i => column[i]!)
  return {
    count,
    minY,
    height,
    starts,
    x: sorted(rows.x),
    y: sorted(rows.y),
    persons: sorted(rows.persons),
    households: sorted(rows.households),
  }
}

const firstFrom = (xs: Int32Array, start: number, end: number, least: number): number => {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    if (xs[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** What a shape holds, exactly: the points that it `covers`. */
export const tally = (weights: Weights, shape: Shape): Tally => {
  const sum = { persons: 0, households: 0, buildings: 0 }
  if (weights.count === 0 || shape.length === 0) return sum
  const [minX, minY, maxX, maxY] = bounds(shape)
  const { height, starts, x, y } = weights
  const bands = starts.length - 1
  const firstBand = Math.max(0, Math.floor((minY - weights.minY) / height))
  const lastBand = Math.min(bands - 1, Math.floor((maxY - weights.minY) / height))
  if (firstBand > lastBand) return sum
  const near = isShort(shape) ? null : edgesByBand(weights, shape, firstBand, lastBand)
  for (let band = firstBand; band <= lastBand; band++) {
    const end = starts[band + 1]!
    for (let p = firstFrom(x, starts[band]!, end, minX); p < end; p++) {
      const px = x[p]!
      if (px > maxX) break
      const py = y[p]!
      if (py < minY || py > maxY) continue
      if (near ? !isInside(near[band - firstBand]!, px, py) : !coversPoint(shape, px, py)) continue
      sum.persons += weights.persons[p]!
      sum.households += weights.households[p]!
      sum.buildings++
    }
  }
  return sum
}

/** Vertices up to which it costs less to look at all edges for each point than to sort them into bands. */
const SHORT = 200

const isShort = (shape: Shape): boolean => {
  let numbers = 0
  for (const face of shape) for (const ring of face) numbers += ring.length
  return numbers <= 2 * SHORT
}

/** The edges that reach into each band, flat: both ends of each. */
const edgesByBand = (
  { minY, height }: Weights,
  shape: Shape,
  firstBand: number,
  lastBand: number,
): number[][] => {
  const edges: number[][] = Array.from({ length: lastBand - firstBand + 1 }, () => [])
  for (const face of shape)
    for (const ring of face)
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const ay = ring[j + 1]!
        const by = ring[i + 1]!
        if (ay === by) continue
        const from = Math.max(firstBand, Math.floor((Math.min(ay, by) - minY) / height))
        const to = Math.min(lastBand, Math.floor((Math.max(ay, by) - 1 - minY) / height))
        for (let band = from; band <= to; band++) edges[band - firstBand]!.push(ring[j]!, ay, ring[i]!, by)
      }
  return edges
}

const isInside = (edges: readonly number[], x: number, y: number): boolean => {
  let inside = false
  for (let e = 0; e < edges.length; e += 4)
    if (edgeCounts(edges[e]!, edges[e + 1]!, edges[e + 2]!, edges[e + 3]!, x, y)) inside = !inside
  return inside
}

/** Both sides of a planned split; they sum to what the grid holds after the edit. */
export const tallySplit = (weights: Weights, plan: SplitPlan): { left: Tally; right: Tally } => ({
  left: tally(weights, plan.left),
  right: tally(weights, plan.right),
})
