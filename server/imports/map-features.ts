// From a source feature to a row of one of our layers: OpenStreetMap's tags, or columns under their common names.
import { createHash } from 'node:crypto'
import type { ImportLayer } from '../../core/contract/imports.ts'
import {
  areaSquareMetres,
  covers,
  interiorPoint,
  type Position,
  type Shape,
} from '../../core/topology/index.ts'
import { tooWide } from '../areas/too-wide.ts'
import { type Columns, storable } from './column-roles.ts'
import { multiLineEwkb, multiPointEwkb, multiPolygonEwkb, pointEwkb } from './ewkb.ts'
import { isLabel } from './grids/name-by-labels.ts'
import { groundOf, type Sizes } from './ground.ts'
import { households, incidents, organisations, residents, staff } from './map-people.ts'
import {
  buildingKind,
  FACILITY_CATEGORIES,
  facilityKind,
  greenKind,
  roadClass,
  waterKind,
} from './osm-kinds.ts'
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'
import { typedNumber } from './table-features.ts'

/** What an extract of OpenStreetMap holds of ours. */
export const MAP_LAYERS = [
  'buildings',
  'addresses',
  'roads',
  'water',
  'green',
  'facilities',
  'areas',
] as const satisfies readonly ImportLayer[]

export interface MappedRow {
  readonly source_key: string
  readonly name: string | null
  /** Columns of the layer's table; geometry as hexadecimal EWKB. */
  readonly [column: string]: string | number | boolean | null
}
export interface Mapped {
  readonly row: MappedRow
  readonly repairs: readonly string[]
  /** Of what was put right. */
  readonly sizes?: Sizes | null
}
/** Null: the feature is nothing of this layer. */
type Mapping = (source: Source) => Mapped | Reason | null

export const reason = (code: string, en: string, zh: string): Reason => ({ code, zh, en })
export const isReason = (value: object): value is Reason => 'code' in value && 'zh' in value

export interface Source {
  readonly feature: SourceFeature
  readonly tags: SourceFeature['tags']
  readonly shape: SourceShape | null
  /** The file holds this layer only, so each feature must be one. */
  readonly every: boolean
  /** What the row says under a role. */
  text(role: string): string | null
}

/** A whole number from 0 up, also with full-width digits or thousands separators; null when the row says nothing. */
export function count(source: Source, role: string): number | null | Reason {
  const text = source.text(role)
  if (text === null) return null
  const plain = text
    .normalize('NFKC')
    .replace(/^(\d{1,3})((,\d{3})+)$/, (_, head, tail) => head + tail.replaceAll(',', ''))
  const value = Number(plain)
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value
  return reason(
    'bad-number',
    `"${role}" is "${text}", which is no whole number`,
    `“${role}”的值“${text}”不是整数`,
  )
}

