// Statements whose plan is kept: a request of many small ones would spend more time planning them than running them.
import { sql } from 'kysely'
import type { Tx } from './database.ts'

const MARK = '/* kept */'

/**
 * To stand first in a statement that is sent again and again with the same text: the server engine prepares it once for
 * each connection. Not for statements whose text varies without bound.
 */
export const kept = sql.raw(MARK)

export const isKept = (statement: string): boolean => statement.trimStart().startsWith(MARK)

/**
 * For the rest of the transaction kept statements use one plan for whatever they are asked. With its box unknown the
 * planner takes a shape to hold little, and goes by the indexes: right for one grid, wrong for half a county.
 */
export async function keepPlans(tx: Tx): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`.execute(tx)
}
