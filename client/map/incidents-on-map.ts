// What the map can show of the incidents: density, points, or the colours of counted grids.
import type { Raster } from '../../core/incidents/raster.ts'
import type { Rows } from '../../core/incidents/rows.ts'
import type { PointCloud } from '../workers/heat-messages.ts'

export interface HeatOnMap {
  readonly as: 'heat'
  readonly raster: Raster
  /** Incidents per km² per day of every cell, row by row from the north-west. */
  readonly values: Float32Array
}

export interface PointsOnMap {
  readonly as: 'points'
  readonly points: PointCloud
  /** 0 is drawn. */
  readonly fails: Uint8Array
  readonly rows: Rows
  readonly colour: 'status' | 'category'
}

/** Grids coloured by how many incidents lie in them. */
export interface CountedGrids {
  readonly as: 'grids'
  /** How many classes the legend has. */
  readonly classes: number
  /** Of every grid shown its class; -1 has none and keeps a light tint. */
  readonly classOf: ReadonlyMap<string, number>
}

export type IncidentsOnMap = HeatOnMap | PointsOnMap | CountedGrids
