// A line along existing roads through clicked places: the way a cut follows them.
import type { Position } from '../topology/model.ts'
import { Heap } from './heap.ts'
import { nearestOnRoad, type OnRoad, type RoadGraph } from './road-graph.ts'

/** Why there is no such line: the place that no road is near, or that no road leads to. */
export interface NoWay {
  readonly none: 'no-road-near' | 'not-connected'
  readonly place: Position
}

/**
 * The cheapest way along roads through all places, in order; its ends and turns are on the roads. A place further than
 * `radius` steps from every road has `no-road-near`.
 */
export const roadPath = (
  graph: RoadGraph,
  places: readonly Position[],
  radius: number,
): Position[] | NoWay => {
  const stops: OnRoad[] = []
  for (const place of places) {
    const stop = nearestOnRoad(graph, place, radius)
    if (!stop) return { none: 'no-road-near', place }
    stops.push(stop)
  }
  const line: Position[] = []
  const add = (position: Position) => {
    const last = line.at(-1)
    if (!last || last[0] !== position[0] || last[1] !== position[1]) line.push(position)
  }
  const [first] = stops
  if (first) add(first.at)
  for (let i = 1; i < stops.length; i++) {
    const way = wayBetween(graph, stops[i - 1]!, stops[i]!)
    if (!way) return { none: 'not-connected', place: places[i]! }
    for (const vertex of way) add([graph.xs[vertex]!, graph.ys[vertex]!])
    add(stops[i]!.at)
  }
  return line
}

/** The vertices between two places on roads (A* with the distance as the crow flies), or null. */
const wayBetween = (graph: RoadGraph, start: OnRoad, end: OnRoad): number[] | null => {
  const { xs, ys, links, from, to, weights, shrink } = graph
  const least = leastWeight(graph)
  const toEnd = (vertex: number) =>
    Math.hypot((xs[vertex]! - end.at[0]) * shrink, ys[vertex]! - end.at[1]) * least
  const stretch = ({ segment, at }: OnRoad, vertex: number) =>
    Math.hypot((xs[vertex]! - at[0]) * shrink, ys[vertex]! - at[1]) * weights[segment]!
  const costs = new Map<number, number>()
  const before = new Map<number, number>()
  const open = new Heap()
  const reach = (vertex: number, cost: number, by: number) => {
    if (cost >= (costs.get(vertex) ?? Infinity)) return
    costs.set(vertex, cost)
    before.set(vertex, by)
    open.push(vertex, cost + toEnd(vertex))
  }
  for (const vertex of [from[start.segment]!, to[start.segment]!]) reach(vertex, stretch(start, vertex), -1)
  const straight =
    start.segment === end.segment
      ? Math.hypot((start.at[0] - end.at[0]) * shrink, start.at[1] - end.at[1]) * weights[start.segment]!
      : Infinity
  let best = straight
  let last = -1
  const done = new Set<number>()
  for (;;) {
    const next = open.pop()
    if (!next || next.cost >= best) break
    const { item: vertex } = next
    if (done.has(vertex)) continue
    done.add(vertex)
    const cost = costs.get(vertex)!
    if (vertex === from[end.segment] || vertex === to[end.segment]) {
      const whole = cost + stretch(end, vertex)
      if (whole < best) {
        best = whole
        last = vertex
      }
    }
    for (const link of links[vertex] ?? []) reach(link.to, cost + link.cost, vertex)
  }
  if (best === Infinity) return null
  const way: number[] = []
  for (let vertex = last; vertex !== -1; vertex = before.get(vertex)!) way.unshift(vertex)
  return way
}

const remembered = new WeakMap<RoadGraph, number>()

/** The least weight of any road, so that the guess never exceeds the truth. */
const leastWeight = (graph: RoadGraph): number => {
  let least = remembered.get(graph)
  if (least === undefined) {
    least = graph.weights.reduce((low, weight) => Math.min(low, weight), 1)
    remembered.set(graph, least)
  }
  return least
}
