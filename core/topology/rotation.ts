// Checks the order of segments around a vertex: what lies between two neighbours is one leaf, seen from both.
import { orient } from './exact.ts'
import type { Points } from './points.ts'
import { type Region, segmentsAt } from './region.ts'
import type { AddedSegment } from './snap.ts'

/** A segment seen from one of its ends. */
export interface Spoke {
  readonly segment: number
  /** Its other end. */
  readonly end: number
  readonly left: number
  readonly right: number
}

/** Two neighbouring spokes that do not agree on what lies between them; null when all do. */
export const disagreement = (points: Points, vertex: number, spokes: Spoke[]): [Spoke, Spoke] | null => {
  const [one, other] = spokes
  // Most vertices have two, which agree in any order.
  if (one && other && spokes.length === 2 && one.left === other.right && other.left === one.right) return null
  const vx = points.x(vertex)
  const vy = points.y(vertex)
  const half = ({ end }: Spoke) =>
    points.y(end) > vy || (points.y(end) === vy && points.x(end) > vx) ? 0 : 1
  spokes.sort(
    (p, q) =>
      half(p) - half(q) ||
      -Math.sign(orient(vx, vy, points.x(p.end), points.y(p.end), points.x(q.end), points.y(q.end))),
  )
  for (let i = 0; i < spokes.length; i++) {
    const spoke = spokes[i]!
    const next = spokes[(i + 1) % spokes.length]!
    if (spoke.left !== next.right) return [spoke, next]
  }
  return null
}

/** A vertex of the changed segments around which the leaves do not take turns as they should, or -1. */
export const twistedVertex = (
  region: Region,
  points: Points,
  removed: ReadonlySet<number>,
  added: readonly AddedSegment[],
): number => {
  const around = new Map<number, Spoke[]>()
  const spoke = (vertex: number, one: Spoke) => {
    const list = around.get(vertex)
    if (list) list.push(one)
    else around.set(vertex, [one])
  }
  added.forEach(({ a, b, left, right }) => {
    spoke(a, { segment: -1, end: b, left, right })
    spoke(b, { segment: -1, end: a, left: right, right: left })
  })
  for (const s of removed) {
    if (!around.has(region.a[s]!)) around.set(region.a[s]!, [])
    if (!around.has(region.b[s]!)) around.set(region.b[s]!, [])
  }
  for (const [vertex, spokes] of around) {
    if (vertex < region.points.size)
      for (const s of segmentsAt(region, vertex)) {
        if (removed.has(s)) continue
        const out = region.a[s] === vertex
        const [left, right] = [region.left[s]!, region.right[s]!]
        spokes.push(
          out
            ? { segment: s, end: region.b[s]!, left, right }
            : { segment: s, end: region.a[s]!, left: right, right: left },
        )
      }
    if (disagreement(points, vertex, spokes)) return vertex
  }
  return -1
}
