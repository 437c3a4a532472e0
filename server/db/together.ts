// Several small queries in one statement: each asked alone would cost more on its way than in the database.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './database.ts'
import { kept } from './kept.ts'

type Parts = Readonly<Record<string, RawBuilder<object>>>
export type Answers<P extends Parts> = { [K in keyof P]: P[K] extends RawBuilder<infer R> ? R[] : never }

/**
 * The rows of each part, in the part's order. They travel as JSON: an instant comes as text.
 * @param before `with … as (…)` of tables that the parts share
 */
export async function together<P extends Parts>(
  tx: Tx,
  before: RawBuilder<unknown>,
  parts: P,
): Promise<Answers<P>> {
  const columns = Object.entries(parts).map(
    ([name, part]) => sql`(select coalesce(json_agg(part), '[]') from (${part}) as part) as ${sql.ref(name)}`,
  )
  const { rows } = await sql<Answers<P>>`${kept}
    ${before}
    select ${sql.join(columns)}`.execute(tx)
  return rows[0]!
}
