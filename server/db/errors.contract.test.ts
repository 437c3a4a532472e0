// Errors have the same class, code and fields on both engines, and none is ever swallowed.

import { type RawBuilder, sql } from 'kysely'
import { DatabaseError } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { LOCAL_ACTOR } from './database.ts'
import { StatementLostError, TransactionLostError } from './failures.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

describeOnBothEngines('errors', fresh => {
  const run = async (statement: RawBuilder<unknown>) =>
    await inScope(fresh(), LOCAL_ACTOR, tx => statement.execute(tx))

  it('unique: names the constraint', async () => {
    const insert = sql`insert into layer_version (county, layer) values ('110101', 'roads')`
    await run(insert)
    const error = await run(insert).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(DatabaseError)
    expect(error).toMatchObject({ code: '23505', table: 'layer_version', constraint: 'layer_version_pkey' })
  })
  it('foreign key', async () => {
    await expect(
      run(sql`
        insert into plan (county, plan_id, area_code, name, profile, created_by)
        values ('110101', gen_random_uuid(), '110101', '方案', 'nowhere', 'local')`),
    ).rejects.toMatchObject({ code: '23503' })
  })
  it('check', async () => {
    await expect(
      run(sql`
        insert into people_spread (county, spread_id, persons, households, buildings, actor)
        values ('110101', gen_random_uuid(), -1, 0, 0, 'local')`),
    ).rejects.toMatchObject({ code: '23514', constraint: 'people_spread_persons_check' })
  })
  it('not null names the column', async () => {
    await expect(run(sql`insert into layer_version (county) values ('110101')`)).rejects.toMatchObject({
      code: '23502',
      column: 'layer',
    })
  })
  it('syntax has a position', async () => {
    await expect(run(sql`selekt 1`)).rejects.toMatchObject({ code: '42601', position: '1' })
  })
  it('division by zero', async () => {
    await expect(run(sql`select 1 / 0`)).rejects.toMatchObject({ code: '22012' })
  })
  it('unknown table, column, function', async () => {
    await expect(run(sql`select * from nowhere`)).rejects.toMatchObject({ code: '42P01' })
    await expect(run(sql`select nothing from plan`)).rejects.toMatchObject({ code: '42703' })
    await expect(run(sql`select st_nothing()`)).rejects.toMatchObject({ code: '42883' })
  })
  it('several statements in one are refused', async () => {
    await expect(run(sql`select ${1}::int; select 2`)).rejects.toMatchObject({ code: '42601' })
  })
  it('an error of a stack deep in the engine still names the lines of whoever asked', async () => {
    const error = await run(sql`select 1 / 0`).catch((e: unknown) => e)
    expect((error as Error).stack).toContain('scope.ts')
  })
  it('after an error the connection is as good as before', async () => {
    for (let i = 0; i < 20; i++) await run(sql`select 1 / 0`).catch(() => undefined)
    expect((await run(sql`select 1 as one`)).rows).toEqual([{ one: 1 }])
  })
  it('an unreadable value of a geometry column is an error, not a null', async () => {
    await expect(run(sql`select st_geomfromtext('POLYGON((0 0')`)).rejects.toMatchObject({ code: 'XX000' })
    await expect(run(sql`select st_geomfromgeojson('nope')`)).rejects.toMatchObject({ code: 'XX000' })
  })

  const bowTie = sql`'POLYGON((0 0,2 2,2 0,0 2,0 0))'::geometry`
  const square = sql`'POLYGON((0 0,1 0,1 1,0 1,0 0))'::geometry`
  // On the embedded engine these end without rows and without an error: the C++ exception is lost on its way.
  const SWALLOWED: Record<string, RawBuilder<unknown>> = {
    'intersection of a bow tie': sql`st_intersection(${bowTie}, ${square})`,
    'difference of a bow tie': sql`st_difference(${bowTie}, ${square})`,
    'symmetric difference of a bow tie': sql`st_symdifference(${bowTie}, ${square})`,
    'relate with a pattern that is none': sql`st_relate('POINT(0 0)'::geometry, 'POINT(0 0)'::geometry, 'bogus')`,
    'matching two patterns that are none': sql`st_relatematch('bogus', 'bogus')`,
    'transform from a projection that is none': sql`st_transform('POINT(1 2)'::geometry, '+proj=bogus', 'EPSG:4326')`,
    'concave hull beyond one': sql`st_concavehull('MULTIPOINT(0 0,1 1,2 5)'::geometry, 5)`,
    'Hausdorff distance of a negative step': sql`st_hausdorffdistance('LINESTRING(0 0,1 1)'::geometry, 'LINESTRING(0 1,1 2)'::geometry, -1)`,
    'Fréchet distance of a step beyond one': sql`st_frechetdistance('LINESTRING(0 0,1 1)'::geometry, 'LINESTRING(0 1,1 2)'::geometry, 7)`,
  }

  describe('a statement that GEOS or PROJ breaks off', () => {
    beforeAll(async () => {
      await sql`create table kept (what text)`.execute(fresh().owner)
      await sql`insert into kept values ('always')`.execute(fresh().owner)
      await sql`grant create on schema public to huage_app`.execute(fresh().owner)
      await sql`grant all on kept to huage_app`.execute(fresh().owner)
    })
    const kept = async () =>
      (await sql<{ what: string }>`select what from kept`.execute(fresh().owner)).rows.map(row => row.what)
    const lostOrError = (error: unknown) =>
      error instanceof StatementLostError || error instanceof DatabaseError

    it.each(Object.entries(SWALLOWED))('%s throws, and nothing is committed', async (what, expression) => {
      const error = await inScope(fresh(), LOCAL_ACTOR, async tx => {
        await sql`insert into kept values (${what})`.execute(tx)
        await sql`select ${expression}`.execute(tx)
      }).catch((e: unknown) => e)
      expect(error).toSatisfy(lostOrError)
      expect(await kept()).not.toContain(what)
    })
    it('caught and passed over, it still lets nothing be committed', async () => {
      const error = await inScope(fresh(), LOCAL_ACTOR, async tx => {
        await sql`insert into kept values ('passed over')`.execute(tx)
        await sql`select ${SWALLOWED['difference of a bow tie']!}`.execute(tx).catch(() => undefined)
      }).catch((e: unknown) => e)
      expect(error).toBeInstanceOf(TransactionLostError)
      expect(await kept()).not.toContain('passed over')
    })
    it('refuses what follows in the same transaction', async () => {
      await inScope(fresh(), LOCAL_ACTOR, async tx => {
        await sql`select ${SWALLOWED['difference of a bow tie']!}`.execute(tx).catch(() => undefined)
        await expect(sql`insert into kept values ('later')`.execute(tx)).rejects.toMatchObject({
          code: '25P02',
        })
      }).catch((e: unknown) => expect(e).toBeInstanceOf(TransactionLostError))
      expect(await kept()).not.toContain('later')
    })
    // The tag of these says success, with some of the rows: only the count of uncaught exceptions gives them away.
    const each = sql`st_area(st_difference(case when n = 5 then ${bowTie} else ${square} end, ${square}))`
    const WRITES: Record<string, RawBuilder<unknown>> = {
      insert: sql`insert into kept select 'half ' || ${each} from generate_series(1, 5) n`,
      'insert returning': sql`insert into kept select 'half ' || ${each} from generate_series(1, 5) n returning what`,
      'create table as': sql`create table half as select ${each} from generate_series(1, 5) n`,
      update: sql`update kept set what = 'half' from (values (4), (5)) v (n) where ${each} >= 0`,
      delete: sql`delete from kept using (values (4), (5)) v (n) where ${each} >= 0`,
      'common table expression': sql`
        with new as (insert into kept select 'half ' || ${each} from generate_series(1, 5) n returning what)
        select count(*) from new`,
      'a loop with an exception handler': sql`
        do $$ begin
          begin
            insert into kept values ('half');
            perform st_relatematch('bogus', 'bogus');
          exception when others then raise;
          end;
        end $$`,
    }
    it.each(Object.entries(WRITES))('%s keeps nothing, in a transaction and outside', async (_, write) => {
      const inside = await run(write).catch((e: unknown) => e)
      const outside = await write.execute(fresh().owner).catch((e: unknown) => e)
      for (const error of [inside, outside]) expect(error).toSatisfy(lostOrError)
      expect((await kept()).filter(what => what.startsWith('half'))).toEqual([])
      const table = await sql`select to_regclass('half') as half`.execute(fresh().owner)
      expect(table.rows).toEqual([{ half: null }])
    })
    it('what GEOS itself catches is no loss', async () => {
      const { rows } = await run(sql`
        select st_isvalid(${bowTie}) as valid, st_isvalidreason(${bowTie}) as reason,
          st_area(st_makevalid(${bowTie})) as area, st_astext(st_union(${square}, st_translate(${square}, 1, 0))) as both`)
      expect(rows[0]).toMatchObject({ valid: false, reason: 'Self-intersection[1 1]', area: 2 })
    })
    it('a hundred in a row leave the engine sound', async () => {
      for (let i = 0; i < 100; i++) {
        const error = await run(sql`select ${SWALLOWED['intersection of a bow tie']!}`).catch(
          (e: unknown) => e,
        )
        expect(error).toSatisfy(lostOrError)
      }
      const area = await run(sql`select st_area(st_intersection(${square}, ${square})) as area`)
      expect(area.rows).toEqual([{ area: 1 }])
    })
    it('a savepoint before it can be gone back to', async () => {
      await inScope(fresh(), LOCAL_ACTOR, async tx => {
        await sql`insert into kept values ('before the savepoint')`.execute(tx)
        await sql`savepoint here`.execute(tx)
        await sql`select ${SWALLOWED['difference of a bow tie']!}`.execute(tx).catch(() => undefined)
        await sql`rollback to savepoint here`.execute(tx)
      })
      expect(await kept()).toContain('before the savepoint')
    })
  })
})
