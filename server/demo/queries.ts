// SQL for demo places: which counties are one, and what stands in the way of another.
import { type RawBuilder, sql } from 'kysely'
import type { DemoPlace } from '../../core/contract/layers.ts'
import type { Database, Tx } from '../db/database.ts'
import { DEMO_IMPORT, PLACE_TABLES, type PlaceTable } from './place-tables.ts'

/** The generated places that the actor may see. */
export const demoPlaces = (tx: Tx): Promise<DemoPlace[]> =>
  tx.selectFrom('demo_place').select(['county', 'place', 'name']).orderBy('county').execute()

/** Whether the county in a column holds a generated place, to stand in a larger statement. */
export const isDemo = (county: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select from demo_place where demo_place.county = ${sql.ref(county)})`

export async function isDemoCounty(tx: Tx, county: string): Promise<boolean> {
  const row = await tx
    .selectFrom('demo_place')
    .select('county')
    .where('county', '=', county)
    .executeTakeFirst()
  return row !== undefined
}

/** Whether the database holds anything already; then nothing is loaded into it unasked. */
export async function holdsAnything(database: Database): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from area) or exists (select from building) or exists (select from import) as any`.execute(
    database.owner,
  )
  return rows[0]?.any === true
}

export interface Holding {
  readonly county: string
  readonly what: PlaceTable
  readonly count: number
}

/** Areas, buildings and imports of all counties that are no demo place. */
export async function realElsewhere(tx: Tx, county: string): Promise<Holding[]> {
  const parts = (['area', 'building', 'import'] as const).map(
    table => sql`
      select county, ${sql.lit(table)} as what, count(*)::integer as count from ${sql.table(table)}
      where county <> ${county} and county not in (select county from demo_place) group by county`,
  )
  const { rows } = await sql<Holding>`
    select * from (${sql.join(parts, sql` union all `)}) as found order by county, what`.execute(tx)
  return rows
}

/** How many rows of each table are of a county. */
export async function rowsIn(tx: Tx, county: string): Promise<Holding[]> {
  const parts = PLACE_TABLES.map(
    table => sql`
      select ${county}::text as county, ${sql.lit(table)} as what, count(*)::integer as count
      from ${sql.table(table)} where county = ${county}`,
  )
  const { rows } = await sql<Holding>`
    select * from (${sql.join(parts, sql` union all `)}) as found where count > 0 order by what`.execute(tx)
  return rows
}

/** Files that somebody brought into a county. */
export const filesIn = (tx: Tx, county: string) =>
  tx
    .selectFrom('import')
    .select(['file_name', 'layer', 'imported'])
    .where('county', '=', county)
    .where('layer', '<>', DEMO_IMPORT)
    .orderBy('finished_at')
    .execute()

/** Work that goes when the county's place is replaced: plans drawn by people, and edits. */
export async function workIn(tx: Tx, county: string): Promise<{ plans: number; edits: number }> {
  const { rows } = await sql<{ plans: number; edits: number }>`
    select (select count(*)::integer from plan where county = ${county}) as plans,
      (select count(*)::integer from edit where county = ${county}) as edits`.execute(tx)
  return rows[0]!
}
