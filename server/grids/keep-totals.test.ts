// The totals that are kept are what a count of the points says, whatever is written in between.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GridCard } from '../../core/contract/grids.ts'
import { randomFrom } from '../../core/topology/fuzzing.ts'
import { buildLivingTown, type LivingTown, TODAY } from '../analysis/living-town.ts'
import { type App, createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines, newFolder } from '../db/testing.ts'
import { importFile } from '../imports/import-file.ts'
import { findGrid } from './find-grid.ts'
import { keepCountyTotals, keepTotals } from './keep-totals.ts'
import { countTotals } from './totals.ts'

describeOnBothEngines('kept totals', fresh => {
  let app: App
  let town: LivingTown
  beforeAll(async () => {
    town = await buildLivingTown(fresh(), '510183')
    await sql`update plan set state = 'draft' where plan_id = ${town.plan}`.execute(fresh().owner)
    app = await createApp({ database: fresh(), version: 'test', log: true })
  })
  afterAll(() => app.close())

  const alive = async (revision?: number) =>
    (
      await sql<{ id: string; name: string }>`
        select grid_id as id, name from grid_version where plan_id = ${town.plan} and ${
          revision === undefined
            ? sql`to_revision is null`
            : sql`from_revision <= ${revision} and (to_revision is null or to_revision > ${revision})`
        } order by code`.execute(fresh().owner)
    ).rows
  const shown = async (id: string, query = ''): Promise<Partial<GridCard>> => {
    const reply = await app.inject({ url: `/api/grids/${id}?plan=${town.plan}${query}` })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    const { residents, synthetic, dangerousHouses, addresses, organisations, facilities, objects } =
      reply.json()
    return { residents, synthetic, dangerousHouses, addresses, organisations, facilities, objects }
  }
  const counted = (id: string, revision?: number, on = TODAY) =>
    inScope(fresh(), LOCAL_ACTOR, async tx => {
      const { plan, grid } = await findGrid(tx, { id, plan: town.plan, revision })
      return countTotals(tx, plan, grid, on)
    })
  const keptRows = async () =>
    Number(
      (
        await sql<{ n: number }>`select count(*) as n from grid_totals where county = ${town.county}`.execute(
          fresh().owner,
        )
      ).rows[0]!.n,
    )
  const check = async (after: string) => {
    for (const { id, name } of await alive()) {
      expect(await shown(id), `${name} after ${after}`).toEqual(await counted(id))
    }
  }

  test('after random writes, imports, reports and edits', { timeout: 120_000 }, async () => {
    const { owner } = fresh()
    const { county } = town
    const random = randomFrom(20261126)
    const below = (n: number) => Math.floor(random() * n)
    // On corners and borders as often as not.
    const place = () => {
      const [lng, lat] = below(2)
        ? town.at(below(5) * 16, below(5) * 16)
        : town.at(below(641) / 10, below(641) / 10)
      return sql`st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)`
    }
    const any = (table: string, n: number) =>
      sql`id in (select id from ${sql.table(table)} where county = ${county} order by md5(source_key || ${String(random())}) limit ${n})`
    const folder = newFolder()
    let revision = 0
    const edit = async (request: object) => {
      const reply = await app.inject({
        method: 'POST',
        url: `/api/plans/${town.plan}/edits`,
        payload: { base: revision, overrule: ['cuts-building', 'would-disconnect'], ...request },
      })
      expect(reply.statusCode, reply.body).toBe(201)
      revision++
    }
    const [bottom, top] = [-0.5, 64.5]
    const acts: Record<string, () => Promise<unknown>> = {
      'moved things': async () => {
        for (const table of ['address', 'facility', 'object', 'organisation', 'household', 'building'])
          await sql`update ${sql.table(table)} set point = ${place()} where ${any(table, 2)}`.execute(owner)
      },
      'things taken away': async () => {
        for (const table of ['address', 'facility', 'object', 'organisation', 'resident'])
          await sql`delete from ${sql.table(table)} where ${any(table, 3)}`.execute(owner)
      },
      'other facts': async () => {
        await sql`update organisation set employees = employees + 7, key_place = 'x' where ${any('organisation', 2)}`.execute(
          owner,
        )
        await sql`update building set dangerous = 'D', people_source = 'spread' where ${any('building', 2)}`.execute(
          owner,
        )
        await sql`update resident set born = '2020-05-05', pregnant = false where ${any('resident', 4)}`.execute(
          owner,
        )
        await sql`update object set kind = '井"盖/[' where ${any('object', 3)}`.execute(owner)
      },
      'somebody moved house': async () => {
        await sql`update resident set household_id = (select id from household where ${any('household', 1)})
          where ${any('resident', 2)}`.execute(owner)
      },
      'a household gone with its people': async () => {
        await sql`delete from household where ${any('household', 2)}`.execute(owner)
      },
      'a whole layer moved': async () => {
        await sql`update object set state = 'damaged', kind = kind || '2' where county = ${county}`.execute(
          owner,
        )
        await sql`insert into address (county, id, source_key, import_id, street, point)
          select county, gen_random_uuid(), source_key || '.' || n, import_id, street, point
          from address, generate_series(1, 3) as n where county = ${county}`.execute(owner)
      },
      'an import': async () => {
        const path = join(folder, `${random()}.geojson`)
        const features = Array.from({ length: 5 }, () => ({
          type: 'Feature',
          properties: { amenity: 'school', name: '新校' },
          geometry: { type: 'Point', coordinates: town.at(below(641) / 10, below(641) / 10) },
        }))
        writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
        const { imported } = await importFile(fresh(), LOCAL_ACTOR, {
          path,
          layers: ['facilities'],
          area: county,
          rejectsFolder: folder,
        })
        expect(imported).toBe(5)
        expect(await keptRows()).toBeGreaterThanOrEqual((await alive()).length)
      },
      'a report': async () => {
        const reply = await app.inject({
          method: 'POST',
          url: '/api/incidents',
          payload: {
            category: 'street-lamp',
            title: '灯不亮',
            source: 'grid',
            place: town.at(8, 8),
            plan: town.plan,
          },
        })
        expect(reply.statusCode, reply.body).toBe(201)
      },
      'a cut': () =>
        edit({
          kind: 'split',
          grid: town.ids.E,
          line: {
            type: 'LineString',
            coordinates: [town.at(41 + revision, bottom), town.at(41 + revision, top)],
          },
        }),
      'a merger': async () => {
        const { E: _, ...others } = town.ids
        const known = new Set(Object.values(others))
        const grids = (await alive()).map(({ id }) => id).filter(id => !known.has(id))
        await edit({ kind: 'merge', grids })
      },
    }
    await check('nothing')
    for (const [name, act] of Object.entries(acts)) {
      await act()
      await check(name)
    }
    // Every version is still what it was on its ground.
    for (let past = 0; past < revision; past++)
      for (const { id } of await alive(past))
        for (const on of [TODAY, '2031-02-28'])
          expect(await shown(id, `&revision=${past}&on=${on}`)).toEqual(await counted(id, past, on))
  })

  test('a change here leaves what is kept elsewhere', async () => {
    await fresh()
      .owner.transaction()
      .execute(tx => keepCountyTotals(tx, town.county))
    const before = await keptRows()
    await sql`update facility set name = '别名' where county = ${town.county} and id in (
      select id from facility where county = ${town.county} and point && st_makeenvelope(
        ${town.at(33, 0)[0]}::float8, ${town.at(0, 1)[1]}::float8, ${town.at(64, 0)[0]}::float8,
        ${town.at(0, 63)[1]}::float8, 4326) limit 1)`.execute(fresh().owner)
    const after = await keptRows()
    expect(after).toBeLessThan(before)
    expect(after).toBeGreaterThanOrEqual(7)
  })

  test('a count and a write at the same time', async () => {
    const { owner, engine } = fresh()
    // The embedded engine has one connection and does one thing after the other.
    if (engine === 'embedded') return
    const key = { county: town.county, plan_id: town.plan }
    const newAddress = sql`
      insert into address (county, id, source_key, import_id, point)
      select county, gen_random_uuid(), gen_random_uuid()::text, import_id, point from address
      where county = ${town.county} limit 1`
    const forget = sql`delete from grid_totals where county = ${town.county}`

    // Written, not yet committed: nothing may be kept, and cards say what is committed.
    await forget.execute(owner)
    await owner.transaction().execute(async tx => {
      await newAddress.execute(tx)
      expect(await owner.transaction().execute(other => keepTotals(other, { key }))).toBe(false)
      for (const { id } of await alive()) expect(await shown(id)).toEqual(await counted(id))
    })
    expect(await keptRows()).toBe(0)
    await check('the write')

    // Counted, not yet committed: the write waits, and then forgets what was counted.
    await forget.execute(owner)
    let written = false
    const writing = await owner.transaction().execute(async tx => {
      expect(await keepTotals(tx, { key })).toBe(true)
      const started = newAddress.execute(owner).then(() => {
        written = true
      })
      await sql`select pg_sleep(0)`.execute(tx)
      expect(written).toBe(false)
      return [started]
    })
    await Promise.all(writing)
    await check('the write that waited')
  })
})
