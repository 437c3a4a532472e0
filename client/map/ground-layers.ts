// The ground: land, green, water, buildings and roads, drawn so that they recede behind the grids.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl'
import type { Palette } from './palette.ts'

type Expression = ExpressionSpecification

const kindIn = (property: string, values: readonly string[]): Expression => [
  'in',
  ['get', property],
  ['literal', [...values]],
]

type Cover = 'wood' | 'field' | 'orchard' | 'sport' | 'campus' | 'built' | 'works'
/** Kinds of land by how they look; parks, grass and whatever else is green look like `green`. */
const COVERS: Record<Cover, readonly string[]> = {
  wood: ['forest', 'wood', 'scrub'],
  field: ['farmland', 'farmyard', 'meadow', 'allotments', 'beach'],
  orchard: ['orchard', 'plant_nursery'],
  sport: ['sport', 'pitch', 'playground', 'track'],
  campus: ['education', 'health', 'square'],
  built: ['residential', 'garages'],
  works: ['commercial', 'industrial', 'military', 'quarry', 'construction', 'depot'],
}
const FACTORIES = ['industrial', 'warehouse', 'garages', 'hangar', 'depot', 'garage', 'works']
const CIVIC = [
  'school',
  'kindergarten',
  'university',
  'hospital',
  'public',
  'office',
  'government',
  'church',
  'temple',
  'sports',
  'sports_hall',
  'nursing_home',
  'train_station',
]

const coverColour = (palette: Palette): Expression =>
  [
    'case',
    ...Object.entries(COVERS).flatMap(([cover, kinds]) => [kindIn('kind', kinds), palette[cover as Cover]]),
    palette.green,
  ] as unknown as Expression

const buildingColour = (palette: Palette): Expression => [
  'case',
  ['==', ['get', 'kind'], 'greenhouse'],
  palette.greenhouse,
  kindIn('kind', FACTORIES),
  palette.factory,
  kindIn('kind', CIVIC),
  palette.civic,
  palette.building,
]

type Tier = 'motorway' | 'major' | 'middle' | 'minor' | 'track' | 'path' | 'rail'
export const ROAD_TIERS: Record<Tier, readonly string[]> = {
  motorway: ['motorway', 'motorway_link', 'trunk', 'trunk_link'],
  major: ['primary', 'primary_link', 'secondary', 'secondary_link'],
  middle: ['tertiary', 'tertiary_link'],
  minor: ['unclassified', 'residential', 'living_street', 'road', 'pedestrian', 'busway'],
  track: ['service', 'track'],
  path: ['path', 'footway', 'cycleway', 'steps', 'bridleway', 'corridor', 'platform'],
  rail: ['rail', 'light_rail', 'tram', 'subway', 'narrow_gauge'],
}
const CARRIAGEWAYS = ['motorway', 'major', 'middle', 'minor', 'track'] as const
type Carriageway = (typeof CARRIAGEWAYS)[number]

/** Width in pixels at zooms 8, 11, 13, 15, 17, 19. */
const WIDTHS: Record<Carriageway, readonly [number, number, number, number, number, number]> = {
  motorway: [1.2, 2.2, 4, 7, 15, 34],
  major: [0.8, 1.5, 3, 6, 13, 30],
  middle: [0.4, 1, 2.2, 5, 11, 26],
  minor: [0, 0.4, 1.3, 3.6, 9, 22],
  track: [0, 0, 0.5, 1.7, 5, 13],
}
const CASINGS: Record<Carriageway, readonly [number, number, number, number, number, number]> = {
  motorway: [0.4, 0.8, 1.2, 1.6, 2, 2.4],
  major: [0.2, 0.7, 1.1, 1.6, 2, 2.4],
  middle: [0, 0.4, 1, 1.5, 2, 2.4],
  minor: [0, 0, 0.8, 1.4, 2, 2.4],
  track: [0, 0, 0, 0.9, 1.4, 2],
}
const ZOOMS = [8, 11, 13, 15, 17, 19] as const

/** Width by zoom, and by tier within a zoom. */
function widthByTier(of: (tier: Carriageway, step: number) => number): Expression {
  const stops = ZOOMS.flatMap((zoom, step) => {
    const cases = CARRIAGEWAYS.flatMap(tier => [kindIn('class', ROAD_TIERS[tier]), of(tier, step)])
    return [zoom, ['case', ...cases, 0]]
  })
  return ['interpolate', ['exponential', 1.35], ['zoom'], ...stops] as unknown as Expression
}

const colourByTier = (colours: Record<Carriageway, string>): Expression =>
  [
    'case',
    ...CARRIAGEWAYS.flatMap(tier => [kindIn('class', ROAD_TIERS[tier]), colours[tier]]),
    colours.minor,
  ] as unknown as Expression

const ORDER = [
  'case',
  ...CARRIAGEWAYS.flatMap((tier, index) => [kindIn('class', ROAD_TIERS[tier]), CARRIAGEWAYS.length - index]),
  0,
] as unknown as Expression

const flag = (name: string): Expression => ['==', ['to-boolean', ['get', name]], true]
const IS_CARRIAGEWAY = kindIn(
  'class',
  CARRIAGEWAYS.flatMap(tier => ROAD_TIERS[tier]),
)
const IS_AREA: Expression = ['==', ['geometry-type'], 'Polygon']

