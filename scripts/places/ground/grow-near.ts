// Finds lines that cross, touch or come too near to each other.
import { toSegment } from './face.ts'
import type { Metres } from './grow-raster.ts'

/** Metres of a side of the squares that edges are sorted into. */
const SQUARE = 120

/** Courses that come too near to themselves or to one of `check`; both of a pair. */
export function tooNear(
  courses: readonly (readonly Metres[])[],
  check: ReadonlySet<number>,
  apart: number,
): Set<number> {
  const boxes = new Map<number, [arc: number, edge: number][]>()
  const cover = (arc: number, edge: number, visit: (key: number) => void) => {
    const [ax, ay] = courses[arc]![edge]!
    const [bx, by] = courses[arc]![edge + 1]!
    const from = Math.floor((Math.min(ax, bx) - apart) / SQUARE)
    const to = Math.floor((Math.max(ax, bx) + apart) / SQUARE)
    const low = Math.floor((Math.min(ay, by) - apart) / SQUARE)
    const high = Math.floor((Math.max(ay, by) + apart) / SQUARE)
    for (let i = from; i <= to; i++) for (let j = low; j <= high; j++) visit(i * 100003 + j)
  }
  courses.forEach((course, arc) => {
    for (let edge = 0; edge + 1 < course.length; edge++)
      cover(arc, edge, key => {
        const list = boxes.get(key)
        if (list) list.push([arc, edge])
        else boxes.set(key, [[arc, edge]])
      })
  })
  const found = new Set<number>()
  for (const arc of check)
    for (let edge = 0; edge + 1 < courses[arc]!.length; edge++)
      cover(arc, edge, key => {
        for (const [other, at] of boxes.get(key)!)
          if ((other !== arc || at > edge) && conflict(courses[arc]!, edge, courses[other]!, at, apart)) {
            found.add(arc)
            found.add(other)
          }
      })
  return found
}

function conflict(
  one: readonly Metres[],
  i: number,
  other: readonly Metres[],
  j: number,
  apart: number,
): boolean {
  const [a, b] = [one[i]!, one[i + 1]!]
  const [c, d] = [other[j]!, other[j + 1]!]
  const same = (p: Metres, q: Metres) => p[0] === q[0] && p[1] === q[1]
  for (const [o, p] of [
    [a, b],
    [b, a],
  ] as const)
    for (const [u, v] of [
      [c, d],
      [d, c],
    ] as const)
      if (same(o, u)) {
        // They meet in o: then not at a sharp angle.
        const [px, py, vx, vy] = [p[0] - o[0], p[1] - o[1], v[0] - o[0], v[1] - o[1]]
        const cross = Math.abs(px * vy - py * vx)
        return px * vx + py * vy > 0 && cross < 0.35 * Math.hypot(px, py) * Math.hypot(vx, vy)
      }
  const side = (p: Metres, q: Metres, r: Metres) =>
    (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) > 0
  return (
    (side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)) ||
    toSegment(a[0], a[1], c[0], c[1], d[0], d[1]) < apart ||
    toSegment(b[0], b[1], c[0], c[1], d[0], d[1]) < apart ||
    toSegment(c[0], c[1], a[0], a[1], b[0], b[1]) < apart ||
    toSegment(d[0], d[1], a[0], a[1], b[0], b[1]) < apart
  )
}
