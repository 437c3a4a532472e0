// What a spatial query asked about, and the places of the rows that are listed.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

const part = (name: string): ExpressionSpecification => ['==', ['get', 'part'], name]
const chosen = (yes: number, no: number): ExpressionSpecification => [
  'case',
  ['==', ['get', 'chosen'], true],
  yes,
  no,
]

/** Below the labels. */
export const queryShapeLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'query-fill',
    type: 'fill',
    source: 'query',
    filter: part('shape'),
    paint: { 'fill-color': palette.query, 'fill-opacity': 0.1 },
  },
  {
    id: 'query-casing',
    type: 'line',
    source: 'query',
    filter: part('shape'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.gridCasing, 'line-width': 5 },
  },
  {
    id: 'query-line',
    type: 'line',
    source: 'query',
    filter: part('shape'),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.query, 'line-width': 2.4 },
  },
]

/** Above them. */
export const queryPointLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'query-point',
    type: 'circle',
    source: 'query',
    filter: part('row'),
    layout: { 'circle-sort-key': chosen(1, 0) },
    paint: {
      'circle-color': palette.query,
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 11, chosen(7, 2.5), 17, chosen(10, 5.5)],
      'circle-stroke-color': palette.gridCasing,
      'circle-stroke-width': chosen(2.5, 1.2),
    },
  },
  {
    id: 'query-origin',
    type: 'circle',
    source: 'query',
    filter: part('origin'),
    paint: {
      'circle-color': 'rgba(0,0,0,0)',
      'circle-radius': 9,
      'circle-stroke-color': palette.query,
      'circle-stroke-width': 3,
    },
  },
]
