// Which layers a user can show, hide and fade, and which layers of the style each of them stands for.
import type { TileLayer } from '../../core/contract/layers.ts'

/** A row of the layer list: a tile layer, or the labels on top of all. */
export type LayerKey = TileLayer | 'labels'

export const LAYER_KEYS: readonly LayerKey[] = [
  'grids',
  'areas',
  'labels',
  'facilities',
  'addresses',
  'buildings',
  'roads',
  'water',
  'green',
]

export interface LayerSetting {
  shown: boolean
  /** 0.1 to 1 */
  opacity: number
}
export type LayerSettings = Record<LayerKey, LayerSetting>

export const DEFAULT_LAYERS: LayerSettings = Object.fromEntries(
  LAYER_KEYS.map(key => [key, { shown: true, opacity: 1 }]),
) as LayerSettings

/** Facility kinds fold into six groups, so that a legend stays short. */
export type FacilityGroup = 'care' | 'learning' | 'safety' | 'public' | 'trade' | 'other'
export const FACILITY_GROUPS: readonly FacilityGroup[] = [
  'care',
  'learning',
  'safety',
  'public',
  'trade',
  'other',
]
export const FACILITY_KINDS: Record<Exclude<FacilityGroup, 'other'>, readonly string[]> = {
  care: [
    'hospital',
    'clinic',
    'doctors',
    'dentist',
    'pharmacy',
    'nursing_home',
    'social_facility',
    'physiotherapy',
    'midwife',
    'veterinary',
    'health',
  ],
  learning: ['school', 'kindergarten', 'college', 'university', 'library', 'driving_school', 'education'],
  safety: ['police', 'fire_station', 'courthouse', 'prison', 'safety'],
  public: [
    'townhall',
    'public_building',
    'post_office',
    'community_centre',
    'place_of_worship',
    'arts_centre',
    'theatre',
    'cinema',
    'concert_hall',
    'museum',
    'bus_station',
    'government',
    'culture',
    'worship',
    'transport',
  ],
  trade: [
    'bank',
    'restaurant',
    'cafe',
    'fast_food',
    'pub',
    'bar',
    'biergarten',
    'fuel',
    'marketplace',
    'supermarket',
    'department_store',
    'convenience',
    'bakery',
    'butcher',
    'hotel',
    'shop',
    'company',
    'car_wash',
    'ice_cream',
    'food',
    'finance',
  ],
}
/** Street furniture says nothing about a place at planning scale. */
export const FURNITURE: readonly string[] = [
  'bench',
  'waste_basket',
  'waste_disposal',
  'bicycle_parking',
  'parking',
  'parking_space',
  'parking_entrance',
  'vending_machine',
  'post_box',
  'telephone',
  'clock',
  'bbq',
  'recycling',
  'hunting_stand',
  'toilets',
  'fountain',
  'shelter',
  'atm',
  'grit_bin',
  'drinking_water',
]
