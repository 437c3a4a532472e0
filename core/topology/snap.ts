// Iterated snap rounding: what a noded line and the borders it meets become on the lattice, without a crossing.
import { distanceToSegment, meetsPixel, orient } from './exact.ts'
import type { Refusal } from './model.ts'
import { type Points, pairKey } from './points.ts'
import { OUTSIDE, type Region } from './region.ts'

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
}

/** How far a border may move, in steps, before the edit is refused: without it a near-parallel line zips it away. */
const MOST_DRIFT = 1.5

/** Rounds of bending before we give up; two or three are usual. */
const MOST_ROUNDS = 40

interface Source {
  path: number[]
  readonly segment: number
  readonly cut: CutSegment | null
}

export const snapRound = (region: Region, points: Points, cuts: readonly CutSegment[]): Snapped | Refusal => {
  const tooNarrow = (point: number): Refusal => ({
    refused: 'too-narrow',
    place: [points.x(point), points.y(point)],
  })
  const fresh = newVertices(region, points, cuts)

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
    const found = new Set<number>()
    const consider = (vertex: number) => {
      if (vertex === from || vertex === to || found.has(vertex)) return
      const x = points.x(vertex)
      const y = points.y(vertex)
      if (x < minX || x > maxX || y < minY || y > maxY) return
      if (meetsPixel(ax, ay, bx, by, x, y)) found.add(vertex)
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
    if (found.size === 0) return from === to ? [from] : [from, to]
    const alongX = Math.sign(bx - ax)
    const alongY = Math.sign(by - ay)
    const between = [...found].sort(
      (v, w) => alongX * (points.x(v) - points.x(w)) || alongY * (points.y(v) - points.y(w)),
    )
    return from === to ? [from] : [from, ...between, to]
  }

  const sources: Source[] = cuts.map(cut => ({
    path: hotPath(cut.px, cut.py, cut.qx, cut.qy, cut.from, cut.to),
    segment: -1,
    cut,
  }))
  const removed = new Set<number>()
  for (const vertex of fresh.vertices) {
    const x = points.x(vertex)
    const y = points.y(vertex)
    region.index.search(x, y, x, y, segment => {
      if (segment < region.a.length && !removed.has(segment)) {
        const a = region.a[segment]!
        const b = region.b[segment]!
        if (meetsPixel(points.x(a), points.y(a), points.x(b), points.y(b), x, y)) removed.add(segment)
      }
      return false
    })
  }
  for (const segment of removed) {
    const a = region.a[segment]!
    const b = region.b[segment]!
    sources.push({
      path: hotPath(points.x(a), points.y(a), points.x(b), points.y(b), a, b),
      segment,
      cut: null,
    })
  }

  const settled = new Set<number>()
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
  }

  const map = addLabels(region, sources, removed)
  if (typeof map === 'number') return tooNarrow(map)
  const crossed = findCrossing(region, points, removed, map.added)
  if (crossed >= 0) return tooNarrow(crossed)
  return {
    points,
    removed,
    added: map.added,
    cutOn: map.cutOn,
    cutPaths: sources.flatMap(source => (source.cut ? [source.path] : [])),
    drift,
    outerRingBent,
  }
}

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

/** The ends of the cuts that are not vertices yet, from west to east. */
const newVertices = (region: Region, points: Points, cuts: readonly CutSegment[]) => {
  const known = region.points.size
  const vertices = new Set<number>()
  for (const { from, to } of cuts) {
    if (from >= known) vertices.add(from)
    if (to >= known) vertices.add(to)
  }
  const sorted = [...vertices].sort((v, w) => points.x(v) - points.x(w))
  return { vertices: sorted, xs: sorted.map(vertex => points.x(vertex)) }
}

interface Label {
  readonly leaf: number
  readonly face: number
  sum: number
}

/**
 * Adds the signed labels of segments that coincide. Cancelled goes; anything but one +1 and one -1, or two cuts in one
 * place, gives the vertex where it happens. Removed grows by the old segments that take part.
 */
