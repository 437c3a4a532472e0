// Pieces cut off along a face's border: strips along a chain of edges, and corners around a vertex.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Line, Random } from '../place.ts'
import { densify, type Point } from './course.ts'
import { cut, type Measured, measured } from './face.ts'

/** What is cut off, and what is left of the face. */
export interface Carved {
  readonly piece: Face
  readonly rest: Face
}

/** Metres from vertex `from` forward to vertex `to` along the ring. */
export function lengthAlong({ ring }: Face, { xs, ys }: Measured, from: number, to: number): number {
  let sum = 0
  for (let i = from; i !== to; i = (i + 1) % ring.length) {
    const j = (i + 1) % ring.length
    sum += Math.hypot(xs[j]! - xs[i]!, ys[j]! - ys[i]!)
  }
  return sum
}

/** The vertex that lies at least so many metres from a vertex along the ring, forward (+1) or back (-1). */
export function vertexAfter(face: Face, from: number, metres: number, direction: 1 | -1): number {
  const { xs, ys } = measured(face)
  const n = face.ring.length
  let at = from
  for (let gone = 0; gone < metres; ) {
    const next = (at + direction + n) % n
    if (next === from) break
    gone += Math.hypot(xs[next]! - xs[at]!, ys[next]! - ys[at]!)
    at = next
  }
  return at
}

/** The inward direction at a place of the ring, smoothed over the edges on both sides. */
function inward({ xs, ys }: Measured, at: number, whole: boolean): readonly [number, number] {
  const n = xs.length
  const before = whole ? (at + n - 1) % n : at
  const after = (at + 1) % n
  const dx = xs[after]! - xs[before]!
  const dy = ys[after]! - ys[before]!
  const length = Math.hypot(dx, dy) || 1
  return [-dy / length, dx / length]
}

/**
 * Cuts off a strip along the ring from one vertex forward to another, so many metres deep. Its inner side is a vertex
 * every `step` metres or so. Null where the face is too narrow or bends too much.
 */
export function carveStrip(
  face: Face,
  from: number,
  to: number,
  depth: number,
  line: Line | null,
  step = 30,
): Carved | null {
  const m = measured(face)
  const n = face.ring.length
  const length = lengthAlong(face, m, from, to)
  if (length < step) return null
  // The deeper the strip, the fewer points shape its inner side: many would fold over each other where it bends.
  const apart = Math.max(step, depth * 0.6)
  const side: Point[] = []
  let since = apart
  for (let i = from; ; i = (i + 1) % n) {
    const end = i === to
    if (since >= apart || end) {
      if (end && since < apart / 2 && side.length > 1) side.pop()
      // At the ends the strip is closed square to its own edge.
      const [nx, ny] = end ? inward(m, (i + n - 1) % n, false) : inward(m, i, i !== from)
      side.push([m.xs[i]! + nx * depth, m.ys[i]! + ny * depth])
      since = 0
    }
    if (end) break
    const next = (i + 1) % n
    since += Math.hypot(m.xs[next]! - m.xs[i]!, m.ys[next]! - m.ys[i]!)
  }
  const course: Point[] = [[m.xs[from]!, m.ys[from]!], ...side, [m.xs[to]!, m.ys[to]!]]
  const inner = densify(course, step).map(([x, y]) => m.frame.position(x, y))
  const halves = cut(face, from, to, inner, line)
  return halves && { piece: halves[1], rest: halves[0] }
}

/**
 * Cuts off what lies within so many metres of the ring's edges between two vertices, from border to border: the ends of
 * its inner side are vertices of the neighbouring edges, so it may lie between two roads.
 */
