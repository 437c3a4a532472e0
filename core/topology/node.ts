// Nodes a drawn line against the borders of its target, exactly, and keeps the stretches that lie inside.
import { boundsOf } from './coverage.ts'
import { Along, orient } from './exact.ts'
import type { Position } from './model.ts'
import type { Points } from './points.ts'
import { OUTSIDE, type Region } from './region.ts'
import type { CutSegment } from './snap.ts'

/** A place where the line ends, turns or meets a border. */
interface Stop {
  /** The segment of the line that follows. */
  readonly i: number
  readonly along: Along
  readonly point: number
  meets: boolean
}

/** An exact place between two stops of one segment. */
interface Between {
  readonly x: number
  readonly y: number
  readonly exact: () => { x: bigint; y: bigint; d: bigint }
}

/**
 * A stretch of the line from one meeting with a border to the next: it cuts the target, follows its rim, runs away from
 * it, or ends loose inside it.
 */
export interface Run {
  readonly kind: 'cut' | 'rim' | 'away' | 'loose'
  readonly segments: readonly CutSegment[]
}

export interface Noded {
  /** The whole line, in order. */
  readonly runs: readonly Run[]
  /** Those that cut, one list per chain: from border to border, or closed. */
  readonly chains: readonly (readonly CutSegment[])[]
  /** An end of the line inside the target, which was trimmed. */
  readonly loose: Position | null
  /** Where the line first meets a border of the target. */
  readonly met: Position | null
}

/** Nearer than this to an edge, in steps, doubles no longer decide and exact fractions do. */
const DOUBT = 1e-3

/**
 * The line's positions are lattice points; closed when the first equals the last. `inTarget[l]` tells the target's
 * leaves. New vertices (meeting points rounded by `floor(x + ½)`, turns of the line) are added to `points`.
 */
export const nodeLine = (
  region: Region,
  inTarget: Uint8Array,
  line: readonly Position[],
  points: Points,
): Noded => {
  const last = line.length - 1
  const closed = line[0]![0] === line[last]![0] && line[0]![1] === line[last]![1]
  const { stops: found, overlaps } = findStops(region, inTarget, line, points)
  let stops = found
  const met = stops.find(stop => stop.meets)
  let loop = false
  if (closed) {
    if (met) {
      const start = stops.indexOf(met)
      stops = [...stops.slice(start, -1), ...stops.slice(0, start), met]
    } else loop = true
  }
  const runs: Run[] = []
  const chains: (readonly CutSegment[])[] = []
  let loose: Position | null = null
  for (let k = 0; k + 1 < stops.length; ) {
    let end = k + 1
    while (end + 1 < stops.length && !stops[end]!.meets) end++
    const run = stops.slice(k, end + 1)
    const leaf = leafOfRun(region, inTarget, line, run, overlaps)
    const segments = cutSegments(line, run, leaf ?? OUTSIDE, chains.length)
    if (leaf === null || leaf === RIM) runs.push({ kind: leaf === RIM ? 'rim' : 'away', segments })
    else {
      const startsFree = !run[0]!.meets
      const endsFree = !run[run.length - 1]!.meets
      if ((startsFree || endsFree) && !loop) {
        loose = startsFree ? line[0]! : line[last]!
        runs.push({ kind: 'loose', segments })
      } else {
        chains.push(segments)
        runs.push({ kind: 'cut', segments })
      }
    }
    k = end
  }
  return { runs, chains, loose, met: met ? [points.x(met.point), points.y(met.point)] : null }
}

interface Overlap {
  readonly i: number
  readonly from: Along
  readonly to: Along
  readonly inner: boolean
}