export function groundLayers(palette: Palette): LayerSpecification[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    {
      id: 'green',
      type: 'fill',
      source: 'green',
      'source-layer': 'green',
      paint: {
        'fill-color': coverColour(palette),
        'fill-antialias': false,
      },
    },
    {
      id: 'parcel-line',
      type: 'line',
      source: 'green',
      'source-layer': 'green',
      minzoom: 13.5,
      filter: kindIn('kind', [...COVERS.field, ...COVERS.orchard]),
      paint: {
        'line-color': palette.parcel,
        'line-width': ['interpolate', ['linear'], ['zoom'], 13.5, 0.2, 16, 1, 18, 1.6],
      },
    },
    {
      id: 'water-line',
      type: 'line',
      source: 'water',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'LineString'],
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: {
        'line-color': palette.water,
        'line-width': [
          'interpolate',
          ['exponential', 1.4],
          ['zoom'],
          9,
          ['match', ['get', 'kind'], ['river', 'canal'], 1, 0.3],
          14,
          ['match', ['get', 'kind'], ['river', 'canal'], 3, 1.2],
          18,
          ['match', ['get', 'kind'], ['river', 'canal'], 12, 4],
        ],
      },
    },
    {
      id: 'water-fill',
      type: 'fill',
      source: 'water',
      'source-layer': 'water',
      filter: IS_AREA,
      paint: { 'fill-color': palette.water, 'fill-outline-color': palette.waterLine },
    },
    {
      id: 'building-fill',
      type: 'fill',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: 13,
      paint: {
        'fill-color': buildingColour(palette),
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], 13, 0.5, 14.5, 1],
        'fill-antialias': true,
      },
    },
    {
      id: 'building-line',
      type: 'line',
      source: 'buildings',
      'source-layer': 'buildings',
      minzoom: 15,
      paint: {
        'line-color': palette.buildingOutline,
        'line-width': ['interpolate', ['linear'], ['zoom'], 15, 0.3, 17, 0.9],
      },
    },
    ...roadLayers(palette),
  ]
}

function roadLayers(palette: Palette): LayerSpecification[] {
  const fills: Record<Carriageway, string> = {
    motorway: palette.motorway,
    major: palette.major,
    middle: palette.middle,
    minor: palette.minor,
    track: palette.minor,
  }
  const casings: Record<Carriageway, string> = {
    motorway: palette.motorwayCasing,
    major: palette.majorCasing,
    middle: palette.middleCasing,
    minor: palette.casing,
    track: palette.casing,
  }
  const cased = widthByTier((tier, step) => (WIDTHS[tier][step] ?? 0) + 2 * (CASINGS[tier][step] ?? 0))
  const plain = widthByTier((tier, step) => WIDTHS[tier][step] ?? 0)
  const round = { 'line-cap': 'round', 'line-join': 'round', 'line-sort-key': ORDER } as const
  const carriageway = (
    id: string,
    filter: Expression,
    width: Expression,
    colour: Expression,
    cap: 'round' | 'butt',
  ) =>
    ({
      id,
      type: 'line',
      source: 'roads',
      'source-layer': 'roads',
      filter,
      layout: { ...round, 'line-cap': cap },
      paint: { 'line-color': colour, 'line-width': width },
    }) satisfies LayerSpecification
  const onGround: Expression = ['all', IS_CARRIAGEWAY, ['!', flag('bridge')], ['!', flag('tunnel')]]
  const onBridge: Expression = ['all', IS_CARRIAGEWAY, flag('bridge')]
  return [
    {
      id: 'road-tunnel',
      type: 'line',
      source: 'roads',
      'source-layer': 'roads',
      filter: ['all', IS_CARRIAGEWAY, flag('tunnel')],
      layout: { 'line-cap': 'butt', 'line-join': 'round' },
      paint: { 'line-color': palette.casing, 'line-width': plain, 'line-dasharray': [2, 1.2] },
    },
    {
      id: 'road-path',
      type: 'line',
      source: 'roads',
      'source-layer': 'roads',
      minzoom: 14,
      filter: kindIn('class', ROAD_TIERS.path),
      layout: { 'line-cap': 'butt', 'line-join': 'round' },
      paint: {
        'line-color': palette.path,
        'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.5, 17, 1.3, 19, 2.4],
        'line-dasharray': [3, 1.6],
      },
    },
    carriageway('road-casing', onGround, cased, colourByTier(casings), 'round'),
    carriageway('road-fill', onGround, plain, colourByTier(fills), 'round'),
    {
      id: 'rail-line',
      type: 'line',
      source: 'roads',
      'source-layer': 'roads',
      minzoom: 10,
      filter: kindIn('class', ROAD_TIERS.rail),
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': palette.rail,
        'line-width': ['interpolate', ['linear'], ['zoom'], 10, 0.6, 13, 1.2, 17, 3.2],
      },
    },
    {
      id: 'rail-gaps',
      type: 'line',
      source: 'roads',
      'source-layer': 'roads',
      minzoom: 14,
      filter: kindIn('class', ROAD_TIERS.rail),
      paint: {
        'line-color': palette.railGap,
        'line-width': ['interpolate', ['linear'], ['zoom'], 14, 0.7, 17, 1.9],
        'line-dasharray': [3, 3],
      },
    },
    carriageway('bridge-casing', onBridge, cased, colourByTier(casings), 'butt'),
    carriageway('bridge-fill', onBridge, plain, colourByTier(fills), 'round'),
  ]
}
