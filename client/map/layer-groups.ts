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
  'objects',
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

/** Categories of facilities fold into six groups, so that a legend stays short. */
export type FacilityGroup = 'care' | 'learning' | 'safety' | 'public' | 'trade' | 'other'
export const FACILITY_CATEGORIES: Record<Exclude<FacilityGroup, 'other'>, readonly string[]> = {
  care: ['health'],
  learning: ['education'],
  safety: ['safety'],
  public: ['public', 'culture', 'worship', 'sport'],
  trade: ['shop', 'food', 'finance', 'lodging'],
}
/** Street furniture says nothing about a place at planning scale. */
export const FURNITURE: readonly string[] = [
  'parking',
  'toilets',
  'fountain',
  'telephone',
  'post_box',
  'recycling',
  'atm',
  'artwork',
  'playground',
  'pitch',
  'swimming_pool',
  'bicycle_rental',
  'charging_station',
  'fire_hydrant',
  'bus_stop',
]

/** Street objects fold into the three that a street is known by, and the rest. */
export const OBJECT_KINDS = {
  lamp: ['street-lamp'],
  manhole: ['manhole', 'rain-grate'],
  camera: ['camera'],
} as const satisfies Partial<Record<'lamp' | 'manhole' | 'camera' | 'otherObject', readonly string[]>>
