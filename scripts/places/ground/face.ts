// Faces that tile the ground, and the one way to divide them: a cut from one vertex of the ring to another.

import type { Position } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, Frame, Line } from '../place.ts'

/** A face measured in metres around its first vertex. */
export interface Measured {
  readonly frame: Frame
  readonly xs: Float64Array
  readonly ys: Float64Array
  /** Square metres. */
  readonly area: number
  readonly box: readonly [minX: number, minY: number, maxX: number, maxY: number]
}

/** Nothing comes nearer than this to what it does not meet. */
export const CLEARANCE = 3

/** Sine of the sharpest angle between a cut and the ring, about 16°. */
const SHARPEST = 0.28

const known = new WeakMap<Face, Measured>()

export function measured(face: Face): Measured {
  const before = known.get(face)
  if (before) return before
  const { ring } = face
  const frame = frameAt(ring[0]!)
  const xs = new Float64Array(ring.length)
  const ys = new Float64Array(ring.length)
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  ring.forEach((position, i) => {
    const [x, y] = frame.metres(position)
    xs[i] = x
    ys[i] = y
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  })
  let twice = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) twice += xs[j]! * ys[i]! - xs[i]! * ys[j]!
  const found: Measured = { frame, xs, ys, area: twice / 2, box: [minX, minY, maxX, maxY] }
  known.set(face, found)
  return found
}

/** Square metres. */
export const areaOf = (face: Face): number => measured(face).area

/** Is the position inside the ring? Half-open on the border. */
export function faceCovers(face: Face, [x, y]: Position): boolean {
  const { ring } = face
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[j]!
    const [bx, by] = ring[i]!
    if (ay > y === by > y) continue
    const side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
    if (by > ay ? side > 0 : side < 0) inside = !inside
  }
  return inside
}

/** Metres from the point to the segment a-b. */
export function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax
  const dy = by - ay
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square))
  return Math.hypot(x - ax - t * dx, y - ay - t * dy)
}

/** Metres from the position to the ring, whichever side it lies on. */
export function distanceToRing(face: Face, position: Position): number {
  const { frame, xs, ys } = measured(face)
  const [x, y] = frame.metres(position)
  let least = Infinity
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    least = Math.min(least, toSegment(x, y, xs[j]!, ys[j]!, xs[i]!, ys[i]!))
  return least
}

/** A position well inside the face. */
export function interiorOf(face: Face): Position {
  const { frame, box } = measured(face)
  const [minX, minY, maxX, maxY] = box
  let best = face.ring[0]!
  let widest = -1
  for (const steps of [7, 25, 81]) {
    for (let i = 1; i < steps; i++)
      for (let j = 1; j < steps; j++) {
        const x = minX + ((maxX - minX) * i) / steps
        const y = minY + ((maxY - minY) * j) / steps
        const position = frame.position(x, y)
        if (!faceCovers(face, position)) continue
        const distance = distanceToRing(face, position)
        if (distance <= widest) continue
        widest = distance
        best = position
      }
    if (widest > CLEARANCE) break
  }
  return best
}

export const indexOf = (face: Face, [x, y]: Position): number =>
  face.ring.findIndex(([a, b]) => a === x && b === y)

/** Do the segments p-q and a-b come nearer than `limit` metres to each other? */
function near(
  px: number,
  py: number,
  qx: number,
  qy: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  limit: number,
): boolean {
  if (Math.max(px, qx) + limit < Math.min(ax, bx) || Math.max(ax, bx) + limit < Math.min(px, qx)) return false
  if (Math.max(py, qy) + limit < Math.min(ay, by) || Math.max(ay, by) + limit < Math.min(py, qy)) return false
  const side = (ux: number, uy: number, vx: number, vy: number, wx: number, wy: number) =>
    (vx - ux) * (wy - uy) - (wx - ux) * (vy - uy) > 0
  if (
    side(px, py, qx, qy, ax, ay) !== side(px, py, qx, qy, bx, by) &&
    side(ax, ay, bx, by, px, py) !== side(ax, ay, bx, by, qx, qy)
  )
    return true
  return (
    toSegment(px, py, ax, ay, bx, by) < limit ||
    toSegment(qx, qy, ax, ay, bx, by) < limit ||
    toSegment(ax, ay, px, py, qx, qy) < limit ||
    toSegment(bx, by, px, py, qx, qy) < limit
  )
}

/** Sine of the angle at o between a and b, negative when b lies right of a; 1 or -1 beyond a right angle. */
function spread(ox: number, oy: number, ax: number, ay: number, bx: number, by: number): number {
  const [ux, uy, vx, vy] = [ax - ox, ay - oy, bx - ox, by - oy]
  const cross = (ux * vy - uy * vx) / Math.hypot(ux, uy) / Math.hypot(vx, vy)
  return ux * vx + uy * vy < 0 ? (cross < 0 ? -1 : 1) : cross
}

