// Reads the outline of an area out of a GeoJSON file: every polygon in it, as one; or the reason why there is none.
import type { MultiPolygon, Place } from '../../core/contract/geometry.ts'

export type OutlineFault = 'notJson' | 'noPolygon' | 'notDegrees' | 'tooLarge'
export interface ReadOutline {
  geometry: MultiPolygon
  /** How many polygon features the file held. */
  features: number
  /** A name found in the file. */
  name: string
}
export const MOST_BYTES = 20e6

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const isRing = (value: unknown): value is Place[] =>
  Array.isArray(value) &&
  value.length > 2 &&
  value.every(p => Array.isArray(p) && typeof p[0] === 'number' && typeof p[1] === 'number')

const isPolygon = (value: unknown): value is Place[][] =>
  Array.isArray(value) && value.length > 0 && value.every(isRing)

function polygonsIn(value: unknown): Place[][][] {
  if (!isObject(value)) return []
  if (value.type === 'Polygon') return isPolygon(value.coordinates) ? [value.coordinates] : []
  if (value.type === 'MultiPolygon')
    return Array.isArray(value.coordinates) ? value.coordinates.filter(isPolygon) : []
  if (value.type === 'Feature') return polygonsIn(value.geometry)
  if (value.type === 'GeometryCollection' && Array.isArray(value.geometries))
    return value.geometries.flatMap(polygonsIn)
  return []
}

const NAME_KEYS = ['name', 'NAME', 'Name', '名称', 'name:zh']

function nameIn(feature: unknown): string {
  const properties = isObject(feature) && isObject(feature.properties) ? feature.properties : {}
  const found = NAME_KEYS.map(key => properties[key]).find(value => typeof value === 'string' && value.trim())
  return typeof found === 'string' ? found.trim() : ''
}

/** `text` is the content of the file. */
export function readOutline(text: string): ReadOutline | OutlineFault {
  if (text.length > MOST_BYTES) return 'tooLarge'
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return 'notJson'
  }
  const all: unknown[] =
    isObject(json) && json.type === 'FeatureCollection' && Array.isArray(json.features)
      ? json.features
      : [json]
  const withGround = all.filter(feature => polygonsIn(feature).length > 0)
  if (withGround.length === 0) return 'noPolygon'
  const coordinates = withGround
    .flatMap(polygonsIn)
    .map(polygon => polygon.map(ring => ring.map(([lng, lat]): Place => [lng, lat])))
  const inDegrees = coordinates.flat(2).every(([lng, lat]) => Math.abs(lng) <= 180 && Math.abs(lat) <= 90)
  if (!inDegrees) return 'notDegrees'
  return {
    geometry: { type: 'MultiPolygon', coordinates },
    features: withGround.length,
    name: nameIn(withGround[0]),
  }
}
