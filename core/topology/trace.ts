// From directed segments with a face on their left to the rings and faces they bound.
import { edgeCounts } from './covers.ts'
import { orient } from './exact.ts'
import type { Polygon, Ring } from './model.ts'
import type { Points } from './points.ts'
import { compareRings, turnOf } from './shape.ts'

export interface Traced {
  readonly faces: readonly Polygon[]
  /** The face (index) on the left of each directed segment. */
  readonly faceOf: Int32Array
}

/** Clockwise turn from the direction v→r to v→c in four classes: less than half, half, more than half, full. */
const turnClass = (points: Points, v: number, r: number, c: number): number => {
  const vx = points.x(v)
  const vy = points.y(v)
  const side = orient(vx, vy, points.x(r), points.y(r), points.x(c), points.y(c))
  if (side < 0) return 0
  if (side > 0) return 2
  const same =
    Math.sign(points.x(r) - vx) === Math.sign(points.x(c) - vx) &&
    Math.sign(points.y(r) - vy) === Math.sign(points.y(c) - vy)
  return same ? 3 : 1
}

/** Is c met before d when turning clockwise around v from the direction v→r? */
const metBefore = (points: Points, v: number, r: number, c: number, d: number): boolean => {
  const first = turnClass(points, v, r, c)
  const second = turnClass(points, v, r, d)
  if (first !== second) return first < second
  return orient(points.x(v), points.y(v), points.x(c), points.y(c), points.x(d), points.y(d)) < 0
}

/** Which vertices a walk has been at; kept from walk to walk like `heads`, and left empty. */
let visited = new Uint8Array(1024)

const visitsTwice = (points: Points, cycle: Int32Array): boolean => {
  if (visited.length < points.size) visited = new Uint8Array(2 * points.size)
  let twice = false
  for (let i = 0; i < cycle.length; i++) {
    if (visited[cycle[i]!] === 1) twice = true
    visited[cycle[i]!] = 1
  }
  for (let i = 0; i < cycle.length; i++) visited[cycle[i]!] = 0
  return twice
}

/** The closed walks of a cycle that visit no vertex twice: a hole that touches its outer ring comes apart from it. */
const simpleRings = (points: Points, cycle: Int32Array, pinched: boolean): Ring[] => {
  if (!pinched || !visitsTwice(points, cycle)) return cycle.length > 2 ? [flatRing(points, cycle)] : []
  const rings: number[][] = []
  const stack: number[] = []
  const at = new Map<number, number>()
  for (const vertex of cycle) {
    const seen = at.get(vertex)
    if (seen !== undefined) {
      const loop = stack.splice(seen)
      for (const passed of loop) at.delete(passed)
      if (loop.length > 2) rings.push(loop)
    }
    at.set(vertex, stack.length)
    stack.push(vertex)
  }
  if (stack.length > 2) rings.push(stack)
  return rings.map(ring => flatRing(points, ring))
}

/** Where rings are put together: a copy of what is needed takes no more room than that. */
const scratch: number[] = []

/** The positions of a cycle, starting at the least. */
const flatRing = (points: Points, vertices: ArrayLike<number>): Ring => {
  const n = vertices.length
  let least = 0
  let leastX = points.x(vertices[0]!)
  for (let i = 1; i < n; i++) {
    const x = points.x(vertices[i]!)
    if (x > leastX || (x === leastX && points.y(vertices[i]!) >= points.y(vertices[least]!))) continue
    least = i
    leastX = x
  }
  let end = 0
  for (let k = 0, i = least; k < n; k++, i = i + 1 === n ? 0 : i + 1) {
    scratch[end++] = points.x(vertices[i]!)
    scratch[end++] = points.y(vertices[i]!)
  }
  return scratch.slice(0, end)
}

/**
 * Does the ground just left of a ring lie inside another ring? Rings of one map: they share whole segments or vertices
 * only. Left of a falling segment is east, where the half-open test looks, so its middle decides even when it is shared.
 */
export const ringInside = (inner: Ring, outer: Ring): boolean => {
  let t = 0
  let s = inner.length - 2
  while (inner[t + 1]! >= inner[s + 1]!) {
    s = t
    t += 2
  }
  const x = inner[s]! + inner[t]!
  const y = inner[s + 1]! + inner[t + 1]!
  let inside = false
  for (let i = 0, j = outer.length - 2; i < outer.length; j = i, i += 2)
    if (edgeCounts(2 * outer[j]!, 2 * outer[j + 1]!, 2 * outer[i]!, 2 * outer[i + 1]!, x, y)) inside = !inside
  return inside
}

