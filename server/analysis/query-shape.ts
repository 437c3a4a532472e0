// Makes the asked shape a polygon on the lattice, once, so that what is counted is what the map shows; or refuses it.
import { buffer, circle } from '@turf/turf'
import { QUERY_LIMITS, type QueryShape } from '../../core/contract/analysis.ts'
import type { Place } from '../../core/contract/geometry.ts'
import { segmentMetres } from '../../core/measures/neighbours.ts'
import {
  areaSquareMetres,
  bounds,
  cleanOutline,
  isRefusal,
  LATTICE,
  type Shape,
} from '../../core/topology/index.ts'
import { ProblemError, refusalProblem } from '../errors.ts'

const { leastMetres, mostMetres, mostNearest, mostSquareKilometres, mostVertices } = QUERY_LIMITS
/** A shape wider than this is larger than allowed anyway, and its area too wide to measure on the lattice. */
const WIDEST_DEGREES = 20
const CIRCLE_CORNERS = 128
/** Corners of a quarter round; fewer when rounding to the lattice makes the finest one fold. */
const ROUNDINGS = [16, 8, 4, 2]

/** @throws problems with a place */
export function polygonOf(shape: Exclude<QueryShape, { kind: 'nearest' | 'grid' }>): Shape {
  switch (shape.kind) {
    case 'polygon':
      checkPositions(shape.geometry.coordinates)
      return checked(shape.geometry)
    case 'circle': {
      checkDistance(shape.metres, shape.center)
      return checked(circle(shape.center, shape.metres, { steps: CIRCLE_CORNERS, units: 'meters' }).geometry)
    }
    case 'corridor': {
      const { coordinates } = shape.line
      const [first] = coordinates
      checkDistance(shape.metres, first!)
      if (lineMetres(coordinates) === 0) throw new ProblemError('no-length', { place: first })
      checkWidth(boundsOf(coordinates), first!)
      let refused: ProblemError | undefined
      for (const steps of ROUNDINGS) {
        const drawn = buffer(shape.line, shape.metres, { units: 'meters', steps })
        if (!drawn) break
        const cleaned = cleanOutline(drawn.geometry)
        if (!isRefusal(cleaned)) return measured(cleaned.shape)
        refused ??= refusalProblem(cleaned)
      }
      throw refused ?? new ProblemError('no-length', { place: first })
    }
  }
}

export function checkNearest(n: number, place: Place): void {
  if (n < 1 || n > mostNearest) throw new ProblemError('bad-number', { place })
}

function checkDistance(metres: number, place: Place): void {
  if (!(metres >= leastMetres && metres <= mostMetres)) throw new ProblemError('bad-distance', { place })
}

/** Before anything is computed: a million vertices must not keep the kernel busy. */
function checkPositions(coordinates: readonly unknown[]): void {
  let vertices = 0
  const reached: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  const walk = (value: unknown, depth: number): void => {
    if (!Array.isArray(value) || depth > 4) return
    const [lng, lat] = value as unknown[]
    if (typeof lng === 'number' && typeof lat === 'number') {
      vertices++
      reached[0] = Math.min(reached[0], lng)
      reached[1] = Math.min(reached[1], lat)
      reached[2] = Math.max(reached[2], lng)
      reached[3] = Math.max(reached[3], lat)
    } else for (const part of value) walk(part, depth + 1)
  }
  walk(coordinates, 0)
  if (vertices > mostVertices) {
    throw new ProblemError('shape-too-detailed', { where: `${vertices} > ${mostVertices}` })
  }
  // What lies off the world is left to the kernel, which names the place.
  const onWorld = reached[0] >= -180 && reached[1] >= -90 && reached[2] <= 180 && reached[3] <= 90
  if (onWorld) checkWidth(reached, [(reached[0] + reached[2]) / 2, (reached[1] + reached[3]) / 2])
}

function checkWidth([west, south, east, north]: readonly number[], place: Place): void {
  if (east! - west! > WIDEST_DEGREES || north! - south! > WIDEST_DEGREES)
    throw new ProblemError('shape-too-large', { place })
}

const boundsOf = (coordinates: readonly Place[]) => [
  Math.min(...coordinates.map(([lng]) => lng)),
  Math.min(...coordinates.map(([, lat]) => lat)),
  Math.max(...coordinates.map(([lng]) => lng)),
  Math.max(...coordinates.map(([, lat]) => lat)),
]

function checked(geometry: unknown): Shape {
  const cleaned = cleanOutline(geometry)
  if (isRefusal(cleaned)) throw refusalProblem(cleaned)
  return measured(cleaned.shape)
}

function measured(shape: Shape): Shape {
  if (areaSquareMetres(shape) > mostSquareKilometres * 1e6) {
    const [west, south, east, north] = bounds(shape)
    throw new ProblemError('shape-too-large', {
      place: [(west + east) / 2 / LATTICE, (south + north) / 2 / LATTICE],
    })
  }
  return shape
}

function lineMetres(coordinates: readonly Place[]): number {
  const steps = coordinates.map(
    ([lng, lat]) => [Math.round(lng * LATTICE), Math.round(lat * LATTICE)] as const,
  )
  let metres = 0
  for (let i = 1; i < steps.length; i++) {
    metres += segmentMetres(steps[i - 1]![0], steps[i - 1]![1], steps[i]![0], steps[i]![1])
  }
  return metres
}
