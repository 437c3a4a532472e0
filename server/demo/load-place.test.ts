// A demo place: whole or not at all, again and again, and never at the cost of anything real.
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown } from '../edits/small-town.ts'
import { loadPlace, type PlaceLoad } from './load-place.ts'
import { PLACE_TABLES } from './place-tables.ts'
import { demoPlaces, holdsAnything, isDemoCounty, rowsIn } from './queries.ts'
import { type TinyOptions, tinyId, tinyPlace } from './tiny-place.ts'

describeOnBothEngines('demo places', fresh => {
  const load = (options: TinyOptions & Partial<PlaceLoad> = {}, database: Database = fresh()) => {
    const tiny = tinyPlace(options)
    return loadPlace(database, LOCAL_ACTOR, {
      place: 'tuanjie',
      name: tiny.name,
      county: tiny.county,
      batches: tiny.batches,
      counts: tiny.counts,
      seed: 1,
      scale: 1,
      ...options,
    })
  }
  const holding = (county: string) =>
    inScope(fresh(), LOCAL_ACTOR, async tx =>
      Object.fromEntries((await rowsIn(tx, county)).map(({ what, count }) => [what, count])),
    )
  const personsIn = async (county: string) => {
    const { rows } = await sql<{ persons: number | null }>`
      select sum(persons)::integer as persons from building where county = ${county}`.execute(fresh().owner)
    return rows[0]!.persons
  }
  const versions = async (county: string) => {
    const { rows } = await sql<{ layer: string; version: number }>`
      select layer, version from layer_version where county = ${county} order by layer`.execute(fresh().owner)
    return Object.fromEntries(rows.map(row => [row.layer, row.version]))
  }
  const clear = async () => {
    for (const table of [...PLACE_TABLES, 'demo_place', 'layer_version'] as const)
      await sql`delete from ${sql.table(table)}`.execute(fresh().owner)
  }
  afterEach(clear)

  test('has rows in every table, is counted, marked, and tells its layers', async () => {
    expect(await holdsAnything(fresh())).toBe(false)
    const said: string[] = []
    const result = await load({ onProgress: ({ zh }, done) => said.push(`${zh} ${done}`) })
    expect(result).toMatchObject({
      place: 'tuanjie',
      name: '团结街道',
      county: '510124',
      counts: { residents: 4, grids: 3 },
      rows: 47,
      replaced: null,
    })
    expect(said.slice(0, 4)).toEqual(['地面 0.3', '人口 0.6', '事件 0.8', '网格 1'])
    expect(said.at(-1)).toBe('统计各网格 1')
    // Whatever a place may hold is among what it was tried with, but for what people do to a plan.
    const held = await holding('510124')
    expect(PLACE_TABLES.filter(table => held[table] === undefined)).toEqual([
      'grid_lineage',
      'edit',
      'people_spread',
    ])
    expect(await inScope(fresh(), LOCAL_ACTOR, demoPlaces)).toEqual([
      { county: '510124', place: 'tuanjie', name: '团结街道' },
    ])
    expect(await inScope(fresh(), LOCAL_ACTOR, tx => isDemoCounty(tx, '510124'))).toBe(true)
    expect(await inScope(fresh(), LOCAL_ACTOR, tx => isDemoCounty(tx, '510125'))).toBe(false)
    const { rows } = await sql`select seed, scale, counts, actor from demo_place`.execute(fresh().owner)
    expect(rows).toEqual([{ seed: 1, scale: 1, counts: { residents: 4, grids: 3 }, actor: 'local' }])
    expect(await versions('510124')).toMatchObject({ areas: 1, buildings: 1, roads: 1, water: 1 })
    expect(await holdsAnything(fresh())).toBe(true)
  })

  test('again: replaces all of it, with another plan, and nothing of other places', async () => {
    await load()
    await load({ county: '110116', place: 'huairou' })
    const other = await holding('110116')
    const again = await load({ persons: 5, seed: 2 })
    expect(again.replaced).toEqual({ plans: 1, edits: 0 })
    expect(await personsIn('510124')).toBe(20)
    expect(await holding('510124')).toEqual(await holding('110116'))
    expect(await holding('110116')).toEqual(other)
    expect(await personsIn('110116')).toBe(12)
    expect(await versions('510124')).toMatchObject({ areas: 2, buildings: 2 })
    const { rows } = await sql<{ plan: string; grids: string }>`
      select p.plan_id::text as plan, count(distinct c.grid_id)::text as grids
      from plan p join grid_version g using (county, plan_id) join grid_code c using (county, plan_id, code)
      where p.county = '510124' group by p.plan_id`.execute(fresh().owner)
    // Tiles are kept for a year under the plan's id and revision, so what comes anew must have another.
    expect(rows).toEqual([{ plan: expect.not.stringMatching(tinyId('510124', 9)), grids: '3' }])
  })

  test('stopped or broken off at any batch: the place is as it was before', async () => {
    await load()
    const before = await holding('510124')
    for (const at of [0, 1, 2, 3]) {
      const stop = new AbortController()
      let seen = 0
      const stopped = load({
        persons: 9,
        signal: stop.signal,
        onProgress: ({ zh }) => void (zh !== '替换原有演示地点' && seen++ === at && stop.abort()),
      })
      await expect(stopped).rejects.toThrow(/abort/i)
      const broken = load({
        persons: 9,
        batches: (async function* () {
          let left = at
          for await (const batch of tinyPlace({ persons: 9 }).batches) {
            if (left-- === 0) throw new Error('out of ideas')
            yield batch
          }
        })(),
      })
      await expect(broken).rejects.toThrow('out of ideas')
    }
    expect(await holding('510124')).toEqual(before)
    expect(await personsIn('510124')).toBe(12)
    expect(await versions('510124')).toMatchObject({ areas: 1 })
  })

  test('two loads of one place at once: one after the other', async () => {
    const [one, two] = await Promise.all([load({ persons: 4 }), load({ persons: 6 })])
    expect([one, two].map(result => result.replaced?.plans ?? 0).sort()).toEqual([0, 1])
    expect([16, 24]).toContain(await personsIn('510124'))
    expect((await holding('510124')).building).toBe(4)
  })

  test('beside real data: refused, and with force only beside it', async () => {
    const town = await buildSmallTown(fresh(), '510127')
    await town.app.close()
    const real = await holding('510127')
    const refused = load()
    await expect(refused).rejects.toMatchObject({
      code: 'real-data',
      sentence: { zh: expect.stringMatching(/510127 的建筑 \d+/), en: expect.stringContaining('--force') },
    })
    expect(await holding('510124')).toEqual({})
    await load({ force: true })
    expect(await personsIn('510124')).toBe(12)
    expect(await holding('510127')).toEqual(real)
    await load({ force: true, persons: 5 })
    expect(await personsIn('510124')).toBe(20)
    expect(await holding('510127')).toEqual(real)
  })

  test('a single file that was imported elsewhere is real data too', async () => {
    await sql`
      insert into import (county, import_id, layer, file_name, file_hash, options, read, imported, unchanged, rejected, actor, started_at)
      values ('990000', ${tinyId('990000', 1)}, 'roads', 'roads.osm', '', '{}', 1, 1, 0, 0, 'local', now())`.execute(
      fresh().owner,
    )
    await expect(load()).rejects.toMatchObject({
      code: 'real-data',
      sentence: {
        zh: expect.stringContaining('990000 的导入 1。'),
        en: expect.stringContaining(' 1 import of 990000.'),
      },
    })
  })

  test('real data in its own county: refused always, named', async () => {
    const town = await buildSmallTown(fresh(), '510124')
    await town.app.close()
    const real = await holding('510124')
    for (const force of [false, true])
      await expect(load({ force })).rejects.toMatchObject({
        code: 'county-in-use',
        sentence: { zh: expect.stringMatching(/建筑 \d+/), en: expect.stringMatching(/\d+ buildings/) },
      })
    expect(await holding('510124')).toEqual(real)
  })

  test('what stands in the way is named in either language, tables that hold no files too', async () => {
    await sql`
      insert into facility (county, id, source_key, import_id, category, kind, point)
      select '510124', gen_random_uuid(), n::text, gen_random_uuid(), 'x', 'x', st_setsrid(st_makepoint(103.9, 30.8), 4326)
      from generate_series(1, 2) n`.execute(fresh().owner)
    await expect(load()).rejects.toMatchObject({
      code: 'county-in-use',
      sentence: { zh: expect.stringContaining('：设施 2。'), en: expect.stringContaining(': 2 facilities.') },
    })
  })

  test('a file imported into the demo county: loading again is refused always, and names it', async () => {
    await load()
    await sql`
      insert into import (county, import_id, layer, file_name, file_hash, options, read, imported, unchanged, rejected, actor, started_at)
      values ('510124', ${tinyId('510124', 2)}, 'facilities', '学校.csv', '', '{}', 5, 5, 0, 0, 'local', now())`.execute(
      fresh().owner,
    )
    for (const force of [false, true])
      await expect(load({ force })).rejects.toMatchObject({
        code: 'county-in-use',
        sentence: {
          zh: expect.stringContaining('学校.csv'),
          en: expect.stringContaining('学校.csv (facilities, 5)'),
        },
      })
    expect(await personsIn('510124')).toBe(12)
  })

  test('another place in the same county: refused', async () => {
    await load()
    await expect(load({ place: 'chuzhou', force: true })).rejects.toMatchObject({ code: 'other-place' })
  })

  test('rows of another county, and tables that are no part of a place, are our own mistake', async () => {
    await expect(load({ batches: tinyPlace({ county: '110116' }).batches })).rejects.toThrow(/not of 510124/)
    const strange = (async function* () {
      yield {
        rows: [{ table: 'layer_version', columns: ['county', 'layer'], rows: [['510124', 'x']] }],
        message: { zh: '', en: '' },
        done: 1,
      }
    })()
    await expect(load({ batches: strange })).rejects.toThrow(/no part|not part/)
    expect(await holding('510124')).toEqual({})
  })
})
