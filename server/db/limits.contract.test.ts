// Large answers, large parameters, endless statements, and closing in the middle of work.
import { sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { LOCAL_ACTOR } from './database.ts'
import { DeadlineError } from './failures.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines, freshDatabase } from './testing.ts'

describeOnBothEngines('size and time', fresh => {
  beforeAll(async () => {
    await sql`create table tally (name text primary key, n integer not null)`.execute(fresh().owner)
    await sql`grant all on tally to huage_app`.execute(fresh().owner)
  })
  const numberOf = async (name: string) => {
    const { rows } = await sql<{ n: number }>`select n from tally where name = ${name}`.execute(fresh().owner)
    return rows[0]?.n ?? null
  }
  const set = (name: string, n: number) => sql`insert into tally values (${name}, ${n})`

  it('50,000 rows', async () => {
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{ n: number; name: string; at: Date }>`
        select n, '网格 ' || n as name, now() as at, jsonb_build_object('n', n) as json
        from generate_series(1, 50000) n`.execute(tx),
    )
    expect(rows).toHaveLength(50_000)
    expect(rows[49_999]).toMatchObject({ n: 50_000, name: '网格 50000', json: { n: 50_000 } })
  })
  it('parameters of 5 MB, text and bytes', async () => {
    const text = '划'.repeat(5_000_000 / 3)
    const bytes = new Uint8Array(5_000_000).map((_, i) => i % 251)
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql<{
        text: string
        bytes: Uint8Array
      }>`select ${text}::text as text, ${bytes}::bytea as bytes`.execute(tx),
    )
    expect(rows[0]!.text).toBe(text)
    expect(Buffer.compare(rows[0]!.bytes, bytes)).toBe(0)
  })
  it('30,000 parameters in one statement', async () => {
    const numbers = Array.from({ length: 30_000 }, (_, i) => i)
    const { rows } = await inScope(fresh(), LOCAL_ACTOR, tx =>
      sql`select count(*) as n from (values ${sql.join(numbers.map(n => sql`(${n}::int)`))}) v`.execute(tx),
    )
    expect(rows).toEqual([{ n: 30_000 }])
  })
  it('an endless statement is ended, its transaction is gone, the next statement works', async () => {
    await set('acknowledged', 1).execute(fresh().owner)
    const work = inScope(
      fresh(),
      LOCAL_ACTOR,
      async tx => {
        await set('unfinished', 1).execute(tx)
        await sql`select count(*) from generate_series(1, 1000000000000)`.execute(tx)
      },
      { seconds: 0.5 },
    )
    const next = numberOf('acknowledged')
    await expect(work).rejects.toBeInstanceOf(DeadlineError)
    expect(await next).toBe(1)
    expect(await numberOf('unfinished')).toBeNull()
    expect(await inScope(fresh(), LOCAL_ACTOR, async tx => (await set('later', 1).execute(tx)) && 1)).toBe(1)
  })
  it('the event loop keeps ticking while the database works', async () => {
    let ticks = 0
    const clock = setInterval(() => ticks++, 10)
    await sql`select count(*) from generate_series(1, 3000000)`.execute(fresh().owner)
    clearInterval(clock)
    expect(ticks).toBeGreaterThan(5)
  })
  it('close waits for what is under way, and refuses what comes later', async () => {
    const { database, remove } = await freshDatabase(fresh().engine)
    let enter = () => {}
    const entered = new Promise<void>(resolve => {
      enter = resolve
    })
    const under = inScope(database, LOCAL_ACTOR, async tx => {
      enter()
      await sql`insert into layer_version (county, layer) values ('110116', 'roads')`.execute(tx)
      const { rows } = await sql`select count(*) as n from generate_series(1, 1000000)`.execute(tx)
      return rows
    })
    await entered
    await database.close()
    expect(await under).toEqual([{ n: 1_000_000 }])
    await expect(inScope(database, LOCAL_ACTOR, async () => 1)).rejects.toThrow()
    await remove()
  })
})
