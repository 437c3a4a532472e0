// Brings the outlines of many polygons onto one map: near vertices become one, crossings get a vertex, nothing crosses.
import Flatbush from 'flatbush'
import { findContacts } from '../contacts.ts'
import { distanceToSegment } from '../exact.ts'
import { meeting } from '../line.ts'
import type { Position, Shape } from '../model.ts'
import { Points, pairKey } from '../points.ts'

/** A segment of the map, a < b, and which polygons begin (+1) or end (-1) on its left side. */
export interface Arranged {
  readonly a: number
  readonly b: number
  readonly sums: ReadonlyMap<number, number>
}

/** Rounds of bending; a handful is usual. */
const MOST_ROUNDS = 60

/**
 * `tolerance`: vertices this near (steps) to an earlier one take its place, borders this near to a vertex run through
 * it. Null when the map does not come to rest.
 */
export const arrange = (
  shapes: readonly Shape[],
  tolerance: number,
): { points: Points; segments: Arranged[] } | null => {
  const points = new Points()
  let walks = gathered(shapes, points, tolerance)
  walks = pulled(walks, points, tolerance)
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const a: number[] = []
    const b: number[] = []
    const known = new Map<number, number>()
    for (const { walk } of walks)
      for (let i = 1; i < walk.length; i++) {
        const [low, high] = ordered(walk[i - 1]!, walk[i]!)
        if (low === high || known.has(pairKey(low, high))) continue
        known.set(pairKey(low, high), a.length)
        a.push(low)
        b.push(high)
      }
    const through = new Map<number, Set<number>>()
    const bend = (segment: number, vertex: number) => {
      if (vertex === a[segment] || vertex === b[segment]) return
      const list = through.get(segment)
      if (list) list.add(vertex)
      else through.set(segment, new Set([vertex]))
    }
    const at = (vertex: number): Position => [points.x(vertex), points.y(vertex)]
    findContacts(points, a, b, ({ kind, segment, other }) => {
      if (kind !== 'crossing') bend(segment, other)
      else {
        const place = meeting(at(a[segment]!), at(b[segment]!), at(a[other]!), at(b[other]!))
        if (!place) return true
        const vertex = points.add(place[0], place[1])
        bend(segment, vertex)
        bend(other, vertex)
      }
      return true
    })
    if (through.size === 0) return { points, segments: summed(walks) }
    walks = walks.map(({ polygon, walk }) => ({ polygon, walk: bent(points, walk, known, through) }))
  }
  return null
}

interface Walk {
  readonly polygon: number
  /** Closed: the last vertex is the first. */
  readonly walk: readonly number[]
}

const ordered = (u: number, w: number): [number, number] => (u < w ? [u, w] : [w, u])

/** The rings as vertex numbers; a vertex near an earlier one takes its place. */
const gathered = (shapes: readonly Shape[], points: Points, tolerance: number): Walk[] => {
  const cell = Math.max(1, tolerance)
  // Different cells may share an entry: distance decides.
  const cells = new Map<number, number[]>()
  const entryOf = (cx: number, cy: number): number => Math.imul(cx, 0x9e3779b1) ^ Math.imul(cy, 0x85ebca6b)
  const vertexAt = (x: number, y: number): number => {
    const known = points.find(x, y)
    if (known >= 0) return known
    const [cx, cy] = [Math.floor(x / cell), Math.floor(y / cell)]
    let best = -1
    let least = tolerance
    if (tolerance > 0)
      for (let i = cx - 1; i <= cx + 1; i++)
        for (let j = cy - 1; j <= cy + 1; j++)
          for (const vertex of cells.get(entryOf(i, j)) ?? []) {
            const away = Math.hypot(points.x(vertex) - x, points.y(vertex) - y)
            if (away <= least) {
              least = away
              best = vertex
            }
          }
    if (best >= 0) return best
    const vertex = points.add(x, y)
    const key = entryOf(cx, cy)
    const list = cells.get(key)
    if (list) list.push(vertex)
    else cells.set(key, [vertex])
    return vertex
  }
  const walks: Walk[] = []
  shapes.forEach((shape, polygon) => {
    for (const ring of shape.flat()) {
      const walk: number[] = []
      for (let i = 0; i < ring.length; i += 2) walk.push(vertexAt(ring[i]!, ring[i + 1]!))
      walk.push(walk[0]!)
      walks.push({ polygon, walk })
    }
  })
  return walks
}

/** Borders that pass near a vertex of another ring are pulled through it. */
const pulled = (walks: readonly Walk[], points: Points, tolerance: number): Walk[] => {
  if (tolerance === 0 || points.size === 0) return [...walks]
  const index = new Flatbush(points.size)
  for (let v = 0; v < points.size; v++) index.add(points.x(v), points.y(v), points.x(v), points.y(v))
  index.finish()
  return walks.map(({ polygon, walk }) => {
    const own = new Set(walk)
    const next = [walk[0]!]
    for (let i = 1; i < walk.length; i++) {
      const [u, w] = [walk[i - 1]!, walk[i]!]
      const [ux, uy, wx, wy] = [points.x(u), points.y(u), points.x(w), points.y(w)]
      const near = index
        .search(
          Math.min(ux, wx) - tolerance,
          Math.min(uy, wy) - tolerance,
          Math.max(ux, wx) + tolerance,
          Math.max(uy, wy) + tolerance,
        )
        .filter(v => !own.has(v) && distanceToSegment(points.x(v), points.y(v), ux, uy, wx, wy) <= tolerance)
      const along = (v: number) => (points.x(v) - ux) * (wx - ux) + (points.y(v) - uy) * (wy - uy)
      const length = (wx - ux) ** 2 + (wy - uy) ** 2
      next.push(...near.filter(v => along(v) > 0 && along(v) < length).sort((p, q) => along(p) - along(q)), w)
    }
    return { polygon, walk: next }
  })
}

const bent = (
  points: Points,
  walk: readonly number[],
  known: ReadonlyMap<number, number>,
  through: ReadonlyMap<number, ReadonlySet<number>>,
): number[] => {
  const next = [walk[0]!]
  for (let i = 1; i < walk.length; i++) {
    const [u, w] = [walk[i - 1]!, walk[i]!]
    const [low, high] = ordered(u, w)
    const list = through.get(known.get(pairKey(low, high)) ?? -1)
    if (list) {
      const far = (v: number) => (points.x(v) - points.x(u)) ** 2 + (points.y(v) - points.y(u)) ** 2
      next.push(...[...list].sort((p, q) => far(p) - far(q)))
    }
    next.push(w)
  }
  return next
}

const summed = (walks: readonly Walk[]): Arranged[] => {
  const segments = new Map<number, { a: number; b: number; sums: Map<number, number> }>()
  for (const { polygon, walk } of walks)
    for (let i = 1; i < walk.length; i++) {
      const [a, b] = ordered(walk[i - 1]!, walk[i]!)
      if (a === b) continue
      let segment = segments.get(pairKey(a, b))
      if (!segment) {
        segment = { a, b, sums: new Map() }
        segments.set(pairKey(a, b), segment)
      }
      const sign = walk[i - 1] === a ? 1 : -1
      const sum = (segment.sums.get(polygon) ?? 0) + sign
      if (sum === 0) segment.sums.delete(polygon)
      else segment.sums.set(polygon, sum)
    }
  return [...segments.values()].filter(({ sums }) => sums.size > 0)
}
