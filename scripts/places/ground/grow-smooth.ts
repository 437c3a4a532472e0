// Stairs of cells become smooth lines on the lattice; no two of them cross, touch or come too near.
import type { Position } from '../../../core/topology/index.ts'
import type { Frame } from '../place.ts'
import { toSegment } from './face.ts'
import type { RawArc } from './grow-arcs.ts'
import type { Metres, Raster } from './grow-raster.ts'

/** Metres that lines keep from each other where they do not meet. */
const APART = 8
/** How far the smoothing reaches, in half cells; from what is tried first to what is always free of crossings. */
const REACHES = [5, 2.5, 1, 0] as const

/**
 * The course of every arc, ends included. `step`: metres between vertices at a place. A border that would come too near
 * to another is smoothed less; not at all, it runs through the middles of its cells' sides, which never meet.
 */
export function smoothArcs(
  arcs: readonly RawArc[],
  raster: Raster,
  frame: Frame,
  step: (at: Metres) => number,
): Position[][] {
  const tried = arcs.map(() => 0)
  const smooth = (arc: number): Metres[] => {
    const middles = middlesOf(arcs[arc]!, raster)
    const reach = REACHES[tried[arc]!]!
    return reach === 0 ? middles : evenly(blur(middles, reach), step)
  }
  const courses = arcs.map((_, arc) => smooth(arc))
  let check = new Set(arcs.keys())
  while (check.size > 0) {
    const again = new Set<number>()
    for (const arc of tooNear(courses, check))
      if (tried[arc]! < REACHES.length - 1) {
        tried[arc]!++
        again.add(arc)
      }
    for (const arc of again) courses[arc] = smooth(arc)
    check = again
  }
  return courses.map(course => course.map(([x, y]) => frame.position(x, y)))
}

/** From node to node through the middles of the sides. */
function middlesOf({ corners }: RawArc, raster: Raster): Metres[] {
  const across = raster.width + 1
  const place = (corner: number): Metres => [
    raster.x0 + (corner % across) * raster.cell,
    raster.y0 + Math.floor(corner / across) * raster.cell,
  ]
  const middles: Metres[] = [place(corners[0]!)]
  for (let i = 0; i + 1 < corners.length; i++) {
    const [ax, ay] = place(corners[i]!)
    const [bx, by] = place(corners[i + 1]!)
    middles.push([(ax + bx) / 2, (ay + by) / 2])
  }
  middles.push(place(corners.at(-1)!))
  return middles
}

/** A Gaussian mean over neighbours; beyond the ends the course goes on as its point reflection, so the ends stay. */
function blur(course: readonly Metres[], reach: number): Metres[] {
  const last = course.length - 1
  const wide = Math.min(Math.ceil(reach * 2), last)
  const weights = Array.from({ length: wide + 1 }, (_, k) => Math.exp(-((k / reach) ** 2)))
  const at = (i: number): Metres => {
    if (i >= 0 && i <= last) return course[i]!
    const [ex, ey] = course[i < 0 ? 0 : last]!
    const [mx, my] = course[i < 0 ? -i : 2 * last - i]!
    return [2 * ex - mx, 2 * ey - my]
  }
  return course.map((_, i) => {
    let x = 0
    let y = 0
    let sum = 0
    for (let k = -wide; k <= wide; k++) {
      const weight = weights[Math.abs(k)]!
      const [px, py] = at(i + k)
      x += px * weight
      y += py * weight
      sum += weight
    }
    return [x / sum, y / sum]
  })
}

/** The same course with vertices at even steps, two edges at least. */
function evenly(course: readonly Metres[], step: (at: Metres) => number): Metres[] {
  const along = [0]
  for (let i = 1; i < course.length; i++)
    along.push(
      along[i - 1]! + Math.hypot(course[i]![0] - course[i - 1]![0], course[i]![1] - course[i - 1]![1]),
    )
  const length = along.at(-1)!
  const middle = course[course.length >> 1]!
  const count = Math.max(2, Math.round(length / step(middle)))
  const even: Metres[] = [course[0]!]
  let i = 1
  for (let k = 1; k < count; k++) {
    const want = (length * k) / count
    while (along[i]! < want) i++
    const t = (want - along[i - 1]!) / (along[i]! - along[i - 1]! || 1)
    const [ax, ay] = course[i - 1]!
    const [bx, by] = course[i]!
    even.push([ax + (bx - ax) * t, ay + (by - ay) * t])
  }
  even.push(course.at(-1)!)
  return even
}

/** Arcs that come too near to themselves or to one of `check`; both of a pair. */
function tooNear(courses: readonly (readonly Metres[])[], check: ReadonlySet<number>): Set<number> {
  const size = 120
  const boxes = new Map<number, [arc: number, edge: number][]>()
  const cover = (arc: number, edge: number, visit: (key: number) => void) => {
    const [ax, ay] = courses[arc]![edge]!
    const [bx, by] = courses[arc]![edge + 1]!
    const from = Math.floor((Math.min(ax, bx) - APART) / size)
    const to = Math.floor((Math.max(ax, bx) + APART) / size)
    const low = Math.floor((Math.min(ay, by) - APART) / size)
    const high = Math.floor((Math.max(ay, by) + APART) / size)
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
          if ((other !== arc || at > edge) && conflict(courses[arc]!, edge, courses[other]!, at)) {
            found.add(arc)
            found.add(other)
          }
      })
  return found
}

function conflict(one: readonly Metres[], i: number, other: readonly Metres[], j: number): boolean {
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
    toSegment(a[0], a[1], c[0], c[1], d[0], d[1]) < APART ||
    toSegment(b[0], b[1], c[0], c[1], d[0], d[1]) < APART ||
    toSegment(c[0], c[1], a[0], a[1], b[0], b[1]) < APART ||
    toSegment(d[0], d[1], a[0], a[1], b[0], b[1]) < APART
  )
}
