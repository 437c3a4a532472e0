// The layers that have tiles: their table, geometry, properties, and from which zoom what is shown.
import { type RawBuilder, sql } from 'kysely'
import type { TileLayer } from '../../core/contract/layers.ts'

export interface Layer {
  /** Of one that was brought in under a name its id. */
  readonly name: string
  /** Whose content version it has; its own when not said. */
  readonly versionOf?: string
  /** Rows of the table that belong to it; all when not said. */
  readonly only?: RawBuilder<boolean>
  readonly table: string
  readonly geometry: string
  readonly properties: readonly string[]
  /** Below this zoom its tiles are empty. */
  readonly minZoom: number
  /** What is left out at low zooms; undefined: nothing. `level`: the level of grids that was asked for, if any. */
  readonly thin?: (zoom: number, level?: number) => RawBuilder<boolean> | undefined
}

/** Roads that matter at a zoom. Footways last. */
const ROAD_CLASSES: readonly (readonly [zoom: number, classes: readonly string[]])[] = [
  [10, ['motorway', 'trunk', 'primary', 'motorway_link', 'trunk_link', 'rail']],
  [12, ['secondary', 'tertiary', 'primary_link', 'secondary_link', 'tertiary_link']],
  [14, ['residential', 'unclassified', 'living_street', 'pedestrian', 'tram', 'light_rail']],
]
function roadsAt(zoom: number): RawBuilder<boolean> | undefined {
  if (zoom >= 14) return undefined
  const shown = ROAD_CLASSES.filter(
    ([from], step) => zoom >= (step === 0 ? 0 : ROAD_CLASSES[step - 1]![0]) || zoom >= from,
  )
  return sql<boolean>`class in (${sql.join(shown.flatMap(([, classes]) => classes.map(name => sql.lit(name))))})`
}

/** Longer side of the box at least this many screen pixels, for zooms below `until`. */
const atLeastPixels = (pixels: number, until: number) => (zoom: number) => {
  if (zoom >= until) return undefined
  const degrees = (pixels * 360) / (512 * 2 ** zoom)
  return sql<boolean>`greatest(st_xmax(geom) - st_xmin(geom), st_ymax(geom) - st_ymin(geom)) >= ${sql.lit(degrees)}`
}

/**
 * Far out, the deep levels of a district are smaller than a pixel: a tile holds the levels that a page shows at its zoom,
 * or those down to the level that was asked for.
 */
function gridsAt(zoom: number, level?: number): RawBuilder<boolean> | undefined {
  const deepest = level ?? Math.min(4, Math.max(1, zoom - 9))
  return deepest < 4 ? sql<boolean>`level <= ${sql.lit(deepest)}` : undefined
}

export const LAYERS: readonly (Layer & { readonly name: TileLayer })[] = [
  { name: 'areas', table: 'area', geometry: 'geom', properties: ['code', 'name', 'local'], minZoom: 0 },
  {
    name: 'grids',
    table: 'grid_version',
    geometry: 'geom',
    properties: [
      'grid_id as id',
      'level',
      'leaf',
      'code',
      'name',
      'kind',
      'persons',
      'households',
      'buildings',
      'area_m2 as areaSquareMetres',
    ],
    minZoom: 0,
    thin: gridsAt,
  },
  {
    name: 'green',
    table: 'green',
    geometry: 'geom',
    properties: ['id', 'kind'],
    minZoom: 9,
    thin: atLeastPixels(3, 14),
  },
  {
    name: 'water',
    table: 'water',
    geometry: 'geom',
    properties: ['id', 'kind', 'name'],
    minZoom: 6,
    thin: atLeastPixels(3, 14),
  },
  {
    name: 'roads',
    table: 'road',
    geometry: 'geom',
    properties: ['id', 'class', 'name', 'bridge', 'tunnel'],
    minZoom: 8,
    thin: roadsAt,
  },
  {
    name: 'buildings',
    table: 'building',
    geometry: 'geom',
    properties: ['id', 'kind', 'name', 'storeys', 'persons', 'households'],
    minZoom: 13,
  },
  {
    name: 'facilities',
    table: 'facility',
    geometry: 'point',
    properties: ['id', 'category', 'kind', 'name'],
    minZoom: 14,
  },
  {
    name: 'addresses',
    table: 'address',
    geometry: 'point',
    properties: ['id', 'house_number', 'street'],
    minZoom: 17,
  },
  {
    name: 'objects',
    table: 'object',
    geometry: 'point',
    properties: ['id', 'kind', 'category', 'state'],
    minZoom: 16,
  },
]

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Ours by its name, one that was brought in by its id. */
export const findLayer = (name: string): Layer | undefined =>
  UUID.test(name)
    ? {
        name,
        table: 'catalogue_feature',
        geometry: 'geom',
        properties: ['id', 'name'],
        minZoom: 0,
        versionOf: 'catalogue',
        only: sql<boolean>`layer_id = ${sql.lit(name)}::uuid`,
      }
    : LAYERS.find(layer => layer.name === name)
