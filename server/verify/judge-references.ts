// Looks for rows that name something which is not there, where the database itself does not watch over it.
import { type RawBuilder, sql } from 'kysely'
import type { Schema, Tx } from '../db/database.ts'
import { type Fault, faultOf } from './faults.ts'

type Table = keyof Schema
type Reference = readonly [from: Table, column: string, to: Table, key: string]

const REFERENCES: readonly Reference[] = [
  ['address', 'building_id', 'building', 'id'],
  ['organisation', 'building_id', 'building', 'id'],
  ['grid_lineage', 'from_grid', 'grid_version', 'grid_id'],
  ['grid_lineage', 'to_grid', 'grid_version', 'grid_id'],
  ['post', 'grid_id', 'grid_version', 'grid_id'],
  ['post', 'area_code', 'area', 'code'],
  ['post', 'road_id', 'road', 'id'],
  ['post', 'water_id', 'water', 'id'],
  ['matter', 'staff_id', 'staff', 'id'],
  ['incident', 'staff_id', 'staff', 'id'],
  ['incident_step', 'staff_id', 'staff', 'id'],
  ['incident_step', 'body_id', 'body', 'id'],
  ['visit', 'household_id', 'household', 'id'],
  ['visit', 'organisation_id', 'organisation', 'id'],
]
const MOST_NAMED = 5

/** Of the whole database; everything refers within its county. */
export async function judgeReferences(tx: Tx): Promise<Fault[]> {
  const faults: Fault[] = []
  const note = async (what: string, query: RawBuilder<{ name: string; count: number }>) => {
    const { rows } = await query.execute(tx)
    const [first] = rows
    if (!first) return
    const more = first.count > rows.length ? ' …' : ''
    faults.push(
      faultOf('reference', {
        detail: `${what}, ${first.count}: ${rows.map(row => row.name).join(', ')}${more}`,
      }),
    )
  }
  for (const [from, column, to, key] of REFERENCES)
    await note(
      `${from}.${column}`,
      sql`
        select distinct r.county || ' ' || ${sql.ref(`r.${column}`)} as name, count(*) over ()::integer as count
        from ${sql.table(from)} r
        where ${sql.ref(`r.${column}`)} is not null and not exists (
          select from ${sql.table(to)} t where t.county = r.county and ${sql.ref(`t.${key}`)} = ${sql.ref(`r.${column}`)})
        limit ${sql.lit(MOST_NAMED)}`,
    )
  // A body of the district serves an area that is here only in parts.
  await note(
    'body.area_code',
    sql`
      select distinct r.county || ' ' || r.area_code as name, count(*) over ()::integer as count from body r
      where not exists (select from area a where a.county = r.county and starts_with(a.code, r.area_code))
      limit ${sql.lit(MOST_NAMED)}`,
  )
  await note(
    'room.entrance',
    sql`
      select r.county || ' ' || r.id as name, count(*) over ()::integer as count from room r
      where r.entrance is not null and not exists (
        select from entrance e
        where e.county = r.county and e.building_id = r.building_id and e.number = r.entrance)
      limit ${sql.lit(MOST_NAMED)}`,
  )
  return faults
}
