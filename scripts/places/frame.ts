// Metres around an origin for laying things out; everything kept is on the lattice.
import { LATTICE, type Position } from '../../core/topology/index.ts'
import type { Frame } from './place.ts'

/** Length of a degree of latitude and, at the equator, of longitude: good to a thousandth, enough for a layout. */
const METRES_PER_DEGREE = 111_320

export function frameAt(origin: Position): Frame {
  const perStepY = METRES_PER_DEGREE / LATTICE
  const perStepX = perStepY * Math.cos((origin[1] / LATTICE) * (Math.PI / 180))
  return {
    metres: ([x, y]) => [(x - origin[0]) * perStepX, (y - origin[1]) * perStepY],
    position: (x, y) => [origin[0] + Math.round(x / perStepX), origin[1] + Math.round(y / perStepY)],
  }
}
