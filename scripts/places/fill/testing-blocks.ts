// Blocks to test with: any outline, any mixture of streets, waters and walls along it.
import type { Position, Shape } from '../../../core/topology/index.ts'
import { startAtLeast } from '../../../core/topology/shape.ts'
import { frameAt } from '../frame.ts'
import type { Block, Line, RoadClass, Use, WaterClass } from '../place.ts'
import type { Outline, Point } from './plane.ts'

export const frame = frameAt([1_039_500_000, 308_700_000])
export const LIVED_IN: readonly Use[] = ['estate', 'old-town', 'houses', 'hamlet']
export const USES: readonly Use[] = [
  ...LIVED_IN,
  'factory',
  'shops',
  'office',
  'school',
  'hospital',
  'square',
  'park',
  'yard',
  'field',
  'orchard',
  'greenhouse',
  'forest',
  'lake',
  'idle',
]
export const EDGES: readonly (readonly [RoadClass | WaterClass, number] | null)[] = [
  null,
  ['residential', 4],
  ['tertiary', 7],
  ['primary', 14],
  ['track', 2.5],
  ['canal', 9],
]

export const metresOf = (ring: readonly Position[]): Outline => ring.map(position => frame.metres(position))
export const shapeOf = (ring: readonly Position[]): Shape => [[startAtLeast(ring.flat())]]

function lineOf(
  [kind, halfWidth]: readonly [RoadClass | WaterClass, number],
  path: Position[],
  id: string,
): Line {
  return { id, kind: kind === 'canal' ? 'water' : 'road', class: kind, name: `${id}路`, path, halfWidth }
}

export function blockOf(
  points: readonly Point[],
  edges: readonly number[],
  use: Use,
  density: number,
  origin: Point = [0, 0],
): Block {
  const ring = points.map(([x, y]) => frame.position(x + origin[0], y + origin[1]))
  const along = ring.map((a, i) => {
    const edge = EDGES[edges[i % edges.length]!]!
    return edge && lineOf(edge, [a, ring[(i + 1) % ring.length]!], `l${i}`)
  })
  return { ring, along, use, grid: 'g', name: '向阳院', density }
}
