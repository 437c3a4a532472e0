// Transactions: what is taken back, what is kept, who waits for whom, and that nothing outlives one.
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Actor, type Database, LOCAL_ACTOR } from './database.ts'
import { NestedScopeError, TransactionLostError } from './failures.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

describeOnBothEngines('transactions', fresh => {
  beforeAll(async () => {
    await sql`create table tally (name text primary key, n integer not null)`.execute(fresh().owner)
    await sql`grant all on tally to huage_app`.execute(fresh().owner)
  })
  const numberOf = async (name: string) => {
    const { rows } = await sql<{ n: number }>`select n from tally where name = ${name}`.execute(fresh().owner)
    return rows[0]?.n ?? null
  }
  const set = (name: string, n: number) =>
    sql`insert into tally values (${name}, ${n}) on conflict (name) do update set n = excluded.n`

  it('commits', async () => {
    await inScope(fresh(), LOCAL_ACTOR, tx => set('kept', 1).execute(tx))
    expect(await numberOf('kept')).toBe(1)
  })
  it('gives back what the work gives back', async () => {
    expect(await inScope(fresh(), LOCAL_ACTOR, async () => 42)).toBe(42)
  })
  it('rolls back when the work throws, and passes its error on', async () => {
    const reason = new Error('no')
    const work = inScope(fresh(), LOCAL_ACTOR, async tx => {
      await set('thrown', 1).execute(tx)
      throw reason
    })
    await expect(work).rejects.toBe(reason)
    expect(await numberOf('thrown')).toBeNull()
  })
  it('an error that was caught and passed over does not commit half a transaction', async () => {
    const work = inScope(fresh(), LOCAL_ACTOR, async tx => {
      await set('half', 1).execute(tx)
      await sql`select 1 / 0`.execute(tx).catch(() => undefined)
    })
    await expect(work).rejects.toBeInstanceOf(TransactionLostError)
    expect(await numberOf('half')).toBeNull()
  })
  it('savepoints take back a part', async () => {
    await inScope(fresh(), LOCAL_ACTOR, async tx => {
      await set('outer', 1).execute(tx)
      await sql`savepoint here`.execute(tx)
      await set('inner', 1).execute(tx)
      await sql`select 1 / 0`.execute(tx).catch(() => undefined)
      await sql`rollback to savepoint here`.execute(tx)
      await set('after', 1).execute(tx)
    })
    expect([await numberOf('outer'), await numberOf('inner'), await numberOf('after')]).toEqual([1, null, 1])
  })
  it('Kysely’s own savepoints work', async () => {
    const trx = await fresh().owner.startTransaction().execute()
    const point = await trx.savepoint('a "quoted" name').execute()
    await set('in savepoint', 1).execute(point)
    await point.rollbackToSavepoint('a "quoted" name').execute()
    await trx.commit().execute()
    expect(await numberOf('in savepoint')).toBeNull()
  })
  it('a scope in a scope is refused, not waited for', async () => {
    const work = inScope(fresh(), LOCAL_ACTOR, () => inScope(fresh(), LOCAL_ACTOR, async () => 1))
    await expect(work).rejects.toBeInstanceOf(NestedScopeError)
  })
  it('a query of the owner in a scope is refused too', async () => {
    const work = inScope(fresh(), LOCAL_ACTOR, () => numberOf('kept'))
    await expect(work).rejects.toBeInstanceOf(NestedScopeError)
  })
  it('what a scope leaves running may open one of its own afterwards', async () => {
    let later: Promise<number> | undefined
    let end = () => {}
    const over = new Promise<void>(resolve => {
      end = resolve
    })
    await inScope(fresh(), LOCAL_ACTOR, async () => {
      later = over.then(() => inScope(fresh(), LOCAL_ACTOR, async () => 7))
    })
    end()
    expect(await later).toBe(7)
  })
  it('50 at once lose no update', async () => {
    await set('counter', 0).execute(fresh().owner)
    await Promise.all(
      Array.from({ length: 50 }, () =>
        inScope(fresh(), LOCAL_ACTOR, async tx => {
          const { rows } = await sql<{ n: number }>`
            select n from tally where name = 'counter' for update`.execute(tx)
          await sql`update tally set n = ${rows[0]!.n + 1} where name = 'counter'`.execute(tx)
        }),
      ),
    )
    expect(await numberOf('counter')).toBe(50)
  })
  it('50 at once, half of which fail, leave exactly the other half', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        inScope(fresh(), LOCAL_ACTOR, async tx => {
          await set(`many ${i}`, i).execute(tx)
          if (i % 2) await sql`select 1 / 0`.execute(tx)
        }),
      ),
    )
    expect(results.filter(result => result.status === 'fulfilled')).toHaveLength(25)
    const { rows } = await sql`select n from tally where name like 'many %' order by n`.execute(fresh().owner)
    expect(rows).toEqual(Array.from({ length: 25 }, (_, i) => ({ n: i * 2 })))
  })
  it('a transaction sees nothing of another that is not committed', async () => {
    const trx = await fresh().owner.startTransaction().execute()
    await set('hidden', 1).execute(trx)
    const seen = numberOf('hidden')
    await trx.rollback().execute()
    expect(await seen).toBeNull()
  })
  it('serialization failures are tried again and never reach the caller', async () => {
    let runs = 0
    const result = await inScope(fresh(), LOCAL_ACTOR, async tx => {
      runs++
      await set('retried', runs).execute(tx)
      if (runs < 3) await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx)
      return runs
    })
    expect([result, runs, await numberOf('retried')]).toEqual([3, 3, 3])
  })
  it('deadlocks are tried again', async () => {
    let runs = 0
    await inScope(fresh(), LOCAL_ACTOR, async tx => {
      if (++runs === 1)
        await sql`do $$ begin raise exception 'again' using errcode = '40P01'; end $$`.execute(tx)
    })
    expect(runs).toBe(2)
  })
  it('gives up after a bounded number of tries', async () => {
    let runs = 0
    const work = inScope(fresh(), LOCAL_ACTOR, async tx => {
      runs++
      await sql`do $$ begin raise exception 'again' using errcode = '40001'; end $$`.execute(tx)
    })
    await expect(work).rejects.toMatchObject({ code: '40001' })
    expect(runs).toBeLessThanOrEqual(10)
  })

  describe('nothing outlives a transaction', () => {
    const settings = async (database: Database) => {
      const { rows } = await sql`
        select current_user <> 'huage_app' as owner, nullif(current_setting('huage.actor', true), '') as actor,
          nullif(current_setting('huage.scope', true), '') as scope,
          current_setting('statement_timeout') as timeout`.execute(database.owner)
      return rows[0]
    }
    it('neither role nor actor nor scope nor deadline, after success', async () => {
      const before = await settings(fresh())
      await inScope(fresh(), { name: '张三', scope: ['110116'] }, async () => 1, { seconds: 9 })
      for (let i = 0; i < 12; i++) expect(await settings(fresh())).toEqual(before)
      expect(before).toMatchObject({ owner: true, actor: null, scope: null })
    })
    it('nor after an error', async () => {
      const before = await settings(fresh())
      await inScope(fresh(), { name: '张三', scope: ['110116'] }, tx => sql`select 1 / 0`.execute(tx), {
        seconds: 9,
      }).catch(() => undefined)
      for (let i = 0; i < 12; i++) expect(await settings(fresh())).toEqual(before)
    })
    it('inside, they are set', async () => {
      const actor: Actor = { name: "李四's, 网格员", scope: ['110116', '110116001'] }
      const { rows } = await inScope(fresh(), actor, tx =>
        sql`
          select current_user as role, current_setting('huage.actor') as actor,
            current_setting('huage.scope') as scope`.execute(tx),
      )
      expect(rows).toEqual([{ role: 'huage_app', actor: actor.name, scope: '110116,110116001' }])
    })
    it('50 actors at once each see their own name', async () => {
      const names = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          inScope(fresh(), { name: `actor ${i}`, scope: [] }, async tx => {
            const { rows } = await sql<{
              name: string
            }>`select current_setting('huage.actor') as name`.execute(tx)
            return rows[0]!.name
          }),
        ),
      )
      expect(names).toEqual(Array.from({ length: 50 }, (_, i) => `actor ${i}`))
    })
    it('a scope that is no area code is refused before it reaches the database', async () => {
      for (const prefix of ['1', '110116,*', '%', "'", '11011', '']) {
        await expect(inScope(fresh(), { name: 'x', scope: [prefix] }, async () => 1)).rejects.toThrow(
          'area code',
        )
      }
    })
  })
})
