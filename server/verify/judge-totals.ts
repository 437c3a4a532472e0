// Compares what is kept of a grid's things and people with the points on its ground, and with what its children have kept.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { countedLeaves, summedParents } from '../grids/keep-totals.ts'
import type { PlanKey } from '../plans/queries.ts'
import { type Fault, faultOf } from './faults.ts'
import { present } from './present.ts'

export async function judgeTotals(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const kept = (leaf: boolean) => sql`
    select g.* from grid_version g where ${present('g', key)} and g.leaf = ${sql.lit(leaf)}
      and exists (select from grid_totals t where t.county = g.county and t.plan_id = g.plan_id
        and t.grid_id = g.grid_id and t.from_revision = g.from_revision)`
  const before = sql`with recursive`
  const faults: Fault[] = []
  for (const [counted, by] of [
    [countedLeaves(before, kept(true), key.county), 'the points'],
    [summedParents(before, kept(false)), 'its children'],
  ] as const) {
    const { rows } = await sql<{ id: string }>`
      select t.grid_id as id
      from (${counted}) as counted join grid_totals t on t.county = counted.county and t.plan_id = counted.plan_id
        and t.grid_id = counted.grid_id and t.from_revision = counted.from_revision
      where (t.totals, t.birthdays) is distinct from (counted.totals, counted.birthdays)
      order by t.grid_id`.execute(tx)
    for (const { id } of rows)
      faults.push(faultOf('kept-totals', { grids: [id], detail: `other than ${by} say` }))
  }
  return faults
}
