// On both engines: a crossing of a division is shown until somebody confirms it, and again when its ground changes.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PlanReport } from '../../core/contract/report.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, type SmallTown } from '../edits/small-town.ts'

const COUNTY = '510129'

describeOnBothEngines('confirmed exceptions', fresh => {
  let town: SmallTown
  let plan: string
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), COUNTY)
    const box = (west: number, east: number) => ({
      type: 'Polygon',
      coordinates: [
        [town.at(west, 0), town.at(east, 0), town.at(east, 1), town.at(west, 1), town.at(west, 0)],
      ],
    })
    for (const [code, name, geometry] of [
      [`${COUNTY}102`, '东镇', box(2, 4)],
      [`${COUNTY}102201`, '甲村', box(2, 3)],
      [`${COUNTY}102202`, '乙村', box(3, 4)],
    ] as const) {
      const reply = await town.post('/api/areas', { code, name, geometry })
      if (reply.statusCode !== 201) throw new Error(reply.body)
    }
    const reply = await town.post('/api/plans', { area: `${COUNTY}102`, name: '例外', profile: 'country' })
    plan = reply.json().id
    const [whole] = await town.grids(plan)
    const line = { type: 'LineString' as const, coordinates: [town.at(3, 0), town.at(3, 1)] }
    await town.edit(plan, { kind: 'split', base: 0, grid: whole!.id, line })
  })
  afterAll(() => town.app.close())

  const crossings = async (query = '') => {
    const reply = await town.app.inject({ url: `/api/plans/${plan}/report${query}` })
    return (reply.json() as PlanReport).findings.filter(({ rule }) => rule === 'R1')
  }
  const say = (grid: string, confirmed: boolean, note = '两村共用的厂区') =>
    town.post(`/api/plans/${plan}/exceptions`, { grid, rule: 'R1', confirmed, note })
  const grow = async (base: number, north: number) => {
    const [a, b] = (await town.grids(plan)).toSorted((one, other) => one.bbox[0] - other.bbox[0])
    const ring = [
      town.at(2.5, north),
      town.at(3.1, north),
      town.at(3.1, north + 0.1),
      town.at(2.5, north + 0.1),
    ]
    const outline = { type: 'LineString' as const, coordinates: [...ring, ring[0]!] }
    return await town.edit(plan, { kind: 'transfer-area', base, from: b!.id, to: a!.id, line: outline })
  }

  test('shown, confirmed with a reason, shown again after its ground has changed, taken back', async () => {
    expect(await crossings()).toEqual([])
    await grow(1, 0.2)
    const [found, ...others] = await crossings()
    expect(others).toEqual([])
    expect(found).toMatchObject({ severity: 'warning', confirmed: null })
    const grid = found!.grids[0]!.id

    expect((await say(grid, true)).statusCode).toBe(201)
    const confirmed = { severity: 'note', confirmed: { by: 'local', note: '两村共用的厂区' } }
    expect(await crossings()).toMatchObject([confirmed])
    const csv = await town.app.inject({ url: `/api/plans/${plan}/report?format=csv` })
    expect(csv.body).toContain('两村共用的厂区')

    // A new name is no new ground.
    await town.edit(plan, { kind: 'rename', base: 2, grid, name: '甲网格' })
    expect(await crossings()).toMatchObject([confirmed])
    await grow(3, 0.6)
    expect(await crossings()).toMatchObject([{ severity: 'warning', confirmed: null }])
    expect(await crossings('?revision=3')).toMatchObject([confirmed])

    await say(grid, true, '再次确认')
    expect(await crossings()).toMatchObject([{ severity: 'note', confirmed: { note: '再次确认' } }])
    await say(grid, false, '弄错了')
    expect(await crossings()).toMatchObject([{ severity: 'warning', confirmed: null }])
  })

  test('no such grid, no such plan, no reason: a clear answer', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect((await say(nobody, true)).json()).toMatchObject({ status: 404, code: 'unknown-grid' })
    const [grid] = await town.grids(plan)
    expect((await say(grid!.id, true, ' ')).statusCode).toBe(400)
    const other = await town.post(`/api/plans/${nobody}/exceptions`, {
      grid: grid!.id,
      rule: 'R1',
      confirmed: true,
      note: 'x',
    })
    expect(other.json()).toMatchObject({ status: 404, code: 'unknown-plan' })
  })
})
