import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, type SmallTown } from '../edits/small-town.ts'

const polygon = (...rings: unknown[][]) => ({ type: 'Polygon', coordinates: rings })

describeOnBothEngines('areas', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510126')
  })
  afterAll(() => town.app.close())
  const square = (x0: number, y0: number, x1: number, y1: number) => [
    town.at(x0, y0),
    town.at(x1, y0),
    town.at(x1, y1),
    town.at(x0, y1),
    town.at(x0, y0),
  ]

  test('a drawn area gets a private code in the county under it, and counts its people', async () => {
    const reply = await town.post('/api/areas', { name: '东半边', geometry: polygon(square(0.5, 0, 1, 1)) })
    expect(reply.statusCode).toBe(201)
    const { rows } = await sql<{ persons: number; buildings: number }>`
      select sum(persons)::integer as persons, count(*)::integer as buildings from building
      where county = '510126' and st_x(point) > ${town.at(0.5, 0)[0]}`.execute(fresh().owner)
    expect(reply.json()).toMatchObject({ code: '510126900001', local: true, synthetic: true, ...rows[0] })
    const second = await town.post('/api/areas', { name: '又一个', geometry: polygon(square(0, 0, 0.5, 1)) })
    expect(second.json()).toMatchObject({ code: '510126900002', parent: '510126900' })
    const list = (await town.app.inject({ url: '/api/areas' })).json()
    expect(list.map((area: { code: string }) => area.code)).toEqual(
      expect.arrayContaining([town.area, '510126900001', '510126900002']),
    )
  })

  test('ground that nobody knows belongs to the private county', async () => {
    const outline = polygon([
      [10, 10],
      [10.01, 10],
      [10.01, 10.01],
      [10, 10.01],
      [10, 10],
    ])
    const reply = await town.post('/api/areas', { name: '远方', geometry: outline })
    expect(reply.json()).toMatchObject({ county: '990000', code: '990000900001', buildings: 0, persons: 0 })
  })

  test('a code is taken once', async () => {
    const reply = await town.post('/api/areas', {
      name: '重复',
      code: town.area,
      geometry: polygon(square(0, 0, 1, 1)),
    })
    expect(reply.json()).toMatchObject({ status: 409, code: 'area-exists' })
  })

  test.each([
    [
      'a bow-tie',
      () => polygon([town.at(0, 0), town.at(1, 1), town.at(1, 0), town.at(0, 1), town.at(0, 0)]),
      422,
    ],
    ['two points', () => polygon([town.at(0, 0), town.at(1, 1)]), 422],
    ['no ring', () => polygon(), 422],
    ['an empty ring', () => polygon([]), 422],
    [
      'text for numbers',
      () =>
        polygon([
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
          ['a', 'b'],
        ]),
      422,
    ],
    [
      'nothing for numbers',
      () =>
        polygon([
          [null, null],
          [1, 1],
          [2, 0],
          [null, null],
        ]),
      422,
    ],
    [
      'metres for degrees',
      () =>
        polygon([
          [500000, 3400000],
          [500100, 3400000],
          [500100, 3400100],
          [500000, 3400000],
        ]),
      422,
    ],
    [
      'the whole world',
      () =>
        polygon([
          [-180, -90],
          [180, -90],
          [180, 90],
          [-180, 90],
          [-180, -90],
        ]),
      422,
    ],
    [
      'huge numbers',
      () =>
        polygon([
          [1e308, 1e308],
          [1, 1],
          [2, 0],
          [1e308, 1e308],
        ]),
      422,
    ],
    [
      'a line',
      () => ({
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }),
      400,
    ],
    ['no geometry', () => undefined, 400],
  ])('%s is refused and nothing is stored', async (_what, geometry, status) => {
    const before = (await town.app.inject({ url: '/api/areas' })).json()
    const reply = await town.post('/api/areas', { name: '坏', geometry: geometry() })
    expect(reply.json()).toMatchObject({ status })
    expect(reply.json().message).toMatch(/[一-龥]/)
    expect((await town.app.inject({ url: '/api/areas' })).json()).toEqual(before)
  })

  test('unknown and malformed codes', async () => {
    expect((await town.app.inject({ url: '/api/areas/123456' })).json()).toMatchObject({
      code: 'unknown-area',
    })
    expect((await town.app.inject({ url: '/api/areas/12' })).json()).toMatchObject({ code: 'bad-request' })
  })
})
