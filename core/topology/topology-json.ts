// soon
import type { Topology } from 'topojson-specification'
import type { Grid } from './model.ts'
export const toTopology = (_grids: readonly Grid[]): Topology => {
  throw new Error('soon')
}
export const fromTopology = (_topology: Topology): Grid[] => {
  throw new Error('soon')
}
