// What is being drawn: both sides of a cut, the line with its points, the snap marker, an outline not yet saved.
import type { LayerSpecification } from 'maplibre-gl'
import { BOLD } from './label-layers.ts'
import type { Palette } from './palette.ts'

export const drawingLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'side-fill',
    type: 'fill',
    source: 'sides',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: {
      'fill-color': ['match', ['get', 'side'], 'left', palette.left, palette.right],
      'fill-opacity': 0.35,
    },
  },
  {
    id: 'side-line',
    type: 'line',
    source: 'sides',
    filter: ['==', ['geometry-type'], 'Polygon'],
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ['match', ['get', 'side'], 'left', palette.left, palette.right],
      'line-width': 1.6,
    },
  },
  {
    id: 'outline-fill',
    type: 'fill',
    source: 'outline',
    paint: { 'fill-color': palette.grid, 'fill-opacity': 0.16 },
  },
  {
    id: 'outline-casing',
    type: 'line',
    source: 'outline',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.gridCasing, 'line-width': 5 },
  },
  {
    id: 'outline-line',
    type: 'line',
    source: 'outline',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.grid, 'line-width': 2.4 },
  },
]

/** Above the labels: the hand that draws must see its line. */
export const lineLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'draft-casing',
    type: 'line',
    source: 'draft',
    filter: ['==', ['geometry-type'], 'LineString'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': palette.gridCasing, 'line-width': 6 },
  },
  {
    id: 'draft-line',
    type: 'line',
    source: 'draft',
    filter: ['all', ['==', ['geometry-type'], 'LineString'], ['!=', ['get', 'part'], 'reach']],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': palette.draft, 'line-width': 2.4 },
  },
  {
    id: 'draft-reach',
    type: 'line',
    source: 'draft',
    filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'part'], 'reach']],
    layout: { 'line-join': 'round' },
    paint: { 'line-color': palette.draft, 'line-width': 2, 'line-dasharray': [2, 1.6] },
  },
  {
    id: 'draft-point',
    type: 'circle',
    source: 'draft',
    filter: ['==', ['get', 'part'], 'point'],
    paint: {
      'circle-radius': 4.5,
      'circle-color': palette.gridCasing,
      'circle-stroke-color': palette.draft,
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'vertex-handle',
    type: 'circle',
    source: 'vertices',
    paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 1.5, 15, 2.5, 17, 3.5],
      'circle-color': palette.gridCasing,
      'circle-stroke-color': palette.grid,
      'circle-stroke-width': 1.5,
    },
  },
  {
    id: 'draft-snap',
    type: 'circle',
    source: 'draft',
    filter: ['==', ['get', 'part'], 'snap'],
    paint: {
      'circle-radius': ['match', ['get', 'kind'], 'vertex', 8, 7],
      'circle-color': 'rgba(0,0,0,0)',
      'circle-stroke-color': [
        'match',
        ['get', 'kind'],
        'road',
        palette.right,
        'vertex',
        palette.refusal,
        palette.grid,
      ],
      'circle-stroke-width': 2.5,
    },
  },
  {
    id: 'side-name',
    type: 'symbol',
    source: 'sides',
    filter: ['==', ['geometry-type'], 'Point'],
    layout: {
      'text-field': ['get', 'text'],
      'text-font': BOLD,
      'text-size': 15,
      'text-line-height': 1.3,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      // Names of places make way for the numbers.
      'text-ignore-placement': false,
      'text-padding': 6,
    },
    paint: {
      'text-color': ['match', ['get', 'side'], 'left', palette.leftText, palette.rightText],
      'text-halo-color': palette.halo,
      'text-halo-width': 2.2,
    },
  },
]
