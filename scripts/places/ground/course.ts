// Courses of roads and borders in metres: straight streets, bending lanes, smooth lines through given points.
export type Point = readonly [x: number, y: number]

export const between = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay)

/** The unit vector from a to b. */
export function heading(a: Point, b: Point): Point {
  const length = between(a, b) || 1
  return [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
}

/** Points strictly between the ends of a polyline, so that no stretch is longer than `step`. */
export function densify(points: readonly Point[], step: number): Point[] {
  const all: Point[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    const a = points[i]!
    const b = points[i + 1]!
    const parts = Math.max(1, Math.ceil(between(a, b) / step - 0.25))
    for (let k = 0; k < parts; k++)
      all.push([a[0] + ((b[0] - a[0]) * k) / parts, a[1] + ((b[1] - a[1]) * k) / parts])
  }
  return all.slice(1)
}

/** Points at equal distances of about `step` along a fine polyline, without its ends. */
function evenly(fine: readonly Point[], step: number): Point[] {
  let length = 0
  for (let i = 0; i + 1 < fine.length; i++) length += between(fine[i]!, fine[i + 1]!)
  const parts = Math.max(1, Math.round(length / step))
  const even: Point[] = []
  let gone = 0
  for (let i = 0; i + 1 < fine.length && even.length + 1 < parts; i++) {
    const a = fine[i]!
    const b = fine[i + 1]!
    const stretch = between(a, b)
    while (even.length + 1 < parts) {
      const wanted = (length * (even.length + 1)) / parts - gone
      if (wanted > stretch) break
      const t = stretch === 0 ? 0 : wanted / stretch
      even.push([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])
    }
    gone += stretch
  }
  return even
}

/** From a, leaving in direction `out`, to b, arriving in direction `into`; `stiff` is how far the directions reach. */
export function bend(a: Point, out: Point, b: Point, into: Point, step: number, stiff = 0.35): Point[] {
  const reach = between(a, b) * stiff
  const c: Point = [a[0] + out[0] * reach, a[1] + out[1] * reach]
  const d: Point = [b[0] - into[0] * reach, b[1] - into[1] * reach]
  const parts = Math.max(4, Math.ceil(between(a, b) / step) * 3)
  const fine = Array.from({ length: parts + 1 }, (_, i): Point => {
    const t = i / parts
    const s = 1 - t
    const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t]
    return [p * a[0] + q * c[0] + r * d[0] + u * b[0], p * a[1] + q * c[1] + r * d[1] + u * b[1]]
  })
  return evenly(fine, step)
}

/** A smooth line through all points (Catmull-Rom), every `step` metres, without its ends; closed: without the first. */
export function smooth(points: readonly Point[], step: number, closed = false): Point[] {
  const n = points.length
  const at = (i: number): Point => (closed ? points[(i + n) % n]! : points[Math.max(0, Math.min(n - 1, i))]!)
  const fine: Point[] = []
  for (let i = 0; i < (closed ? n : n - 1); i++) {
    const [p, a, b, q] = [at(i - 1), at(i), at(i + 1), at(i + 2)]
    const parts = Math.max(2, Math.ceil((between(a, b) / step) * 3))
    for (let k = 0; k < parts; k++) {
      const t = k / parts
      const blend = (axis: 0 | 1) =>
        0.5 *
        (2 * a[axis] +
          (b[axis] - p[axis]) * t +
          (2 * p[axis] - 5 * a[axis] + 4 * b[axis] - q[axis]) * t * t +
          (3 * a[axis] - p[axis] - 3 * b[axis] + q[axis]) * t * t * t)
      fine.push([blend(0), blend(1)])
    }
  }
  fine.push(at(closed ? 0 : n - 1))
  return evenly(fine, step)
}
