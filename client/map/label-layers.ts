// Everything written on the map: areas and grids first, then water, roads, facilities, buildings, house numbers last.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import { FACILITY_CATEGORIES, FURNITURE, OBJECT_KINDS } from './layer-groups.ts'
import type { Palette } from './palette.ts'

// The first name only tells the map the weight; no glyph server exists, so every letter is drawn from system fonts.
const FAMILIES = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'sans-serif']
const REGULAR = ['Regular', ...FAMILIES]
const MEDIUM = ['Medium', ...FAMILIES]
const BOLD = ['Bold', ...FAMILIES]

const NAMED: ExpressionSpecification = ['all', ['has', 'name'], ['!=', ['get', 'name'], '']]

export const facilityColour = (palette: Palette): ExpressionSpecification =>
  [
    'case',
    ...Object.entries(FACILITY_CATEGORIES).flatMap(([group, categories]) => [
      ['in', ['get', 'category'], ['literal', [...categories]]],
      palette.facility[group as keyof typeof FACILITY_CATEGORIES],
    ]),
    palette.facility.other,
  ] as unknown as ExpressionSpecification

const facilityWeight: ExpressionSpecification = [
  'case',
  [
    'in',
    ['get', 'kind'],
    ['literal', ['hospital', 'townhall', 'police', 'fire_station', 'school', 'university', 'college']],
  ],
  0,
  [
    'in',
    ['get', 'kind'],
    ['literal', ['kindergarten', 'library', 'theatre', 'courthouse', 'place_of_worship', 'post_office']],
  ],
  1,
  2,
]
const NOT_FURNITURE: ExpressionSpecification = ['!', ['in', ['get', 'kind'], ['literal', [...FURNITURE]]]]

const objectColour = (palette: Palette): ExpressionSpecification =>
  [
    'case',
    ...Object.entries(OBJECT_KINDS).flatMap(([group, kinds]) => [
      ['in', ['get', 'kind'], ['literal', [...kinds]]],
      palette.object[group as keyof typeof OBJECT_KINDS],
    ]),
    palette.object.otherObject,
  ] as unknown as ExpressionSpecification

/** Points and house numbers, from the least to the most important. */
const placeLayers = (palette: Palette): LayerSpecification[] => [
  {
    id: 'object-dot',
    type: 'circle',
    source: 'objects',
    'source-layer': 'objects',
    minzoom: 16.5,
    paint: {
      'circle-color': objectColour(palette),
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 16.5, 1, 18, 2.6, 20, 4.5],
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 16.5, 0, 18, 0.8],
    },
  },
  {
    id: 'address-number',
    type: 'symbol',
    source: 'addresses',
    'source-layer': 'addresses',
    minzoom: 17,
    layout: {
      'text-field': ['coalesce', ['get', 'house_number'], ''],
      'text-font': REGULAR,
      'text-size': ['interpolate', ['linear'], ['zoom'], 17, 10, 19, 12],
      'text-padding': 3,
    },
    paint: { 'text-color': palette.quietText, 'text-halo-color': palette.halo, 'text-halo-width': 1.1 },
  },
  {
    id: 'building-name',
    type: 'symbol',
    source: 'buildings',
    'source-layer': 'buildings',
    minzoom: 16.5,
    filter: NAMED,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': 11,
      'text-max-width': 8,
      'text-padding': 6,
    },
    paint: { 'text-color': palette.text, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
  },
  {
    id: 'facility-dot',
    type: 'circle',
    source: 'facilities',
    'source-layer': 'facilities',
    minzoom: 14,
    filter: ['all', NOT_FURNITURE, ['any', ['<=', facilityWeight, 1], ['>=', ['zoom'], 15.5]]],
    layout: { 'circle-sort-key': ['-', 3, facilityWeight] },
    paint: {
      'circle-color': facilityColour(palette),
      'circle-radius': [
        'interpolate',
        ['linear'],
        ['zoom'],
        14,
        ['match', facilityWeight, 0, 3, 2],
        17,
        ['match', facilityWeight, 0, 5.5, 4],
        19,
        6.5,
      ],
      'circle-stroke-color': palette.halo,
      'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 14, 0.8, 17, 1.6],
    },
  },
  {
    id: 'facility-name',
    type: 'symbol',
    source: 'facilities',
    'source-layer': 'facilities',
    minzoom: 15.5,
    filter: ['all', NAMED, NOT_FURNITURE, ['any', ['==', facilityWeight, 0], ['>=', ['zoom'], 16.5]]],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': ['interpolate', ['linear'], ['zoom'], 15, 10.5, 18, 12],
      'text-max-width': 8,
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 0.7,
      'text-padding': 8,
      'symbol-sort-key': facilityWeight,
    },
    paint: {
      'text-color': facilityColour(palette),
      'text-halo-color': palette.halo,
      'text-halo-width': 1.3,
    },
  },
]

