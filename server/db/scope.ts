// Every request's transaction: the application's role, the actor and the scope, for this transaction only.
import { type RawBuilder, sql } from 'kysely'
import type { Actor, Database, Tx } from './database.ts'
import { deadlineStatement } from './deadline.ts'
import { NestedScopeError } from './failures.ts'
import { insideScope, markInside } from './inside-scope.ts'

const ATTEMPTS = 8
// serialization_failure and deadlock_detected: the database asks to try again
const TRY_AGAIN = new Set(['40001', '40P01'])
const PREFIX = /^(\*|\d{6}(\d{3}(\d{3})?)?)$/

/**
 * Runs `work` in one transaction as the application's role, with the actor's scope. It may run again after a
 * serialization failure or a deadlock, so it must do nothing outside the database.
 *
 * With `keepPlans` kept statements use one plan for whatever they are asked. With its box unknown the planner takes a
 * shape to hold little, and goes by the indexes: right for one grid, wrong for half a county.
 */
export async function inScope<T>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: { readonly seconds?: number; readonly keepPlans?: boolean } = {},
): Promise<T> {
  if (insideScope()) throw new NestedScopeError()
  checkScope(actor)
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.owner.transaction().execute(async tx => {
        if (options.seconds !== undefined) {
          await sql.raw(deadlineStatement(options.seconds)).execute(tx)
        }
        await enter(actor, options.keepPlans).execute(tx)
        return await markInside(() => work(tx))
      })
    } catch (error) {
      if (attempt === ATTEMPTS || !TRY_AGAIN.has(codeOf(error))) throw error
      // Jitter lets writers who met once not meet again.
      await new Promise(resolve => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
    }
  }
}

/**
 * One statement that reads, in the actor's scope, in a single round trip where the engine can: settings and statement
 * travel as one message, which PostgreSQL runs as one transaction. It must hold literals only (`sql.lit`).
 */
export async function readInScope<R>(database: Database, actor: Actor, query: RawBuilder<R>): Promise<R[]> {
  if (database.engine !== 'server')
    return inScope(database, actor, async tx => (await query.execute(tx)).rows)
  if (insideScope()) throw new NestedScopeError()
  checkScope(actor)
  const compiled = sql<R>`${enter(actor)}; ${query}`.compile(database.owner)
  if (compiled.parameters.length > 0) throw new TypeError('readInScope takes a statement of literals only.')
  return (await database.owner.executeQuery(compiled)).rows
}

function checkScope(actor: Actor): void {
  for (const prefix of actor.scope) {
    if (!PREFIX.test(prefix)) throw new TypeError(`Not an area code of 6, 9 or 12 digits, nor *: ${prefix}`)
  }
}

/** For this transaction only: the application's role, who acts, and what they may see. */
const enter = (actor: Actor, keepPlans = false) => sql`
  select set_config('role', 'huage_app', true), set_config('huage.actor', ${sql.lit(actor.name)}, true),
    set_config('huage.scope', ${sql.lit(actor.scope.join(','))}, true)
    ${keepPlans ? sql`, set_config('plan_cache_mode', 'force_generic_plan', true)` : sql``}`

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
