// Where a face is best cut in two: short, square to its borders, where streets run on, with the wanted share on a side.
import type { Position } from '../../../core/topology/index.ts'
import type { Face, Line, Random } from '../place.ts'
import { bend, between, densify, heading, type Point } from './course.ts'
import { areaOf, cut, faceCovers, measured } from './face.ts'
import type { Network, Way } from './network.ts'

/** How one kind of ground is cut. */
export interface Manner {
  /** What a cut becomes, by the area (m²) of the face that it cuts; null is a mere border. */
  way(area: number): Way | null
  /** A street that comes straight on keeps its class through faces of at least this area (m²). */
  readonly keeps: number
  /** What a way that leads nowhere becomes. */
  readonly blind: Way | null
  /** Metres between vertices of a course. */
  readonly step: number
  /** Radians; streets run along or across it. */
  readonly axis: number | null
  /** Straight streets, else they bend with the land. */
  readonly straight: boolean
  /** Junctions closer than this (m) are a nuisance. */
  readonly jog: number
  /** Blocks are so many times as long along the axis as across; 1 where it does not matter. */
  readonly stretch: number
  /** Something like people per m². */
  density(position: Position): number
}

export interface Halves {
  readonly halves: readonly [Face, Face]
  readonly course: readonly Position[]
  readonly line: Line | null
}

interface Candidate {
  readonly index: number
  readonly at: Point
  /** Square into the face. */
  readonly inward: Point
  /** Where a street from the other side would run on. */
  readonly ahead: Point | null
  readonly onRoad: boolean
}

interface Sample {
  readonly x: number
  readonly y: number
  readonly weight: number
}

const SAMPLES = 60
const MOST_CANDIDATES = 34
const TRIES = 160
const CHOICES = 5

const spread = <T>(list: readonly T[], most: number): T[] =>
  list.length <= most
    ? [...list]
    : Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!)

/** Positions all over the face with what they weigh; at least a few. */
export function sample(face: Face, density: Manner['density']): Sample[] {
  const { frame, box, area } = measured(face)
  const step = Math.sqrt(area / SAMPLES)
  const samples: Sample[] = []
  for (let y = box[1] + step / 2; y < box[3]; y += step)
    for (let x = box[0] + step / 2; x < box[2]; x += step) {
      const position = frame.position(x, y)
      if (faceCovers(face, position)) samples.push({ x, y, weight: density(position) * step * step })
    }
  return samples
}

function candidatesOf(face: Face, network: Network, jog: number): Candidate[] {
  const { xs, ys } = measured(face)
  const n = face.ring.length
  const turns = new Float64Array(n)
  const busy = new Uint8Array(n)
  const free: Candidate[] = []
  const through: Candidate[] = []
  const point = (i: number): Point => [xs[(i + n) % n]!, ys[(i + n) % n]!]
  for (let i = 0; i < n; i++) {
    const a = heading(point(i - 1), point(i))
    const b = heading(point(i), point(i + 1))
    turns[i] = Math.atan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1])
    if (Math.abs(turns[i]!) > 0.6 || network.endsAt(face.ring[i]!).length > 0) busy[i] = 1
  }
  const nearBusy = (i: number): boolean => {
    for (const direction of [1, -1])
      for (let k = i, gone = 0; ; ) {
        const next = (k + direction + n) % n
        gone += between(point(k), point(next))
        if (gone > jog || next === i) break
        if (busy[next]) return true
        k = next
      }
    return false
  }
  for (let i = 0; i < n; i++) {
    if (turns[i]! > 0.6) continue
    const position = face.ring[i]!
    const along = heading(point(i - 1), point(i + 1))
    const inward: Point = [-along[1], along[0]]
    const end = network
      .endsAt(position)
      .find(({ away }) => -(away[0] * inward[0] + away[1] * inward[1]) > 0.75)
    const ahead: Point | null = end ? [-end.away[0], -end.away[1]] : null
    const onRoad = network.reaches(position)
    const candidate = { index: i, at: point(i), inward, ahead, onRoad }
    if (ahead) through.push(candidate)
    else if (!nearBusy(i)) free.push(candidate)
  }
  const kept = spread(through, MOST_CANDIDATES / 2)
  return [...kept, ...spread(free, MOST_CANDIDATES - kept.length)]
}

