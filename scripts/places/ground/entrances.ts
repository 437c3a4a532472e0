// The roads that cross a site: from gate to gate through its centre, further gates join them.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Gate, Random, RoadClass, Site } from '../place.ts'
import { bend, between, densify, heading, type Point, smooth } from './course.ts'
import { cut, distanceToRing, indexOf, measured } from './face.ts'
import { type Network, ROADS, road, type Way } from './network.ts'
import { walksBetween, walksTo } from './walks.ts'

const RANK = Object.keys(ROADS)
const rank = (roadClass: RoadClass): number => RANK.indexOf(roadClass)

interface Spur {
  readonly from: number
  readonly to: number
  readonly inner: readonly Point[]
  readonly cost: number
}

/** The faces that the roads from the gates divide the site into. */
export function enter(
  site: Site,
  further: readonly Face[],
  network: Network,
  random: Random,
  step: number,
): Face[] {
  const faces: Face[] = [site.face, ...further]
  for (const face of faces) network.learn(face)
  const gates = [...site.gates].sort((a, b) => rank(a.class) - rank(b.class))
  for (const gate of gates) {
    for (const face of faces) {
      const at = indexOf(face, gate.at)
      if (at >= 0) network.arrive(gate.at, inwardAt(face, at), null)
    }
  }
  const direct = gates.filter(({ at }) => indexOf(site.face, at) >= 0)
  const first = direct[0] ?? ownGate(site)
  const partner = opposite(site, first, direct.slice(1))
  const main = through(site, first.at, partner?.at ?? null, random, step)
  const done = new Set<Gate>()
  if (main && drive(faces, 0, main, first, network)) {
    done.add(first)
    if (partner) done.add(partner)
  }
  // A gate whose road finds no way yet may find one when others are built.
  for (let round = 0; round < 2; round++)
    for (const gate of gates) {
      if (done.has(gate)) continue
      for (const [i, face] of faces.entries()) {
        const at = indexOf(face, gate.at)
        if (at < 0) continue
        const go = (one: Spur) => drive(faces, i, one, gate, network)
        const spur =
          spurs(face, at, site, network, step).find(go) ??
          (round === 1 ? winding(face, at, network, step).find(go) : undefined)
        if (spur) {
          const [x, y] = face.ring[spur.to]!
          done.add(gate)
          for (const other of gates) if (other.at[0] === x && other.at[1] === y) done.add(other)
          break
        }
      }
    }
  return faces
}

/** Where nobody has planned a way in, it comes from the nearest place of the border. */
function ownGate({ face, centre }: Site): Gate {
  const { frame } = measured(face)
  const away = (position: Position) => between(frame.metres(position), frame.metres(centre))
  const at = face.ring.reduce((best, position) => (away(position) < away(best) ? position : best))
  return { at, class: 'residential', name: null }
}

const point = ({ xs, ys }: { xs: Float64Array; ys: Float64Array }, i: number): Point => {
  const k = (i + xs.length) % xs.length
  return [xs[k]!, ys[k]!]
}

function inwardAt(face: Face, at: number): Point {
  const m = measured(face)
  const [dx, dy] = heading(point(m, at - 1), point(m, at + 1))
  return [-dy, dx]
}

/** The gate whose way through the centre is straightest; a road of a higher class first. */
function opposite(site: Site, first: Gate, others: readonly Gate[]): Gate | null {
  const { frame } = measured(site.face)
  const a = frame.metres(first.at)
  const centre = frame.metres(site.centre)
  const dot = (p: Point, q: Point) => p[0] * q[0] + p[1] * q[1]
  let best: Gate | null = null
  let most = -Infinity
  for (const gate of others) {
    const b = frame.metres(gate.at)
    const chord = heading(a, b)
    const [start, end] = [first, gate].map(({ at }) => inwardAt(site.face, indexOf(site.face, at))) as [
      Point,
      Point,
    ]
    const straight =
      site.ground === 'town'
        ? dot(chord, start) - dot(chord, end)
        : dot(heading(a, centre), heading(centre, b))
    const score = straight - 0.4 * rank(gate.class)
    if (score <= most) continue
    most = score
    best = gate
  }
  return best
}

