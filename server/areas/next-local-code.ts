// Private codes for areas that have no national one: the county, then 900 001 upward, which GB/T 2260 leaves unused.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** @returns 12 digits; two callers at once get different ones, since the second waits for the first */
export async function nextLocalCode(tx: Tx, county: string): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtext(${`local area code ${county}`}))`.execute(tx)
  const { highest } = await tx
    .selectFrom('area')
    .select(sql<string | null>`max(code)`.as('highest'))
    .where('county', '=', county)
    .where('local', '=', true)
    .executeTakeFirstOrThrow()
  return highest ? String(BigInt(highest) + 1n) : `${county}900001`
}
