// The present grids of a plan, named in SQL and in pages, for whoever judges them.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'

/** True for the plan's present versions under this alias. */
export const present = (alias: string, key: PlanKey): RawBuilder<boolean> => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<boolean>`${column('county')} = ${key.county} and ${column('plan_id')} = ${key.plan_id}
    and ${column('to_revision')} is null`
}

export const among = (alias: string, ids: readonly string[]): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${alias}.grid_id`)} = any (${[...ids]}::uuid[])`

/** Ids of the present grids, neighbours by code together. */
export async function presentIds(tx: Tx, key: PlanKey, only: 'all' | 'parents'): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select grid_id as id from grid_version g
    where ${present('g', key)} ${only === 'parents' ? sql`and not leaf` : sql``} order by code`.execute(tx)
  return rows.map(row => row.id)
}

export function* pagesOf<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < list.length; i += size) yield list.slice(i, i + size)
}
