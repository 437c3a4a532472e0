// The same request twice is one effect (L4).
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { IdempotencyKeyReusedError, once } from './idempotent.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

describeOnBothEngines('replies kept by key', fresh => {
  const ask = (
    key: string,
    hash: string,
    work: () => Promise<{ status: number; reply: unknown }>,
    name = 'local',
  ) => inScope(fresh(), { name, scope: ['*'] }, tx => once(tx, { name, scope: ['*'] }, key, hash, work))

  it('the same request again is given the first reply', async () => {
    let runs = 0
    const work = async () => ({ status: 201, reply: { id: ++runs, 名: '划格' } })
    const first = await ask('a', 'h', work)
    expect(await ask('a', 'h', work)).toEqual(first)
    expect(runs).toBe(1)
  })
  it('the same key with another request is refused', async () => {
    const error = await ask('a', 'other', async () => ({ status: 200, reply: 1 })).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(IdempotencyKeyReusedError)
    expect(error).toMatchObject({ code: 'idempotency-key-reused', status: 422 })
  })
  it('another actor has keys of their own', async () => {
    expect(await ask('a', 'other', async () => ({ status: 200, reply: 'mine' }), 'someone')).toEqual({
      status: 200,
      reply: 'mine',
    })
  })
  it('of ten at once one works, all get its reply', async () => {
    let runs = 0
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => ask('b', 'h', async () => ({ status: 200, reply: ++runs }))),
    )
    expect(runs).toBe(1)
    expect(new Set(replies.map(reply => reply.reply))).toEqual(new Set([1]))
  })
  it('a failed work keeps nothing and may be tried again', async () => {
    await expect(
      ask('c', 'h', async () => {
        throw new Error('failed')
      }),
    ).rejects.toThrow('failed')
    expect(await ask('c', 'h', async () => ({ status: 409, reply: 'stale' }))).toMatchObject({
      status: 409,
    })
    expect(await ask('c', 'h', async () => ({ status: 200, reply: undefined }))).toMatchObject({
      status: 200,
    })
    expect(await ask('c', 'h', async () => ({ status: 500, reply: 'never' }))).toEqual({
      status: 200,
      reply: null,
    })
  })
  it('no one reads the replies of another', async () => {
    const { rows } = await inScope(fresh(), { name: 'curious', scope: ['*'] }, tx =>
      sql`select * from idempotency`.execute(tx),
    )
    expect(rows).toEqual([])
  })
})
