// The line of a cut along roads: from the first place onto the roads, along them through all others, and to the last place.
import type { RoadGraph } from '../../core/routing/road-graph.ts'
import { type NoWay, roadPath } from '../../core/routing/road-path.ts'
import type { Position } from '../../core/topology/model.ts'

/** A click this near (50 m in steps) means the road. */
const RADIUS = 4_500
/** Further from the road than this (half a metre) a first or last place is gone to: a border beside the road. */
const BESIDE = 45

const isBeside = ([x, y]: Position, [p, q]: Position): boolean => Math.hypot(x - p, y - q) > BESIDE

export function along(roads: RoadGraph, places: readonly Position[]): Position[] | NoWay {
  const course = roadPath(roads, places, RADIUS)
  const [first, last] = [places[0], places.at(-1)]
  if ('none' in course || !first || !last) return course
  return [
    ...(isBeside(first, course[0]!) ? [first] : []),
    ...course,
    ...(isBeside(last, course.at(-1)!) ? [last] : []),
  ]
}