/** All ends, turns and meetings in order along the line, and the stretches that run along a border. */
const findStops = (
  region: Region,
  inTarget: Uint8Array,
  line: readonly Position[],
  points: Points,
): { stops: Stop[]; overlaps: Overlap[] } => {
  const stops: Stop[] = []
  const overlaps: Overlap[] = []
  const targets = (leaf: number) => leaf !== OUTSIDE && inTarget[leaf] === 1
  let carried = false
  for (let i = 0; i + 1 < line.length; i++) {
    const [px, py] = line[i]!
    const [qx, qy] = line[i + 1]!
    const inner: Stop[] = []
    let atStart = carried
    let atEnd = false
    region.index.search(Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy), s => {
      if (s >= region.a.length) return false
      const leftIn = targets(region.left[s]!)
      const rightIn = targets(region.right[s]!)
      if (!leftIn && !rightIn) return false
      const a = region.a[s]!
      const b = region.b[s]!
      const ax = points.x(a)
      const ay = points.y(a)
      const bx = points.x(b)
      const by = points.y(b)
      const sideA = orient(px, py, qx, qy, ax, ay)
      const sideB = orient(px, py, qx, qy, bx, by)
      if ((sideA > 0 && sideB > 0) || (sideA < 0 && sideB < 0)) return false
      const sideP = orient(ax, ay, bx, by, px, py)
      const sideQ = orient(ax, ay, bx, by, qx, qy)
      if ((sideP > 0 && sideQ > 0) || (sideP < 0 && sideQ < 0)) return false
      const on = (x: number, y: number) =>
        x >= Math.min(px, qx) && x <= Math.max(px, qx) && y >= Math.min(py, qy) && y <= Math.max(py, qy)
      const touch = (vertex: number, x: number, y: number) => {
        if (x === px && y === py) atStart = true
        else if (x === qx && y === qy) atEnd = true
        else inner.push({ i, along: Along.at(px, py, qx, qy, x, y), point: vertex, meets: true })
      }
      if (sideA === 0 && on(ax, ay)) touch(a, ax, ay)
      if (sideB === 0 && on(bx, by)) touch(b, bx, by)
      const within = (x: number, y: number) =>
        x >= Math.min(ax, bx) && x <= Math.max(ax, bx) && y >= Math.min(ay, by) && y <= Math.max(ay, by)
      const hasP = sideP === 0 && within(px, py)
      const hasQ = sideQ === 0 && within(qx, qy)
      if (hasP) atStart = true
      if (hasQ) atEnd = true
      if (sideA === 0 && sideB === 0) {
        const ends: Along[] = []
        if (hasP) ends.push(Along.at(px, py, qx, qy, px, py))
        if (hasQ) ends.push(Along.at(px, py, qx, qy, qx, qy))
        if (on(ax, ay)) ends.push(Along.at(px, py, qx, qy, ax, ay))
        if (on(bx, by)) ends.push(Along.at(px, py, qx, qy, bx, by))
        ends.sort((u, v) => u.compare(v))
        const from = ends[0]
        const to = ends[ends.length - 1]
        if (from && to && from.compare(to) !== 0) overlaps.push({ i, from, to, inner: leftIn && rightIn })
      } else if (sideA !== 0 && sideB !== 0 && sideP !== 0 && sideQ !== 0) {
        const along = Along.crossing(px, py, qx, qy, ax, ay, bx, by)
        const point = points.add(along.round(px, qx), along.round(py, qy))
        inner.push({ i, along, point, meets: true })
      }
      return false
    })
    stops.push({ i, along: Along.at(px, py, qx, qy, px, py), point: points.add(px, py), meets: atStart })
    inner.sort((u, v) => u.along.compare(v.along))
    let before: Stop | undefined
    for (const stop of inner) {
      if (before && before.along.compare(stop.along) === 0) continue
      stops.push(stop)
      before = stop
    }
    carried = atEnd
  }
  const last = line.length - 1
  const [px, py] = line[last - 1]!
  const [qx, qy] = line[last]!
  stops.push({
    i: last,
    along: Along.at(px, py, qx, qy, qx, qy),
    point: points.add(qx, qy),
    meets: carried,
  })
  const start = stops[0]!
  const end = stops[stops.length - 1]!
  if (start.point === end.point && (start.meets || end.meets)) {
    start.meets = true
    end.meets = true
  }
  return { stops, overlaps }
}

