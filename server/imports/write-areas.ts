// Writes administrative areas: a code of their own, the one asked for, or the next private one; equal ones are left.
import { sql } from 'kysely'
import { nextLocalCode } from '../areas/next-local-code.ts'
import type { Tx } from '../db/database.ts'
import type { MappedRow } from './map-features.ts'
import type { Reason } from './source-feature.ts'
import { rowBefore } from './write-rows.ts'

interface Target {
  readonly county: string
  /** What `--area` said; the code of the area when the file holds just one without a code. */
  readonly area: string | null
  readonly source: string
  readonly actor: string
  readonly importId: string
}

export interface AreasWritten {
  readonly written: number
  readonly refused: readonly (readonly [row: MappedRow, why: Reason])[]
  readonly counties: ReadonlySet<string>
}

const taken = (code: string): Reason => ({
  code: 'code-taken',
  zh: `代码 ${code} 已属于另一个行政区`,
  en: `has the code ${code}, which another area has already`,
})

export async function writeAreas(tx: Tx, target: Target, rows: readonly MappedRow[]): Promise<AreasWritten> {
  let written = 0
  const refused: [MappedRow, Reason][] = []
  const counties = new Set<string>()
  for (const row of rows) {
    const given = (row.code as string | null) ?? (rows.length === 1 ? target.area : null)
    const county = given?.slice(0, 6) ?? target.county
    const known = await tx
      .selectFrom('area')
      .select(['code', 'local'])
      .where('county', '=', county)
      .where('source_key', '=', row.source_key)
      .executeTakeFirst()
    const code = given ?? (known?.local ? known.code : await nextLocalCode(tx, county))
    const local = given === null
    const result = await sql`
      with before as (
        insert into import_before (county, import_id, table_name, id, row_before)
        select ${county}, ${target.importId}::uuid, 'area', t.code, ${sql.raw(rowBefore(['geom']))}
        from area t where t.county = ${county} and t.code = ${code} and t.source_key = ${row.source_key}
          and t.import_id is distinct from ${target.importId}::uuid
          and (t.name, t.local, t.geom) is distinct from (${row.name}::text, ${local}::boolean, ${row.geom}::geometry)
      )
      insert into area (county, code, name, local, source, source_key, geom, created_by, import_id)
      values (${county}, ${code}, ${row.name}, ${local}, ${target.source}, ${row.source_key}, ${row.geom}::geometry,
        ${target.actor}, ${target.importId}::uuid)
      on conflict (county, code) do update
        set name = excluded.name, local = excluded.local, source = excluded.source, geom = excluded.geom,
          import_id = excluded.import_id
        where area.source_key = excluded.source_key
          and (area.name, area.local, area.geom) is distinct from (excluded.name, excluded.local, excluded.geom)`.execute(
      tx,
    )
    if (Number(result.numAffectedRows ?? 0) > 0) {
      written++
      counties.add(county)
    } else if (known?.code !== code) refused.push([row, taken(code)])
  }
  return { written, refused, counties }
}
