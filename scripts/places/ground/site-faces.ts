// The faces of sites: an outline, courses across it that become borders, gates where roads go on.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Frame, Gate, Line, Random, RoadClass } from '../place.ts'
import { between, heading, type Point, smooth } from './course.ts'
import { cut, extend, faceCovers, measured } from './face.ts'

/** Metres between the vertices of borders of sites. */
const STEP = 30

/** A face whose outline runs smoothly through points (metres, counter-clockwise). */
export function outlineFace(frame: Frame, points: readonly Point[], rough: number, random: Random): Face {
  // Small bends on the way from point to point, so that no border looks drawn with a ruler.
  const rougher = points.flatMap((a, i): Point[] => {
    const b = points[(i + 1) % points.length]!
    const parts = Math.max(1, Math.round(between(a, b) / 330))
    return Array.from({ length: parts }, (_, k): Point => {
      const off = k === 0 ? 0 : rough
      return [
        a[0] + ((b[0] - a[0]) * k) / parts + random.normal() * off,
        a[1] + ((b[1] - a[1]) * k) / parts + random.normal() * off,
      ]
    })
  })
  const ring = smooth(rougher, STEP, true).map(([x, y]) => frame.position(x, y))
  return { ring, along: ring.map(() => null) }
}

const nearestVertex = (face: Face, frame: Frame, goal: Point): number => {
  let best = 0
  let least = Infinity
  face.ring.forEach((position, i) => {
    const distance = between(frame.metres(position), goal)
    if (distance >= least) return
    least = distance
    best = i
  })
  return best
}

/** Renames what runs along the edges between consecutive positions, wherever faces have them. */
function paint(faces: Face[], course: readonly Position[], line: Line): void {
  const edges = new Set(
    course.slice(1).flatMap(([x, y], i) => {
      const [a, b] = course[i]!
      return [`${a},${b},${x},${y}`, `${x},${y},${a},${b}`]
    }),
  )
  faces.forEach((face, f) => {
    let touched = false
    const along = face.along.map((now, i) => {
      const [a, b] = face.ring[i]!
      const [x, y] = face.ring[(i + 1) % face.ring.length]!
      if (!edges.has(`${a},${b},${x},${y}`)) return now
      touched = true
      return line
    })
    if (touched) faces[f] = { ring: face.ring, along }
  })
}

/** Metres of a road that a bridge over a wide river takes. */
const BRIDGE = 60

/**
 * Cuts the face under the course's middle along a smooth course; its ends go to the nearest vertices. The line gets the
 * course; at ends that lie on a wide river it is a bridge.
 */
export function slice(
  faces: Face[],
  frame: Frame,
  points: readonly Point[],
  line: Line | null,
  bridges: Line[] = [],
): void {
  const middle = points[Math.floor(points.length / 2)]!
  const within: Point =
    points.length === 2 ? [(points[0]![0] + points[1]![0]) / 2, (points[0]![1] + points[1]![1]) / 2] : middle
  const which = faces.findIndex(face => faceCovers(face, frame.position(...within)))
  const face = faces[which]
  if (!face) throw new Error(`No face at ${within}.`)
  const from = nearestVertex(face, frame, points[0]!)
  const to = nearestVertex(face, frame, points.at(-1)!)
  const through = [frame.metres(face.ring[from]!), ...points.slice(1, -1), frame.metres(face.ring[to]!)]
  const inner = smooth(through, STEP).map(([x, y]) => frame.position(x, y))
  const halves = cut(face, from, to, inner, line)
  if (!halves) throw new Error(`No way along ${points.join(' ')}.`)
  faces.splice(which, 1, ...halves)
  if (!line) return
  const course = [face.ring[from]!, ...inner, face.ring[to]!]
  const wet = (at: number): boolean =>
    [face.along[at], face.along.at(at - 1)].some(beside => beside?.kind === 'water' && beside.halfWidth > 15)
  const most = Math.ceil(BRIDGE / STEP)
  const start = line.kind === 'road' && wet(from) ? most : 0
  const end = line.kind === 'road' && wet(to) ? course.length - 1 - most : course.length - 1
  for (const part of [course.slice(0, start + 1), course.slice(end)]) {
    if (part.length < 2) continue
    const bridge: Line = {
      ...line,
      id: `${line.id.slice(0, -2)}${(bridges.length + 16).toString(16)}`,
      path: [...part],
      bridge: true,
    }
    bridges.push(bridge)
    paint(faces, part, bridge)
  }
  const dry = course.slice(start, end + 1)
  if (!extend(line, dry)) throw new Error('A road that goes on elsewhere is another line.')
}

interface Shared {
  readonly a: number
  /** Null: the border of the whole place. */
  readonly b: number | null
  readonly course: Position[]
  readonly lines: (Line | null)[]
}

