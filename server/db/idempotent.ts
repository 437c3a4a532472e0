// The same request twice is one effect: the reply of the first is kept and given again.
import { sql } from 'kysely'
import type { Actor, Tx } from './database.ts'

export interface KeptReply {
  readonly status: number
  readonly reply: unknown
}

/** The key came before, with another request: 422. */
export class IdempotencyKeyReusedError extends Error {
  override readonly name = 'IdempotencyKeyReusedError'
  readonly code = 'idempotency-key-reused'
  readonly status = 422
  constructor(readonly key: string) {
    super(`The idempotency key ${key} was used for another request before.`)
  }
}

/**
 * Runs `work` once per actor and key, in the caller's transaction. Of two at once the second waits for the first's
 * reply. What throws or answers 400 and above is not kept: it had no effect, so it may be tried again.
 */
export async function once(
  tx: Tx,
  actor: Actor,
  key: string,
  requestHash: string,
  work: () => Promise<KeptReply>,
): Promise<KeptReply> {
  // Held until this transaction ends; by then the reply can be read by whoever waited.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`idempotency ${actor.name} ${key}`}, 0))`.execute(tx)
  const kept = await tx
    .selectFrom('idempotency')
    .select(['request_hash', 'status', 'reply'])
    .where('actor', '=', actor.name)
    .where('key', '=', key)
    .executeTakeFirst()
  if (kept) {
    if (kept.request_hash !== requestHash) throw new IdempotencyKeyReusedError(key)
    return { status: kept.status, reply: kept.reply }
  }
  const { status, reply } = await work()
  if (status < 400) {
    await tx
      .insertInto('idempotency')
      .values({
        actor: actor.name,
        key,
        request_hash: requestHash,
        status,
        reply: JSON.stringify(reply ?? null),
      })
      .execute()
  }
  return { status, reply }
}
