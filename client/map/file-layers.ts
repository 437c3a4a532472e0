// A file that is looked at before it is stored: its shapes and names over the map, rows with a problem in the colour of refusals.
import type { Feature, FeatureCollection } from 'geojson'
import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl'
import type { Box } from '../../core/contract/geometry.ts'
import { BOLD } from './label-layers.ts'
import type { Palette } from './palette.ts'
import type { FileOnMap } from './scene.ts'

const is = (name: string): ExpressionSpecification => ['==', ['get', name], true]
const kind = (name: string): ExpressionSpecification => ['==', ['geometry-type'], name]
const OUTLINE: FilterSpecification = ['all', ['!=', ['geometry-type'], 'Point'], ['!', ['has', 'whole']]]
const colour = ({ query, refusal }: Palette): ExpressionSpecification => ['case', is('bad'), refusal, query]

export function fileFeatures(file: FileOnMap | null): FeatureCollection {
  const features = (file?.shapes.features ?? []).map((feature): Feature => {
    const { row, name, problem } = feature.properties ?? {}
    const bad = Boolean(problem) || file?.bad.includes(row) || undefined
    return {
      ...feature,
      properties: { name, ...(bad && { bad }), ...(row === file?.row && { chosen: true }) },
    }
  })
  if (file?.whole) features.push(frame(file.whole))
  return { type: 'FeatureCollection', features }
}

function frame([west, south, east, north]: Box): Feature {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return {
    type: 'Feature',
    properties: { whole: true },
    geometry: { type: 'LineString', coordinates: ring },
  }
}

/** Below the labels. */
export const fileShapeLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'file-fill',
    type: 'fill',
    source: 'file',
    filter: kind('Polygon'),
    paint: { 'fill-color': colour(palette), 'fill-opacity': ['case', is('chosen'), 0.4, 0.16] },
  },
  {
    id: 'file-casing',
    type: 'line',
    source: 'file',
    filter: OUTLINE,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.gridCasing, 'line-width': ['case', is('chosen'), 7, 4] },
  },
  {
    id: 'file-line',
    type: 'line',
    source: 'file',
    filter: OUTLINE,
    layout: { 'line-join': 'round' },
    paint: { 'line-color': colour(palette), 'line-width': ['case', is('chosen'), 4, 1.8] },
  },
  {
    id: 'file-whole',
    type: 'line',
    source: 'file',
    filter: is('whole') as FilterSpecification,
    paint: { 'line-color': palette.query, 'line-width': 1.6, 'line-dasharray': [4, 3] },
  },
]

/** Above them. */
export const filePointLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'file-point',
    type: 'circle',
    source: 'file',
    filter: kind('Point'),
    paint: {
      'circle-color': colour(palette),
      'circle-radius': ['case', is('chosen'), 9, 5],
      'circle-stroke-color': palette.gridCasing,
      'circle-stroke-width': ['case', is('chosen'), 2.5, 1.5],
    },
  },
  {
    id: 'file-name',
    type: 'symbol',
    source: 'file',
    layout: {
      'text-field': ['coalesce', ['get', 'name'], ''],
      'text-font': BOLD,
      'text-size': 13,
      'text-max-width': 8,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': ['case', kind('Point'), 0.8, 0] as unknown as ExpressionSpecification,
    },
    paint: {
      'text-color': colour(palette),
      'text-halo-color': palette.halo,
      'text-halo-width': 2,
    },
  },
]
