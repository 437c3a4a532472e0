import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchReply } from '../../core/contract/search.ts'
import { buildLivingTown, type LivingTown } from '../analysis/living-town.ts'
import { type App, createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { refreshSearch } from './refresh-search.ts'

const COUNTY = '510186'

describeOnBothEngines('search', fresh => {
  let app: App
  let town: LivingTown
  beforeAll(async () => {
    town = await buildLivingTown(fresh(), COUNTY)
    app = await createApp({ database: fresh(), version: 'test', log: true })
    const owner = fresh().owner
    await sql`update facility set name = '团结中心小学' where county = ${COUNTY} and source_key = 'f0'`.execute(
      owner,
    )
    await sql`update organisation set name = '重庆火锅（团结店）' where county = ${COUNTY} and source_key = 'g0'`.execute(
      owner,
    )
    await inScope(fresh(), LOCAL_ACTOR, tx => refreshSearch(tx, COUNTY))
  })
  afterAll(() => app.close())

  const search = async (q: string, more = ''): Promise<SearchReply['results']> => {
    const reply = await app.inject({ url: `/api/search?county=${COUNTY}&q=${encodeURIComponent(q)}${more}` })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json().results
  }
  const named = (results: SearchReply['results']) => results.map(({ kind, name }) => `${kind} ${name}`)

  test.each([
    ['a grid by name', '网格WS', 'grid 网格WS'],
    ['a grid by code', `${COUNTY}101201003`, 'grid 网格WS'],
    ['a grid by initials', 'wgws', 'grid 网格WS'],
    ['an address', '花园路 12号', 'address 试验村花园路12号'],
    ['an address written whole', '试验村花园路12号', 'address 试验村花园路12号'],
    ['an address by initials', 'hyl12h', 'address 试验村花园路12号'],
    ['a building', '楼17', 'building 楼17'],
    ['a facility by the middle of its name', '中心小学', 'facility 团结中心小学'],
    ['a facility by initials', 'tjzxxx', 'facility 团结中心小学'],
    ['a firm, whose name is read as people say it', 'cqhg', 'organisation 重庆火锅（团结店）'],
    ['a firm without its brackets', '火锅团结', 'organisation 重庆火锅（团结店）'],
    ['staff', '街巷长', 'staff 街巷长'],
    ['an area', '试验街道', 'area 试验街道'],
    ['an area by code', `${COUNTY}101`, 'area 试验街道'],
    ['an incident by number', 'N000123', 'incident N000123'],
    ['an incident in small letters', 'n000123', 'incident N000123'],
    ['full-width characters', '楼１７', 'building 楼17'],
  ])('finds %s', async (_what, q, first) => {
    expect(named(await search(q))[0]).toBe(first)
  })

  test('every result says what it is and where', async () => {
    const [grid] = await search('网格WS')
    expect(grid).toMatchObject({
      kind: 'grid',
      id: town.ids.WS,
      plan: town.plan,
      context: `${COUNTY}101201003`,
    })
    const [west, south] = town.at(0, 0)
    const [east, north] = town.at(32, 32)
    expect(grid!.bbox).toEqual([west, south, east, north])
    const [head] = await search('长WS')
    expect(head).toMatchObject({ kind: 'staff', grid: town.ids.WS, plan: town.plan, bbox: grid!.bbox })
    expect(head!.context).toContain('网格WS')
    const [incident] = await search('N000123')
    expect(incident).toMatchObject({ context: '事件 123', bbox: null })
    expect(incident!.place).toHaveLength(2)
  })

  test('an area is found as soon as it was drawn', async () => {
    const [west, south] = town.at(0, 0)
    const ring = [
      [west, south],
      [west + 0.01, south],
      [west + 0.01, south + 0.01],
      [west, south],
    ]
    const reply = await app.inject({
      method: 'POST',
      url: '/api/areas',
      payload: { name: '新画片区', code: `${COUNTY}102`, geometry: { type: 'Polygon', coordinates: [ring] } },
    })
    expect(reply.statusCode).toBe(201)
    expect(named(await search('xhpq'))).toEqual(['area 新画片区'])
  })

  test('is short, ranked, and can be narrowed', async () => {
    const many = await search('花园路')
    expect(many).toHaveLength(20)
    // the shortest of those that begin so comes first
    expect(many[0]!.name).toBe('试验村花园路0号')
    expect(await search('网格', '&limit=3')).toHaveLength(3)
    expect((await search('楼1', '&kind=building')).every(({ kind }) => kind === 'building')).toBe(true)
  })

  test('residents are never found, no reporter, and no address of another village', async () => {
    expect(await search('别处村花园路12号')).toEqual([])
    for (const q of ['甲1乙0', '王小明', '13812345678', 'wxm']) expect(await search(q)).toEqual([])
  })

  test('grids follow edits: a new name at the next search, a grid that is gone no more', async () => {
    const owner = fresh().owner
    await sql`update grid_version set to_revision = 1 where plan_id = ${town.plan} and grid_id = ${town.ids.b}`.execute(
      owner,
    )
    await sql`
      insert into grid_version select county, plan_id, grid_id, 1, null, level, parent_id, leaf, code, '幸福里', kind, locked,
        geom, area_m2, persons, households, buildings from grid_version
      where plan_id = ${town.plan} and grid_id = ${town.ids.b}`.execute(owner)
    await sql`update grid_version set to_revision = 1 where plan_id = ${town.plan} and grid_id = ${town.ids.a2}`.execute(
      owner,
    )
    await sql`update plan set revision = 1 where plan_id = ${town.plan}`.execute(owner)
    expect(named(await search('幸福', `&plan=${town.plan}`))).toEqual(['grid 幸福里'])
    expect(named(await search('网格b', '&kind=grid'))).toEqual([])
    expect(named(await search('网格a2', '&kind=grid'))).toEqual([])
  })

  test('what is found belongs to the caller: another county is not searched', async () => {
    const results = await inScope(fresh(), { name: 'guest', scope: ['510199'] }, async tx => {
      const { rows } =
        await sql`select * from huage_search(array[${COUNTY}], array['grid', 'staff', 'incident'], null,
        'n', true, '{}', 20)`.execute(tx)
      return rows
    })
    expect(results).toEqual([])
  })

  test.each([
    ['nothing', '', 422, 'nothing-to-search'],
    ['blanks', '   ', 422, 'nothing-to-search'],
    ['only signs', '%_\\\'"', 422, 'nothing-to-search'],
    ['half a character', '\uFFFD', 422, 'nothing-to-search'],
    ['a novel', '长'.repeat(101), 400, 'bad-request'],
  ])('%s to search is answered with a sentence', async (_what, q, status, code) => {
    const reply = await app.inject({ url: `/api/search?county=${COUNTY}&q=${encodeURIComponent(q)}` })
    expect(reply.json()).toMatchObject({ status, code })
  })

  test('a zero byte, a quote, a wildcard find nothing and break nothing', async () => {
    for (const q of ["a'; drop table staff", 'a%00b', '100%', '𠮷野家'])
      expect(Array.isArray(await search(q))).toBe(true)
    expect((await app.inject({ url: '/api/search' })).statusCode).toBe(400)
    expect((await app.inject({ url: `/api/search?q=a%00b&county=${COUNTY}` })).statusCode).toBe(200)
  })
})
