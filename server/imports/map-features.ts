// From a source feature to a row of one of our layers: OpenStreetMap's tags, or columns under their common names.
import { createHash } from 'node:crypto'
import {
  areaSquareMetres,
  covers,
  interiorPoint,
  type Position,
  type Shape,
} from '../../core/topology/index.ts'
import { tooWide } from '../areas/too-wide.ts'
import { multiLineEwkb, multiPolygonEwkb, pointEwkb } from './ewkb.ts'
import { groundOf } from './ground.ts'
import {
  buildingKind,
  FACILITY_CATEGORIES,
  facilityKind,
  greenKind,
  roadClass,
  waterKind,
} from './osm-kinds.ts'
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'

export const IMPORT_LAYERS = [
  'buildings',
  'addresses',
  'roads',
  'water',
  'green',
  'facilities',
  'areas',
] as const
export type ImportLayer = (typeof IMPORT_LAYERS)[number]

export interface MappedRow {
  readonly source_key: string
  readonly name: string | null
  /** Columns of the layer's table; geometry as hexadecimal EWKB. */
  readonly [column: string]: string | number | boolean | null
}
export interface Mapped {
  readonly row: MappedRow
  readonly repairs: readonly string[]
}
/** Null: the feature is nothing of this layer. */
type Mapping = (feature: SourceFeature, every: boolean) => Mapped | Reason | null

const reason = (code: string, en: string, zh: string): Reason => ({ code, zh, en })
const isReason = (value: object): value is Reason => 'code' in value && 'zh' in value

const NAME = ['name', '名称', '名字', 'NAME', 'Name']
const KEY = ['source_key', 'osm_id', 'id', 'ID', 'fid', 'FID', 'gid', 'OBJECTID', '编号']

/** Without zero bytes and halves of characters: no database stores them. */
const storable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '').trim()

function column(tags: Readonly<Record<string, string>>, names: readonly string[]): string | null {
  for (const name of names) {
    const value = storable(tags[name] ?? '')
    if (value) return value
  }
  return null
}

/** A whole number from 0 up; null when the column is absent; a reason when it says something else. */
function count(tags: Readonly<Record<string, string>>, names: readonly string[]): number | null | Reason {
  const text = column(tags, names)
  if (text === null) return null
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 31) return value
  return reason(
    'bad-number',
    `"${names[0]}" is "${text}", which is no whole number`,
    `“${names[0]}”的值“${text}”不是整数`,
  )
}

function keyOf(feature: SourceFeature): string {
  const own = storable(feature.key ?? '') || column(feature.tags, KEY)
  if (own !== null) return own
  const content = JSON.stringify([feature.shape, feature.tags])
  return `h:${createHash('sha256').update(content).digest('hex').slice(0, 32)}`
}

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
function placeOf(shape: SourceShape): { point: Position; repairs: readonly string[] } | Reason {
  if (shape.kind === 'line') return WRONG_KIND.point
  if (shape.kind === 'point') {
    const [x, y] = shape.parts[0]![0]!
    return { point: [x!, y!], repairs: [] }
  }
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  const point = pointInside(ground.shape)
  return isReason(point) ? point : { point, repairs: ground.repairs }
}

const lines = (shape: SourceShape) => shape.parts.map(part => part[0]!).filter(line => line.length >= 4)
const common = (feature: SourceFeature) => ({ source_key: keyOf(feature), name: column(feature.tags, NAME) })

const KIND = ['kind', 'type', '类型', '用途', '类别']
const STOREYS = ['storeys', 'building:levels', 'levels', 'floors', '层数', '楼层数', '楼层']

function storeysOf(tags: Readonly<Record<string, string>>): number | null {
  const value = Math.round(Number(column(tags, STOREYS) ?? Number.NaN))
  return value >= 1 && value <= 200 ? value : null
}

const buildings: Mapping = (feature, every) => {
  const { tags, shape } = feature
  const osm = buildingKind(tags)
  if (osm === undefined && (!every || tags.building === 'no')) return null
  // A building drawn as a node or an open line has no ground to stand on; in OpenStreetMap that is common and harmless.
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const persons = count(tags, [
    'persons',
    'people',
    'population',
    'POP',
    'TOTPOP',
    '人口',
    '人数',
    '实有人口',
  ])
  const households = count(tags, ['households', '户数', '户'])
  if (persons !== null && typeof persons === 'object') return persons
  if (households !== null && typeof households === 'object') return households
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  const point = pointInside(ground.shape)
  if (isReason(point)) return point
  const storeys = storeysOf(tags)
  const row = {
    ...common(feature),
    kind: osm === undefined ? column(tags, KIND) : osm,
    storeys,
    // Footprint × storeys where they are known; where not, the footprint alone.
    floor_area_m2: Math.fround(areaSquareMetres(ground.shape) * (storeys ?? 1)),
    persons: persons ?? 0,
    households: households ?? 0,
    people_source: persons === null ? 'none' : 'column',
    geom: multiPolygonEwkb(ground.shape),
    point: pointEwkb(point),
  }
  return { row, repairs: ground.repairs }
}

