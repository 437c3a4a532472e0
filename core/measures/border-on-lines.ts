// How much of a border lies on roads, waters or edges of villages (R5): the stretches that run along such a line, near it.
import Flatbush from 'flatbush'
import { covers } from '../topology/covers.ts'
import { LATTICE, type Position, type Shape } from '../topology/model.ts'
import { bounds } from '../topology/shape.ts'

/** A road is drawn by its middle, a border by its kerb: half a wide street. */
const REACH_METRES = 15
/** A border that meets a road at a wider angle crosses it. */
const SINE = Math.sin(Math.PI / 6)
const METRES_PER_STEP = 0.011_132

/** Lines as courses (flat, lattice steps), and broad waters, in which a border may run anywhere. */
export interface Courses {
  readonly lines: readonly (readonly number[])[]
  readonly waters: readonly Shape[]
}

export interface LineIndex {
  readonly segments: Float64Array
  readonly index: Flatbush | null
  readonly waters: readonly Shape[]
  readonly waterIndex: Flatbush | null
  /** Of the stretches that were measured, by their ends: neighbours and parents share them. */
  readonly known: Map<string, number>
}

export interface BorderOnLines {
  readonly metres: number
  readonly onLines: number
  /** The middle of the longest stretch off every line. */
  readonly off: Position | null
}

export const indexLines = ({ lines, waters }: Courses): LineIndex => {
  const flat: number[] = []
  for (const line of lines)
    for (let i = 2; i < line.length; i += 2)
      if (line[i] !== line[i - 2] || line[i + 1] !== line[i - 1])
        flat.push(line[i - 2]!, line[i - 1]!, line[i]!, line[i + 1]!)
  const segments = Float64Array.from(flat)
  const count = segments.length / 4
  const index = count > 0 ? new Flatbush(count, 16, Int32Array) : null
  for (let s = 0; s < segments.length; s += 4) {
    const [ax, ay, bx, by] = [segments[s]!, segments[s + 1]!, segments[s + 2]!, segments[s + 3]!]
    index?.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index?.finish()
  const waterIndex = waters.length > 0 ? new Flatbush(waters.length, 16, Int32Array) : null
  for (const shape of waters) waterIndex?.add(...bounds(shape))
  waterIndex?.finish()
  return { segments, index, waters, waterIndex, known: new Map() }
}

/** Lengths in metres, in a plane at the shape's own latitude. */
export const measureBorder = (shape: Shape, lines: LineIndex): BorderOnLines => {
  let metres = 0
  let onLines = 0
  let longest = 0
  let off: Position | null = null
  for (const ring of shape.flat()) {
    let run = 0
    let start = 0
    const shrink = shrinkAt(ring[1]!)
    const end = (to: number) => {
      if (run > longest) {
        longest = run
        // The vertex half-way along it.
        const middle = ((start + to) >> 2) * 2
        off = [ring[middle % ring.length]!, ring[(middle + 1) % ring.length]!]
      }
      run = 0
    }
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length
      const [ax, ay, bx, by] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
      const length = Math.hypot((bx - ax) * shrink, by - ay) * METRES_PER_STEP
      const share = shareOf(ax, ay, bx, by, lines)
      metres += length
      onLines += length * share
      if (share >= 0.5) end(i)
      else {
        if (run === 0) start = i
        run += length * (1 - share)
      }
    }
    end(ring.length)
  }
  return { metres, onLines, off }
}

const shrinkAt = (y: number): number => Math.cos(((y / LATTICE) * Math.PI) / 180)

/** What share of one stretch lies on lines; the same from either end. */
const shareOf = (ax: number, ay: number, bx: number, by: number, lines: LineIndex): number => {
  const isForward = ax < bx || (ax === bx && ay < by)
  const ends = isForward ? ([ax, ay, bx, by] as const) : ([bx, by, ax, ay] as const)
  const key = ends.join()
  let share = lines.known.get(key)
  if (share === undefined) {
    share = alongLines(ends, lines)
    if (share < 1 && inWater(ends, lines)) share = 1
    lines.known.set(key, share)
  }
  return share
}

