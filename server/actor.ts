// Who acts in a request, and how a POST becomes one effect.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Database, LOCAL_ACTOR, type Tx } from './db/database.ts'
import { once } from './db/idempotent.ts'
import { inScope } from './db/scope.ts'

/** Until sign-in exists everybody is `local`. */
export const actorOf = (_request: FastifyRequest) => LOCAL_ACTOR

export const IDEMPOTENCY_HEADER = {
  type: 'object',
  properties: {
    'idempotency-key': {
      type: 'string',
      minLength: 1,
      maxLength: 200,
      description: 'the same key twice is one effect',
    },
  },
} as const

export const idempotencyKey = (request: FastifyRequest): string | undefined => {
  const key = request.headers['idempotency-key']
  return typeof key === 'string' ? key : undefined
}

/** Runs a write in one transaction in the caller's scope; with an Idempotency-Key a repeat gets the first answer. */
export async function write<T>(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const actor = actorOf(request)
  const key = idempotencyKey(request)
  if (!key) {
    const result = await inScope(database, actor, work)
    reply.status(status)
    return result
  }
  const hash = createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
  const answer = await inScope(database, actor, tx =>
    once(tx, actor, key, hash, async () => ({ status, reply: await work(tx) })),
  )
  reply.status(answer.status)
  return answer.reply as T
}
