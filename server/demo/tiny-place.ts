// For tests: a place of four houses in two grids, with one row in every table that a place may have.

import { areaSquareMetres, type Shape } from '../../core/topology/index.ts'
import type { Cell, TableRows } from '../db/write-table.ts'
import { multiLineEwkb, multiPolygonEwkb, pointEwkb } from '../imports/ewkb.ts'
import type { PlaceBatch } from './load-place.ts'

/** A UUID that is the same for the same county and number. */
export const tinyId = (county: string, number: number): string =>
  `0190${county.slice(0, 4)}-${county.slice(4)}00-7000-8000-${String(number).padStart(12, '0')}`

/** A rectangle, with a vertex in the middle of its long sides where asked. */
const rectangle = (west: number, south: number, east: number, north: number, middle?: number): Shape => [
  [
    middle === undefined
      ? [west, south, east, south, east, north, west, north]
      : [west, south, middle, south, east, south, east, north, middle, north, west, north],
  ],
]
const box = (...sides: Parameters<typeof rectangle>) => multiPolygonEwkb(rectangle(...sides))

export interface TinyOptions {
  readonly county?: string
  /** Persons per house, to tell one load from another. */
  readonly persons?: number
  /** Residents beside the one per house, for something large. */
  readonly more?: number
}

/** One square of 2,000 steps on 30° N, cut in two; every county has its own, 0.01° apart. */
export function tinyPlace({ county = '510124', persons = 3, more = 0 }: TinyOptions = {}) {
  const id = (number: number) => tinyId(county, number)
  const west = 1_039_500_000 + (Number(county) % 100) * 100_000
  const south = 300_000_000
  const point = (i: number) => pointEwkb([west + 200 + i * 500, south + 1000])
  const village = `${county}101201`
  const houses = [0, 1, 2, 3]
  const counts: Record<string, number> = {}
  const registry = (number: number): Cell[] => [county, id(number), `tiny-${number}`, id(1)]
  const REGISTRY = ['county', 'id', 'source_key', 'import_id']
  const at = '2026-03-01T08:00:00Z'

  const table = (
    name: string,
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
  ): TableRows => ({
    table: name,
    columns,
    rows,
  })
  const own = (name: string, columns: readonly string[], ...rows: readonly (readonly Cell[])[]) =>
    table(
      name,
      ['county', ...columns],
      rows.map(row => [county, ...row]),
    )

  const ground = [
    own(
      'import',
      [
        'import_id',
        'layer',
        'file_name',
        'file_hash',
        'options',
        'read',
        'imported',
        'unchanged',
        'rejected',
        'actor',
        'started_at',
      ],
      [id(1), 'demo', 'tiny', '', '{}', 0, 0, 0, 0, 'demo', at],
    ),
    own(
      'area',
      ['code', 'name', 'source', 'created_by', 'geom'],
      [county, '郫都区', 'demo', 'demo', box(west, south, west + 2000, south + 2000)],
      [village, '平城村', 'demo', 'demo', box(west, south, west + 2000, south + 2000)],
    ),
    table(
      'road',
      [...REGISTRY, 'class', 'geom'],
      [[...registry(50), 'residential', multiLineEwkb([[west, south, west + 2000, south]])]],
    ),
    table(
      'water',
      [...REGISTRY, 'kind', 'geom'],
      [[...registry(51), 'pond', box(west, south, west + 100, south + 100)]],
    ),
    table(
      'green',
      [...REGISTRY, 'kind', 'geom'],
      [[...registry(52), 'park', box(west, south, west + 100, south + 100)]],
    ),
    table(
      'building',
      [...REGISTRY, 'kind', 'floor_area_m2', 'persons', 'households', 'people_source', 'geom', 'point'],
      houses.map(i => [
        ...registry(100 + i),
        'house',
        100,
        persons,
        1,
        'spread',
        box(west + 150 + i * 500, south + 950, west + 250 + i * 500, south + 1050),
        point(i),
      ]),
    ),
    table(
      'facility',
      [...REGISTRY, 'category', 'kind', 'point'],
      [[...registry(53), 'health', 'clinic', point(0)]],
    ),
    table(
      'address',
      [...REGISTRY, 'village', 'house_number', 'point', 'building_id'],
      houses.map(i => [...registry(200 + i), '平城村', `${i + 1}号`, point(i), id(100 + i)]),
    ),
  ]
  const homes = [
    own(
      'entrance',
      ['id', 'building_id', 'number', 'point'],
      ...houses.map(i => [id(300 + i), id(100 + i), 1, point(i)]),
    ),
    own(
      'room',
      ['id', 'building_id', 'entrance', 'floor', 'number'],
      ...houses.map(i => [id(400 + i), id(100 + i), 1, 1, '101']),
    ),
    table(
      'household',
      [...REGISTRY, 'building_id', 'room_id', 'point'],
      houses.map(i => [...registry(500 + i), id(100 + i), id(400 + i), point(i)]),
    ),
    table(
      'resident',
      [...REGISTRY, 'household_id', 'name', 'sex', 'born', 'relation', 'registration'],
      Array.from({ length: 4 + more }, (_, i) => [
        ...registry(1000 + i),
        id(500 + (i % 4)),
        '张三',
        'f',
        '1980-01-01',
        'head',
        'registered',
      ]),
    ),
  ]
  const life = [
    table(
      'organisation',
      [...REGISTRY, 'name', 'kind', 'point'],
      [[...registry(60), '川菜厂', 'firm', point(1)]],
    ),
    table(
      'object',
      [...REGISTRY, 'kind', 'category', 'number', 'point'],
      [[...registry(61), 'lamp', 'street', 'L1', point(2)]],
    ),
    own(
      'body',
      ['id', 'name', 'kind', 'circulation', 'area_code'],
      [id(62), '综治办', 'office', 'small', village],
    ),
    table(
      'staff',
      [...REGISTRY, 'name', 'force', 'body_id'],
      [[...registry(63), '李四', 'full-time', id(62)]],
    ),
    own(
      'post',
      ['id', 'staff_id', 'role', 'grid_id', 'from_date'],
      [id(64), id(63), '网格员', id(11), '2025-01-01'],
    ),
    table(
      'matter',
      [...REGISTRY, 'kind', 'title', 'at', 'point'],
      [[...registry(65), 'patrol', '巡查', at, point(3)]],
    ),
    table(
      'incident',
      [...REGISTRY, 'number', 'source', 'category', 'severity', 'title', 'point', 'reported_at', 'body_id'],
      [[...registry(66), 'T-1', 'grid', 'theft', 2, '失窃', point(0), at, id(62)]],
    ),
    own(
      'incident_step',
      ['incident_id', 'number', 'step', 'circulation', 'at', 'staff_id'],
      [id(66), 1, 1, 'micro', at, id(63)],
    ),
    own('visit', ['id', 'staff_id', 'kind', 'started_at', 'point'], [id(67), id(63), 'patrol', at, point(0)]),
  ]
  const grid = (number: number, parent: number | null, code: string, from: number, to: number): Cell[] => {
    const shape = rectangle(west + from, south, west + to, south + 2000, parent ? undefined : west + 1000)
    const houses = (to - from) / 500
    return [
      id(9),
      id(number),
      0,
      parent ? 2 : 1,
      parent && id(parent),
      parent !== null,
      code,
      code,
      multiPolygonEwkb(shape),
      areaSquareMetres(shape),
      houses * persons,
      houses,
      houses,
    ]
  }
  const plan = [
    own(
      'plan',
      ['plan_id', 'area_code', 'name', 'profile', 'state', 'grids', 'created_by'],
      [id(9), village, '团结网格', 'tuanjie', 'published', 3, 'demo'],
    ),
    own(
      'grid_version',
      [
        'plan_id',
        'grid_id',
        'from_revision',
        'level',
        'parent_id',
        'leaf',
        'code',
        'name',
        'geom',
        'area_m2',
        'persons',
        'households',
        'buildings',
      ],
      grid(10, null, `${village}001`, 0, 2000),
      grid(11, 10, `${village}00101`, 0, 1000),
      grid(12, 10, `${village}00102`, 1000, 2000),
    ),
    own(
      'grid_code',
      ['plan_id', 'code', 'grid_id'],
      [id(9), `${village}001`, id(10)],
      [id(9), `${village}00101`, id(11)],
      [id(9), `${village}00102`, id(12)],
    ),
  ]
  async function* batches(): AsyncGenerator<PlaceBatch> {
    yield { rows: ground, message: { zh: '地面', en: 'Ground' }, done: 0.3 }
    yield { rows: homes, message: { zh: '人口', en: 'People' }, done: 0.6 }
    counts.residents = 4 + more
    yield { rows: life, message: { zh: '事件', en: 'Life' }, done: 0.8 }
    counts.grids = 3
    yield { rows: plan, message: { zh: '网格', en: 'Grids' }, done: 1 }
  }
  return { county, name: '团结街道', batches: batches(), counts, plan: id(9), village }
}
