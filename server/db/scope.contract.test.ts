// Who sees and writes what: row-level security by area code, and what the application's role may never do.
import { type RawBuilder, sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { LOCAL_ACTOR, type Tx } from './database.ts'
import { inScope, readInScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

const COUNTIES = ['110116', '530302']
const AREAS = [
  '110116',
  '110116001',
  '110116001001',
  '110116001002',
  '110116002',
  '110116002001',
  '530302',
  '530302001',
]
const square = (i: number) =>
  sql`st_multi(st_makeenvelope(${116 + i / 100}, 40, ${116.005 + i / 100}, 40.005, 4326))`

describeOnBothEngines('scope', fresh => {
  const as = async <T>(scope: readonly string[], work: (tx: Tx) => Promise<T>) =>
    await inScope(fresh(), { name: 'someone', scope }, work)
  const run = async (scope: readonly string[], statement: RawBuilder<unknown>) =>
    await as(scope, tx => statement.execute(tx))
  const areasSeenBy = async (...scope: string[]) =>
    (await as(scope, tx => tx.selectFrom('area').select('code').orderBy('code').execute())).map(
      row => row.code,
    )
  const plan = '0190f5fe-7c00-7a00-8000-000000000001'

  beforeAll(async () => {
    const { owner } = fresh()
    for (const [i, code] of AREAS.entries()) {
      await sql`insert into area (county, code, name, source, geom, created_by)
        values (${code.slice(0, 6)}, ${code}, ${`地区 ${code}`}, 'test', ${square(i)}, 'test')`.execute(owner)
    }
    for (const county of COUNTIES) {
      await sql`insert into plan (county, plan_id, area_code, name, profile, created_by)
        values (${county}, ${county === '110116' ? plan : plan.replace(/1$/, '2')}, ${county}, '方案', 'town', 'test')`.execute(
        owner,
      )
      await sql`insert into building (county, id, source_key, import_id, floor_area_m2, geom, point)
        select ${county}, gen_random_uuid(), n::text, gen_random_uuid(), 100,
          st_multi(st_makeenvelope(116 + n / 1e4, 40, 116.00005 + n / 1e4, 40.0001, 4326)),
          st_setsrid(st_point(116 + n / 1e4, 40), 4326)
        from generate_series(1, 5000) n`.execute(owner)
    }
    await sql`insert into grid_version (county, plan_id, grid_id, from_revision, level, leaf, code, name, geom,
        area_m2, persons, households, buildings)
      values ('110116', ${plan}, gen_random_uuid(), 1, 1, true, '01', '第一网格', ${square(0)}, 1, 0, 0, 0)`.execute(
      owner,
    )
    await sql`insert into edit (county, plan_id, revision, kind, params, before, after, actor)
      values ('110116', ${plan}, 1, 'create', '{}', '[]', '[]', 'test')`.execute(owner)
    await sql`analyze`.execute(owner)
  })

  it('one message reads in the same scope, and leaves nothing behind', async () => {
    const seen = async (scope: readonly string[], name = 'someone') =>
      (
        await readInScope(
          fresh(),
          { name, scope },
          sql<{ code: string }>`select code from area order by code`,
        )
      ).map(row => row.code)
    expect(await seen(['*'])).toEqual(AREAS)
    expect(await seen([])).toEqual([])
    expect(await seen(['110116'], "o'brien'; drop table area; --")).toEqual(await areasSeenBy('110116'))
    await expect(readInScope(fresh(), { name: 'someone', scope: ['*'] }, sql`select 1 / 0`)).rejects.toThrow(
      /division by zero/,
    )
    const { rows } = await sql<{ role: string; scope: string | null }>`
      select current_user::text as role, current_setting('huage.scope', true) as scope`.execute(fresh().owner)
    expect(rows[0]!.role).not.toBe('huage_app')
    expect(rows[0]!.scope || null).toBeNull()
  })
  it('the star sees everything', async () => {
    expect(await areasSeenBy('*')).toEqual(AREAS)
  })
  it('an empty scope sees nothing', async () => {
    expect(await areasSeenBy()).toEqual([])
    expect((await run([], sql`select * from building`)).rows).toEqual([])
    expect((await run([], sql`select * from grid_version`)).rows).toEqual([])
  })
  it('a missing scope sees nothing, in every table with rows of areas', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'county'
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`.execute(fresh().owner)
    const tables = rows.map(row => row.name)
    expect(tables).toEqual(
      expect.arrayContaining(['area', 'building', 'plan', 'grid_version', 'edit', 'import']),
    )
    const trx = await fresh().owner.startTransaction().execute()
    await sql`set local role huage_app`.execute(trx)
    for (const table of tables) {
      const seen = await sql`select * from ${sql.table(table)}`.execute(trx)
      expect([table, seen.rows]).toEqual([table, []])
    }
    await trx.rollback().execute()
  })
  it('every table with rows of areas has row-level security', async () => {
    const { rows } = await sql`
      select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'county'
      where c.relkind = 'r' and not c.relrowsecurity`.execute(fresh().owner)
    expect(rows).toEqual([])
  })
  it('a county sees all below it, and no other county', async () => {
    expect(await areasSeenBy('110116')).toEqual(AREAS.filter(code => code.startsWith('110116')))
  })
  it('a village sees itself and what it lies in, not its neighbours', async () => {
    expect(await areasSeenBy('110116001001')).toEqual(['110116', '110116001', '110116001001'])
  })
  it('several prefixes add up', async () => {
    expect(await areasSeenBy('110116002', '530302001')).toEqual([
      '110116',
      '110116002',
      '110116002001',
      '530302',
      '530302001',
    ])
  })
  it('the other county’s buildings, plans, grids and edits are not there', async () => {
    for (const table of ['building', 'plan', 'grid_version', 'edit']) {
      const { rows } = await run(['530302'], sql`select * from ${sql.table(table)} where county = '110116'`)
      expect([table, rows]).toEqual([table, []])
    }
    const { rows } = await run(['530302'], sql`select count(*) as n from building`)
    expect(rows).toEqual([{ n: 5000 }])
  })
  it('writing into another county is refused', async () => {
    await expect(
      run(['530302'], sql`insert into layer_version (county, layer) values ('110116', 'roads')`),
    ).rejects.toMatchObject({ code: '42501' })
  })
  it('updating and deleting another county’s rows changes none', async () => {
    const updated = await run(['530302'], sql`update building set name = 'x' where county = '110116'`)
    const deleted = await run(['530302'], sql`delete from building where county = '110116'`)
    expect([updated.numAffectedRows, deleted.numAffectedRows]).toEqual([0n, 0n])
  })
  it('what lies above may be seen, not written', async () => {
    const updated = await run(['110116001001'], sql`update area set name = 'mine' where code = '110116'`)
    expect(updated.numAffectedRows).toBe(0n)
    const own = await run(['110116001001'], sql`update area set name = 'mine' where code = '110116001001'`)
    expect(own.numAffectedRows).toBe(1n)
    await expect(
      run(
        ['110116001001'],
        sql`insert into plan (county, plan_id, area_code, name, profile, created_by)
          values ('110116', gen_random_uuid(), '110116', '越权', 'town', 'x')`,
      ),
    ).rejects.toMatchObject({ code: '42501' })
  })
  it('the engine’s own user, a superuser, would see all: the role is what counts', async () => {
    const { rows } = await sql`select count(*) as n from area`.execute(fresh().owner)
    expect(rows).toEqual([{ n: AREAS.length }])
    const role = await run(
      [],
      sql`select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = current_user`,
    )
    expect(role.rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false }])
  })
  it('the role owns nothing', async () => {
    const { rows } = await sql`
      select relname from pg_class where relowner = 'huage_app'::regrole`.execute(fresh().owner)
    expect(rows).toEqual([])
  })

  describe('the journal is append-only', () => {
    const REFUSED: Record<string, RawBuilder<unknown>> = {
      'changing an edit': sql`update edit set kind = 'other'`,
      'deleting an edit': sql`delete from edit`,
      'emptying the journal': sql`truncate edit`,
      'changing a grid’s shape': sql`update grid_version set geom = ${square(3)}`,
      'changing a grid’s code': sql`update grid_version set code = '99'`,
      'deleting a grid': sql`delete from grid_version`,
      'deleting a plan': sql`delete from plan`,
      'moving a plan': sql`update plan set county = '530302'`,
      'changing lineage': sql`update grid_lineage set revision = 1`,
      'giving a code back': sql`delete from grid_code`,
      'changing a kept reply': sql`update idempotency set status = 200`,
      'dropping a table': sql`drop table edit`,
      'switching row-level security off': sql`alter table edit disable row level security`,
      'reading the migrations': sql`select * from kysely_migration`,
    }
    it.each(Object.entries(REFUSED))('%s is refused', async (_, statement) => {
      await expect(run(['*'], statement)).rejects.toMatchObject({ code: '42501' })
    })
    it('closing a version, refreshing its cache and locking the plan are allowed', async () => {
      await inScope(fresh(), LOCAL_ACTOR, async tx => {
        await sql`select revision from plan where plan_id = ${plan} for update`.execute(tx)
        const { numAffectedRows } = await sql`update grid_version set to_revision = 2, persons = 5`.execute(
          tx,
        )
        expect(numAffectedRows).toBe(1n)
        throw new Error('only tried')
      }).catch((error: Error) => expect(error.message).toBe('only tried'))
    })
    it('a present code is given once', async () => {
      const insert = sql`insert into grid_version (county, plan_id, grid_id, from_revision, level, leaf, code, name,
          geom, area_m2, persons, households, buildings, kind, locked)
        values ('110116', ${plan}, gen_random_uuid(), 1, 1, true, '01', '重码', ${square(1)}, 1, 0, 0, 0, 'basic', false)`
      await expect(run(['*'], insert)).rejects.toMatchObject({
        code: '23505',
        constraint: 'grid_present_code',
      })
    })
  })

  describe('the spatial index is used under row-level security', () => {
    const planOf = async (scope: readonly string[], statement: RawBuilder<unknown>) => {
      const { rows } = await run(scope, sql`explain ${statement}`)
      return (rows as Record<string, string>[]).map(row => row['QUERY PLAN']).join('\n')
    }
    const box = sql`st_makeenvelope(116.1, 39.9, 116.1005, 40.1, 4326)`

    it('&& goes through the GiST index, for the star and for one county', async () => {
      for (const scope of [['*'], ['110116']]) {
        const steps = await planOf(scope, sql`select id from building where geom && ${box}`)
        expect(steps).toMatch(/building_geom/)
        expect(steps).toMatch(/Index Cond: \(geom &&/)
      }
    })
    it('st_intersects alone does not: it may leak, so it is only tested on rows already allowed', async () => {
      const steps = await planOf(['110116'], sql`select id from building where st_intersects(geom, ${box})`)
      expect(steps).not.toMatch(/building_geom/)
    })
    it('&& beside st_intersects does', async () => {
      const steps = await planOf(
        ['110116'],
        sql`select id from building where geom && ${box} and st_intersects(geom, ${box})`,
      )
      expect(steps).toMatch(/building_geom/)
    })
    it('points too', async () => {
      const steps = await planOf(['110116'], sql`select id from building where point && ${box}`)
      expect(steps).toMatch(/building_point/)
    })
    it('and the rows are the right ones', async () => {
      const { rows } = await run(['110116'], sql`select count(*) as n from building where geom && ${box}`)
      const slow = await run(
        ['110116'],
        sql`select count(*) as n from building where st_intersects(geom, ${box})`,
      )
      expect(rows).toEqual(slow.rows)
      expect(rows).not.toEqual([{ n: 0 }])
    })
  })
})
