// Makes a clean shape of an outline that somebody drew or uploaded, or says what is wrong with it and where.
import Flatbush from 'flatbush'
import { findContacts } from './contacts.ts'
import { orient } from './exact.ts'
import { meeting } from './line.ts'
import {
  isRefusal,
  LATTICE,
  type Polygon,
  type Position,
  type Refusal,
  type RefusalCode,
  type Ring,
  type Shape,
} from './model.ts'
import { Points, pairKey } from './points.ts'
import { bounds, reverseRing, ringArea2, sortShape, startAtLeast } from './shape.ts'
import { ringInside, traceFaces } from './trace.ts'

/** Something that was put right in an outline, how often, and where it first was. */
export interface OutlineChange {
  readonly what:
    | 'closed'
    | 'snapped'
    | 'duplicate-dropped'
    | 'spike-dropped'
    | 'ring-dropped'
    | 'turned'
    | 'noded'
    | 'ring-split'
  readonly count: number
  readonly place: Position
}

export interface CleanOutline {
  readonly shape: Shape
  readonly changes: readonly OutlineChange[]
}

type Note = (what: OutlineChange['what'], place: Position) => void

/** Degrees this far from the lattice were meant to lie on it. */
const ON_LATTICE = 1e-3

/** More crossings than these and the outline is nonsense; no need to find the rest. */
const MOST_CROSSINGS = 1000

/** Rounds of bending segments through near vertices; two or three are usual. */
const MOST_ROUNDS = 30

/**
 * Takes a GeoJSON Polygon or MultiPolygon in degrees from anywhere and gives a shape on the lattice: closed, without
 * repeats, spikes or zero-width corridors, oriented, canonical, no vertex within half a step of a segment that does not
 * end there. Every kind of change is counted. Never throws.
 *
 * Refuses with `bad-geometry` (not such a geometry, a coordinate that is no number or out of range, nothing of any area,
 * a hole outside, overlapping or nested polygons), `self-crossing`, `too-narrow` (rounding cannot hold it), with a place.
 */
export const cleanOutline = (geometry: unknown): CleanOutline | Refusal => {
  const changes = new Map<OutlineChange['what'], { count: number; place: Position }>()
  const note: Note = (what, place) => {
    const known = changes.get(what)
    if (known) known.count++
    else changes.set(what, { count: 1, place })
  }
  const rings = readRings(geometry, note)
  if (isRefusal(rings)) return rings
  const chain = nodeRings(rings, note)
  if (isRefusal(chain)) return chain
  const shape = faceShape(chain)
  if (isRefusal(shape)) return shape
  return { shape, changes: [...changes].map(([what, { count, place }]) => ({ what, count, place })) }
}

const refuse = (refused: RefusalCode, place: Position | null): Refusal => ({ refused, place })

/** All rings on the lattice, outer ones counter-clockwise and holes clockwise. */
const readRings = (geometry: unknown, note: Note): Ring[] | Refusal => {
  const bad = refuse('bad-geometry', null)
  if (typeof geometry !== 'object' || geometry === null) return bad
  const { type, coordinates } = geometry as { type?: unknown; coordinates?: unknown }
  if (!Array.isArray(coordinates)) return bad
  if (type !== 'Polygon' && type !== 'MultiPolygon') return bad
  const polygons: unknown[] = type === 'Polygon' ? [coordinates] : coordinates
  const rings: Ring[] = []
  let place: Position | null = null
  for (const polygon of polygons) {
    if (!Array.isArray(polygon) || polygon.length === 0) return refuse('bad-geometry', place)
    for (let hole = 0; hole < polygon.length; hole++) {
      const flat = readRing(polygon[hole], note)
      if (isRefusal(flat)) return flat.place ? flat : refuse('bad-geometry', place)
      if (flat.length > 1) place = [flat[0]!, flat[1]!]
      const ring = withoutSpikes(flat, note)
      if (ring.length < 6) {
        if (place) note('ring-dropped', place)
        if (hole === 0) break
        continue
      }
      const area = ringArea2(ring)
      const turned = hole === 0 ? area < 0n : area > 0n
      if (turned) note('turned', [ring[0]!, ring[1]!])
      rings.push(startAtLeast(turned ? reverseRing(ring) : ring))
    }
  }
  if (rings.length === 0) return refuse('bad-geometry', place)
  return rings
}

