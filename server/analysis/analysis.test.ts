import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Counted, GridCounts, QueryLayer, QueryReply, QueryShape } from '../../core/contract/analysis.ts'
import { COUNTED, QUERY_LAYERS } from '../../core/contract/analysis.ts'
import type { GridCard } from '../../core/contract/grids.ts'
import { type App, createApp } from '../app.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildLivingTown, type LivingTown, TODAY } from './living-town.ts'
import { GRIDS, type GridLetter, LEAVES, PARENTS } from './ragged-grids.ts'

const COUNTY = '510184'
const TABLES: Partial<Record<QueryLayer, string>> = {
  buildings: 'building',
  addresses: 'address',
  facilities: 'facility',
  organisations: 'organisation',
  objects: 'object',
  incidents: 'incident',
}

describeOnBothEngines('spatial queries and counts by grid', fresh => {
  let app: App
  let town: LivingTown
  beforeAll(async () => {
    town = await buildLivingTown(fresh(), COUNTY)
    app = await createApp({ database: fresh(), version: 'test', log: true })
  })
  afterAll(() => app.close())

  const post = (url: string, payload: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/api/analysis/${url}`, payload, headers })
  const query = async (shape: QueryShape, more: object = {}): Promise<QueryReply> => {
    const reply = await post('query', { plan: town.plan, shape, layers: [...QUERY_LAYERS], ...more })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json()
  }
  const counts = async (what: Counted, level: number, more: object = {}): Promise<GridCounts> => {
    const reply = await post('counts', { plan: town.plan, level, what, ...more })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json()
  }
  const polygon = (...corners: [number, number][]): QueryShape => ({
    kind: 'polygon',
    geometry: { type: 'Polygon', coordinates: [[...corners, corners[0]!].map(([x, y]) => town.at(x, y))] },
  })
  const totals = (reply: QueryReply) =>
    Object.fromEntries(QUERY_LAYERS.map(layer => [layer, reply.counts[layer]!.total]))
  const groups = (reply: QueryReply) => Object.values(reply.counts.persons!.residents!)
  const added = (a: number[], b: number[]) => a.map((value, n) => value + b[n]!)
  const countSql = async (table: string, geojson: object, where = sql`true`) =>
    Number(
      (
        await sql<{
          n: number
        }>`select count(*) as n from ${sql.table(table)} t where county = ${COUNTY} and ${where}
          and huage_covers(st_setsrid(st_geomfromgeojson(${JSON.stringify(geojson)}), 4326), t.point)`.execute(
          fresh().owner,
        )
      ).rows[0]!.n,
    )

  test('inside and outside of a cut are the whole, in every layer and every group', async () => {
    const whole = await query(polygon([-1, -1], [65, -1], [65, 65], [-1, 65]))
    // through places where things stand, and along the border of grids
    for (const x of [16, 32, 37.3]) {
      const west = await query(polygon([-1, -1], [x, -1], [x, 40], [x, 65], [-1, 65]))
      const east = await query(polygon([x, -1], [65, -1], [65, 65], [x, 65], [x, 40]))
      for (const layer of QUERY_LAYERS) {
        expect(west.counts[layer]!.total + east.counts[layer]!.total, `${layer} at ${x}`).toBe(
          whole.counts[layer]!.total,
        )
      }
      expect(added(groups(west), groups(east))).toEqual(groups(whole))
    }
    // 882 of 900 incidents have a place
    expect(whole.counts.incidents!.total).toBe(882)
    expect(whole.counts.staff!.total).toBe(11)
    expect(whole.counts.households!.total).toBe(await countSql('household', whole.shape.geometry!))
    expect(whole.note).toBeNull()
  })

  test('every count equals SQL over the shape that came back: polygon, circle, corridor', async () => {
    const shapes: QueryShape[] = [
      polygon([3, 5], [50, 2], [61, 40], [20, 33], [16, 60]),
      { kind: 'circle', center: town.at(32, 32), metres: 480 },
      {
        kind: 'corridor',
        line: {
          type: 'LineString',
          coordinates: [town.at(2, 2), town.at(40, 50), town.at(60, 20), town.at(10, 30)],
        },
        metres: 120,
      },
    ]
    for (const shape of shapes) {
      const reply = await query(shape)
      const geometry = reply.shape.geometry!
      for (const [layer, table] of Object.entries(TABLES)) {
        expect(reply.counts[layer as QueryLayer]!.total, `${shape.kind} ${layer}`).toBe(
          await countSql(table, geometry),
        )
      }
      const { rows } = await sql<{ persons: number; over60: number }>`
        select (select sum(persons) from building t where county = ${COUNTY} and huage_covers(g, t.point))::integer as persons,
          (select count(*) from resident r join household t on t.id = r.household_id where t.county = ${COUNTY}
            and huage_covers(g, t.point) and age(${TODAY}::date, born) >= interval '60 years')::integer as over60
        from (select st_setsrid(st_geomfromgeojson(${JSON.stringify(geometry)}), 4326) as g) as shape`.execute(
        fresh().owner,
      )
      expect(reply.counts.persons!.total).toBe(rows[0]!.persons)
      expect(reply.counts.persons!.residents!.over60).toBe(rows[0]!.over60)
      expect(reply.shape.areaSquareMetres).toBeGreaterThan(0)
    }
    const circle = await query(shapes[1]!)
    expect(circle.shape.areaSquareMetres! / (Math.PI * 480 ** 2)).toBeCloseTo(1, 2)
  })

  test('card, query by grid, counts by grid and the tree say the same, at every level', async () => {
    const inAll = new Map<Counted, number>()
    for (const level of [1, 2, 3, 4]) {
      const here = GRIDS.filter(grid => isAt(grid, level))
      const shownBy = new Map<Counted, GridCounts>()
      for (const what of COUNTED) {
        const counted = await counts(what, level)
        shownBy.set(what, counted)
        expect(counted.grids.map(grid => grid.name).sort(), `${what} ${level}`).toEqual(
          here.map(grid => `网格${grid}`).sort(),
        )
        expect(counted.total).toBe(counted.grids.reduce((sum, { count }) => sum + count, 0))
        // what lies in the plan at all, and posts above a level, are in no level forgotten
        const all = counted.total + counted.above
        expect(all, `${what} ${level}`).toBe(inAll.get(what) ?? all)
        inAll.set(what, all)
      }
      for (const grid of here) {
        const card: GridCard = (await app.inject({ url: `/api/grids/${town.ids[grid]}` })).json()
        const asked = await query({ kind: 'grid', grid: town.ids[grid] })
        expect(totals(asked), grid).toEqual({
          persons: card.persons,
          households: card.households,
          buildings: card.buildings,
          addresses: card.addresses,
          facilities: card.facilities.reduce((sum, { count }) => sum + count, 0),
          organisations: card.organisations.total,
          objects: card.objects.reduce((sum, { count }) => sum + count, 0),
          staff: card.staff.below.posts,
          incidents: await countSql('incident', card.geometry),
        })
        expect(asked.counts.persons!.residents).toEqual(card.residents)
        for (const what of COUNTED) {
          const shown = shownBy.get(what)!.grids.find(one => one.id === town.ids[grid])!
          const expected =
            what in card.residents!
              ? card.residents![what as keyof NonNullable<GridCard['residents']>]
              : asked.counts[what as QueryLayer]!.total
          expect(shown.count, `${grid} ${what}`).toBe(expected)
          expect(shown.perThousand).toBeCloseTo((1000 * expected) / card.persons)
          expect(shown.perSquareKilometre).toBeCloseTo((1e6 * expected) / card.areaSquareMetres)
        }
      }
    }
  })

  function isAt(grid: GridLetter, level: number): boolean {
    let depth = 1
    for (let at = PARENTS[grid]; at; at = PARENTS[at]) depth++
    return depth === level || (depth < level && LEAVES.includes(grid))
  }

  test('random windows of time: counts of incidents by grid equal SQL', async () => {
    for (let n = 0; n < 8; n++) {
      const from = new Date(Date.parse('2025-10-01T00:00:00Z') + ((n * 7919) % 300) * 86_400_000)
      const to = new Date(from.getTime() + (1 + ((n * 31) % 90)) * 86_400_000)
      const window = {
        from: from.toISOString(),
        to: to.toISOString(),
        categories: ['public-order'],
        status: ['closed'],
      }
      const counted = await counts('incidents', 4, window)
      const { rows } = await sql<{ id: string; n: number }>`
        select g.grid_id as id, count(t.id)::integer as n from grid_version g
        left join incident t on t.county = ${COUNTY} and t.reported_at >= ${from}::timestamptz and t.reported_at < ${to}::timestamptz
          and t.category in ('theft', 'noise-at-night') and t.closed_at is not null and huage_covers(g.geom, t.point)
        where g.plan_id = ${town.plan} and g.leaf group by g.grid_id`.execute(fresh().owner)
      expect(new Map(counted.grids.map(grid => [grid.id, grid.count]))).toEqual(
        new Map(rows.map(row => [row.id, row.n])),
      )
      const asked = await query(
        { kind: 'grid', grid: town.ids.E },
        { layers: ['incidents'], from: window.from, to: window.to },
      )
      const all = await counts('incidents', 1, { from: window.from, to: window.to })
      expect(asked.counts.incidents!.total).toBe(all.grids.find(grid => grid.id === town.ids.E)!.count)
    }
  })

  test('the n nearest are the nearest by metres, in that order', async () => {
    const point = town.at(20.3, 41.7)
    for (const [layer, table] of Object.entries(TABLES) as [QueryLayer, string][]) {
      const reply = await query(
        { kind: 'nearest', point, n: 17 },
        { layers: [layer], table: { layer, limit: 50, offset: 0 } },
      )
      const { rows } = await sql<{ id: string }>`
        select id from ${sql.table(table)} t where county = ${COUNTY} and point is not null
        order by st_distancesphere(point, st_setsrid(st_makepoint(${point[0]}::float8, ${point[1]}::float8), 4326)), id
        limit 17`.execute(fresh().owner)
      expect(
        reply.table!.rows.map(row => row.id),
        layer,
      ).toEqual(rows.map(row => row.id))
      expect(reply.counts[layer]!.total).toBe(17)
      expect(reply.table!.columns.at(-1)!.key).toBe('metres')
    }
    const reply = await query(
      { kind: 'nearest', point, n: 3 },
      { layers: ['staff', 'persons', 'households'] },
    )
    expect(reply.counts.staff!.total).toBe(3)
    expect(reply.counts.persons!.residents!.total).toBe(reply.counts.persons!.total)
  })

  test('a table comes in pages that together are all rows; names of residents never come', async () => {
    const shape: QueryShape = { kind: 'grid', grid: town.ids.W }
    for (const layer of QUERY_LAYERS) {
      const ids: string[] = []
      let total = 1
      while (ids.length < total) {
        const { table } = await query(shape, {
          layers: [layer],
          table: { layer, limit: 40, offset: ids.length },
        })
        total = table!.total
        ids.push(...table!.rows.map(row => row.id))
        expect(table!.rows.every(row => row.cells.length === table!.columns.length)).toBe(true)
        expect(JSON.stringify(table)).not.toMatch(/甲\d+乙/)
      }
      expect(new Set(ids).size, layer).toBe(total)
    }
  })

  test('as a file: with the mark of demo data, a byte order mark, and no formula', async () => {
    const body = { plan: town.plan, shape: { kind: 'grid', grid: town.ids.E }, layers: ['organisations'] }
    const csv = await post('query?format=csv', body)
    expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(csv.headers['content-disposition']).toBe('attachment; filename="huage-organisations.csv"')
    const [header, ...lines] = csv.body.trimEnd().split('\r\n')
    expect(header).toBe('\uFEFF名称,类型,行业,从业人数,厂房,特种设备,重点部位,经度,纬度,演示数据')
    const inside = (await counts('organisations', 1)).grids.find(grid => grid.id === town.ids.E)!.count
    expect(lines).toHaveLength(inside)
    expect(lines.every(line => line.startsWith("'=企业") && line.endsWith(',是'))).toBe(true)

    const json = (await post('query?format=geojson', body)).json()
    expect(json.features).toHaveLength(inside)
    expect(json.features[0]).toMatchObject({
      geometry: { type: 'Point' },
      properties: { kind: 'company', demo: '演示数据 demo data' },
    })
    await sql`delete from demo_place where county = ${COUNTY}`.execute(fresh().owner)
    const real = await post('query?format=csv', body, { 'accept-language': 'en' })
    await sql`insert into demo_place (county, place, name, seed, scale, counts, actor)
      values (${COUNTY}, 'test', '试验', 7, 1, '{}', 'test')`.execute(fresh().owner)
    expect(real.body.split('\r\n')[0]).toBe(
      '\uFEFFname,kind,industry,people,factory premises,special equipment,key place,longitude,latitude'.replace(
        'people',
        'employees',
      ),
    )
  })

  test('where nothing is, an empty result says so and what to do', async () => {
    const nowhere = (
      await post('query', {
        shape: { kind: 'circle', center: [20, 10], metres: 500 },
        layers: ['persons'],
      })
    ).json()
    expect(nowhere).toMatchObject({ county: null, counts: {}, note: expect.stringMatching(/没有任何数据/) })
    const off = (
      await post(
        'query',
        {
          plan: town.plan,
          shape: { kind: 'circle', center: [20, 10], metres: 500 },
          layers: ['persons', 'incidents'],
        },
        { 'accept-language': 'en' },
      )
    ).json()
    expect(off).toMatchObject({
      counts: { persons: { total: 0 } },
      note: expect.stringMatching(/^Nothing of what/),
    })
  })

  const box = (...corners: [number, number][]) => ({
    kind: 'polygon',
    geometry: { type: 'Polygon', coordinates: [corners] },
  })
  const line = (...coordinates: [number, number][]) => ({ type: 'LineString', coordinates })
  test.each([
    ['crosses itself', () => polygon([0, 0], [20, 20], [20, 0], [0, 20]), 422, 'self-crossing', true],
    [
      'covers the world',
      () => box([-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]),
      422,
      'shape-too-large',
      true,
    ],
    [
      'is as large as a province',
      () => box([100, 30], [105, 30], [105, 35], [100, 35], [100, 30]),
      422,
      'shape-too-large',
      true,
    ],
    ['lies off the world', () => box([200, 30], [201, 30], [201, 31], [200, 30]), 422, 'bad-geometry', false],
    ['has no area', () => box([100, 30], [101, 30], [100, 30]), 422, 'bad-geometry', true],
    [
      'holds text',
      () => ({ kind: 'polygon', geometry: { type: 'Polygon', coordinates: [['a']] } }),
      422,
      'bad-geometry',
      false,
    ],
    [
      'is empty',
      () => ({ kind: 'polygon', geometry: { type: 'MultiPolygon', coordinates: [] } }),
      422,
      'bad-geometry',
      false,
    ],
    [
      'has a million corners',
      () =>
        box(
          ...Array.from({ length: 20_000 }, (_, n): [number, number] => [
            103.9 + Math.cos(n) / 1e3,
            30.8 + Math.sin(n) / 1e3,
          ]),
        ),
      422,
      'shape-too-detailed',
      false,
    ],
    [
      'is a circle without radius',
      () => ({ kind: 'circle', center: [103.9, 30.8], metres: 0 }),
      422,
      'bad-distance',
      true,
    ],
    [
      'is a circle round a continent',
      () => ({ kind: 'circle', center: [103.9, 30.8], metres: 1e7 }),
      422,
      'bad-distance',
      true,
    ],
    [
      'is a corridor along nothing',
      () => ({ kind: 'corridor', line: line([103.9, 30.8], [103.9, 30.8]), metres: 50 }),
      422,
      'no-length',
      true,
    ],
    [
      'is a corridor of no width',
      () => ({ kind: 'corridor', line: line([103.9, 30.8], [103.91, 30.8]), metres: -5 }),
      422,
      'bad-distance',
      true,
    ],
    [
      'is a corridor round the world',
      () => ({ kind: 'corridor', line: line([-170, 30.8], [170, 30.8]), metres: 50 }),
      422,
      'shape-too-large',
      true,
    ],
    ['asks for none', () => ({ kind: 'nearest', point: [103.9, 30.8], n: 0 }), 422, 'bad-number', true],
    [
      'asks for too many',
      () => ({ kind: 'nearest', point: [103.9, 30.8], n: 1001 }),
      422,
      'bad-number',
      true,
    ],
    ['asks for a half', () => ({ kind: 'nearest', point: [103.9, 30.8], n: 1.5 }), 400, 'bad-request', false],
    [
      'is a grid that never was',
      () => ({ kind: 'grid', grid: '01900000-0000-7000-8000-00000000000f' }),
      404,
      'unknown-grid',
      false,
    ],
    ['is of no kind', () => ({ kind: 'star' }), 400, 'bad-request', false],
  ])('a shape that %s is refused in both languages', async (_what, shape, status, code, placed) => {
    for (const [language, script] of [
      ['zh-CN', /[一-龥]/],
      ['en', /^[^一-龥]+$/],
    ] as const) {
      const reply = await post(
        'query',
        { plan: town.plan, shape: shape(), layers: ['persons'] },
        { 'accept-language': language },
      )
      expect(reply.json()).toMatchObject({ status, code })
      expect(reply.json().message).toMatch(script)
      if (placed) expect(reply.json().place).toHaveLength(2)
    }
  })

  test.each([
    ['nothing selected', { layers: [] }, 422, 'nothing-selected'],
    ['an unknown layer', { layers: ['dragons'] }, 400, 'bad-request'],
    ['an unknown plan', { plan: '01900000-0000-7000-8000-00000000000f' }, 404, 'unknown-plan'],
    [
      'a time that ends before it starts',
      { from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' },
      400,
      'bad-time',
    ],
    ['a day that is none', { on: '2026-02-30' }, 400, 'bad-request'],
    ['a page beyond the end', { table: { layer: 'buildings', limit: 10, offset: 5000 } }, 200, undefined],
    ['text for a number', { table: { layer: 'buildings', limit: '10', offset: 0 } }, 400, 'bad-request'],
  ])('a query with %s', async (_what, change, status, code) => {
    const shape = { kind: 'grid', grid: town.ids.a }
    const reply = await post('query', { plan: town.plan, shape, layers: ['persons'], ...change })
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  })

  test.each([
    [
      'a time that ends before it starts',
      { from: '2026-05-02T00:00:00Z', to: '2026-05-01T00:00:00Z' },
      400,
      'bad-time',
    ],
    ['a level that is none', { level: 5 }, 400, 'bad-request'],
    ['an unknown plan', { plan: '01900000-0000-7000-8000-00000000000f' }, 404, 'unknown-plan'],
    ['a revision to come', { revision: 7 }, 409, 'unknown-revision'],
    ['no category', { categories: [] }, 200, undefined],
  ])('counts with %s', async (_what, change, status, code) => {
    const reply = await post('counts', { plan: town.plan, level: 1, what: 'incidents', ...change })
    expect([reply.statusCode, reply.json().code]).toEqual([status, code])
  })

  test('where nobody is known by name, counts of groups say that nothing is counted', async () => {
    const bare = await buildLivingTown(fresh(), '510185')
    await sql`delete from resident where county = ${bare.county}`.execute(fresh().owner)
    const reply = (await post('counts', { plan: bare.plan, level: 2, what: 'over60' })).json()
    expect(reply).toMatchObject({ counted: false, total: 0 })
  })
})
