// Stairs of cells become smooth lines on the lattice; no two of them cross, touch or come too near.
import type { Position } from '../../../core/topology/index.ts'
import type { Frame } from '../place.ts'
import type { RawArc } from './grow-arcs.ts'
import { tooNear } from './grow-near.ts'
import { type Metres, OUTSIDE, type Raster } from './grow-raster.ts'

/** Metres that lines keep from each other where they do not meet. */
const APART = 8
/** How far the smoothing reaches, in cells; from what is tried first to what is always free of crossings. */
const REACHES: readonly number[] = [4, 2, 1, 0]
/** How far a node may move, in cells; within the last no two lines can cross (its corner's own diamond). */
const MOVES: readonly number[] = [1.2, 0.45]
/** An outline keeps to its true course: it begins with less. */
const OUTLINE = 1

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
  for (const move of MOVES) {
    const courses = smoothWith(arcs, raster, step, move * raster.cell)
    if (courses) return courses.map(course => course.map(([x, y]) => frame.position(x, y)))
  }
  throw new Error('Borders come too near to each other: the raster is too coarse for them.')
}

/** Null when borders come too near to each other however little they are smoothed. */
function smoothWith(
  arcs: readonly RawArc[],
  raster: Raster,
  step: (at: Metres) => number,
  move: number,
): Metres[][] | null {
  const outer = arcs.map(({ left, right }) => left === OUTSIDE || right === OUTSIDE)
  const tried = outer.map(outer => (outer ? OUTLINE : 0))
  const middles = arcs.map(arc => middlesOf(arc, raster))
  const beyond = settleNodes(arcs, middles, outer, move)
  const smooth = (arc: number): Metres[] => {
    const reach = REACHES[tried[arc]!]!
    return reach === 0 ? middles[arc]! : evenly(blur(arc, middles, beyond, reach), step)
  }
  const courses = arcs.map((_, arc) => smooth(arc))
  let check = new Set(arcs.keys())
  while (check.size > 0) {
    const again = new Set<number>()
    const near = tooNear(courses, check, APART)
    for (const arc of near)
      if (tried[arc]! < REACHES.length - 1) {
        tried[arc]!++
        again.add(arc)
      }
    if (near.size > 0 && again.size === 0) return null
    for (const arc of again) courses[arc] = smooth(arc)
    check = again
  }
  return courses
}

/** An arc as it leaves a node. */
interface Leaving {
  readonly arc: number
  readonly start: boolean
}

const keyOf = ({ arc, start }: Leaving) => arc * 2 + (start ? 0 : 1)

/**
 * Moves nodes so that the straightest line through each bends there as little as elsewhere, and ends of `middles` with
 * them. What it gives back names the arc that goes on beyond an arc's end.
 */
function settleNodes(
  arcs: readonly RawArc[],
  middles: Metres[][],
  outer: readonly boolean[],
  move: number,
): Map<number, Leaving> {
  const meeting = new Map<number, Leaving[]>()
  arcs.forEach(({ corners }, arc) => {
    for (const start of [true, false]) {
      const node = start ? corners[0]! : corners.at(-1)!
      meeting.set(node, [...(meeting.get(node) ?? []), { arc, start }])
    }
  })
  const beyond = new Map<number, Leaving>()
  const moved = new Map<number, Metres>()
  for (const [node, ends] of meeting) {
    const own = pointFrom(middles, ends[0]!, 0)
    const heads = ends.map(end => {
      const [x, y] = pointFrom(middles, end, 5)
      const length = Math.hypot(x - own[0], y - own[1]) || 1
      return { end, x: (x - own[0]) / length, y: (y - own[1]) / length }
    })
    const turns = heads.flatMap((a, i) =>
      heads.slice(i + 1).map(b => {
        const both = outer[a.end.arc] && outer[b.end.arc] ? 2 : 0
        return { a: a.end, b: b.end, straight: both - (a.x * b.x + a.y * b.y) }
      }),
    )
    turns.sort((p, q) => q.straight - p.straight)
    for (const { a, b, straight } of turns) {
      if (straight < 0.3 || beyond.has(keyOf(a)) || beyond.has(keyOf(b))) continue
      beyond.set(keyOf(a), b)
      beyond.set(keyOf(b), a)
      if (moved.has(node)) continue
      let [x, y] = own
      for (let k = 1; k <= 6; k++)
        for (const end of [a, b]) {
          const [px, py] = pointFrom(middles, end, k)
          x += px
          y += py
        }
      const [dx, dy] = [x / 13 - own[0], y / 13 - own[1]]
      const part = Math.min(1, move / (Math.abs(dx) + Math.abs(dy) || 1))
      moved.set(node, [own[0] + dx * part, own[1] + dy * part])
    }
  }
  arcs.forEach(({ corners }, arc) => {
    const line = middles[arc]!
    line[0] = moved.get(corners[0]!) ?? line[0]!
    line[line.length - 1] = moved.get(corners.at(-1)!) ?? line.at(-1)!
  })
  return beyond
}

/** The k-th point of an arc, counted from the node that it leaves. */
function pointFrom(middles: readonly (readonly Metres[])[], { arc, start }: Leaving, k: number): Metres {
  const line = middles[arc]!
  const at = Math.min(k, line.length - 1)
  return line[start ? at : line.length - 1 - at]!
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

/**
 * A Gaussian mean over neighbours. Beyond an end the course goes on along the arc that follows, or where none does as its
 * own point reflection; the ends stay.
 */
function blur(
  arc: number,
  middles: readonly (readonly Metres[])[],
  beyond: ReadonlyMap<number, Leaving>,
  reach: number,
): Metres[] {
  const course = middles[arc]!
  const last = course.length - 1
  const wide = Math.ceil(reach * 2)
  const weights = Array.from({ length: wide + 1 }, (_, k) => Math.exp(-((k / reach) ** 2)))
  const next = [beyond.get(keyOf({ arc, start: true })), beyond.get(keyOf({ arc, start: false }))] as const
  const at = (i: number): Metres => {
    if (i >= 0 && i <= last) return course[i]!
    const over = i < 0 ? -i : i - last
    const on = next[i < 0 ? 0 : 1]
    if (on) return pointFrom(middles, on, over)
    const [ex, ey] = course[i < 0 ? 0 : last]!
    const [mx, my] = course[i < 0 ? Math.min(over, last) : Math.max(last - over, 0)]!
    return [2 * ex - mx, 2 * ey - my]
  }
  return course.map((own, i) => {
    if (i === 0 || i === last) return own
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
