// Makes a drawn line fit for noding: no repeats or back-tracking, near vertices taken, loose ends just short carried over.
import Flatbush from 'flatbush'
import { Along, distanceToSegment, orient } from './exact.ts'
import type { Position } from './model.ts'
import { OUTSIDE, type Region } from './region.ts'

/** The line without repeated positions and without stretches that go straight back over themselves. */
export const withoutSpikes = (line: readonly Position[]): Position[] => {
  const kept: Position[] = []
  for (const position of line) {
    for (;;) {
      const n = kept.length
      const last = kept[n - 1]
      if (last && last[0] === position[0] && last[1] === position[1]) {
        kept.pop()
        continue
      }
      const before = kept[n - 2]
      if (last && before && goesBack(before, last, position)) {
        kept.pop()
        continue
      }
      break
    }
    kept.push(position)
  }
  return kept
}

const goesBack = (p: Position, q: Position, r: Position): boolean => {
  if (orient(p[0], p[1], q[0], q[1], r[0], r[1]) !== 0) return false
  const opposed = (to: number, by: number) => Math.sign(to) * Math.sign(by) < 0
  return opposed(q[0] - p[0], r[0] - q[0]) || opposed(q[1] - p[1], r[1] - q[1])
}

export const isClosed = (line: readonly Position[]): boolean =>
  line.length > 3 && line[0]![0] === line.at(-1)![0] && line[0]![1] === line.at(-1)![1]

/** All places where the line crosses or touches itself, except where neighbours join. */
export const selfMeetings = (line: readonly Position[]): Position[] => {
  const segments = line.length - 1
  if (segments < 2) return []
  const closed = isClosed(line)
  const index = new Flatbush(segments)
  for (let i = 0; i < segments; i++) {
    const [ax, ay] = line[i]!
    const [bx, by] = line[i + 1]!
    index.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
  }
  index.finish()
  const places: Position[] = []
  for (let i = 0; i < segments; i++) {
    const [ax, ay] = line[i]!
    const [bx, by] = line[i + 1]!
    index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by), j => {
      if (j <= i + 1 || (closed && i === 0 && j === segments - 1)) return false
      const place = meeting(line[i]!, line[i + 1]!, line[j]!, line[j + 1]!)
      if (place) places.push(place)
      return false
    })
  }
  return places
}

/** Where two segments meet, rounded; null when they do not. */
export const meeting = (a: Position, b: Position, c: Position, d: Position): Position | null => {
  const sideC = orient(a[0], a[1], b[0], b[1], c[0], c[1])
  const sideD = orient(a[0], a[1], b[0], b[1], d[0], d[1])
  if ((sideC > 0 && sideD > 0) || (sideC < 0 && sideD < 0)) return null
  const sideA = orient(c[0], c[1], d[0], d[1], a[0], a[1])
  const sideB = orient(c[0], c[1], d[0], d[1], b[0], b[1])
  if ((sideA > 0 && sideB > 0) || (sideA < 0 && sideB < 0)) return null
  const on = (p: Position, q: Position, r: Position) =>
    r[0] >= Math.min(p[0], q[0]) &&
    r[0] <= Math.max(p[0], q[0]) &&
    r[1] >= Math.min(p[1], q[1]) &&
    r[1] <= Math.max(p[1], q[1])
  if (sideC === 0 && on(a, b, c)) return c
  if (sideD === 0 && on(a, b, d)) return d
  if (sideA === 0 && on(c, d, a)) return a
  if (sideB === 0 && on(c, d, b)) return b
  if (sideA === 0 || sideB === 0 || sideC === 0 || sideD === 0) return null
  const along = Along.crossing(a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1])
  return [along.round(a[0], b[0]), along.round(a[1], b[1])]
}

/** Rounds of snapping; each can uncover new meetings, and after a few the rounding itself takes care of what is left. */
const MOST_ROUNDS = 6

/**
 * Moves the line (never a border): its vertices and its meetings with the target's borders that lie within `radius`
 * steps of a border vertex go through that vertex, and an end that stops within `radius` steps of a border is carried
 * over it.
 */
