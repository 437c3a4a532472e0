// Roads as a graph: junctions and dead ends joined by courses; a place snaps to the nearest of them.
import Flatbush from 'flatbush'
import type { Position } from '../topology/model.ts'

export interface Road {
  readonly line: readonly Position[]
  /** How dear a metre of it is beside others: 1, or less for roads that make better borders. */
  readonly weight?: number
}

/** Great roads are clearer bounds than lanes, footpaths less clear: what a metre of each counts for. */
const WEIGHTS: Readonly<Record<string, number>> = {
  motorway: 0.7,
  trunk: 0.7,
  primary: 0.7,
  secondary: 0.8,
  tertiary: 0.9,
  rail: 0.9,
  service: 1.2,
  track: 1.2,
  path: 1.4,
  footway: 1.4,
  cycleway: 1.4,
  bridleway: 1.4,
  steps: 1.4,
}
export const weightOfRoad = (roadClass: string): number => WEIGHTS[roadClass] ?? 1

export interface RoadGraph {
  readonly xs: readonly number[]
  readonly ys: readonly number[]
  readonly links: readonly (readonly Link[])[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  readonly weights: readonly number[]
  readonly index: Flatbush | null
  /** Degrees of longitude are shorter by this. */
  readonly shrink: number
}

export interface Link {
  readonly to: number
  readonly cost: number
}

/** A place on a road: the segment, how far along it, and where that is. */
export interface OnRoad {
  readonly segment: number
  readonly along: number
  readonly at: Position
}

/** Roads meet where they share a position; where they only cross (a bridge), one cannot turn. */
export const roadGraph = (roads: readonly Road[]): RoadGraph => {
  const xs: number[] = []
  const ys: number[] = []
  const numbers = new Map<string, number>()
  const vertex = ([x, y]: Position): number => {
    const key = `${x},${y}`
    let number = numbers.get(key)
    if (number === undefined) {
      number = xs.length
      numbers.set(key, number)
      xs.push(x)
      ys.push(y)
    }
    return number
  }
  const middle = roads[0]?.line[0]?.[1] ?? 0
  const shrink = Math.cos(((middle / 1e7) * Math.PI) / 180)
  const links: Link[][] = []
  const from: number[] = []
  const to: number[] = []
  const weights: number[] = []
  for (const { line, weight = 1 } of roads)
    for (let i = 1; i < line.length; i++) {
      const a = vertex(line[i - 1]!)
      const b = vertex(line[i]!)
      if (a === b) continue
      const cost = Math.hypot((xs[a]! - xs[b]!) * shrink, ys[a]! - ys[b]!) * weight
      links[a] ??= []
      links[b] ??= []
      links[a].push({ to: b, cost })
      links[b].push({ to: a, cost })
      from.push(a)
      to.push(b)
      weights.push(weight)
    }
  let index: Flatbush | null = null
  if (from.length > 0) {
    index = new Flatbush(from.length, 16, Int32Array)
    for (let s = 0; s < from.length; s++) {
      const [a, b] = [from[s]!, to[s]!]
      index.add(
        Math.min(xs[a]!, xs[b]!),
        Math.min(ys[a]!, ys[b]!),
        Math.max(xs[a]!, xs[b]!),
        Math.max(ys[a]!, ys[b]!),
      )
    }
    index.finish()
  }
  return { xs, ys, links, from, to, weights, index, shrink }
}

/** The nearest place on a road within a radius (steps), or null. A vertex as near as the road itself is preferred. */
export const nearestOnRoad = (graph: RoadGraph, [x, y]: Position, radius: number): OnRoad | null => {
  const { xs, ys, from, to, index, shrink } = graph
  if (!index) return null
  let best: OnRoad | null = null
  let least = Infinity
  const wide = radius / shrink
  for (const segment of index.search(x - wide, y - radius, x + wide, y + radius)) {
    const [a, b] = [from[segment]!, to[segment]!]
    const dx = (xs[b]! - xs[a]!) * shrink
    const dy = ys[b]! - ys[a]!
    const t = ((x - xs[a]!) * shrink * dx + (y - ys[a]!) * dy) / (dx * dx + dy * dy)
    const along = Math.min(1, Math.max(0, t))
    const at: Position = [
      Math.round(xs[a]! + (xs[b]! - xs[a]!) * along),
      Math.round(ys[a]! + (ys[b]! - ys[a]!) * along),
    ]
    const away = Math.hypot((x - xs[a]! - (xs[b]! - xs[a]!) * along) * shrink, y - ys[a]! - dy * along)
    const atVertex = along === 0 || along === 1
    const tied = Math.abs(away - least) <= 1e-9
    if (away > radius || (best ? !(tied ? atVertex && best.along % 1 !== 0 : away < least) : false)) continue
    least = away
    best = { segment, along, at }
  }
  return best
}
