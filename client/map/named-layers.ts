// Layers that a town brought in under a name of its own: shapes and names in a colour of their own, over the grids.
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import type { LayerCatalogue, NamedLayer } from '../../core/contract/layers.ts'
import type { LayerSetting } from './layer-groups.ts'
import { PALETTES, type Theme } from './palette.ts'

/** By the id of the layer; one that is not there is shown. */
export type NamedSettings = Readonly<Record<string, LayerSetting>>

export const SHOWN: LayerSetting = { shown: true, opacity: 1 }
const DEEPEST_TILES = 15

/** Told apart by everybody (after Okabe and Ito), and unlike grids, queries and refusals. */
const COLOURS: Record<Theme, readonly string[]> = {
  light: ['#00785a', '#a15c00', '#6b4ba1', '#00709c', '#6f6a00', '#8c3f5d'],
  dark: ['#3fd0a6', '#f0a94a', '#b79cf0', '#5cc3f0', '#d8d05a', '#e58fae'],
}

/** The same in every session, whichever other layers there are. */
export function namedColour({ id }: Pick<NamedLayer, 'id'>, theme: Theme): string {
  const colours = COLOURS[theme]
  const sum = [...id].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, 7)
  return colours[sum % colours.length] ?? ''
}

const PREFIX = 'named-'
export const namedSourceId = (id: string): string => `${PREFIX}${id}`
export const isNamedSource = (source: string): boolean => source.startsWith(PREFIX)

export const namedSource = (tiles: string): SourceSpecification => ({
  type: 'vector',
  tiles: [tiles],
  minzoom: 0,
  maxzoom: DEEPEST_TILES,
  promoteId: 'id',
})

function layersOf(layer: NamedLayer, theme: Theme, { shown, opacity }: LayerSetting): LayerSpecification[] {
  const common = { source: namedSourceId(layer.id), 'source-layer': layer.id }
  const colour = namedColour(layer, theme)
  const visibility = shown ? 'visible' : 'none'
  const { halo, gridCasing } = PALETTES[theme]
  const isPoint = layer.geometry === 'point'
  return [
    {
      ...common,
      id: `${common.source}-fill`,
      type: 'fill',
      filter: ['==', ['geometry-type'], 'Polygon'],
      layout: { visibility },
      paint: { 'fill-color': colour, 'fill-opacity': 0.22 * opacity },
    },
    {
      ...common,
      id: `${common.source}-line`,
      type: 'line',
      filter: ['!=', ['geometry-type'], 'Point'],
      layout: { visibility, 'line-join': 'round' },
      paint: { 'line-color': colour, 'line-width': 1.8, 'line-opacity': opacity },
    },
    {
      ...common,
      id: `${common.source}-point`,
      type: 'circle',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: { visibility },
      paint: {
        'circle-color': colour,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 2, 14, 4.5, 18, 7],
        'circle-stroke-color': gridCasing,
        'circle-stroke-width': 1,
        'circle-opacity': opacity,
        'circle-stroke-opacity': opacity,
      },
    },
    {
      ...common,
      id: `${common.source}-name`,
      type: 'symbol',
      layout: {
        visibility,
        'text-field': ['coalesce', ['get', 'name'], ''],
        'text-font': ['Medium', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif'],
        'text-size': 12,
        'text-max-width': 8,
        'text-anchor': isPoint ? 'top' : 'center',
        'text-offset': isPoint ? [0, 0.6] : [0, 0],
      },
      paint: {
        'text-color': colour,
        'text-halo-color': halo,
        'text-halo-width': 1.6,
        'text-opacity': opacity,
      },
    },
  ]
}

/** Shapes lie under the names of everything else, names too. */
export const namedLayers = (
  catalogue: LayerCatalogue | null,
  theme: Theme,
  settings: NamedSettings,
): LayerSpecification[] =>
  (catalogue?.named ?? []).flatMap(layer => layersOf(layer, theme, settings[layer.id] ?? SHOWN))