/** A road over the centre from one vertex to another, or to the vertex that lies straight on. */
function through(site: Site, from: Position, to: Position | null, random: Random, step: number): Spur | null {
  const { face } = site
  const m = measured(face)
  const start = indexOf(face, from)
  if (start < 0) return null
  const centre = m.frame.metres(site.centre)
  const a = point(m, start)
  const ends = to ? [indexOf(face, to)] : farEnds(face, a, centre)
  for (const end of ends) {
    if (end < 0 || end === start) continue
    const b = point(m, end)
    const sway = random.normal() * 0.1
    const out = inwardAt(face, start)
    const into = inwardAt(face, end)
    const reach = Math.min(120, between(a, centre) / 3, between(centre, b) / 3)
    const off = (p: Point, d: Point): Point => [p[0] + d[0] * reach, p[1] + d[1] * reach]
    const middle: Point = [centre[0] + sway * 60, centre[1] - sway * 60]
    const bent: readonly Point[][] = [
      [a, off(a, out), middle, off(b, into), b],
      [a, middle, b],
      [a, b],
    ]
    // A town's streets are straight; a village's road passes its houses.
    for (const points of site.ground === 'town' ? bent.toReversed() : bent) {
      const inner = smooth(points, step)
      const positions = inner.map(([x, y]) => m.frame.position(x, y))
      if (cut(face, start, end, positions, null)) return { from: start, to: end, inner, cost: 0 }
    }
  }
  // A winding valley: the road walks along it.
  for (const end of ends.slice(0, 3))
    for (const via of [centre, null])
      for (const inner of end < 0 || end === start ? [] : walksBetween(face, start, end, via, step)) {
        const positions = inner.map(([x, y]) => m.frame.position(x, y))
        if (cut(face, start, end, positions, null)) return { from: start, to: end, inner, cost: 0 }
      }
  return null
}

function farEnds(face: Face, a: Point, centre: Point): number[] {
  const m = measured(face)
  const into = heading(a, centre)
  return face.ring
    .map((_, i) => i)
    .map(i => {
      const out = heading(centre, point(m, i))
      return { i, fit: into[0] * out[0] + into[1] * out[1] }
    })
    .sort((p, q) => q.fit - p.fit)
    .slice(0, 12)
    .map(({ i }) => i)
}

/** Ways from a vertex of a face to roads on its ring, the best first. */
function spurs(face: Face, at: number, site: Site, network: Network, step: number): Spur[] {
  const m = measured(face)
  const centre = m.frame.metres(site.centre)
  const a = point(m, at)
  const out = inwardAt(face, at)
  const direct = between(a, centre)
  const town = site.ground === 'town'
  const found: Spur[] = []
  face.ring.forEach((position, i) => {
    if (i === at || !network.roadAt(position)) return
    // Roads on the site's own border are the last resort.
    const outer = distanceToRing(site.face, position) < 1 ? 600 : 0
    const b = point(m, i)
    const inward = inwardAt(face, i)
    const chord = heading(a, b)
    const square = -(chord[0] * inward[0] + chord[1] * inward[1])
    const leaves = chord[0] * out[0] + chord[1] * out[1]
    if (square < 0.35 || leaves < 0.2) return
    if (town) {
      const ahead = network
        .endsAt(position)
        .some(({ away }) => away[0] * chord[0] + away[1] * chord[1] > 0.97)
      const cost = between(a, b) * 0.3 + (2 - square - leaves) * 900 + outer * 0.4 - (ahead ? 400 : 0)
      const straight = square > 0.9 && leaves > 0.9
      const inner = straight ? densify([a, b], step) : bend(a, out, b, [-inward[0], -inward[1]], step)
      found.push({ from: at, to: i, inner, cost })
      return
    }
    const crossing = network
      .endsAt(position)
      .some(({ away }) => away[0] * chord[0] + away[1] * chord[1] > 0.9)
    const cost =
      between(a, b) +
      between(b, centre) * 0.7 -
      direct +
      (2 - square - leaves) * 260 +
      outer -
      (crossing ? 60 : 0)
    const inner = bend(a, out, b, [-inward[0], -inward[1]], step)
    found.push({ from: at, to: i, inner, cost })
  })
  return found.sort((p, q) => p.cost - q.cost).slice(0, 25)
}

/** Walks from a vertex to roads on the ring, where nothing simpler leads there. */
function winding(face: Face, at: number, network: Network, step: number): Spur[] {
  const roads = face.ring
    .map((_, i) => i)
    .filter(i => i !== at && i % 2 === 0 && network.roadAt(face.ring[i]!) !== null)
  return walksTo(face, at, roads, step).map(({ to, inner }) => ({ from: at, to, inner, cost: 0 }))
}

/** Builds a road into one of the faces. */
function drive(faces: Face[], which: number, spur: Spur, gate: Gate, network: Network): boolean {
  const face = faces[which]!
  const { frame } = measured(face)
  const inner = spur.inner.map(([x, y]) => frame.position(x, y))
  if (!cut(face, spur.from, spur.to, inner, null)) return false
  const course = [face.ring[spur.from]!, ...inner, face.ring[spur.to]!]
  const way: Way = road(gate.class, 'street')
  const line = network.lineFor(course, way)
  if (gate.name && line.path.length === course.length) line.name = gate.name
  network.note(course, line)
  const halves = cut(face, spur.from, spur.to, inner, line)
  if (!halves) return false
  faces.splice(which, 1, ...halves)
  return true
}
