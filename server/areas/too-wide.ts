// Outlines as wide as half the world have no area: between opposite points no shortest line exists.
import { bounds, LATTICE, type Shape } from '../../core/topology/index.ts'

export function tooWide(shape: Shape): boolean {
  const [west, south, east, north] = bounds(shape)
  return east - west >= 180 * LATTICE || north - south >= 180 * LATTICE
}
