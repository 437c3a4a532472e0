// Gives a stretch of a ring another course without tracing the rest of it anew.
import type { Chain } from './chains.ts'
import type { Ring, Shape } from './model.ts'
import { pairKey } from './points.ts'
import { startAtLeast, turnOf } from './shape.ts'

/**
 * The shape whose outline is that of `shape` plus the chain. Null when that has to be traced: when there is more than one
 * ring, or when the chain is more than new courses for stretches of the ring, each from its start to its end past no other
 * vertex of the ring. What remains otherwise is one ring that visits no vertex twice, so tracing would give the same.
 */
export const spliced = (shape: Shape, delta: Chain): Shape | null => {
  const ring = shape[0]?.[0]
  const segments = delta.directed()
  if (!ring || !segments || shape.length > 1 || shape[0]!.length > 1) return null
  const { points } = delta
  const n = ring.length / 2
  const vertexAt = touchedVertices(ring, delta, segments)

  /** What the chain adds: all but the segments of the ring, which it holds backwards. */
  const added = new Map<number, number>()
  for (let i = 0; i < segments.from.length; i++) added.set(pairKey(segments.from[i]!, segments.to[i]!), i)
  const isGone = new Uint8Array(n)
  for (let i = 0; i < n; i++) {
    const v = vertexAt[i]!
    const w = vertexAt[i + 1 === n ? 0 : i + 1]!
    if (v >= 0 && w >= 0 && added.delete(pairKey(w, v))) isGone[i] = 1
  }
  const onward = new Map<number, number>()
  const reached = new Set<number>()
  for (const i of added.values()) {
    const from = segments.from[i]!
    const to = segments.to[i]!
    if (onward.has(from) || reached.has(to)) return null
    onward.set(from, to)
    reached.add(to)
  }
  const stays = new Set<number>()
  let start = -1
  for (let i = 0; i < n; i++) {
    const comes = isGone[i === 0 ? n - 1 : i - 1]
    if (comes === 0 && start < 0) start = i
    if (vertexAt[i]! >= 0 && (comes === 0 || isGone[i] === 0)) stays.add(vertexAt[i]!)
  }
  if (start < 0) return null

  /** What stays and the new courses between, in turn. */
  const stretches: Ring[] = []
  for (let k = 0; k < n; ) {
    const from = start + k
    while (k < n && isGone[(start + k) % n] === 0) k++
    const last = k < n ? start + k : start + n - 1
    stretches.push(rangeOf(ring, from, last))
    if (k === n) break
    while (isGone[(start + k) % n] === 1) k++
    const end = vertexAt[(start + k) % n]!
    const course: number[] = []
    for (let v = vertexAt[last % n]!; v !== end; ) {
      const next = onward.get(v)
      if (next === undefined) return null
      onward.delete(v)
      if (next !== end) {
        if (stays.has(next)) return null
        course.push(points.x(next), points.y(next))
      }
      v = next
    }
    stretches.push(course)
  }
  if (onward.size > 0) return null
  const changed = startAtLeast(([] as number[]).concat(...stretches))
  return changed.length >= 6 && turnOf(changed) > 0 ? [[changed]] : null
}

/** The positions of a ring from one to another, counted on past its end. */
const rangeOf = (ring: Ring, from: number, last: number): Ring => {
  const n = ring.length / 2
  if (from >= n) return ring.slice(2 * (from - n), 2 * (last - n + 1))
  if (last < n) return ring.slice(2 * from, 2 * (last + 1))
  return ring.slice(2 * from).concat(ring.slice(0, 2 * (last - n + 1)))
}

/** The points of the chain at the vertices of a ring, -1 where the chain has none. */
const touchedVertices = (
  ring: Ring,
  { points }: Chain,
  { from, to }: { from: readonly number[]; to: readonly number[] },
): Int32Array => {
  const ends = new Set<number>(from)
  for (const vertex of to) ends.add(vertex)
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const vertex of ends) {
    const x = points.x(vertex)
    const y = points.y(vertex)
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  const found = new Int32Array(ring.length / 2).fill(-1)
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    if (x < minX || x > maxX || y < minY || y > maxY) continue
    const vertex = points.find(x, y)
    if (vertex >= 0 && ends.has(vertex)) found[i / 2] = vertex
  }
  return found
}
