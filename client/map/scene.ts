// Everything the map shows, as one value; `draw-scene.ts` is the only one who brings it onto the map.
import type { FeatureCollection } from 'geojson'
import type { Box, MultiPolygon, Place } from '../../core/contract/geometry.ts'
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import type { Level } from '../../core/topology/model.ts'
import type { Colouring } from './colouring.ts'
import type { IncidentsOnMap } from './incidents-on-map.ts'
import type { LayerSettings } from './layer-groups.ts'
import type { ChosenLevel } from './levels.ts'
import type { NamedSettings } from './named-layers.ts'
import type { Theme } from './palette.ts'

export type SnapKind = 'start' | 'vertex' | 'border' | 'road'

export interface SideOnMap {
  /** Which of the two colours it has. */
  side: 'left' | 'right'
  geometry: MultiPolygon
  /** Where its numbers stand. */
  at: Place
  text: string
}

/** Where a spatial query looked, and the places of the rows that are listed. */
export interface QueryOnMap {
  shape: MultiPolygon | null
  /** Nearest to here. */
  origin: Place | null
  points: readonly { id: string; at: Place }[]
  /** The row that is pointed at, or chosen. */
  chosen: string | null
}

/** A file that is looked at before it is stored. */
export interface FileOnMap {
  shapes: FeatureCollection
  /** Numbers of rows with a problem. */
  bad: readonly number[]
  /** The row that is chosen. */
  row: number | null
  /** Where the whole file lies, when only its beginning is drawn. */
  whole: Box | null
}

export interface Scene {
  theme: Theme
  language: 'zh' | 'en'
  catalogue: LayerCatalogue | null
  /** Whose grids are drawn, at which revision. */
  plan: { id: string; revision: number } | null
  layers: LayerSettings
  named: NamedSettings
  chosenLevel: ChosenLevel
  /** The deepest level shown: what a click finds. */
  level: Level
  colouring: Colouring | null
  selected: string | null
  /** Its outline, once it is known: for zooms whose tiles leave it out. */
  selectedOutline: { geometry: MultiPolygon; level: Level } | null
  /** The grid that is being cut: its own fill and name make way. */
  cutting: string | null
  /** Grids whose own names make way for what is written of them as they would be. */
  unnamed: readonly string[]
  hovered: string | null
  picked: readonly string[]
  /** Both sides of the cut under the cursor; of other edits the grids as they would be. */
  sides: readonly SideOnMap[]
  /** Clicked points, the point under the cursor, and whether they will close to a ring. */
  draft: {
    points: readonly Place[]
    cursor: Place | null
    ring: boolean
    /** The line itself, when it is not straight from point to point. */
    course?: readonly Place[]
  } | null
  snap: { at: Place; kind: SnapKind } | null
  /** Border vertices that can be taken hold of. */
  vertices: readonly Place[]
  /** A press here takes hold of a vertex instead of moving the map. */
  canGrab: boolean
  /** An outline to be saved as an area. */
  outline: MultiPolygon | null
  /** Why something cannot be done, at its place. */
  callout: { at: Place; text: string } | null
  /** What the analyst sees of the incidents. */
  incidents: IncidentsOnMap | null
  /** An incident that is pointed at, or the place of one that is being reported. */
  pin: { at: Place; text: string } | null
  query: QueryOnMap | null
  file: FileOnMap | null
  /** A place that was searched for. */
  found: { at: Place; text: string } | null
  /** What a pointer does: look around, or draw. */
  drawing: boolean
}

export interface View {
  lng: number
  lat: number
  zoom: number
}

/** What a tile tells about the grid under the pointer. */
export interface GridInTile {
  id: string
  level: number
  code: string
  name: string
  persons: number
  households: number
  buildings: number
  areaSquareMetres: number
}

export type MapPointer =
  | {
      on: 'move' | 'click' | 'double' | 'press' | 'release'
      at: Place
      grid: GridInTile | null
      /** The row of a query whose point is under the pointer. */
      row: string | null
      /** The nearest point of a road within reach. */
      road: Place | null
      /** Degrees of longitude and latitude for one pixel here. */
      perPixel: Place
      /** Alt is held: no snapping. */
      free: boolean
    }
  | { on: 'leave' }
