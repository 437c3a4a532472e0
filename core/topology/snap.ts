// Iterated snap rounding: what a noded line and the borders it meets become on the lattice, without a crossing.
import { findCrossing } from './crossing.ts'
import { distanceToSegment, meetsPixel, orient } from './exact.ts'
import { addLabels } from './labels.ts'
import type { Refusal } from './model.ts'
import { type Points, pairKey } from './points.ts'
import { OUTSIDE, type Region, segmentsAt } from './region.ts'
import { twistedVertex } from './rotation.ts'
import { ringArea2 } from './shape.ts'

/** A stretch of a drawn line between two nodes: it lies on p→q and starts and ends in the pixels of from and to. */
export interface CutSegment {
  readonly px: number
  readonly py: number
  readonly qx: number
  readonly qy: number
  readonly from: number
  readonly to: number
  readonly chain: number
  /** The leaf it divides, or OUTSIDE when it runs along a border inside the target. */
  readonly leaf: number
}

/** A segment that is new on the map; a border has a left and a right leaf, a cut the same leaf on both sides. */
export interface AddedSegment {
  readonly a: number
  readonly b: number
  readonly left: number
  readonly right: number
  readonly leftFace: number
  readonly rightFace: number
  /** The chain of the drawn line that lies here, or -1. */
  readonly chain: number
  /** Does that chain run from a to b? */
  readonly forward: boolean
}

export interface Snapped {
  readonly points: Points
  readonly removed: ReadonlySet<number>
  readonly added: readonly AddedSegment[]
  /** Old segments, still there, along which the drawn line runs. */
  readonly cutOn: ReadonlyMap<number, { chain: number; forward: boolean }>
  /** The vertices of the drawn line, one list per cut segment. */
  readonly cutPaths: readonly (readonly number[])[]
  readonly drift: number
  readonly outerRingBent: boolean
  /** By how much all ground together grows where the outer ring bends: doubled area, exact. */
  readonly outerGrowth: bigint
}

/** How far a border may move, in steps, before the edit is refused: without it a near-parallel line zips it away. */
const MOST_DRIFT = 1.5

/** Rounds of bending before we give up; two or three are usual. */
const MOST_ROUNDS = 40

/** A stretch of a border on its new course: the vertices of the path, with the sides of an old segment a→b. */
export interface MovedStretch {
  readonly segment: number
  readonly path: readonly number[]
}

/** What an edit draws on the map: lines that divide leaves, borders that take a new course, old segments that go. */
export interface Drawing {
  readonly cuts: readonly CutSegment[]
  readonly moved: readonly MovedStretch[]
  readonly gone: readonly number[]
}

export interface Source {
  path: number[]
  readonly segment: number
  readonly cut: CutSegment | null
}