/** Is the first position of a ring in the box of another? */
const holdsStart = (outer: Ring, ring: Ring): boolean => {
  const [x, y] = [ring[0]!, ring[1]!]
  let [low, high] = [outer[1]!, outer[1]!]
  let right = outer[0]!
  // Rings start at their least x.
  if (x < right) return false
  for (let i = 0; i < outer.length; i += 2) {
    if (outer[i]! > right) right = outer[i]!
    if (outer[i + 1]! < low) low = outer[i + 1]!
    if (outer[i + 1]! > high) high = outer[i + 1]!
  }
  return x <= right && y >= low && y <= high
}

/** A hole that lies inside another hole of its face: ground swept over by a border. */
export const nestedHole = ([, ...holes]: Polygon): Ring | undefined =>
  holes.length < 2
    ? undefined
    : holes.find(hole =>
        holes.some(other => other !== hole && holdsStart(other, hole) && ringInside(hole, other)),
      )

/**
 * One more than the last segment that starts at each vertex, 0 where none does. Kept from trace to trace, because the map
 * is much larger than what is traced; every trace leaves it empty.
 */
let heads = new Int32Array(1024)

/**
 * Traces all faces bounded by the segments from[i]→to[i], each with the face on its left. Null when they do not close
 * to faces. A segment given in both directions with one face on both sides keeps its place in the walk and leaves no
 * mark in the rings.
 */
export const traceFaces = (points: Points, from: readonly number[], to: readonly number[]): Traced | null => {
  if (heads.length < points.size) heads = new Int32Array(2 * points.size)
  const other = new Int32Array(from.length).fill(-1)
  for (let e = 0; e < from.length; e++) {
    other[e] = heads[from[e]!]! - 1
    heads[from[e]!] = e + 1
  }
  const traced = traceCycles(points, from, to, heads, other)
  for (let e = 0; e < from.length; e++) heads[from[e]!] = 0
  return traced
}

/** `first` and `other` list the segments that start at a vertex: the first one, plus 1, and the next after each, or -1. */
const traceCycles = (
  points: Points,
  from: readonly number[],
  to: readonly number[],
  first: Int32Array,
  other: Int32Array,
): Traced | null => {
  const n = from.length
  const next = (e: number): number => {
    const v = to[e]!
    let best = first[v]! - 1
    if (best < 0) return -1
    for (let c = other[best]!; c >= 0; c = other[c]!)
      if (metBefore(points, v, from[e]!, to[c]!, to[best]!)) best = c
    return best
  }
  const faceOf = new Int32Array(n).fill(-1)
  const faces: Ring[][] = []
  const floating: { holes: Ring[]; edges: Int32Array }[] = []
  /** The segments in the order of the walks, and where each starts. */
  const edges = new Int32Array(n)
  const cycle = new Int32Array(n)
  let end = 0
  for (let start = 0; start < n; start++) {
    if (faceOf[start] !== -1) continue
    const begin = end
    let pinched = false
    let e = start
    do {
      if (e < 0 || faceOf[e] !== -1) return null
      faceOf[e] = -2
      edges[end] = e
      cycle[end++] = from[e]!
      if (other[first[from[e]!]! - 1] !== -1) pinched = true
      e = next(e)
    } while (e !== start)
    let outer: Ring | undefined
    const holes: Ring[] = []
    for (const ring of simpleRings(points, cycle.subarray(begin, end), pinched)) {
      if (turnOf(ring) < 0) holes.push(ring)
      else if (outer) return null
      else outer = ring
    }
    if (outer) {
      for (let i = begin; i < end; i++) faceOf[edges[i]!] = faces.length
      faces.push([outer, ...holes])
    } else floating.push({ holes, edges: edges.subarray(begin, end) })
  }
  for (const { holes, edges: own } of floating) {
    const hole = holes[0]
    if (!hole) return null
    let owner = -1
    for (let f = 0; f < faces.length; f++) {
      if (!ringInside(hole, faces[f]![0]!)) continue
      if (owner < 0 || ringInside(faces[f]![0]!, faces[owner]![0]!)) owner = f
    }
    if (owner < 0) return null
    for (const ring of holes) faces[owner]!.push(ring)
    for (const edge of own) faceOf[edge] = owner
  }
  return {
    faces: faces.map(face => (face.length < 3 ? face : [face[0]!, ...face.slice(1).sort(compareRings)])),
    faceOf,
  }
}