export const snapLine = (
  region: Region,
  inTarget: Uint8Array,
  drawn: readonly Position[],
  radius: number,
): Position[] => {
  const { points, a, b, left, right } = region
  const ofTarget = (s: number): boolean => {
    if (s >= a.length) return false
    const l = left[s]!
    const r = right[s]!
    return (l !== OUTSIDE && inTarget[l] === 1) || (r !== OUTSIDE && inTarget[r] === 1)
  }

  const nearestVertex = (x: number, y: number): Position | null => {
    let nearest: Position | null = null
    let least = radius
    region.index.search(x - radius, y - radius, x + radius, y + radius, s => {
      if (ofTarget(s))
        for (const v of [a[s]!, b[s]!]) {
          const away = Math.hypot(points.x(v) - x, points.y(v) - y)
          const tied = away === least && nearest && (points.x(v) - nearest[0] || points.y(v) - nearest[1]) < 0
          if (away < least || (nearest === null && away <= least) || tied) {
            least = away
            nearest = [points.x(v), points.y(v)]
          }
        }
      return false
    })
    return nearest
  }

  const carriedOver = (end: Position): Position => {
    const [x, y] = end
    let reached: Position | null = null
    let least = radius
    let touches = false
    region.index.search(x - radius, y - radius, x + radius, y + radius, s => {
      if (!ofTarget(s)) return false
      const ax = points.x(a[s]!)
      const ay = points.y(a[s]!)
      const bx = points.x(b[s]!)
      const by = points.y(b[s]!)
      const away = distanceToSegment(x, y, ax, ay, bx, by)
      if (away === 0) touches = true
      if (away > least) return false
      const side = orient(ax, ay, bx, by, x, y)
      if (side === 0) return false
      least = away
      const length = Math.hypot(bx - ax, by - ay)
      const reach = (side > 0 ? 1 : -1) * (away + 3)
      reached = [Math.round(x + ((by - ay) / length) * reach), Math.round(y - ((bx - ax) / length) * reach)]
      return false
    })
    return touches || !reached ? end : reached
  }

  let line: Position[] = drawn.slice()
  const closed = isClosed(line)
  if (!closed && line.length > 1) {
    const last = line.length - 1
    if (!nearestVertex(...line[0]!)) line[0] = carriedOver(line[0]!)
    if (!nearestVertex(...line[last]!)) line[last] = carriedOver(line[last]!)
  }
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let changed = false
    const next: Position[] = []
    for (let i = 0; i < line.length; i++) {
      const from = line[i]!
      const start = nearestVertex(from[0], from[1]) ?? from
      if (start[0] !== from[0] || start[1] !== from[1]) changed = true
      next.push(start)
      const to = line[i + 1]
      if (!to) break
      const [px, py] = from
      const [qx, qy] = to
      const through: { along: Along; vertex: Position }[] = []
      region.index.search(Math.min(px, qx), Math.min(py, qy), Math.max(px, qx), Math.max(py, qy), s => {
        if (!ofTarget(s)) return false
        const ax = points.x(a[s]!)
        const ay = points.y(a[s]!)
        const bx = points.x(b[s]!)
        const by = points.y(b[s]!)
        const sideA = orient(px, py, qx, qy, ax, ay)
        const sideB = orient(px, py, qx, qy, bx, by)
        if (!((sideA < 0 && sideB > 0) || (sideA > 0 && sideB < 0))) return false
        const sideP = orient(ax, ay, bx, by, px, py)
        const sideQ = orient(ax, ay, bx, by, qx, qy)
        if (!((sideP < 0 && sideQ > 0) || (sideP > 0 && sideQ < 0))) return false
        const along = Along.crossing(px, py, qx, qy, ax, ay, bx, by)
        const x = px + (qx - px) * along.t
        const y = py + (qy - py) * along.t
        const toA = Math.hypot(ax - x, ay - y)
        const toB = Math.hypot(bx - x, by - y)
        if (Math.min(toA, toB) > radius) return false
        through.push({ along, vertex: toA <= toB ? [ax, ay] : [bx, by] })
        return false
      })
      through.sort((u, v) => u.along.compare(v.along))
      for (const { vertex } of through) {
        changed = true
        next.push(vertex)
      }
    }
    line = withoutSpikes(next)
    if (line.length < 2) return line
    if (closed && (line[0]![0] !== line.at(-1)![0] || line[0]![1] !== line.at(-1)![1])) line.push(line[0]!)
    if (!changed) break
  }
  return line
}
