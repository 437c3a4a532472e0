// The style: our own tiles only, no fonts, sprites or hosts from outside; layer order is the order of importance.
import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { LayerInfo, TileLayer } from '../../core/contract/layers.ts'
import { drawingLayers, lineLayers } from './drawing-layers.ts'
import { filePointLayers, fileShapeLayers } from './file-layers.ts'
import { type GridLook, gridLayers } from './grid-layers.ts'
import { groundLayers } from './ground-layers.ts'
import { labelLayers } from './label-layers.ts'
import type { LayerKey, LayerSettings } from './layer-groups.ts'
import type { ChosenLevel } from './levels.ts'
import { fade } from './opacity.ts'
import { PALETTES, type Theme } from './palette.ts'
import { queryPointLayers, queryShapeLayers } from './query-layers.ts'

/** Deeper tiles are cut from these: fine enough to draw, and fewer requests. */
const MAX_ZOOM: Record<TileLayer, number> = {
  areas: 14,
  grids: 16,
  buildings: 15,
  addresses: 17,
  facilities: 15,
  roads: 15,
  water: 14,
  green: 14,
  objects: 17,
}
const IDENTITY: Record<TileLayer, string> = {
  areas: 'code',
  grids: 'id',
  buildings: 'id',
  addresses: 'id',
  facilities: 'id',
  roads: 'id',
  water: 'id',
  green: 'id',
  objects: 'id',
}

const handDrawn = (): SourceSpecification => ({
  type: 'geojson',
  data: { type: 'FeatureCollection', features: [] },
  tolerance: 0,
  buffer: 64,
})
/** Sources that hold what is drawn by hand, and names; never simplified, so that shared borders stay shared. */
export const OWN_SOURCES = [
  'names',
  'chosen',
  'sides',
  'outline',
  'query',
  'file',
  'vertices',
  'draft',
] as const

export const absolute = (path: string): string => (path.startsWith('/') ? location.origin + path : path)

interface GridsShown {
  plan: { id: string; revision: number }
  chosenLevel: ChosenLevel
}
export const gridTiles = ({ plan, chosenLevel }: GridsShown): string =>
  absolute(
    `/tiles/grids/{z}/{x}/{y}.mvt?plan=${plan.id}&v=${plan.revision}${chosenLevel ? `&level=${chosenLevel}` : ''}`,
  )

export function tileSource(info: LayerInfo, attribution: string): SourceSpecification {
  return {
    type: 'vector',
    tiles: [absolute(info.tiles)],
    minzoom: Math.min(info.minZoom, MAX_ZOOM[info.layer]),
    maxzoom: MAX_ZOOM[info.layer],
    promoteId: IDENTITY[info.layer],
    attribution,
  }
}
export const gridSource = (shown: GridsShown): SourceSpecification => ({
  type: 'vector',
  tiles: [gridTiles(shown)],
  minzoom: 0,
  maxzoom: MAX_ZOOM.grids,
  promoteId: IDENTITY.grids,
})

/** Which row of the layer list a layer of the style belongs to. */
function rowOf(layer: LayerSpecification): LayerKey | null {
  if (
    ['area-name', 'grid-name', 'water-name', 'road-name', 'stream-name', 'building-name'].includes(layer.id)
  ) {
    return 'labels'
  }
  const source = 'source' in layer ? layer.source : undefined
  return source && source in MAX_ZOOM ? (source as LayerKey) : null
}

const OPACITY_OF: Partial<Record<LayerSpecification['type'], readonly string[]>> = {
  fill: ['fill-opacity'],
  line: ['line-opacity'],
  circle: ['circle-opacity', 'circle-stroke-opacity'],
  symbol: ['text-opacity'],
}

function withSetting(layer: LayerSpecification, settings: LayerSettings): LayerSpecification {
  const row = rowOf(layer)
  if (!row) return layer
  const { shown, opacity } = settings[row]
  const paint: Record<string, unknown> = { ...layer.paint }
  for (const property of OPACITY_OF[layer.type] ?? []) paint[property] = fade(paint[property], opacity)
  return {
    ...layer,
    layout: { ...layer.layout, visibility: shown ? 'visible' : 'none' },
    paint,
  } as LayerSpecification
}

/** Every layer in drawing order, in the colours of a theme, with the user's choice of what is shown. */
export function styleLayers(
  theme: Theme,
  settings: LayerSettings,
  look: GridLook,
  named: readonly LayerSpecification[],
): LayerSpecification[] {
  const palette = PALETTES[theme]
  return [
    ...groundLayers(palette),
    ...gridLayers(palette, look),
    ...named,
    ...drawingLayers(palette),
    ...queryShapeLayers(palette),
    ...fileShapeLayers(palette),
    ...labelLayers(palette),
    ...queryPointLayers(palette),
    ...filePointLayers(palette),
    ...lineLayers(palette),
  ].map(layer => withSetting(layer, settings))
}

/** The style before any tile is known: hand-drawn sources only; tile sources and their layers join with the catalogue. */
export const emptyStyle = (theme: Theme): StyleSpecification => ({
  version: 8,
  sources: Object.fromEntries(OWN_SOURCES.map(id => [id, handDrawn()])),
  layers: [{ id: 'land', type: 'background', paint: { 'background-color': PALETTES[theme].land } }],
})
