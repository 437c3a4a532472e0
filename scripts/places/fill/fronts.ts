// The straight stretches of street along a block: what houses stand in a row on.
import type { Line } from '../place.ts'
import type { Edge, Ground } from './ground.ts'
import { Axes, distance, distanceToSegment, type Point } from './plane.ts'

export interface Front {
  /** From the stretch's start along it; the block lies to the left, at positive y. */
  readonly axes: Axes
  readonly length: number
  /** The y from which one may build. */
  readonly from: number
  readonly line: Line | null
}

/** A bend of the street by less than this is built along as if it were straight. */
const STRAIGHT_METRES = 1.8
const SHARP = Math.cos((35 * Math.PI) / 180)

/** Longest first; only edges that `wanted` says. */
export function frontsOf(ground: Ground, wanted: (edge: Edge) => boolean, shortest = 10): Front[] {
  const fronts: Front[] = []
  for (const chain of chainsOf(ground.edges, wanted)) {
    const points = [chain[0]!.a, ...chain.map(({ b }) => b)]
    const corners = straightened(points, 0, points.length - 1)
    for (let i = 1; i < corners.length; i++) {
      const first = corners[i - 1]!
      const last = corners[i]!
      const [a, b] = [points[first]!, points[last]!]
      const length = distance(a, b)
      if (length < shortest) continue
      const axes = new Axes(a, Math.atan2(b[1] - a[1], b[0] - a[0]))
      const stretch = chain.slice(first, last)
      const bulge = Math.max(0, ...stretch.map(edge => axes.local(edge.b)[1]))
      const clear = Math.max(...stretch.map(edge => edge.clear))
      fronts.push({ axes, length, from: bulge + clear, line: stretch[0]!.line })
    }
  }
  return fronts.sort((p, q) => q.length - p.length)
}

export const isRoad = ({ line }: Edge): boolean => line?.kind === 'road'

/** Runs of wanted edges along one line without a sharp corner. */
function chainsOf(edges: readonly Edge[], wanted: (edge: Edge) => boolean): Edge[][] {
  const goesOn = (before: Edge, after: Edge) =>
    wanted(before) && wanted(after) && before.line === after.line && cosBetween(before, after) > SHARP
  const n = edges.length
  let start = edges.findIndex((edge, i) => !goesOn(edges[(i + n - 1) % n]!, edge))
  if (start < 0) start = 0
  const chains: Edge[][] = []
  for (let i = 0; i < n; i++) {
    const edge = edges[(start + i) % n]!
    if (!wanted(edge)) continue
    const last = chains.at(-1)
    if (i > 0 && last && goesOn(edges[(start + i - 1) % n]!, edge)) last.push(edge)
    else chains.push([edge])
  }
  return chains
}

const cosBetween = (p: Edge, q: Edge): number =>
  ((p.b[0] - p.a[0]) * (q.b[0] - q.a[0]) + (p.b[1] - p.a[1]) * (q.b[1] - q.a[1])) / (p.length * q.length)

/** Indices of the points that a straightened course keeps. */
function straightened(points: readonly Point[], first: number, last: number): number[] {
  let far = 0
  let at = -1
  for (let i = first + 1; i < last; i++) {
    const off = distanceToSegment(points[i]!, points[first]!, points[last]!)
    if (off > far) {
      far = off
      at = i
    }
  }
  if (at < 0 || far < STRAIGHT_METRES) return [first, last]
  return [...straightened(points, first, at), ...straightened(points, at, last).slice(1)]
}