const inWater = (
  [ax, ay, bx, by]: readonly [number, number, number, number],
  { waters, waterIndex }: LineIndex,
): boolean => {
  const middle: Position = [Math.round((ax + bx) / 2), Math.round((ay + by) / 2)]
  return (waterIndex?.search(...middle, ...middle) ?? []).some(water => covers(waters[water]!, middle))
}

/** The part of a stretch within reach of lines that run along it. */
const alongLines = (
  [ax, ay, bx, by]: readonly [number, number, number, number],
  { segments, index }: LineIndex,
): number => {
  if (!index) return 0
  const shrink = shrinkAt((ay + by) / 2)
  const reach = REACH_METRES / METRES_PER_STEP
  const wide = reach / shrink
  const [dx, dy] = [(bx - ax) * shrink, by - ay]
  const length = Math.hypot(dx, dy)
  if (length === 0) return 0
  const parts: (readonly [number, number])[] = []
  index.search(
    Math.min(ax, bx) - wide,
    Math.min(ay, by) - reach,
    Math.max(ax, bx) + wide,
    Math.max(ay, by) + reach,
    s => {
      const at = s * 4
      const part = stretchNear(
        dx / length,
        dy / length,
        length,
        (segments[at]! - ax) * shrink,
        segments[at + 1]! - ay,
        (segments[at + 2]! - ax) * shrink,
        segments[at + 3]! - ay,
        reach,
      )
      if (part) parts.push(part)
      return false
    },
  )
  if (parts.length === 0) return 0
  parts.sort((p, q) => p[0] - q[0])
  let sum = 0
  let reached = 0
  for (const [from, to] of parts) {
    if (to <= reached) continue
    sum += to - Math.max(from, reached)
    reached = to
  }
  return Math.min(1, sum / length)
}

/**
 * From where to where the points of a stretch (from the origin along a unit vector u) lie within reach of the segment p–q.
 * That ground is convex, two discs and the band between them, so it is one interval.
 */
const stretchNear = (
  ux: number,
  uy: number,
  length: number,
  px: number,
  py: number,
  qx: number,
  qy: number,
  reach: number,
): readonly [number, number] | null => {
  const [ex, ey] = [qx - px, qy - py]
  const size = Math.hypot(ex, ey)
  const sine = (ux * ey - uy * ex) / size
  if (Math.abs(sine) > SINE) return null
  let from = Infinity
  let to = -Infinity
  const add = (low: number, high: number) => {
    if (low > high) return
    from = Math.min(from, low)
    to = Math.max(to, high)
  }
  for (const [x, y] of [
    [px, py],
    [qx, qy],
  ] as const) {
    const along = ux * x + uy * y
    const away = ux * y - uy * x
    if (Math.abs(away) > reach) continue
    const half = Math.sqrt(reach * reach - away * away)
    add(along - half, along + half)
  }
  // The band: its middle line is p + t·(q − p); along the stretch both bounds are linear.
  const cosine = (ux * ex + uy * ey) / size
  const first = -(px * ex + py * ey) / size
  const bound = (least: number, most: number, at: number, slope: number): [number, number] => {
    if (Math.abs(slope) < 1e-12) return at >= least && at <= most ? [-Infinity, Infinity] : [1, 0]
    const [one, other] = [(least - at) / slope, (most - at) / slope]
    return one < other ? [one, other] : [other, one]
  }
  const lengthwise = bound(0, size, first, cosine)
  const across = bound(-reach, reach, (px * ey - py * ex) / size, -sine)
  add(Math.max(lengthwise[0], across[0]), Math.min(lengthwise[1], across[1]))
  const low = Math.max(0, from)
  const high = Math.min(length, to)
  return low < high ? [low, high] : null
}