export function carveBank(
  face: Face,
  from: number,
  to: number,
  depth: number,
  line: (course: readonly Position[]) => Line | null,
): Carved | null {
  const m = measured(face)
  const n = face.ring.length
  const start = vertexAfter(face, from, depth * 0.8, -1)
  const end = vertexAfter(face, to, depth * 0.8, 1)
  const inner: Position[] = []
  let skipped = 0
  for (let i = (from + 1) % n; i !== to; i = (i + 1) % n) {
    if (lengthAlong(face, m, from, i) < depth * 0.7 || lengthAlong(face, m, i, to) < depth * 0.7) continue
    if (skipped++ % 2 === 1) continue
    const [nx, ny] = inward(m, i, true)
    inner.push(m.frame.position(m.xs[i]! + nx * depth, m.ys[i]! + ny * depth))
  }
  if (inner.length < 2 || !cut(face, start, end, inner, null)) return null
  const halves = cut(face, start, end, inner, line([face.ring[start]!, ...inner, face.ring[end]!]))
  return halves && { piece: halves[1], rest: halves[0] }
}

/** Chains of the ring's edges along which something runs, as first and last vertex. */
export function chainsAlong(
  { ring, along }: Face,
  runs: (line: Line) => boolean,
): (readonly [number, number])[] {
  const n = ring.length
  const on = along.map(line => line !== null && runs(line))
  const chains: (readonly [number, number])[] = []
  for (let i = 0; i < n; i++) {
    if (!on[i] || on[(i + n - 1) % n]) continue
    let to = i
    while (on[to % n]) to++
    chains.push([i, to % n])
  }
  return chains
}

/** Cuts off the piece around a vertex of the ring, reaching so many metres along it either way and inward. */
export function carveCorner(face: Face, at: number, reach: number, line: Line | null): Carved | null {
  const m = measured(face)
  const from = vertexAfter(face, at, reach, -1)
  const to = vertexAfter(face, at, reach, 1)
  const [ax, ay, bx, by] = [m.xs[from]!, m.ys[from]!, m.xs[to]!, m.ys[to]!]
  const [ox, oy] = [m.xs[at]!, m.ys[at]!]
  const turn = (ox - ax) * (by - oy) - (oy - ay) * (bx - ox)
  const sharp = turn / Math.hypot(ox - ax, oy - ay) / Math.hypot(bx - ox, by - oy)
  // A convex corner is cut off as a parallelogram, any other as a strip.
  if (sharp < 0.5) return carveStrip(face, from, to, reach, line)
  const halves = cut(face, from, to, [m.frame.position(ax + bx - ox, ay + by - oy)], line)
  return halves && { piece: halves[1], rest: halves[0] }
}

export const isMainRoad = (line: Line | null): boolean => line?.kind === 'road' && line.halfWidth >= 6

/** Cuts off a strip somewhere along edges of the face's border that qualify, a main road's at first. */
export function carveFrontage(
  face: Face,
  length: number,
  depth: number,
  random: Random,
  runs: (edge: number) => boolean = edge => isMainRoad(face.along[edge]!),
): Carved | null {
  const n = face.ring.length
  const main = (i: number): boolean => runs((i + n) % n)
  const starts = face.ring.map((_, i) => i).filter(i => main(i))
  const { xs, ys } = measured(face)
  const bends = (i: number): boolean => {
    const [p, q, r] = [(i + n - 1) % n, i % n, (i + 1) % n]
    const [ax, ay, bx, by] = [xs[q]! - xs[p]!, ys[q]! - ys[p]!, xs[r]! - xs[q]!, ys[r]! - ys[q]!]
    return ax * bx + ay * by < 0.94 * Math.hypot(ax, ay) * Math.hypot(bx, by)
  }
  for (let tries = 0; tries < 6 && starts.length > 0; tries++) {
    const from = random.pick(starts)
    let to = from
    for (let gone = 0; gone < length && main(to) && (to === from || !bends(to)) && to - from < n - 4; ) {
      gone = lengthAlong(face, measured(face), from, (to + 1) % n)
      to++
    }
    const carved = carveStrip(face, from, to % n, depth, null, 24)
    if (carved && lengthAlong(face, measured(face), from, to % n) > length / 2) return carved
  }
  return null
}

