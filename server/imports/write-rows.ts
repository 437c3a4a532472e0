// Writes a batch of rows in one statement: new ones are added, changed ones changed, and equal ones left untouched.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/database.ts'
import { LAYER_TABLES, type TableLayer } from './layer-tables.ts'
import type { MappedRow } from './map-features.ts'

export type { TableLayer } from './layer-tables.ts'

/** People that were spread stay when the file says nothing of people; what a file says replaces them. */
const PEOPLE = ['persons', 'households', 'people_source'] as const

/** @returns how many rows were added or changed; what a changed one was before is kept, so that it can be restored */
export async function writeRows(
  tx: Tx,
  target: { layer: TableLayer; county: string; importId: string; layerId: string | null },
  rows: readonly MappedRow[],
): Promise<number> {
  const { table, columns, shapes, within } = LAYER_TABLES[target.layer]
  const own = columns.map(([name]) => name)
  const people = target.layer === 'buildings' ? PEOPLE : []
  const travelling = [
    'id uuid',
    'source_key text',
    ...columns.map(([name, type]) => `${name} ${type}`),
    ...(people.length > 0 ? ['persons integer', 'households integer', 'people_source text'] : []),
  ]
  const list = (names: readonly string[], prefix: string) => names.map(name => `${prefix}.${name}`).join(', ')
  const differs = (now: string, next: string) =>
    [
      `(${list(own, now)}) is distinct from (${list(own, next)})`,
      ...(people.length > 0
        ? [
            `(${next}.people_source = 'column' and (${list(people, now)}) is distinct from (${list(people, next)}))`,
          ]
        : []),
    ].join(' or ')
  const set = [
    ...own.map(name => `${name} = excluded.${name}`),
    ...people.map(
      name =>
        `${name} = case when excluded.people_source = 'column' then excluded.${name} else t.${name} end`,
    ),
    'import_id = excluded.import_id',
    'updated_at = now()',
  ]
  const key = within === undefined ? ['source_key'] : [within, 'source_key']
  const inserted = sql.raw([...own, ...people].join(', '))
  const values = JSON.stringify(
    rows.map(row => ({ id: uuidv7(), ...(target.layerId && { layer_id: target.layerId }), ...row })),
  )
  const result = await sql`
    with incoming as materialized (
      select * from jsonb_to_recordset(${values}::jsonb) as r(${sql.raw(travelling.join(', '))})
    ), before as (
      insert into import_before (county, import_id, table_name, id, row_before)
      select ${target.county}, ${target.importId}::uuid, ${table}, t.id::text, ${sql.raw(rowBefore(shapes))}
      from incoming join ${sql.table(table)} t on t.county = ${target.county}
        and ${sql.raw(key.map(name => `t.${name} = incoming.${name}`).join(' and '))}
      where t.import_id <> ${target.importId}::uuid and (${sql.raw(differs('t', 'incoming'))})
    )
    insert into ${sql.table(table)} as t (county, import_id, id, source_key, ${inserted})
    select ${target.county}, ${target.importId}::uuid, id, source_key, ${inserted} from incoming
    on conflict (county, ${sql.raw(key.join(', '))}) do update set ${sql.raw(set.join(', '))}
    where ${sql.raw(differs('t', 'excluded'))}`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}

/** Shapes as they are stored, not as the GeoJSON that they would become. */
export const rowBefore = (shapes: readonly string[]): string =>
  shapes.length === 0
    ? 'to_jsonb(t)'
    : `to_jsonb(t) || jsonb_build_object(${shapes.map(name => `'${name}', t.${name}::text`).join(', ')})`
