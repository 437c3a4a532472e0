// Areas and grids: border weight by level, white casing under the accent line, a halo for the one that is selected.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { COLOURED_OPACITY, type Colouring, fillColour, hasMeasure } from './colouring.ts'
import { countedFill, hasClass } from './incident-layers.ts'
import { borderOpacity, byLevel, type ChosenLevel, missingInTiles } from './levels.ts'
import { fade } from './opacity.ts'
import type { Palette } from './palette.ts'

/** How grids are shown: down to which level, and coloured by what. */
export interface GridLook {
  chosenLevel: ChosenLevel
  colouring: Colouring | null
  /** Coloured by so many classes that each grid is told its own of; null when not. */
  counted: number | null
}

const state = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false]

/** Thicker the higher the level, and a little with zoom. */
const lineWidth: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  8,
  byLevel({ 1: 0.9, 2: 0.5, 3: 0.35, 4: 0.25 }),
  11,
  byLevel({ 1: 1.7, 2: 0.8, 3: 0.5, 4: 0.35 }),
  14,
  byLevel({ 1: 3, 2: 1.7, 3: 0.9, 4: 0.5 }),
  17,
  byLevel({ 1: 4.4, 2: 3, 3: 2, 4: 1.1 }),
]
const casingWidth: ExpressionSpecification = [
  'interpolate',
  ['linear'],
  ['zoom'],
  8,
  byLevel({ 1: 1.8, 2: 0.9, 3: 0.5, 4: 0.3 }),
  11,
  byLevel({ 1: 3.6, 2: 1.6, 3: 0.8, 4: 0.5 }),
  14,
  byLevel({ 1: 6, 2: 3.9, 3: 2.3, 4: 1.3 }),
  17,
  byLevel({ 1: 8.4, 2: 6.2, 3: 4.4, 4: 2.6 }),
]
const topFirst: ExpressionSpecification = ['-', 5, ['get', 'level']]

/** A county's border outweighs a town's, and that a village's. */
const byRank = (county: number, town: number, village: number): ExpressionSpecification => [
  'match',
  ['length', ['get', 'code']],
  6,
  county,
  9,
  town,
  village,
]

const areaLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'area-line',
    type: 'line',
    source: 'areas',
    'source-layer': 'areas',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': palette.areaLine,
      'line-width': [
        'interpolate',
        ['linear'],
        ['zoom'],
        7,
        byRank(1.4, 0.6, 0.2),
        10,
        byRank(2.2, 1.2, 0.6),
        13,
        byRank(3, 2, 1.4),
        17,
        byRank(3.4, 2.6, 2),
      ],
      'line-dasharray': [5, 2, 1, 2],
    },
  },
]

const states = (cut: number, picked: number, selected: number, hover: number, rest: number) =>
  [
    'case',
    state('cut'),
    cut,
    state('picked'),
    picked,
    state('selected'),
    selected,
    state('hover'),
    hover,
    rest,
  ] as unknown as ExpressionSpecification

const HALO_WIDTH: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 9, 6, 17, 14]
const HALO_BLUR: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 9, 3, 17, 6]
const SELECTED_WIDTH: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 9, 2.4, 17, 4.5]

function fillOf(palette: Palette, colouring: Colouring | null, counted: number | null) {
  if (counted !== null) return countedFill(palette, counted)
  return colouring && fillColour(palette, colouring)
}

export function gridLayers(
  palette: Palette,
  { chosenLevel, colouring, counted }: GridLook,
): LayerSpecification[] {
  const tint = states(0, 0.3, 0.14, 0.1, 0.035)
  const strong = states(0, 0.95, 0.92, 0.88, COLOURED_OPACITY)
  const isColoured = colouring !== null || counted !== null
  const colour = fillOf(palette, colouring, counted)
  const measured = counted !== null ? hasClass : colouring && hasMeasure(colouring)
  return [
    ...areaLayers(palette),
    {
      id: 'grid-fill',
      type: 'fill',
      source: 'grids',
      'source-layer': 'grids',
      paint: {
        // Never a constant: a tile that was laid out by states would be asked for them again, and a constant has none. A
        // grid that is being cut is not seen.
        'fill-color': [
          'case',
          state('cut'),
          palette.grid,
          colour ? ['case', measured ?? true, colour, palette.grid] : palette.grid,
        ],
        'fill-opacity': isColoured ? ['case', measured ?? true, strong, tint] : tint,
        'fill-antialias': false,
      },
    },
    {
      id: 'grid-casing',
      type: 'line',
      source: 'grids',
      'source-layer': 'grids',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': palette.gridCasing,
        'line-width': casingWidth,
        'line-opacity': isColoured ? 0 : borderOpacity(chosenLevel),
      },
    },
    {
      id: 'grid-line',
      type: 'line',
      source: 'grids',
      'source-layer': 'grids',
      layout: { 'line-join': 'round', 'line-cap': 'round', 'line-sort-key': topFirst },
      paint: {
        'line-color': isColoured ? palette.overColour : palette.grid,
        'line-width': lineWidth,
        'line-opacity': borderOpacity(chosenLevel),
      },
    },
    {
      id: 'grid-halo',
      type: 'line',
      source: 'grids',
      'source-layer': 'grids',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: {
        'line-color': palette.selected,
        'line-width': HALO_WIDTH,
        'line-blur': HALO_BLUR,
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
        'line-width': SELECTED_WIDTH,
        'line-opacity': ['case', ['any', state('selected'), state('picked'), state('cut')], 1, 0],
      },
    },
    {
      id: 'chosen-halo',
      type: 'line',
      source: 'chosen',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.selected,
        'line-width': HALO_WIDTH,
        'line-blur': HALO_BLUR,
        'line-opacity': fade(missingInTiles(chosenLevel), 0.55) as ExpressionSpecification,
      },
    },
    {
      id: 'chosen-line',
      type: 'line',
      source: 'chosen',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.selected,
        'line-width': SELECTED_WIDTH,
        'line-opacity': missingInTiles(chosenLevel),
      },
    },
  ]
}