/** Does the direction from ring vertex `at` to (x, y) lead into the face, well apart from both edges? */
function leadsIn({ xs, ys }: Measured, at: number, x: number, y: number): boolean {
  const before = (at + xs.length - 1) % xs.length
  const after = (at + 1) % xs.length
  const [ox, oy] = [xs[at]!, ys[at]!]
  const left = (ax: number, ay: number, bx: number, by: number) => ax * by - ay * bx > 0
  const [ux, uy] = [xs[after]! - ox, ys[after]! - oy]
  const [vx, vy] = [xs[before]! - ox, ys[before]! - oy]
  const [wx, wy] = [x - ox, y - oy]
  const convex = left(ux, uy, vx, vy)
  const inside = convex
    ? left(ux, uy, wx, wy) && left(wx, wy, vx, vy)
    : !(left(vx, vy, wx, wy) && left(wx, wy, ux, uy))
  return (
    inside &&
    Math.abs(spread(ox, oy, xs[after]!, ys[after]!, x, y)) >= SHARPEST &&
    Math.abs(spread(ox, oy, xs[before]!, ys[before]!, x, y)) >= SHARPEST
  )
}

/** May a course (metres in the face's frame, both ends on the ring) divide the face? */
function fits(
  face: Measured,
  from: number,
  to: number,
  px: readonly number[],
  py: readonly number[],
): boolean {
  const { xs, ys } = face
  const n = xs.length
  const last = px.length - 1
  if (!leadsIn(face, from, px[1]!, py[1]!) || !leadsIn(face, to, px[last - 1]!, py[last - 1]!)) return false
  for (let k = 0; k < last; k++) {
    const [ax, ay, bx, by] = [px[k]!, py[k]!, px[k + 1]!, py[k + 1]!]
    if (Math.hypot(bx - ax, by - ay) < CLEARANCE) return false
    for (let i = 0, j = n - 1; i < n; j = i++) {
      // Edges at the ends of the course are met there, at an angle judged above.
      const atFrom = k === 0 && (i === from || j === from)
      const atTo = k === last - 1 && (i === to || j === to)
      if (atFrom || atTo) {
        const shared = atFrom ? from : to
        const other = i === shared ? j : i
        const inner = atFrom ? [bx, by] : [ax, ay]
        if (toSegment(xs[other]!, ys[other]!, ax, ay, bx, by) < CLEARANCE) return false
        if (toSegment(inner[0]!, inner[1]!, xs[j]!, ys[j]!, xs[i]!, ys[i]!) < CLEARANCE) return false
      } else if (near(ax, ay, bx, by, xs[j]!, ys[j]!, xs[i]!, ys[i]!, CLEARANCE)) return false
    }
    if (k > 0 && spread(ax, ay, px[k - 1]!, py[k - 1]!, bx, by) ** 2 < SHARPEST ** 2) {
      const straight = (px[k - 1]! - ax) * (bx - ax) + (py[k - 1]! - ay) * (by - ay) < 0
      if (!straight) return false
    }
    for (let m = 0; m + 1 < k; m++)
      if (near(ax, ay, bx, by, px[m]!, py[m]!, px[m + 1]!, py[m + 1]!, CLEARANCE)) return false
  }
  return true
}

const isList = (line: Line | null | readonly (Line | null)[]): line is readonly (Line | null)[] =>
  Array.isArray(line)

/**
 * Divides a face along a course from one vertex of its ring over inner positions to another vertex: what lies left of
 * the course and what lies right of it. Null when the course leaves the face, touches its border or itself, or comes too
 * near to either. `line` runs along all of it, or each of its edges has its own. Nothing else changes, so neighbours keep every vertex they share. The line's path is the caller's.
 */
export function cut(
  face: Face,
  from: number,
  to: number,
  inner: readonly Position[],
  line: Line | null | readonly (Line | null)[],
): [left: Face, right: Face] | null {
  const { ring, along } = face
  const n = ring.length
  if (from === to) return null
  if (inner.length === 0 && ((from + 1) % n === to || (to + 1) % n === from)) return null
  const m = measured(face)
  const px = [m.xs[from]!]
  const py = [m.ys[from]!]
  for (const position of inner) {
    const [x, y] = m.frame.metres(position)
    px.push(x)
    py.push(y)
  }
  px.push(m.xs[to]!)
  py.push(m.ys[to]!)
  if (!fits(m, from, to, px, py)) return null

  const forward = <T>(list: readonly T[], start: number, end: number): T[] =>
    start <= end ? list.slice(start, end) : [...list.slice(start), ...list.slice(0, end)]
  const course: readonly (Line | null)[] = isList(line) ? line : new Array(inner.length + 1).fill(line)
  return [
    {
      ring: [ring[from]!, ...inner, ...forward(ring, to, from)],
      along: [...course, ...forward(along, to, from)],
    },
    {
      ring: [...forward(ring, from, to), ring[to]!, ...inner.toReversed()],
      along: [...forward(along, from, to), ...course.toReversed()],
    },
  ]
}

/**
 * Lengthens the line by a course that begins or ends where the line's path does.
 * @returns false when they do not meet at an end
 */
export function extend(line: Line, course: readonly Position[]): boolean {
  const same = (a: Position | undefined, b: Position | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1]
  const { path } = line
  if (path.length === 0) path.push(...course)
  else if (same(path.at(-1), course[0])) path.push(...course.slice(1))
  else if (same(path[0], course.at(-1))) path.unshift(...course.slice(0, -1))
  else if (same(path.at(-1), course.at(-1))) path.push(...course.toReversed().slice(1))
  else if (same(path[0], course[0])) path.unshift(...course.toReversed().slice(0, -1))
  else return false
  return true
}
