// Gives stretches of a ring another course without tracing the rest of it anew.
import type { Chain } from './chains.ts'
import type { Ring, Shape } from './model.ts'
import type { Points } from './points.ts'
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
  const { from, to } = segments
  const n = ring.length / 2
  const vertexAt = touchedVertices(ring, points, from, to)
  const placeOf = new Int32Array(points.size).fill(-1)
  for (let i = 0; i < n; i++) if (vertexAt[i]! >= 0) placeOf[vertexAt[i]!] = i

  /** Of each vertex of the ring: does the segment to the next one go? The chain holds these backwards. */
  const isGone = new Uint8Array(n)
  /** What the chain adds, by the vertex where it starts; each vertex is left and reached once. */
  const onward = new Int32Array(points.size).fill(-1)
  const isReached = new Uint8Array(points.size)
  let added = 0
  for (let s = 0; s < from.length; s++) {
    const [v, w] = [from[s]!, to[s]!]
    const place = placeOf[w]!
    if (place >= 0 && vertexAt[place + 1 === n ? 0 : place + 1] === v) isGone[place] = 1
    else {
      if (onward[v] !== -1 || isReached[w] === 1) return null
      onward[v] = w
      isReached[w] = 1
      added++
    }
  }
  const leads = (i: number): boolean => isGone[i === 0 ? n - 1 : i - 1] === 0
  let start = 0
  while (start < n && !leads(start)) start++
  if (start === n) return null

  /** What stays and the new courses between, in turn. */
  const stretches: Ring[] = []
  for (let k = 0; k < n; ) {
    const first = start + k
    while (k < n && isGone[(start + k) % n] === 0) k++
    const last = k < n ? start + k : start + n - 1
    stretches.push(rangeOf(ring, first, last))
    if (k === n) break
    while (isGone[(start + k) % n] === 1) k++
    const end = vertexAt[(start + k) % n]!
    const course: number[] = []
    for (let v = vertexAt[last % n]!; v !== end; ) {
      const next = onward[v]!
      if (next < 0) return null
      onward[v] = -1
      added--
      if (next !== end) {
        const place = placeOf[next]!
        const stays = place >= 0 && (leads(place) || isGone[place] === 0)
        if (stays) return null
        course.push(points.x(next), points.y(next))
      }
      v = next
    }
    stretches.push(course)
  }
  if (added > 0) return null
  const changed = startAtLeast(([] as number[]).concat(...stretches))
  return changed.length >= 6 && turnOf(changed) > 0 ? [[changed]] : null
}

/** The positions of a ring from one to another, counted on past its end. */
const rangeOf = (ring: Ring, first: number, last: number): Ring => {
  const n = ring.length / 2
  if (first >= n) return ring.slice(2 * (first - n), 2 * (last - n + 1))
  if (last < n) return ring.slice(2 * first, 2 * (last + 1))
  return ring.slice(2 * first).concat(ring.slice(0, 2 * (last - n + 1)))
}

/** At each vertex of a ring its point when a segment ends there, else -1. */
const touchedVertices = (
  ring: Ring,
  points: Points,
  from: readonly number[],
  to: readonly number[],
): Int32Array => {
  const isEnd = new Uint8Array(points.size)
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  const reach = (vertex: number) => {
    if (isEnd[vertex] === 1) return
    isEnd[vertex] = 1
    const x = points.x(vertex)
    const y = points.y(vertex)
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  for (let s = 0; s < from.length; s++) {
    reach(from[s]!)
    reach(to[s]!)
  }
  const found = new Int32Array(ring.length / 2).fill(-1)
  for (let i = 0; i < ring.length; i += 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    if (x < minX || x > maxX || y < minY || y > maxY) continue
    const vertex = points.find(x, y)
    if (vertex >= 0 && isEnd[vertex] === 1) found[i / 2] = vertex
  }
  return found
}