/** The place of a stop on the segment i of the line, where it starts or ends a stretch. */
const alongOn = (line: readonly Position[], i: number, stop: Stop): Along => {
  if (stop.i === i) return stop.along
  const [px, py] = line[i]!
  const [qx, qy] = line[i + 1]!
  return Along.at(px, py, qx, qy, qx, qy)
}

/** What a run follows when it runs along the border between the target and another grid. */
const RIM = -2

/**
 * The target's leaf in which a run lies, OUTSIDE when it follows a border between two of them, RIM along the border of
 * the target, null away from it.
 */
const leafOfRun = (
  region: Region,
  inTarget: Uint8Array,
  line: readonly Position[],
  run: readonly Stop[],
  overlaps: readonly Overlap[],
): number | null => {
  const i = run[0]!.i
  const from = run[0]!.along
  const to = alongOn(line, i, run[1]!)
  const overlap = overlaps.find(
    known => known.i === i && known.from.compare(from) <= 0 && known.to.compare(to) >= 0,
  )
  if (overlap) return overlap.inner ? OUTSIDE : RIM
  const [px, py] = line[i]!
  const [qx, qy] = line[i + 1]!
  const t = (from.t + to.t) / 2
  const place: Between = {
    x: px + (qx - px) * t,
    y: py + (qy - py) * t,
    exact: () => {
      const f = from.exact
      const e = to.exact
      const n = f.n * e.d + e.n * f.d
      const d = 2n * f.d * e.d
      return { x: BigInt(px) * d + BigInt(qx - px) * n, y: BigInt(py) * d + BigInt(qy - py) * n, d }
    },
  }
  for (let leaf = 0; leaf < inTarget.length; leaf++)
    if (inTarget[leaf] === 1 && leafHolds(region, leaf, place)) return leaf
  return null
}

/** Is a place, which lies on no border, inside a leaf? */
const leafHolds = (region: Region, leaf: number, place: Between): boolean => {
  const { x, y } = place
  const { points } = region
  const [minX, minY, maxX, maxY] = boundsOf(region.leaves[leaf]!)
  if (x < minX - DOUBT || x > maxX + DOUBT || y < minY - DOUBT || y > maxY + DOUBT) return false
  let inside = false
  let exact: { x: bigint; y: bigint; d: bigint } | undefined
  for (const s of region.segmentsOf[leaf]!) {
    const a = region.a[s]!
    const b = region.b[s]!
    const ax = points.x(a)
    const ay = points.y(a)
    const bx = points.x(b)
    const by = points.y(b)
    if (ay > y + DOUBT ? by > y + DOUBT : ay < y - DOUBT && by < y - DOUBT) continue
    if (ax < x - DOUBT && bx < x - DOUBT) continue
    const clear = Math.abs(ay - y) > DOUBT && Math.abs(by - y) > DOUBT
    if (clear && ax > x + DOUBT && bx > x + DOUBT) {
      inside = !inside
      continue
    }
    const cross = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
    if (clear && Math.abs(cross) > DOUBT * (Math.abs(bx - ax) + Math.abs(by - ay))) {
      if (by > ay ? cross > 0 : cross < 0) inside = !inside
      continue
    }
    exact ??= place.exact()
    const { d } = exact
    const loY = BigInt(Math.min(ay, by)) * d
    const hiY = BigInt(Math.max(ay, by)) * d
    if (exact.y < loY || exact.y >= hiY) continue
    const side = BigInt(bx - ax) * (exact.y - BigInt(ay) * d) - (exact.x - BigInt(ax) * d) * BigInt(by - ay)
    if (by > ay ? side > 0n : side < 0n) inside = !inside
  }
  return inside
}

const cutSegments = (
  line: readonly Position[],
  run: readonly Stop[],
  leaf: number,
  chain: number,
): CutSegment[] => {
  const segments: CutSegment[] = []
  for (let k = 0; k + 1 < run.length; k++) {
    const [px, py] = line[run[k]!.i]!
    const [qx, qy] = line[run[k]!.i + 1]!
    segments.push({ px, py, qx, qy, from: run[k]!.point, to: run[k + 1]!.point, chain, leaf })
  }
  return segments
}
