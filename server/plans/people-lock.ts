// Keeps totals true: an edit counts people while nobody moves them; whoever moves people waits for edits under way.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

const PEOPLE = 0x68756167

/** Held to the end of the transaction. Many may count at once; one may move. */
export async function lockPeople(tx: Tx, county: string, mode: 'count' | 'move'): Promise<void> {
  const key = sql`${sql.lit(PEOPLE)}, ${Number(county)}::integer`
  await (mode === 'count'
    ? sql`select pg_advisory_xact_lock_shared(${key})`
    : sql`select pg_advisory_xact_lock(${key})`
  ).execute(tx)
}
