// Areas and grids: border weight by level, white casing under the accent line, a halo for the one that is selected.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false]

const byLevel = (one: number, two: number, three: number, four: number): ExpressionSpecification => [
  'match',
  ['get', 'level'],
  1,
  one,
  2,
  two,
  3,
  three,
  four,
]

/** Thicker the higher the level, and a little with zoom; deeper levels come in as there is room for them. */
const lineWidth: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  9,
  byLevel(1.4, 0.6, 0, 0),
  13,
  byLevel(2.6, 1.6, 0.8, 0.3),
  17,
  byLevel(4, 2.8, 1.8, 1.1),
]
const casingWidth: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  9,
  byLevel(3, 1.6, 0, 0),
  13,
  byLevel(5.6, 3.8, 2.2, 0.8),
  17,
  byLevel(8, 6, 4, 2.6),
]
const topFirst: ExpressionSpecification = ['-', 5, ['get', 'level']]

const areaLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'area-line',
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.areaLine,
      'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 13, 1.6, 17, 2.2],
      'line-dasharray': [5, 2, 1, 2],
    },
  },
]

export const gridLayers = (palette: Palette): LayerSpecification[] => [
  ...areaLayers(palette),
  {
    id: 'grid-fill',
    type: 'fill',
    source: 'grids',
    'source-layer': 'grids',
    filter: ['==', ['get', 'leaf'], true],
    paint: {
      'fill-color': palette.grid,
      'fill-opacity': [
        'case',
        state('cut'),
        0,
        state('picked'),
        0.3,
        state('selected'),
        0.14,
        state('hover'),
        0.1,
        0.035,
      ],
    },
  },
  {
    id: 'grid-casing',
    type: 'line',
    source: 'grids',
    'source-layer': 'grids',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': palette.gridCasing, 'line-width': casingWidth },
  },
  {
    id: 'grid-line',
    type: 'line',
    source: 'grids',
    'source-layer': 'grids',
    layout: { 'line-join': 'round', 'line-cap': 'round', 'line-sort-key': topFirst },
    paint: { 'line-color': palette.grid, 'line-width': lineWidth },
  },
  {
    id: 'grid-halo',
    type: 'line',
    source: 'grids',
    'source-layer': 'grids',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': palette.selected,
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, 6, 17, 14],
      'line-blur': ['interpolate', ['linear'], ['zoom'], 9, 3, 17, 6],
      'line-opacity': ['case', ['any', state('selected'), state('picked')], 0.55, state('hover'), 0.25, 0],
    },
  },
  {
    id: 'grid-selected',
    type: 'line',
    source: 'grids',
    'source-layer': 'grids',
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': palette.selected,
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, 2.4, 17, 4.5],
      'line-opacity': ['case', ['any', state('selected'), state('picked'), state('cut')], 1, 0],
    },
  },
]