const readRing = (positions: unknown, note: Note): number[] | Refusal => {
  if (!Array.isArray(positions)) return refuse('bad-geometry', null)
  const flat: number[] = []
  let place: Position | null = null
  for (const position of positions as unknown[]) {
    if (!Array.isArray(position)) return refuse('bad-geometry', place)
    const [lon, lat] = position as unknown[]
    if (typeof lon !== 'number' || typeof lat !== 'number') return refuse('bad-geometry', place)
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return refuse('bad-geometry', place)
    const x = Math.round(lon * LATTICE) + 0
    const y = Math.round(lat * LATTICE) + 0
    place = [x, y]
    if (Math.abs(lon * LATTICE - x) > ON_LATTICE || Math.abs(lat * LATTICE - y) > ON_LATTICE)
      note('snapped', place)
    const n = flat.length
    if (n > 0 && flat[n - 2] === x && flat[n - 1] === y) note('duplicate-dropped', place)
    else flat.push(x, y)
  }
  const n = flat.length
  if (n > 2 && flat[0] === flat[n - 2] && flat[1] === flat[n - 1]) flat.length = n - 2
  else if (n > 2) note('closed', [flat[0]!, flat[1]!])
  return flat
}

/** The ring without stretches that run straight back over themselves, around its start as well. */
const withoutSpikes = (ring: readonly number[], note: Note): number[] => {
  const kept: number[] = []
  const settle = (x: number, y: number): void => {
    for (;;) {
      const n = kept.length
      if (n >= 2 && kept[n - 2] === x && kept[n - 1] === y) kept.length = n - 2
      else if (n >= 4 && goesBack(kept[n - 4]!, kept[n - 3]!, kept[n - 2]!, kept[n - 1]!, x, y)) {
        note('spike-dropped', [kept[n - 2]!, kept[n - 1]!])
        kept.length = n - 2
      } else break
    }
    kept.push(x, y)
  }
  for (let i = 0; i < ring.length; i += 2) settle(ring[i]!, ring[i + 1]!)
  let start = 0
  while (kept.length - start >= 6) {
    const n = kept.length
    const [x, y] = [kept[start]!, kept[start + 1]!]
    if (kept[n - 2] === x && kept[n - 1] === y) kept.length = n - 2
    else if (goesBack(kept[n - 4]!, kept[n - 3]!, kept[n - 2]!, kept[n - 1]!, x, y)) {
      note('spike-dropped', [kept[n - 2]!, kept[n - 1]!])
      kept.length = n - 2
    } else if (goesBack(kept[n - 2]!, kept[n - 1]!, x, y, kept[start + 2]!, kept[start + 3]!)) {
      note('spike-dropped', [x, y])
      start += 2
    } else break
  }
  return start === 0 ? kept : kept.slice(start)
}

const goesBack = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): boolean =>
  orient(px, py, qx, qy, rx, ry) === 0 &&
  (Math.sign(qx - px) * Math.sign(rx - qx) < 0 || Math.sign(qy - py) * Math.sign(ry - qy) < 0)

interface SegmentChain {
  readonly points: Points
  /** Directed segments with the ground on their left. */
  readonly from: readonly number[]
  readonly to: readonly number[]
}

/** Adds all rings up, bends segments through near vertices until none is left, refuses crossings. */
const nodeRings = (rings: readonly Ring[], note: Note): SegmentChain | Refusal => {
  const points = new Points(
    undefined,
    rings.reduce((sum, ring) => sum + ring.length / 2, 0),
  )
  const place = (point: number): Position => [points.x(point), points.y(point)]
  const walks = rings.map(ring => {
    const walk: number[] = []
    for (let i = 0; i < ring.length; i += 2) walk.push(points.add(ring[i]!, ring[i + 1]!))
    walk.push(walk[0]!)
    return walk
  })
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const segments = new Map<number, { a: number; b: number; sum: number }>()
    for (const walk of walks)
      for (let i = 1; i < walk.length; i++) {
        const u = walk[i - 1]!
        const w = walk[i]!
        const key = u < w ? pairKey(u, w) : pairKey(w, u)
        const known = segments.get(key)
        const sign = u < w ? 1 : -1
        if (known) known.sum += sign
        else segments.set(key, { a: Math.min(u, w), b: Math.max(u, w), sum: sign })
      }
    const a: number[] = []
    const b: number[] = []
    const sums: number[] = []
    for (const segment of segments.values()) {
      if (segment.sum === 0) continue
      a.push(segment.a)
      b.push(segment.b)
      sums.push(segment.sum)
    }
    const through = new Map<number, number[]>()
    let crossing: Position | null = null
    let crossings = 0
    findContacts(points, a, b, ({ kind, segment, other }) => {
      const u = a[segment]!
      const w = b[segment]!
      if (kind === 'crossing') {
        crossing ??= meeting(place(u), place(w), place(a[other]!), place(b[other]!))
        crossings++
        return crossings < MOST_CROSSINGS
      }
      const key = pairKey(u, w)
      const list = through.get(key)
      if (list) list.push(other)
      else through.set(key, [other])
      note('noded', place(other))
      return true
    })
    if (crossing && (crossings >= MOST_CROSSINGS || through.size === 0))
      return refuse('self-crossing', crossing)
    if (through.size === 0) return summed(points, a, b, sums)
    walks.forEach((walk, i) => {
      walks[i] = bendThrough(points, walk, through)
    })
  }
  const first = walks[0]![0]!
  return refuse('too-narrow', place(first))
}

