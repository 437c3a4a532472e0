// Into which table each layer goes, and the columns that travel.
import type { ImportLayer } from '../../core/contract/imports.ts'

export interface LayerTable {
  readonly table: string
  /** Column and the type it travels as. */
  readonly columns: readonly (readonly [name: string, type: string])[]
  /** Of `columns`, those that hold shapes. */
  readonly shapes: readonly string[]
  /** What beside county and source key makes a row the same. */
  readonly within?: string
}

/** Areas have codes to be given and are written one by one; grids become a plan. */
export type TableLayer = Exclude<ImportLayer, 'areas' | 'grids'>

const NAME = ['name', 'text'] as const
const GEOM = ['geom', 'geometry'] as const
const POINT = ['point', 'geometry'] as const
const text = (...names: string[]) => names.map(name => [name, 'text'] as const)
const flags = (...names: string[]) => names.map(name => [name, 'boolean'] as const)
const shapes = (...names: string[]) => ({ shapes: names })

export const LAYER_TABLES: Record<TableLayer, LayerTable> = {
  buildings: {
    table: 'building',
    columns: [NAME, ['kind', 'text'], ['storeys', 'smallint'], ['floor_area_m2', 'real'], GEOM, POINT],
    ...shapes('geom', 'point'),
  },
  addresses: {
    table: 'address',
    columns: [NAME, ...text('street', 'house_number', 'postcode', 'place'), POINT],
    ...shapes('point'),
  },
  roads: {
    table: 'road',
    columns: [NAME, ['class', 'text'], ...flags('bridge', 'tunnel'), GEOM],
    ...shapes('geom'),
  },
  water: { table: 'water', columns: [NAME, ['kind', 'text'], GEOM], ...shapes('geom') },
  green: { table: 'green', columns: [NAME, ['kind', 'text'], GEOM], ...shapes('geom') },
  facilities: {
    table: 'facility',
    columns: [NAME, ...text('category', 'kind'), POINT],
    ...shapes('point'),
  },
  households: {
    table: 'household',
    columns: [
      ['number', 'text'],
      ['building_id', 'uuid'],
      ['tenure', 'text'],
      ['low_income', 'boolean'],
      ['persons', 'integer'],
      POINT,
    ],
    ...shapes('point'),
  },
  residents: {
    table: 'resident',
    columns: [
      NAME,
      ['household_id', 'uuid'],
      ['sex', 'text'],
      ['born', 'date'],
      ...text('id_number', 'phone', 'relation', 'registration', 'work'),
      ...flags('pregnant', 'disabled', 'chronically_ill', 'lives_alone', 'party_member'),
    ],
    shapes: [],
  },
  organisations: {
    table: 'organisation',
    columns: [
      NAME,
      ...text('kind', 'industry', 'credit_code', 'key_place', 'contact', 'phone'),
      ['employees', 'integer'],
      ['special_equipment', 'integer'],
      ['floor_area_m2', 'real'],
      ['building_id', 'uuid'],
      POINT,
    ],
    ...shapes('point'),
  },
  staff: {
    table: 'staff',
    columns: [
      NAME,
      ...text('sex', 'phone', 'force', 'force_kind', 'team'),
      ['body_id', 'uuid'],
      ['party_member', 'boolean'],
    ],
    shapes: [],
  },
  incidents: {
    table: 'incident',
    columns: [
      ...text(
        'number',
        'source',
        'category',
        'title',
        'description',
        'address',
        'reporter_name',
        'reporter_phone',
      ),
      ['severity', 'smallint'],
      ['step', 'smallint'],
      ['reported_at', 'timestamptz'],
      ['solved_at', 'timestamptz'],
      ['closed_at', 'timestamptz'],
      ['satisfied', 'boolean'],
      POINT,
    ],
    ...shapes('point'),
  },
  catalogue: {
    table: 'catalogue_feature',
    columns: [NAME, ['layer_id', 'uuid'], ['attributes', 'jsonb'], GEOM],
    ...shapes('geom'),
    within: 'layer_id',
  },
}