const addresses: Mapping = (feature, every) => {
  const { tags, shape } = feature
  const number = column(tags, ['addr:housenumber', 'house_number', 'housenumber', '门牌号', '号'])
  if (number === null && (!every || tags['addr:interpolation'] !== undefined)) return null
  if (shape === null) return WRONG_KIND.point
  if (shape.kind === 'line' && !every) return null
  const place = placeOf(shape)
  if (isReason(place)) return place
  const row = {
    ...common(feature),
    street: column(tags, ['addr:street', 'addr:place', 'street', '街道', '路名', '街路巷']),
    house_number: number,
    postcode: column(tags, ['addr:postcode', 'postcode', '邮编']),
    place: column(tags, ['addr:suburb', 'addr:city', 'place', 'city', '社区', '村']),
    point: pointEwkb(place.point),
  }
  return { row, repairs: place.repairs }
}

const roads: Mapping = (feature, every) => {
  const { tags, shape } = feature
  const found =
    roadClass(tags) ?? (every ? (column(tags, ['class', 'fclass', ...KIND]) ?? 'unclassified') : null)
  if (found === null) return null
  if (shape === null || shape.kind !== 'line') return every ? WRONG_KIND.line : null
  const parts = lines(shape)
  if (parts.length === 0) return reason('too-small', 'has fewer than two positions', '不足两个点')
  const is = (value: string | undefined) => value !== undefined && !['no', 'false', '0', 'F'].includes(value)
  const row = {
    ...common(feature),
    name: column(tags, NAME) ?? column(tags, ['ref']),
    class: found,
    bridge: is(tags.bridge),
    tunnel: is(tags.tunnel),
    geom: multiLineEwkb(parts),
  }
  return { row, repairs: [] }
}

const water: Mapping = (feature, every) => {
  const { tags, shape } = feature
  if (shape === null || shape.kind === 'point') return every ? WRONG_KIND.polygon : null
  const kind = waterKind(tags, shape.kind) ?? (every ? (column(tags, ['fclass', ...KIND]) ?? 'water') : null)
  if (kind === null) return null
  if (shape.kind === 'line') {
    const parts = lines(shape)
    if (parts.length === 0) return reason('too-small', 'has fewer than two positions', '不足两个点')
    return { row: { ...common(feature), kind, geom: multiLineEwkb(parts) }, repairs: [] }
  }
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  return { row: { ...common(feature), kind, geom: multiPolygonEwkb(ground.shape) }, repairs: ground.repairs }
}

const green: Mapping = (feature, every) => {
  const { tags, shape } = feature
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const kind = greenKind(tags) ?? (every ? (column(tags, ['fclass', 'landuse', ...KIND]) ?? 'green') : null)
  if (kind === null) return null
  const ground = groundOf(shape)
  if (isReason(ground)) return ground
  return { row: { ...common(feature), kind, geom: multiPolygonEwkb(ground.shape) }, repairs: ground.repairs }
}

const facilities: Mapping = (feature, every) => {
  const { tags, shape } = feature
  const said = column(tags, ['category', '大类']) ?? ''
  const category = FACILITY_CATEGORIES.find(known => known === said) ?? 'other'
  const own = column(tags, ['fclass', ...KIND]) ?? (said || 'facility')
  const found = facilityKind(tags) ?? (every ? { category, kind: own } : null)
  if (found === null || shape === null) return null
  if (shape.kind === 'line' && !every) return null
  const place = placeOf(shape)
  if (isReason(place)) return place
  return { row: { ...common(feature), ...found, point: pointEwkb(place.point) }, repairs: place.repairs }
}

const areas: Mapping = (feature, every) => {
  const { tags, shape } = feature
  const osm = tags.boundary === 'administrative' && tags.admin_level !== undefined
  if (!osm && !every) return null
  if (shape === null || shape.kind !== 'polygon') return every ? WRONG_KIND.polygon : null
  const name = column(tags, [...NAME, '行政区', '区划名称', 'XZQMC'])
  if (name === null) return reason('no-name', 'has no name', '没有名称')
  const code = column(tags, ['code', 'adcode', '代码', '区划代码', 'XZQDM'])
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
    row: { ...common(feature), name, code, geom: multiPolygonEwkb(ground.shape) },
    repairs: ground.repairs,
  }
}

const MAPPINGS: Record<ImportLayer, Mapping> = {
  buildings,
  addresses,
  roads,
  water,
  green,
  facilities,
  areas,
}

/**
 * The feature as a row of the layer, the reason why not, or null when it is nothing of that layer. `every`: the file holds
 * this layer only, so each feature must be one.
 */
export function mapFeature(
  layer: ImportLayer,
  feature: SourceFeature,
  every: boolean,
): Mapped | Reason | null {
  return MAPPINGS[layer](feature, every)
}

/** The columns renamed as `--map from=to` asks. */
export function renamed(feature: SourceFeature, map: Readonly<Record<string, string>>): SourceFeature {
  const pairs = Object.entries(map)
  if (pairs.length === 0) return feature
  const tags = { ...feature.tags }
  for (const [from, to] of pairs) if (feature.tags[from] !== undefined) tags[to] = feature.tags[from]
  return { ...feature, tags }
}