export function keyOf({ feature, text }: Source): string {
  const own = storable(feature.key ?? '') || text('source_key')
  if (own !== null) return own
  const content = JSON.stringify([feature.shape, feature.tags])
  return `h:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
}

export const NO_GEOMETRY = reason(
  'no-geometry',
  'has no place: a geometry or a pair of longitude and latitude columns is needed',
  '没有位置：需要几何图形，或经度、纬度两列',
)
const WRONG_KIND = {
  polygon: reason('wrong-geometry', 'is no polygon', '不是面'),
  line: reason('wrong-geometry', 'is no line', '不是线'),
  point: reason('wrong-geometry', 'is no point', '不是点'),
}

/** A point strictly inside, exactly what people are counted by. */
function pointInside(shape: Shape): Position | Reason {
  const point = interiorPoint(shape)
  return covers(shape, point)
    ? point
    : reason('too-small', 'is too small to hold a point', '太小，内部没有点')
}

/** Of a point its own place, of an outline a place inside it. */
export function placeOf(
  shape: SourceShape,
): { point: Position; repairs: readonly string[]; sizes: Sizes | null } | Reason {
  if (shape.kind === 'line') return WRONG_KIND.point
  if (shape.kind === 'point') {
    const [x, y] = shape.parts[0]![0]!
    return { point: [x!, y!], repairs: [], sizes: null }
  }
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  const point = pointInside(ground.shape)
  return isReason(point) ? point : { point, repairs: ground.repairs, sizes: ground.sizes }
}

const lines = (shape: SourceShape) => shape.parts.map(part => part[0]!).filter(line => line.length >= 4)
const common = (source: Source) => ({ source_key: keyOf(source), name: source.text('name') })

/** An outline drawn as a closed line is an area too: so CAD draws. */
export function areaOf(shape: SourceShape): SourceShape {
  if (shape.kind !== 'line') return shape
  const rings = shape.parts.map(part => part[0]!)
  const closed = rings.every(ring => ring.length >= 8 && ring[0] === ring.at(-2) && ring[1] === ring.at(-1))
  return closed ? { kind: 'polygon', parts: rings.map(ring => [ring]) } : shape
}

function storeysOf(source: Source): number | null {
  const value = Math.round(typedNumber(source.text('storeys') ?? ''))
  return value >= 1 && value <= 200 ? value : null
}

const buildings: Mapping = source => {
  const { tags, shape, every, text } = source
  const osm = buildingKind(tags)
  if (osm === undefined && (!every || tags.building === 'no')) return null
  // A building drawn as a node or an open line has no ground to stand on; in OpenStreetMap that is common and harmless.
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const persons = count(source, 'persons')
  const households = count(source, 'households')
  if (persons !== null && typeof persons === 'object') return persons
  if (households !== null && typeof households === 'object') return households
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  const point = pointInside(ground.shape)
  if (isReason(point)) return point
  const storeys = storeysOf(source)
  const row = {
    ...common(source),
    kind: osm === undefined ? text('kind') : osm,
    storeys,
    // Footprint × storeys where they are known; where not, the footprint alone.
    floor_area_m2: Math.fround(areaSquareMetres(ground.shape) * (storeys ?? 1)),
    persons: persons ?? 0,
    households: households ?? 0,
    people_source: persons === null ? 'none' : 'column',
    geom: multiPolygonEwkb(ground.shape),
    point: pointEwkb(point),
  }
  return { row, repairs: ground.repairs, sizes: ground.sizes }
}

const addresses: Mapping = source => {
  const { tags, shape, every, text } = source
  const number = text('house_number')
  if (number === null && (!every || tags['addr:interpolation'] !== undefined)) return null
  if (shape === null) return WRONG_KIND.point
  if (shape.kind === 'line' && !every) return null
  const place = placeOf(shape)
  if (isReason(place)) return place
  const row = {
    ...common(source),
    street: text('street'),
    house_number: number,
    postcode: text('postcode'),
    place: text('place'),
    point: pointEwkb(place.point),
  }
  return { row, repairs: place.repairs, sizes: place.sizes }
}

const roads: Mapping = source => {
  const { tags, shape, every, text } = source
  const found = roadClass(tags) ?? (every ? (text('class') ?? 'unclassified') : null)
  if (found === null) return null
  if (shape === null || shape.kind !== 'line') return every ? WRONG_KIND.line : null
  const parts = lines(shape)
  if (parts.length === 0) return reason('too-small', 'has fewer than two positions', '不足两个点')
  const is = (value: string | undefined) => value !== undefined && !['no', 'false', '0', 'F'].includes(value)
  const row = {
    ...common(source),
    name: text('name'),
    class: found,
    bridge: is(tags.bridge),
    tunnel: is(tags.tunnel),
    geom: multiLineEwkb(parts),
  }
  return { row, repairs: [] }
}

const water: Mapping = source => {
  const { tags, shape, every, text } = source
  if (shape === null || shape.kind === 'point') return every ? WRONG_KIND.polygon : null
  const kind = waterKind(tags, shape.kind) ?? (every ? (text('kind') ?? 'water') : null)
  if (kind === null) return null
  if (shape.kind === 'line') {
    const parts = lines(shape)
    if (parts.length === 0) return reason('too-small', 'has fewer than two positions', '不足两个点')
    return { row: { ...common(source), kind, geom: multiLineEwkb(parts) }, repairs: [] }
  }
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  return {
    row: { ...common(source), kind, geom: multiPolygonEwkb(ground.shape) },
    repairs: ground.repairs,
    sizes: ground.sizes,
  }
}

const green: Mapping = source => {
  const { tags, shape, every, text } = source
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const kind = greenKind(tags) ?? (every ? (text('kind') ?? 'green') : null)
  if (kind === null) return null
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  return {
    row: { ...common(source), kind, geom: multiPolygonEwkb(ground.shape) },
    repairs: ground.repairs,
    sizes: ground.sizes,
  }
}

const facilities: Mapping = source => {
  const { tags, shape, every, text } = source
  const said = text('category') ?? ''
  const category = FACILITY_CATEGORIES.find(known => known === said) ?? 'other'
  const own = text('kind') ?? (said || 'facility')
  const found = facilityKind(tags) ?? (every ? { category, kind: own } : null)
  if (found === null || shape === null) return null
  if (shape.kind === 'line' && !every) return null
  const place = placeOf(shape)
  if (isReason(place)) return place
  return {
    row: { ...common(source), ...found, point: pointEwkb(place.point) },
    repairs: place.repairs,
    sizes: place.sizes,
  }
}

const areas: Mapping = source => {
  const { tags, shape, every, text } = source
  const osm = tags.boundary === 'administrative' && tags.admin_level !== undefined
  if (!osm && !every) return null
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const name = text('name')
  if (name === null) return reason('no-name', 'has no name', '没有名称')
  const code = text('code')?.normalize('NFKC') ?? null
  if (code !== null && !/^\d{6}(\d{3}(\d{3})?)?$/.test(code))
    return reason(
      'bad-code',
      `has the code "${code}", which has not 6, 9 or 12 digits`,
      `代码“${code}”不是 6、9 或 12 位数字`,
    )
  const ground = groundOf(shape, true)
  if (isReason(ground)) return ground
  if (tooWide(ground.shape)) return reason('too-wide', 'is as wide as half the world', '范围超过半个地球')
  return {
    row: { ...common(source), name, code, geom: multiPolygonEwkb(ground.shape) },
    repairs: ground.repairs,
    sizes: ground.sizes,
  }
}

/** Anything else keeps its shape and all its attributes. */
const catalogue: Mapping = source => {
  const { shape, tags } = source
  if (shape === null) return NO_GEOMETRY
  const row = (geom: string, repairs: readonly string[], sizes: Sizes | null = null) => ({
    row: { ...common(source), attributes: JSON.stringify(storableTags(tags)), geom },
    repairs,
    sizes,
  })
  if (shape.kind === 'point') return row(multiPointEwkb(shape.parts.map(part => part[0]!)), [])
  if (shape.kind === 'line') {
    const parts = lines(shape)
    return parts.length === 0
      ? reason('too-small', 'has fewer than two positions', '不足两个点')
      : row(multiLineEwkb(parts), [])
  }
  const ground = groundOf(shape)
  return isReason(ground) ? ground : row(multiPolygonEwkb(ground.shape), ground.repairs, ground.sizes)
}

const storableTags = (tags: SourceFeature['tags']) =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [storable(key), storable(value)]))

/** Only judged here: their borders are put right together, by the reader of grids. */
const grids: Mapping = source => {
  const { shape, feature } = source
  // A text of a drawing names the grid it stands in.
  if (isLabel(feature)) return null
  if (shape === null || shape.kind !== 'polygon') return WRONG_KIND.polygon
  return { row: { source_key: keyOf(source), name: source.text('name') }, repairs: [] }
}

const MAPPINGS: Record<ImportLayer, Mapping> = {
  grids,
  households,
  residents,
  organisations,
  staff,
  incidents,
  catalogue,
  buildings,
  addresses,
  roads,
  water,
  green,
  facilities,
  areas,
}
/** Their place is looked up when they have none of their own. */
const PLACED_LATER = new Set<ImportLayer>(['households', 'residents', 'organisations', 'staff', 'incidents'])
const NEEDS_AREA = new Set<ImportLayer>(['buildings', 'green', 'areas', 'grids'])

/**
 * The feature as a row of the layer, the reason why not, or null when it is nothing of that layer. `every`: the file holds
 * this layer only, so each feature must be one.
 */
export function mapFeature(
  layer: ImportLayer,
  feature: SourceFeature,
  every: boolean,
  columns: Columns,
): Mapped | Reason | null {
  const { tags } = feature
  const shape =
    every && feature.shape !== null && NEEDS_AREA.has(layer) ? areaOf(feature.shape) : feature.shape
  if (every && shape === null && !PLACED_LATER.has(layer)) return NO_GEOMETRY
  columns.meet(tags)
  return MAPPINGS[layer]({ feature, tags, shape, every, text: role => columns.text(tags, role) })
}

/** The columns renamed as `--map from=to` asks, for what is no role but a tag of OpenStreetMap. */
export function renamed(feature: SourceFeature, map: Readonly<Record<string, string>>): SourceFeature {
  const pairs = Object.entries(map)
  if (pairs.length === 0) return feature
  const tags = { ...feature.tags }
  for (const [from, to] of pairs) if (to && feature.tags[from] !== undefined) tags[to] = feature.tags[from]
  return { ...feature, tags }
}