/** The map with a drawing on it. Refuses with `too-narrow`, or `self-crossing` where a moved border crosses another. */
export const snapRound = (region: Region, points: Points, drawing: Drawing): Snapped | Refusal => {
  const { cuts, moved, gone } = drawing
  const tooNarrow = (point: number): Refusal => ({
    refused: 'too-narrow',
    place: [points.x(point), points.y(point)],
  })
  const fresh = newVertices(region, points, drawing)
  const dead = deadVertices(region, drawing)

  /** The vertices between from and to whose pixels the segment a-b meets, in order, ends included. */
  const hotPath = (ax: number, ay: number, bx: number, by: number, from: number, to: number): number[] => {
    const fx = points.x(from)
    const fy = points.y(from)
    const tx = points.x(to)
    const ty = points.y(to)
    const minX = Math.min(fx, tx)
    const maxX = Math.max(fx, tx)
    const minY = Math.min(fy, ty)
    const maxY = Math.max(fy, ty)
    const found: number[] = []
    const consider = (vertex: number) => {
      if (vertex === from || vertex === to) return
      const x = points.x(vertex)
      const y = points.y(vertex)
      if (x < minX || x > maxX || y < minY || y > maxY) return
      if (!meetsPixel(ax, ay, bx, by, x, y) || found.includes(vertex) || dead.has(vertex)) return
      found.push(vertex)
    }
    region.index.search(minX, minY, maxX, maxY, segment => {
      if (segment < region.a.length) {
        consider(region.a[segment]!)
        consider(region.b[segment]!)
      }
      return false
    })
    for (let i = lowerBound(fresh.xs, minX); i < fresh.xs.length && fresh.xs[i]! <= maxX; i++)
      consider(fresh.vertices[i]!)
    if (found.length === 0) return from === to ? [from] : [from, to]
    const alongX = Math.sign(bx - ax)
    const alongY = Math.sign(by - ay)
    found.sort((v, w) => alongX * (points.x(v) - points.x(w)) || alongY * (points.y(v) - points.y(w)))
    return from === to ? [from] : [from, ...found, to]
  }

  const sources: Source[] = cuts.map(cut => ({
    path: hotPath(cut.px, cut.py, cut.qx, cut.qy, cut.from, cut.to),
    segment: -1,
    cut,
  }))
  /** Pairs of vertices with nothing hot between them. */
  const settled = new Set<number>()
  const straight = (from: number, to: number, segment: number): Source => {
    const path = hotPath(points.x(from), points.y(from), points.x(to), points.y(to), from, to)
    if (path.length === 2) settled.add(pairKey(from, to))
    return { path, segment, cut: null }
  }
  for (const { segment, path } of moved)
    for (let i = 1; i < path.length; i++) sources.push(straight(path[i - 1]!, path[i]!, segment))
  const bent = new Set<number>()
  const removed = new Set<number>(gone)
  for (const vertex of fresh.vertices) {
    const x = points.x(vertex)
    const y = points.y(vertex)
    region.index.search(x, y, x, y, segment => {
      if (segment < region.a.length && !removed.has(segment)) {
        const a = region.a[segment]!
        const b = region.b[segment]!
        if (meetsPixel(points.x(a), points.y(a), points.x(b), points.y(b), x, y)) {
          removed.add(segment)
          bent.add(segment)
        }
      }
      return false
    })
  }
  for (const segment of bent) sources.push(straight(region.a[segment]!, region.b[segment]!, segment))

  for (let round = 0; ; round++) {
    let changed = false
    for (const source of sources) {
      const path: number[] = [source.path[0]!]
      for (let i = 1; i < source.path.length; i++) {
        const u = source.path[i - 1]!
        const w = source.path[i]!
        const key = pairKey(u, w)
        if (settled.has(key)) {
          path.push(w)
          continue
        }
        settled.add(key)
        const bent = hotPath(points.x(u), points.y(u), points.x(w), points.y(w), u, w)
        if (bent.length > 2) {
          changed = true
          settled.delete(key)
        }
        for (let k = 1; k < bent.length; k++) path.push(bent[k]!)
      }
      source.path = path
    }
    if (!changed) break
    if (round === MOST_ROUNDS) return tooNarrow(fresh.vertices[0] ?? 0)
  }

  let drift = 0
  let outerRingBent = false
  let outerGrowth = 0n
  for (const { path, segment } of sources) {
    if (segment < 0) continue
    const a = path[0]!
    const b = path[path.length - 1]!
    const outer = region.left[segment] === OUTSIDE || region.right[segment] === OUTSIDE
    for (let i = 1; i + 1 < path.length; i++) {
      const v = path[i]!
      const away = distanceToSegment(
        points.x(v),
        points.y(v),
        points.x(a),
        points.y(a),
        points.x(b),
        points.y(b),
      )
      if (away > MOST_DRIFT) return tooNarrow(v)
      if (away > drift) drift = away
      if (outer && orient(points.x(a), points.y(a), points.x(b), points.y(b), points.x(v), points.y(v)) !== 0)
        outerRingBent = true
    }
    if (outer && path.length > 2) {
      const groundOnLeft = (region.left[segment] !== OUTSIDE) === (region.a[segment] === a)
      outerGrowth += groundOnLeft ? swept(points, path) : -swept(points, path)
    }
  }

  const map = addLabels(region, sources, removed)
  if (typeof map === 'number') return tooNarrow(map)
  const crossed = findCrossing(region, points, removed, map.added)
  if (crossed >= 0)
    return { ...tooNarrow(crossed), refused: moved.length > 0 ? 'self-crossing' : 'too-narrow' }
  const twisted = twistedVertex(region, points, removed, map.added)
  if (twisted >= 0) return tooNarrow(twisted)
  return {
    points,
    removed,
    added: map.added,
    cutOn: map.cutOn,
    cutPaths: sources.flatMap(source => (source.cut ? [source.path] : [])),
    drift,
    outerRingBent,
    outerGrowth,
  }
}

/** Doubled area between a path and the straight way back. */
const swept = (points: Points, path: readonly number[]): bigint => {
  const flat = path.flatMap(vertex => [points.x(vertex), points.y(vertex)])
  return ringArea2(flat)
}

/** A map on which nothing is drawn. */
export const undrawn = ({ points }: Region): Snapped => ({
  points,
  removed: new Set(),
  added: [],
  cutOn: new Map(),
  cutPaths: [],
  drift: 0,
  outerRingBent: false,
  outerGrowth: 0n,
})

const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

/** The ends of what is drawn that are not vertices yet, from west to east. */
const newVertices = (region: Region, points: Points, { cuts, moved }: Drawing) => {
  const known = region.points.size
  const vertices = new Set<number>()
  for (const { from, to } of cuts) {
    if (from >= known) vertices.add(from)
    if (to >= known) vertices.add(to)
  }
  for (const { path } of moved) for (const vertex of path) if (vertex >= known) vertices.add(vertex)
  const sorted = [...vertices].sort((v, w) => points.x(v) - points.x(w))
  return { vertices: sorted, xs: sorted.map(vertex => points.x(vertex)) }
}

/** Vertices that no segment has any more once the old ones are gone: nothing snaps to them. */
const deadVertices = (region: Region, { moved, gone }: Drawing): ReadonlySet<number> => {
  const dead = new Set<number>()
  if (gone.length === 0) return dead
  const going = new Set(gone)
  const drawn = new Set(moved.flatMap(({ path }) => path))
  for (const segment of gone)
    for (const vertex of [region.a[segment]!, region.b[segment]!]) {
      if (drawn.has(vertex) || dead.has(vertex)) continue
      if (segmentsAt(region, vertex).every(s => going.has(s))) dead.add(vertex)
    }
  return dead
}