interface Pair {
  readonly from: Candidate
  readonly to: Candidate
  readonly score: number
}

function scored(
  candidates: readonly Candidate[],
  samples: readonly Sample[],
  share: number,
  area: number,
  manner: Manner,
  random: Random,
): Pair[] {
  const side = Math.sqrt(area)
  const total = samples.reduce((sum, { weight }) => sum + weight, 0) || 1
  const pairs: Pair[] = []
  for (let i = 0; i < candidates.length; i++)
    for (let j = i + 1; j < candidates.length; j++) {
      const from = candidates[i]!
      const to = candidates[j]!
      const length = between(from.at, to.at)
      if (length < side * 0.2 || length > side * 3) continue
      const [dx, dy] = heading(from.at, to.at)
      const angle = manner.axis === null ? 0 : Math.atan2(dy, dx) - manner.axis
      const felt =
        length *
        Math.hypot(Math.cos(angle) / Math.sqrt(manner.stretch), Math.sin(angle) * Math.sqrt(manner.stretch))
      const squareFrom = dx * from.inward[0] + dy * from.inward[1]
      const squareTo = -(dx * to.inward[0] + dy * to.inward[1])
      if (squareFrom < 0.3 || squareTo < 0.3) continue
      let left = 0
      for (const { x, y, weight } of samples)
        if ((x - from.at[0]) * dy - (y - from.at[1]) * dx < 0) left += weight
      const part = left / total
      const off = Math.min(Math.abs(part - share), Math.abs(part - (1 - share)))
      let score = off * 9 + (felt / side) * 1.1 + (2 - squareFrom - squareTo) * 1.4 + random.next() * 0.25
      for (const end of [from, to]) {
        if (end.ahead) {
          const sign = end === from ? 1 : -1
          score -= 0.5 * (sign * (dx * end.ahead[0] + dy * end.ahead[1])) ** 8
        }
        if (!end.onRoad) score += 0.35
      }
      if (manner.axis !== null) score += Math.abs(Math.sin(2 * angle)) * 1.2
      pairs.push({ from, to, score })
    }
  return pairs.sort((a, b) => a.score - b.score)
}

function courseOf({ from, to }: Pair, manner: Manner, random: Random): Point[] {
  const chord = heading(from.at, to.at)
  const length = between(from.at, to.at)
  const back: Point = [-to.inward[0], -to.inward[1]]
  const mix = (a: Point, b: Point, part: number): Point =>
    heading([0, 0], [a[0] * part + b[0] * (1 - part), a[1] * part + b[1] * (1 - part)])
  const along = (direction: Point) => direction[0] * chord[0] + direction[1] * chord[1]
  if (manner.straight) {
    const out = from.ahead && along(from.ahead) < 0.985 ? from.ahead : chord
    const into = to.ahead && -along(to.ahead) < 0.985 ? ([-to.ahead[0], -to.ahead[1]] as Point) : chord
    return out === chord && into === chord
      ? densify([from.at, to.at], manner.step)
      : bend(from.at, out, to.at, into, manner.step)
  }
  const out = from.ahead ?? mix(from.inward, chord, 0.6)
  const into = to.ahead ? ([-to.ahead[0], -to.ahead[1]] as Point) : mix(back, chord, 0.6)
  const sway = Math.min(0.35, 40 / length) * random.normal() * 0.5
  const swayed = (direction: Point, sign: number): Point =>
    heading([0, 0], [direction[0] - sign * sway * direction[1], direction[1] + sign * sway * direction[0]])
  return bend(
    from.at,
    from.ahead ? out : swayed(out, 1),
    to.at,
    to.ahead ? into : swayed(into, 1),
    manner.step,
  )
}