const lineName = (palette: Palette): LayerSpecification[] => [
  {
    id: 'road-name',
    type: 'symbol',
    source: 'roads',
    'source-layer': 'roads',
    minzoom: 13.5,
    filter: [
      'all',
      NAMED,
      [
        'any',
        ['>=', ['zoom'], 15],
        ['in', ['get', 'class'], ['literal', ['motorway', 'trunk', 'primary', 'secondary', 'tertiary']]],
      ],
    ],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 340,
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': [
        'interpolate',
        ['linear'],
        ['zoom'],
        13,
        ['match', ['get', 'class'], ['motorway', 'trunk', 'primary', 'secondary'], 11, 10],
        18,
        ['match', ['get', 'class'], ['motorway', 'trunk', 'primary', 'secondary'], 14, 12.5],
      ],
      'text-max-angle': 28,
      'text-padding': 6,
      'text-letter-spacing': 0.02,
    },
    paint: { 'text-color': palette.roadText, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 },
  },
  {
    id: 'stream-name',
    type: 'symbol',
    source: 'water',
    'source-layer': 'water',
    minzoom: 13,
    filter: ['all', NAMED, ['==', ['geometry-type'], 'LineString']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': 11,
      'text-letter-spacing': 0.08,
      'text-max-angle': 30,
    },
    paint: { 'text-color': palette.waterText, 'text-halo-color': palette.halo, 'text-halo-width': 1.2 },
  },
]

/** All names of grids but that of `hidden`. */
export const gridNames = (hidden: readonly string[]): ExpressionSpecification => [
  'all',
  ['==', ['get', 'of'], 'grids'],
  ['!', ['in', ['get', 'id'], ['literal', [...hidden]]]],
]

/** Names of polygons stand at points that `label-points.ts` finds in the visible part, one for each polygon. */
const polygonName = (palette: Palette): LayerSpecification[] => [
  {
    id: 'water-name',
    type: 'symbol',
    source: 'names',
    filter: ['==', ['get', 'of'], 'water'],
    minzoom: 10,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': REGULAR,
      'text-size': ['interpolate', ['linear'], ['zoom'], 10, 11, 15, 14],
      'text-letter-spacing': 0.1,
      'text-max-width': 7,
      'text-padding': 4,
    },
    paint: { 'text-color': palette.waterText, 'text-halo-color': palette.halo, 'text-halo-width': 1 },
  },
  {
    id: 'area-name',
    type: 'symbol',
    source: 'names',
    maxzoom: 13.5,
    filter: ['==', ['get', 'of'], 'areas'],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': MEDIUM,
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, 12, 14, 16],
      'text-letter-spacing': 0.12,
      'text-max-width': 9,
      'text-padding': 10,
    },
    paint: { 'text-color': palette.areaText, 'text-halo-color': palette.halo, 'text-halo-width': 1.8 },
  },
  {
    id: 'grid-name',
    type: 'symbol',
    source: 'names',
    filter: gridNames([]),
    layout: {
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'count'], { 'font-scale': 0.82 }],
      'text-font': BOLD,
      'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11.5, 13, 13.5, 17, 14.5],
      'text-max-width': 10,
      'text-line-height': 1.3,
      'text-padding': 4,
      'symbol-sort-key': ['get', 'level'],
    },
    paint: { 'text-color': palette.gridText, 'text-halo-color': palette.halo, 'text-halo-width': 2 },
  },
]

export const labelLayers = (palette: Palette): LayerSpecification[] => [
  ...placeLayers(palette),
  ...lineName(palette),
  ...polygonName(palette),
]
export { BOLD, MEDIUM }