const bendThrough = (
  points: Points,
  walk: readonly number[],
  through: ReadonlyMap<number, number[]>,
): number[] => {
  const bent = [walk[0]!]
  for (let i = 1; i < walk.length; i++) {
    const u = walk[i - 1]!
    const w = walk[i]!
    const list = through.get(u < w ? pairKey(u, w) : pairKey(w, u))
    if (list) {
      const alongX = Math.sign(points.x(w) - points.x(u))
      const alongY = Math.sign(points.y(w) - points.y(u))
      const ordered = [...new Set(list)].sort(
        (p, q) => alongX * (points.x(p) - points.x(q)) || alongY * (points.y(p) - points.y(q)),
      )
      for (const vertex of ordered) bent.push(vertex)
    }
    bent.push(w)
  }
  return bent
}

const summed = (
  points: Points,
  a: readonly number[],
  b: readonly number[],
  sums: readonly number[],
): SegmentChain | Refusal => {
  const from: number[] = []
  const to: number[] = []
  for (let s = 0; s < a.length; s++) {
    const sum = sums[s]!
    if (Math.abs(sum) > 1) return refuse('bad-geometry', [points.x(a[s]!), points.y(a[s]!)])
    from.push(sum > 0 ? a[s]! : b[s]!)
    to.push(sum > 0 ? b[s]! : a[s]!)
  }
  if (from.length === 0) return refuse('bad-geometry', points.size > 0 ? [points.x(0), points.y(0)] : null)
  return { points, from, to }
}

/** The faces of a noded chain, if ground and not-ground alternate around every vertex and rings nest as they should. */
const faceShape = ({ points, from, to }: SegmentChain): Shape | Refusal => {
  const twisted = twistedVertex(points, from, to)
  if (twisted >= 0) return refuse('self-crossing', [points.x(twisted), points.y(twisted)])
  const traced = traceFaces(points, from, to)
  if (!traced) return refuse('bad-geometry', [points.x(from[0]!), points.y(from[0]!)])
  const shape = sortShape(traced.faces)
  const wrong = badlyNested(shape)
  return wrong ? refuse('bad-geometry', [wrong[0]!, wrong[1]!]) : shape
}

/** A vertex around which segments that leave and segments that arrive do not take turns, or -1. */
const twistedVertex = (points: Points, from: readonly number[], to: readonly number[]): number => {
  const degree = new Uint32Array(points.size)
  for (let e = 0; e < from.length; e++) {
    degree[from[e]!]!++
    degree[to[e]!]!++
  }
  const around = new Map<number, { x: number; y: number; out: boolean }[]>()
  const spoke = (v: number, end: number, out: boolean) => {
    if (degree[v]! <= 2) return
    const list = around.get(v)
    const entry = { x: points.x(end), y: points.y(end), out }
    if (list) list.push(entry)
    else around.set(v, [entry])
  }
  for (let e = 0; e < from.length; e++) {
    spoke(from[e]!, to[e]!, true)
    spoke(to[e]!, from[e]!, false)
  }
  for (const [v, spokes] of around) {
    const vx = points.x(v)
    const vy = points.y(v)
    const half = (p: { x: number; y: number }) => (p.y > vy || (p.y === vy && p.x > vx) ? 0 : 1)
    spokes.sort((p, q) => half(p) - half(q) || -Math.sign(orient(vx, vy, p.x, p.y, q.x, q.y)))
    for (let i = 0; i < spokes.length; i++)
      if (spokes[i]!.out === spokes[(i + 1) % spokes.length]!.out) return v
  }
  return -1
}

/** A ring that lies where it must not: a face inside the ground of another, a hole inside a hole. */
const badlyNested = (shape: Shape): Ring | null => {
  const outers = boxIndex(shape.map(face => face[0]!))
  for (const face of shape) {
    const outer = face[0]!
    for (const f of outers(outer)) {
      const other: Polygon = shape[f]!
      if (other === face || !ringInside(outer, other[0]!)) continue
      if (!other.slice(1).some(hole => ringInside(outer, hole))) return outer
    }
    if (face.length < 3) continue
    const holes = face.slice(1)
    const around = boxIndex(holes)
    for (const hole of holes)
      for (const h of around(hole)) if (holes[h] !== hole && ringInside(hole, holes[h]!)) return hole
  }
  return null
}

/** Finds the rings whose boxes hold the first position of a ring. */
const boxIndex = (rings: readonly Ring[]): ((ring: Ring) => number[]) => {
  const index = new Flatbush(rings.length)
  for (const ring of rings) {
    const [minX, minY, maxX, maxY] = bounds([[ring]])
    index.add(minX, minY, maxX, maxY)
  }
  index.finish()
  return ring => index.search(ring[0]!, ring[1]!, ring[0]!, ring[1]!)
}
