// The faces of an arranged map, which polygons cover each, and which share how much border.
import type { Polygon } from '../model.ts'
import type { Points } from '../points.ts'
import { traceFaces } from '../trace.ts'
import type { Arranged } from './arrange.ts'

export interface Face {
  readonly polygon: Polygon
  /** The polygons (by number) that lie here; none in a gap. */
  readonly cover: readonly number[]
  /** Faces beyond its borders, and how long these are in steps. */
  readonly beside: ReadonlyMap<number, number>
}

export interface FaceMap {
  readonly faces: readonly Face[]
  /** The face that is everything outside. */
  readonly outside: number
  /** For each segment of the arrangement the faces on its left and right. */
  readonly left: readonly number[]
  readonly right: readonly number[]
}

/** Null when the segments do not bound faces. */
export const facesOf = (points: Points, segments: readonly Arranged[]): FaceMap | null => {
  const from: number[] = []
  const to: number[] = []
  for (const { a, b } of segments) {
    from.push(a, b)
    to.push(b, a)
  }
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { a, b } of segments)
    for (const vertex of [a, b]) {
      minX = Math.min(minX, points.x(vertex))
      minY = Math.min(minY, points.y(vertex))
      maxX = Math.max(maxX, points.x(vertex))
      maxY = Math.max(maxY, points.y(vertex))
    }
  // A frame around everything gives the outside a ring of its own.
  const frame = [
    [minX - 10, minY - 10],
    [maxX + 10, minY - 10],
    [maxX + 10, maxY + 10],
    [minX - 10, maxY + 10],
  ].map(([x, y]) => points.add(x!, y!))
  const frameStart = from.length
  frame.forEach((vertex, i) => {
    from.push(vertex)
    to.push(frame[(i + 1) % 4]!)
  })
  const traced = traceFaces(points, from, to)
  if (!traced) return null
  const outside = traced.faceOf[frameStart]!
  const left = segments.map((_, s) => traced.faceOf[2 * s]!)
  const right = segments.map((_, s) => traced.faceOf[2 * s + 1]!)
  const beside = traced.faces.map(() => new Map<number, number>())
  const links: { other: number; segment: number; sign: number }[][] = traced.faces.map(() => [])
  segments.forEach(({ a, b }, s) => {
    const [l, r] = [left[s]!, right[s]!]
    if (l === r) return
    const length = Math.hypot(points.x(a) - points.x(b), points.y(a) - points.y(b))
    beside[l]!.set(r, (beside[l]!.get(r) ?? 0) + length)
    beside[r]!.set(l, (beside[r]!.get(l) ?? 0) + length)
    links[r]!.push({ other: l, segment: s, sign: 1 })
    links[l]!.push({ other: r, segment: s, sign: -1 })
  })
  const covers = new Array<Map<number, number> | undefined>(traced.faces.length)
  covers[outside] = new Map()
  const queue = [outside]
  for (let face = queue.pop(); face !== undefined; face = queue.pop())
    for (const { other, segment, sign } of links[face]!) {
      if (covers[other]) continue
      const cover = new Map(covers[face])
      for (const [polygon, sum] of segments[segment]!.sums) {
        const count = (cover.get(polygon) ?? 0) + sign * sum
        if (count === 0) cover.delete(polygon)
        else cover.set(polygon, count)
      }
      covers[other] = cover
      queue.push(other)
    }
  const faces = traced.faces.map(
    (polygon, f): Face => ({
      polygon,
      cover: [...(covers[f] ?? [])].flatMap(([one, count]) => (count > 0 ? [one] : [])),
      beside: beside[f]!,
    }),
  )
  return { faces, outside, left, right }
}
