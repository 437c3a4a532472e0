// What OpenStreetMap's tags mean here: kinds of buildings, roads, water, green; categories of facilities.

type Tags = Readonly<Record<string, string>>

const NO_BUILDING = new Set(['no', 'entrance', 'demolished', 'razed', 'proposed', 'abandoned:yes'])
const UNKNOWN_BUILDING = new Set(['yes', '1', 'true', 'building', 'other', 'unclassified'])
/** What the use of a whole outline says of a building whose own kind nobody gave. */
const KIND_OF_USE: readonly (readonly [
  key: string,
  values: Readonly<Record<string, string>>,
  other?: string,
])[] = [
  [
    'amenity',
    {
      school: 'school',
      kindergarten: 'kindergarten',
      college: 'school',
      university: 'university',
      hospital: 'hospital',
      clinic: 'hospital',
      place_of_worship: 'church',
      fire_station: 'public',
      police: 'public',
      townhall: 'public',
      courthouse: 'public',
      library: 'public',
      public_building: 'public',
      prison: 'public',
      theatre: 'public',
      cinema: 'commercial',
      fuel: 'commercial',
      car_wash: 'commercial',
      bank: 'commercial',
      restaurant: 'commercial',
      fast_food: 'commercial',
      boathouse: 'boathouse',
      parking: 'garages',
      shelter: 'roof',
      nursing_home: 'nursing_home',
      social_facility: 'nursing_home',
    },
  ],
  ['shop', { supermarket: 'supermarket', mall: 'retail' }, 'retail'],
  ['tourism', { hotel: 'hotel', hostel: 'hotel', museum: 'public' }],
  ['leisure', { sports_centre: 'sports', stadium: 'sports', swimming_pool: 'sports', ice_rink: 'sports' }],
  [
    'man_made',
    {
      storage_tank: 'industrial',
      gasometer: 'industrial',
      bunker_silo: 'industrial',
      works: 'industrial',
      water_works: 'industrial',
    },
    'industrial',
  ],
  ['office', {}, 'office'],
  ['craft', {}, 'commercial'],
  ['aeroway', {}, 'hangar'],
  ['railway', {}, 'industrial'],
]

/** Undefined: no building. Null: a building of unknown kind. */
export function buildingKind(tags: Tags): string | null | undefined {
  const said = tags.building
  if (said === undefined || NO_BUILDING.has(said)) return undefined
  if (!UNKNOWN_BUILDING.has(said)) return said
  for (const [key, values, other] of KIND_OF_USE) {
    const value = tags[key]
    if (value === undefined || value === 'no') continue
    const kind = values[value] ?? other
    if (kind !== undefined) return kind
  }
  return null
}

const ROADS = new Set(
  'motorway trunk primary secondary tertiary unclassified residential living_street pedestrian service track path footway cycleway bridleway steps'.split(
    ' ',
  ),
)
const RAILS = new Set(['rail', 'light_rail', 'narrow_gauge', 'tram', 'subway', 'monorail'])

/** Every road or track class there is: OpenStreetMap's `highway` without `_link`, and `rail`. */
export function roadClass(tags: Tags): string | undefined {
  const highway = tags.highway?.replace(/_link$/, '')
  if (highway !== undefined && ROADS.has(highway)) return highway
  if (highway === 'road' || highway === 'busway') return 'unclassified'
  return RAILS.has(tags.railway ?? '') ? 'rail' : undefined
}

const WATERWAYS = new Set(['river', 'stream', 'canal', 'drain', 'ditch'])

export function waterKind(tags: Tags, kind: 'line' | 'polygon'): string | undefined {
  const waterway = tags.waterway ?? ''
  if (kind === 'line') return WATERWAYS.has(waterway) ? waterway : undefined
  if (tags.natural === 'water') return tags.water ?? 'lake'
  if (waterway === 'riverbank') return 'river'
  if (waterway === 'dock') return 'dock'
  return tags.landuse === 'reservoir' || tags.landuse === 'basin' ? tags.landuse : undefined
}