const addLabels = (
  region: Region,
  sources: readonly Source[],
  removed: Set<number>,
): number | { added: AddedSegment[]; cutOn: Map<number, { chain: number; forward: boolean }> } => {
  interface Pile {
    readonly a: number
    readonly b: number
    readonly labels: Label[]
    chain: number
    leaf: number
    forward: boolean
  }
  const piles = new Map<number, Pile>()
  const pileOf = (a: number, b: number): Pile => {
    const key = pairKey(a, b)
    let pile = piles.get(key)
    if (!pile) {
      pile = { a, b, labels: [], chain: -1, leaf: OUTSIDE, forward: true }
      piles.set(key, pile)
    }
    return pile
  }
  const label = (pile: Pile, leaf: number, face: number, sign: number) => {
    const same = pile.labels.find(known => known.leaf === leaf)
    if (same) same.sum += sign
    else pile.labels.push({ leaf, face, sum: sign })
  }
  for (const { path, segment, cut } of sources)
    for (let i = 1; i < path.length; i++) {
      const u = path[i - 1]!
      const w = path[i]!
      const forward = u < w
      const pile = forward ? pileOf(u, w) : pileOf(w, u)
      if (cut) {
        if (pile.chain >= 0) return u
        pile.chain = cut.chain
        pile.leaf = cut.leaf
        pile.forward = forward
      } else {
        const sign = forward ? 1 : -1
        label(pile, region.left[segment]!, region.leftFace[segment]!, sign)
        label(pile, region.right[segment]!, region.rightFace[segment]!, -sign)
      }
    }
  const added: AddedSegment[] = []
  const cutOn = new Map<number, { chain: number; forward: boolean }>()
  for (const [key, pile] of piles) {
    const { a, b, chain, forward } = pile
    const old = region.segmentOf.get(key)
    if (old !== undefined && !removed.has(old)) {
      if (pile.labels.length === 0) {
        cutOn.set(old, { chain, forward })
        continue
      }
      label(pile, region.left[old]!, region.leftFace[old]!, 1)
      label(pile, region.right[old]!, region.rightFace[old]!, -1)
      removed.add(old)
    }
    if (pile.labels.length === 0) {
      const { leaf } = pile
      if (leaf === OUTSIDE) return a
      added.push({ a, b, left: leaf, right: leaf, leftFace: -1, rightFace: -1, chain, forward })
      continue
    }
    const left = pile.labels.filter(known => known.sum > 0)
    const right = pile.labels.filter(known => known.sum < 0)
    if (left.length === 0 && right.length === 0) {
      if (chain >= 0) return a
      continue
    }
    if (left.length !== 1 || right.length !== 1 || left[0]!.sum !== 1 || right[0]!.sum !== -1) return a
    added.push({
      a,
      b,
      left: left[0]!.leaf,
      right: right[0]!.leaf,
      leftFace: left[0]!.face,
      rightFace: right[0]!.face,
      chain,
      forward,
    })
  }
  return { added, cutOn }
}

/** An end of a new segment that properly crosses another segment, or -1. Theory says never; we look all the same. */
const findCrossing = (
  region: Region,
  points: Points,
  removed: ReadonlySet<number>,
  added: readonly AddedSegment[],
): number => {
  const cross = (a: number, b: number, c: number, d: number): boolean => {
    if (a === c || a === d || b === c || b === d) return false
    const ax = points.x(a)
    const ay = points.y(a)
    const bx = points.x(b)
    const by = points.y(b)
    const cx = points.x(c)
    const cy = points.y(c)
    const dx = points.x(d)
    const dy = points.y(d)
    if (Math.max(cx, dx) < Math.min(ax, bx) || Math.min(cx, dx) > Math.max(ax, bx)) return false
    if (Math.max(cy, dy) < Math.min(ay, by) || Math.min(cy, dy) > Math.max(ay, by)) return false
    const c1 = orient(ax, ay, bx, by, cx, cy)
    const d1 = orient(ax, ay, bx, by, dx, dy)
    if ((c1 > 0 && d1 > 0) || (c1 < 0 && d1 < 0)) return false
    const a1 = orient(cx, cy, dx, dy, ax, ay)
    const b1 = orient(cx, cy, dx, dy, bx, by)
    return !((a1 > 0 && b1 > 0) || (a1 < 0 && b1 < 0))
  }
  for (let i = 0; i < added.length; i++) {
    const { a, b } = added[i]!
    const ax = points.x(a)
    const ay = points.y(a)
    const bx = points.x(b)
    const by = points.y(b)
    let met = false
    region.index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), segment => {
      if (!met && segment < region.a.length && !removed.has(segment))
        met = cross(a, b, region.a[segment]!, region.b[segment]!)
      return false
    })
    if (met) return a
    for (let j = i + 1; j < added.length; j++) if (cross(a, b, added[j]!.a, added[j]!.b)) return a
  }
  return -1
}