/** Longer outlines for the same ground are worse; 1 is a square. */
function ragged(face: Face): number {
  const { xs, ys, area } = measured(face)
  let length = 0
  for (let i = 0, j = xs.length - 1; i < xs.length; j = i++)
    length += Math.hypot(xs[i]! - xs[j]!, ys[i]! - ys[j]!)
  return length / (4 * Math.sqrt(area))
}

/**
 * Cuts a face in two, the wanted share of what the manner's density says on one side, and tells the network. Null when
 * no course is good enough.
 */
export function bisect(
  face: Face,
  share: number,
  manner: Manner,
  network: Network,
  random: Random,
): Halves | null {
  const { frame, area } = measured(face)
  const samples = sample(face, manner.density)
  let best: { from: number; to: number; inner: Position[]; score: number } | null = null
  for (const jog of [manner.jog, manner.jog / 3, 0]) {
    const candidates = candidatesOf(face, network, jog)
    const pairs = scored(candidates, samples, share, area, manner, random)
    let choices = 0
    for (const pair of pairs.slice(0, TRIES)) {
      if (best && pair.score > best.score) break
      const inner = courseOf(pair, manner, random).map(([x, y]) => frame.position(x, y))
      const halves = cut(face, pair.from.index, pair.to.index, inner, null)
      if (!halves) continue
      const smaller = Math.min(areaOf(halves[0]), areaOf(halves[1])) / area
      if (smaller < Math.min(share, 1 - share) * 0.35) continue
      const score = pair.score + (1.6 / manner.stretch) * (ragged(halves[0]) + ragged(halves[1]) - 2)
      if (!best || score < best.score) best = { from: pair.from.index, to: pair.to.index, inner, score }
      if (++choices >= CHOICES) break
    }
    if (best) break
  }
  if (!best) return null
  const course = [face.ring[best.from]!, ...best.inner, face.ring[best.to]!]
  return make(face, best.from, best.to, course, manner, network)
}

/** Makes a cut for good: finds its line, tells the network. */
function make(
  face: Face,
  from: number,
  to: number,
  course: readonly Position[],
  manner: Manner,
  network: Network,
): Halves {
  const area = areaOf(face)
  const reached = [course[0]!, course.at(-1)!].filter(end => network.reaches(end)).length
  const wanted = manner.way(area)
  const way =
    wanted?.kind !== 'road'
      ? wanted
      : reached === 2
        ? area < manner.keeps
          ? wanted
          : network.goingOn(course, wanted)
        : manner.blind
  // Whatever leads nowhere is no road at all; one that leads to a river ends at its bank.
  const dry = way?.kind === 'road' ? ashore(face, from, to, course) : ([0, course.length - 1] as const)
  const built = way && (way.kind !== 'road' || reached > 0) && dry[1] - dry[0] > 1
  const line = built ? network.lineFor(course.slice(dry[0], dry[1] + 1), way) : null
  network.note(course, line, dry)
  const lines = course.slice(1).map((_, i) => (i >= dry[0] && i < dry[1] ? line : null))
  const halves = cut(face, from, to, course.slice(1, -1), lines)
  if (!halves) throw new Error('A cut that fitted no longer fits.')
  return { halves, course, line }
}

/** The part of a course that lies clear of wide waters at its ends. */
function ashore(
  face: Face,
  from: number,
  to: number,
  course: readonly Position[],
): readonly [number, number] {
  const { frame } = measured(face)
  const wet = (at: number): number =>
    [face.along[at], face.along.at(at - 1)].some(line => line?.kind === 'road')
      ? 0
      : Math.max(
          0,
          ...[face.along[at], face.along.at(at - 1)].map(line =>
            line?.kind === 'water' ? line.halfWidth : 0,
          ),
        )
  const clear = (at: Position, metres: number) => (position: Position) =>
    metres < 8 || between(frame.metres(at), frame.metres(position)) > metres + 4
  const start = course.findIndex(clear(course[0]!, wet(from)))
  const end = course.findLastIndex(clear(course.at(-1)!, wet(to)))
  return start < 0 || end < 0 ? [0, 0] : [start, end]
}