const GREENS: readonly (readonly [key: string, values: Readonly<Record<string, string>>])[] = [
  [
    'natural',
    {
      wood: 'forest',
      scrub: 'scrub',
      heath: 'scrub',
      grassland: 'grass',
      wetland: 'wetland',
      beach: 'beach',
      sand: 'beach',
      tree_row: 'forest',
    },
  ],
  [
    'leisure',
    {
      park: 'park',
      garden: 'park',
      golf_course: 'park',
      pitch: 'sport',
      track: 'sport',
      stadium: 'sport',
      sports_centre: 'sport',
      playground: 'playground',
      recreation_ground: 'grass',
      common: 'grass',
    },
  ],
  [
    'landuse',
    {
      forest: 'forest',
      grass: 'grass',
      village_green: 'grass',
      recreation_ground: 'grass',
      meadow: 'meadow',
      pasture: 'meadow',
      farmland: 'farmland',
      farm: 'farmland',
      farmyard: 'farmyard',
      orchard: 'orchard',
      vineyard: 'orchard',
      allotments: 'allotments',
      cemetery: 'cemetery',
      residential: 'residential',
      commercial: 'commercial',
      retail: 'commercial',
      industrial: 'industrial',
      garages: 'garages',
      military: 'military',
      quarry: 'quarry',
      landfill: 'quarry',
      construction: 'construction',
      railway: 'industrial',
    },
  ],
  [
    'amenity',
    {
      grave_yard: 'cemetery',
      school: 'education',
      kindergarten: 'education',
      university: 'education',
      hospital: 'health',
    },
  ],
]

/** Land use of every kind, for the look of the map; not all of it is green. */
export function greenKind(tags: Tags): string | undefined {
  if (tags.building !== undefined && tags.building !== 'no') return undefined
  for (const [key, values] of GREENS) {
    const kind = values[tags[key] ?? '']
    if (kind !== undefined) return kind
  }
  return undefined
}

export const FACILITY_CATEGORIES = [
  'education',
  'health',
  'shop',
  'food',
  'public',
  'culture',
  'sport',
  'worship',
  'transport',
  'safety',
  'lodging',
  'finance',
  'other',
] as const
export type FacilityCategory = (typeof FACILITY_CATEGORIES)[number]

const words = (text: string) => new Set(text.split(' '))
const AMENITIES: readonly (readonly [FacilityCategory, Set<string>])[] = [
  ['education', words('school kindergarten college university music_school driving_school language_school')],
  ['health', words('hospital clinic doctors dentist pharmacy nursing_home veterinary')],
  ['food', words('restaurant fast_food cafe pub bar biergarten ice_cream food_court')],
  [
    'public',
    words(
      'townhall courthouse public_building post_office library community_centre social_facility social_centre embassy childcare',
    ),
  ],
  ['culture', words('theatre cinema arts_centre nightclub planetarium')],
  ['worship', words('place_of_worship monastery')],
  [
    'transport',
    words('bus_station ferry_terminal fuel car_rental car_wash parking taxi bicycle_rental charging_station'),
  ],
  ['safety', words('police fire_station prison ambulance_station rescue_station')],
  ['finance', words('bank atm bureau_de_change')],
  [
    'other',
    words(
      'recycling marketplace toilets boat_rental boathouse crematorium grave_yard fountain telephone post_box',
    ),
  ],
]
const SPORTS = words(
  'sports_centre stadium pitch playground swimming_pool water_park fitness_centre golf_course marina ice_rink sauna',
)
const LODGING = words('hotel hostel guest_house motel camp_site caravan_site apartment chalet')
const SIGHTS = words('museum attraction gallery zoo theme_park artwork viewpoint')

export interface FacilityKind {
  readonly category: FacilityCategory
  readonly kind: string
}

export function facilityKind(tags: Tags): FacilityKind | undefined {
  const { amenity = '', shop, leisure = '', tourism = '' } = tags
  for (const [category, kinds] of AMENITIES) if (kinds.has(amenity)) return { category, kind: amenity }
  if (shop !== undefined && shop !== 'no' && shop !== 'vacant')
    return { category: 'shop', kind: shop === 'yes' ? 'shop' : shop }
  if (LODGING.has(tourism)) return { category: 'lodging', kind: tourism }
  if (SIGHTS.has(tourism)) return { category: 'culture', kind: tourism }
  if (SPORTS.has(leisure)) return { category: 'sport', kind: leisure }
  if (tags.emergency === 'fire_hydrant') return { category: 'safety', kind: 'fire_hydrant' }
  if (tags.highway === 'bus_stop') return { category: 'transport', kind: 'bus_stop' }
  if (tags.railway === 'station' || tags.railway === 'halt') return { category: 'transport', kind: 'station' }
  if (tags.aeroway === 'aerodrome') return { category: 'transport', kind: 'aerodrome' }
  if (tags.office !== undefined && tags.office !== 'no')
    return { category: 'public', kind: `office:${tags.office}` }
  if (tags.craft !== undefined && tags.craft !== 'no')
    return { category: 'shop', kind: `craft:${tags.craft}` }
  return undefined
}