/** A rounded box over a chord, as wide at its shoulders as at its foot. */
function rounded(
  m: Measured,
  from: number,
  to: number,
  depth: number,
  step: number,
  rough: number,
  random: Random,
): Position[] {
  const [ax, ay, bx, by] = [m.xs[from]!, m.ys[from]!, m.xs[to]!, m.ys[to]!]
  const chord = Math.hypot(bx - ax, by - ay)
  const [ux, uy] = [(bx - ax) / chord, (by - ay) / chord]
  const parts = Math.max(4, Math.round((chord + 2 * depth) / step))
  return Array.from({ length: parts - 1 }, (_, k): Position => {
    const angle = (Math.PI * (k + 1)) / parts
    const [c, s] = [Math.cos(angle), Math.sin(angle)]
    const along = 0.5 - 0.5 * Math.sign(c) * Math.abs(c) ** 0.7
    const away = depth * s ** 0.6 * (1 - rough / 2 + random.next() * rough)
    return m.frame.position(ax + ux * along * chord - uy * away, ay + uy * along * chord + ux * away)
  })
}

/**
 * Cuts off what lies within about so many metres of a vertex of the ring. Pieces of all faces around one vertex make one
 * settlement; `shape` bends the radius by direction.
 */
export function carveSector(
  face: Face,
  at: number,
  radius: number,
  shape: (direction: number) => number,
): Carved | null {
  const m = measured(face)
  const [ox, oy] = [m.xs[at]!, m.ys[at]!]
  const from = vertexAfter(face, at, radius * 0.93, -1)
  const to = vertexAfter(face, at, radius * 0.93, 1)
  if (from === to) return null
  const polar = (i: number) =>
    [Math.atan2(m.ys[i]! - oy, m.xs[i]! - ox), Math.hypot(m.xs[i]! - ox, m.ys[i]! - oy)] as const
  const [start, near] = polar(from)
  const [end, far] = polar(to)
  const sweep = (start - end + 4 * Math.PI) % (2 * Math.PI)
  const parts = Math.max(3, Math.round((sweep * radius) / 20))
  const inner = Array.from({ length: parts - 1 }, (_, k): Position => {
    const t = (k + 1) / parts
    const direction = start - sweep * t
    // The ends are vertices of the ring, so the shape sets in between them.
    const own = Math.min(1, 3 * t, 3 * (1 - t))
    const r = (near + (far - near) * t) * (1 - own + own * shape(direction))
    return m.frame.position(ox + Math.cos(direction) * r, oy + Math.sin(direction) * r)
  })
  const halves = cut(face, from, to, inner, null)
  return halves && { piece: halves[1], rest: halves[0] }
}

/** Cuts off a rounded piece of about an area (m²) at the border, at a road where there is one. */
export function carveBay(
  face: Face,
  area: number,
  random: Random,
  onRoad: (position: Position) => boolean,
): Carved | null {
  const m = measured(face)
  const n = face.ring.length
  const width = Math.sqrt(area) * (1 + random.next() * 0.3)
  const all = face.ring.map((_, i) => i)
  const roads = all.filter(i => onRoad(face.ring[i]!))
  for (let tries = 0; tries < 14; tries++) {
    const from = random.pick(tries < 10 && roads.length > 0 ? roads : all)
    const to = vertexAfter(face, from, width * (tries < 7 ? 1 : 0.7), 1)
    const [ax, ay, bx, by] = [m.xs[from]!, m.ys[from]!, m.xs[to]!, m.ys[to]!]
    const chord = Math.hypot(bx - ax, by - ay)
    if (chord < 25 || lengthAlong(face, m, from, to) > chord * 1.25) continue
    const depth = (area / chord) * 1.12
    if (depth > chord * 2.2) continue
    const inner = rounded(m, from, to, depth, 22, 0.16, random)
    const halves = cut(face, from, to, inner, null)
    if (halves && halves[0].ring.length > n / 4) return { piece: halves[1], rest: halves[0] }
  }
  return null
}