/** The borders between each two of the faces, as chains of positions. */
export function bordersOf(faces: readonly Face[]): Shared[] {
  const owner = new Map<string, number>()
  faces.forEach(({ ring }, f) => {
    ring.forEach(([x, y], i) => {
      const [a, b] = ring[(i + 1) % ring.length]!
      owner.set(`${x},${y},${a},${b}`, f)
    })
  })
  const shared: Shared[] = []
  faces.forEach(({ ring, along }, f) => {
    const beside = ring.map(([x, y], i): number | null => {
      const [a, b] = ring[(i + 1) % ring.length]!
      return owner.get(`${a},${b},${x},${y}`) ?? null
    })
    const n = ring.length
    const start = Math.max(
      0,
      beside.findIndex((other, i) => other !== beside[(i + n - 1) % n]),
    )
    let chain: Shared | undefined
    for (let k = 0; k < n; k++) {
      const i = (start + k) % n
      const b = beside[i]!
      if (!chain || chain.b !== b) {
        chain = { a: f, b, course: [ring[i]!], lines: [] }
        if (b === null || b > f) shared.push(chain)
      }
      chain.course.push(ring[(i + 1) % n]!)
      chain.lines.push(along[i]!)
    }
  })
  return shared
}

/** No gate comes nearer than this (m) to where another border begins. */
const NEAR_END = 110

/** The vertices of a border nearest to where parallel lines across it meet it. */
function onLattice(points: readonly Point[], gone: readonly number[], axis: number, every: number): number[] {
  const [c, s] = [Math.cos(axis), Math.sin(axis)]
  const turned = points.map(([x, y]): Point => [x * c + y * s, y * c - x * s])
  const found: number[] = []
  for (let i = 1; i < turned.length; i++) {
    const [from, to] = [turned[Math.max(0, i - 4)]!, turned[Math.min(turned.length - 1, i + 3)]!]
    const side = Math.abs(to[0] - from[0]) > Math.abs(to[1] - from[1]) ? 0 : 1
    const [before, now] = [turned[i - 1]![side] / every, turned[i]![side] / every]
    if (Math.floor(before) === Math.floor(now)) continue
    const length = gone.at(-1)!
    if (gone[i]! > NEAR_END && gone[i]! < length - NEAR_END) found.push(i)
  }
  return found
}

export interface GateWish {
  /** Metres of border for a gate. */
  readonly every: number
  readonly class: (a: number, b: number | null) => RoadClass | null
  /** Gates lie where lines in this direction (radians) and across it, `every` metres apart, meet the borders. */
  readonly lattice?: number
}

/** Gates where roads go on from one face to the next, away from the ends of their border; by face. */
export function gatesOf(faces: readonly Face[], wish: GateWish, random: Random): Gate[][] {
  const gates: Gate[][] = faces.map(() => [])
  const { frame } = measured(faces[0]!)
  for (const { a, b, course, lines } of bordersOf(faces)) {
    const roadClass = wish.class(a, b)
    if (!roadClass || lines.some(line => line?.kind === 'water' && line.halfWidth > 15)) continue
    const points = course.map(frame.metres)
    let length = 0
    const gone = points.map((point, i) => (length += i === 0 ? 0 : between(points[i - 1]!, point)))
    if (wish.lattice !== undefined) {
      for (const at of onLattice(points, gone, wish.lattice, wish.every)) {
        const gate: Gate = { at: course[at]!, class: roadClass, name: null }
        gates[a]!.push(gate)
        if (b !== null) gates[b]!.push(gate)
      }
      continue
    }
    const count = Math.round(length / wish.every)
    const parts = count === 0 && length > 400 && b !== null ? 1 : count
    const goals = [faces[a]!, ...(b === null ? [] : [faces[b]!])].map(face => {
      const { box } = measured(face)
      const middle = measured(face).frame.position((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
      return frame.metres(middle)
    })
    /** How straight a road leaves the border towards the middles of both faces. */
    const straight = (i: number): number => {
      const [dx, dy] = heading(points[i - 1]!, points[i + 1]!)
      return goals.reduce((sum, goal, side) => {
        const [gx, gy] = heading(points[i]!, goal)
        return sum + (side === 0 ? -dy * gx + dx * gy : dy * gx - dx * gy)
      }, random.next() * 0.15)
    }
    for (let k = 0; k < parts; k++) {
      const [low, high] = [0.22, 0.78].map(part => (length * (k + part)) / parts) as [number, number]
      let at = -1
      let most = -Infinity
      for (let i = 1; i + 1 < points.length; i++) {
        if (gone[i]! < Math.max(low, NEAR_END) || gone[i]! > Math.min(high, length - NEAR_END)) continue
        const score = straight(i)
        if (score <= most) continue
        most = score
        at = i
      }
      if (at < 0) continue
      const gate: Gate = { at: course[at]!, class: roadClass, name: null }
      gates[a]!.push(gate)
      if (b !== null) gates[b]!.push(gate)
    }
  }
  return gates
}
