// Every request's transaction: the application's role, the actor and the scope, for this transaction only.
import { sql } from 'kysely'
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
 */
export async function inScope<T>(
  database: Database,
  actor: Actor,
  work: (tx: Tx) => Promise<T>,
  options: { readonly seconds?: number } = {},
): Promise<T> {
  if (insideScope()) throw new NestedScopeError()
  for (const prefix of actor.scope) {
    if (!PREFIX.test(prefix)) throw new TypeError(`Not an area code of 6, 9 or 12 digits, nor *: ${prefix}`)
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return await database.owner.transaction().execute(async tx => {
        if (options.seconds !== undefined) {
          await sql.raw(deadlineStatement(options.seconds)).execute(tx)
        }
        await sql`
          select set_config('role', 'huage_app', true),
            set_config('huage.actor', ${actor.name}, true),
            set_config('huage.scope', ${actor.scope.join(',')}, true)`.execute(tx)
        return await markInside(() => work(tx))
      })
    } catch (error) {
      if (attempt === ATTEMPTS || !TRY_AGAIN.has(codeOf(error))) throw error
      // Jitter lets writers who met once not meet again.
      await new Promise(resolve => setTimeout(resolve, Math.random() * 10 * 2 ** attempt))
    }
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
