// Writes a batch of rows in one statement: new ones are added, changed ones changed, and equal ones left untouched.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/database.ts'
import type { ImportLayer, MappedRow } from './map-features.ts'

interface LayerTable {
  readonly table: string
  /** Column and the type it travels as. */
  readonly columns: readonly (readonly [name: string, type: string])[]
}

/** Areas have codes to be given and are written one by one. */
export type TableLayer = Exclude<ImportLayer, 'areas'>
const GEOMETRY = ['geom', 'geometry'] as const
const POINT = ['point', 'geometry'] as const
const TABLES: Record<TableLayer, LayerTable> = {
  buildings: {
    table: 'building',
    columns: [['kind', 'text'], ['storeys', 'smallint'], ['floor_area_m2', 'real'], GEOMETRY, POINT],
  },
  addresses: {
    table: 'address',
    columns: [['street', 'text'], ['house_number', 'text'], ['postcode', 'text'], ['place', 'text'], POINT],
  },
  roads: {
    table: 'road',
    columns: [['class', 'text'], ['bridge', 'boolean'], ['tunnel', 'boolean'], GEOMETRY],
  },
  water: { table: 'water', columns: [['kind', 'text'], GEOMETRY] },
  green: { table: 'green', columns: [['kind', 'text'], GEOMETRY] },
  facilities: { table: 'facility', columns: [['category', 'text'], ['kind', 'text'], POINT] },
}
/** People that were spread stay when the file says nothing of people; what a file says replaces them. */
const PEOPLE = ['persons', 'households', 'people_source'] as const

/** @returns how many rows were added or changed */
export async function writeRows(
  tx: Tx,
  target: { layer: TableLayer; county: string; importId: string },
  rows: readonly MappedRow[],
): Promise<number> {
  const { table, columns } = TABLES[target.layer]
  const own = ['name', ...columns.map(([name]) => name)]
  const people = target.layer === 'buildings' ? PEOPLE : []
  const travelling = [
    'id uuid',
    'source_key text',
    'name text',
    ...columns.map(([name, type]) => `${name} ${type}`),
    ...(people.length > 0 ? ['persons integer', 'households integer', 'people_source text'] : []),
  ]
  const list = (names: readonly string[], prefix: string) => names.map(name => `${prefix}.${name}`).join(', ')
  const counted = people.length > 0 ? `excluded.people_source = 'column'` : ''
  const set = [
    ...own.map(name => `${name} = excluded.${name}`),
    ...people.map(name => `${name} = case when ${counted} then excluded.${name} else ${table}.${name} end`),
    'import_id = excluded.import_id',
    'updated_at = now()',
  ]
  const differs = [
    `(${list(own, table)}) is distinct from (${list(own, 'excluded')})`,
    ...(people.length > 0
      ? [`(${counted} and (${list(people, table)}) is distinct from (${list(people, 'excluded')}))`]
      : []),
  ]
  const inserted = [...own, ...people]
  const values = JSON.stringify(rows.map(row => ({ id: uuidv7(), ...row })))
  const result = await sql`
    insert into ${sql.table(table)} (county, import_id, id, source_key, ${sql.raw(inserted.join(', '))})
    select ${target.county}, ${target.importId}::uuid, id, source_key, ${sql.raw(inserted.join(', '))}
    from jsonb_to_recordset(${values}::jsonb) as r(${sql.raw(travelling.join(', '))})
    on conflict (county, source_key) do update set ${sql.raw(set.join(', '))}
    where ${sql.raw(differs.join(' or '))}`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
