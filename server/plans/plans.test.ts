import { tableFromIPC } from 'apache-arrow'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EditPreview } from '../../core/contract/edits.ts'
import type { GridCard } from '../../core/contract/grids.ts'
import type { GridList } from '../../core/contract/plans.ts'
import {
  coverageOf,
  fromTopology,
  isRefusal,
  split,
  tallySplit,
  weightsOf,
} from '../../core/topology/index.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, line, type SmallTown } from '../edits/small-town.ts'
import { refreshTallies } from './refresh-tallies.ts'

describeOnBothEngines('plans', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510127')
  })
  afterAll(() => town.app.close())
  const get = async (url: string) => (await town.app.inject({ url })).json()

  test('a plan starts as one level-1 grid that is the area', async () => {
    const plan = await town.newPlan()
    expect(plan).toMatchObject({
      area: town.area,
      revision: 0,
      grids: 1,
      undo: null,
      redo: null,
      synthetic: true,
    })
    const area = await get(`/api/areas/${town.area}`)
    const [grid] = await town.grids(plan.id)
    expect(grid).toMatchObject({
      level: 1,
      parent: null,
      leaf: true,
      code: `${town.area}001`,
      name: area.name,
      persons: area.persons,
      households: area.households,
      buildings: area.buildings,
    })
    // the kernel's authalic sum beside the geodesic one of PostGIS
    expect(grid!.areaSquareMetres / area.areaSquareMetres).toBeCloseTo(1, 5)
  })

  test('a copy has the same grids and goes its own way; codes once given stay given', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const cut = line(town.at(0.5, -0.1), town.at(0.5, 1.1))
    await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: cut })
    const halves = await town.grids(plan.id)
    await town.edit(plan.id, { kind: 'merge', base: 1, grids: halves.map(grid => grid.id) })
    const source = await town.grids(plan.id)

    const reply = await town.post(`/api/plans/${plan.id}/copies`, { name: '调整' })
    expect(reply.statusCode, reply.body).toBe(201)
    const copy = reply.json()
    expect(copy).toMatchObject({ name: '调整', state: 'draft', revision: 0, grids: 1, undo: null })
    expect(await town.grids(copy.id)).toEqual(source)
    await town.edit(copy.id, { kind: 'split', base: 0, grid: source[0]!.id, line: cut })
    const given = halves.map(grid => grid.code)
    const fresh = (await town.grids(copy.id)).filter(grid => grid.id !== source[0]!.id)
    expect(fresh.map(grid => given.includes(grid.code))).toEqual([false])
    expect(await town.grids(plan.id)).toEqual(source)

    const unknown = await town.post(`/api/plans/${whole!.id}/copies`, { name: '调整' })
    expect([unknown.statusCode, unknown.json().code]).toEqual([404, 'unknown-plan'])
  })

  test('what the worker loads gives the very numbers of the server', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const topology = await get(`/api/plans/${plan.id}/coverage?within=${whole!.id}`)
    const coverage = coverageOf(fromTopology(topology))
    const reply = await town.app.inject({ url: `/api/plans/${plan.id}/weights?within=${whole!.id}` })
    expect(reply.headers['content-type']).toContain('arrow')
    const table = tableFromIPC(reply.rawPayload)
    const column = (name: string) => table.getChild(name)!.toArray() as Int32Array
    const weights = weightsOf({
      x: column('x'),
      y: column('y'),
      persons: column('persons'),
      households: column('households'),
    })
    const drawn = line(town.at(-0.1, 0.2), town.at(0.6, 0.61), town.at(1.1, 0.5))
    const planned = split(coverage, {
      grid: whole!.id,
      line: drawn.coordinates.map(([x, y]) => [Math.round(x * 1e7), Math.round(y * 1e7)] as const),
    })
    if (isRefusal(planned)) throw new Error(planned.refused)
    const live = tallySplit(weights, planned)
    const preview: EditPreview = (
      await town.post(`/api/plans/${plan.id}/edits/preview`, {
        kind: 'split',
        base: 0,
        grid: whole!.id,
        line: drawn,
      })
    ).json()
    for (const side of ['left', 'right'] as const) {
      const { persons, households, buildings } = preview.grids.find(grid => grid.side === side)!
      expect(live[side]).toEqual({ persons, households, buildings })
    }
    expect(live.left.persons + live.right.persons).toBe(whole!.persons)
  })

  test('several grids are loaded at once, and of the list only what changed since a revision', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const across = line(town.at(0.5, -0.1), town.at(0.5, 1.1))
    await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: across })
    const halves = await town.grids(plan.id)
    const both = halves.map(grid => grid.id).join(',')
    const loaded = fromTopology(await get(`/api/plans/${plan.id}/coverage?within=${both}`))
    expect(loaded.map(grid => grid.id).sort()).toEqual(both.split(',').sort())
    const pointsOf = async (query: string) => {
      const reply = await town.app.inject({ url: `/api/plans/${plan.id}/weights?${query}` })
      return tableFromIPC(reply.rawPayload).numRows
    }
    const points = (within: string) => pointsOf(`within=${within}`)
    // A corner of the town: the half it is in, and the buildings there.
    const corner = `near=${[...town.at(0, 0), ...town.at(0.1, 0.1)].join(',')}`
    const there = fromTopology(await get(`/api/plans/${plan.id}/coverage?${corner}`))
    expect(there).toEqual(loaded.filter(grid => grid.id === there[0]!.id))
    expect(await pointsOf(corner)).toBe(4)
    expect(await get(`/api/plans/${plan.id}/coverage?near=1,2,3`)).toMatchObject({ code: 'bad-request' })
    expect(await points(both)).toBe((await points(halves[0]!.id)) + (await points(halves[1]!.id)))
    expect(await get(`/api/plans/${plan.id}/weights?within=${both},${plan.id}`)).toMatchObject({
      code: 'unknown-grid',
    })
    expect(await get(`/api/plans/${plan.id}/weights?within=,${both}`)).toMatchObject({ code: 'bad-request' })

    await town.edit(plan.id, { kind: 'rename', base: 1, grid: whole!.id, name: '改过的名' })
    const since: GridList = await get(`/api/plans/${plan.id}/grids?since=1`)
    expect([since.revision, since.grids.map(grid => grid.name)]).toEqual([2, ['改过的名']])
    const all: GridList = await get(`/api/plans/${plan.id}/grids?since=0`)
    expect(all.grids).toHaveLength(2)
  })

  test('a card says who the neighbours are and how long the border is', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const cut = line(town.at(0.5, -0.1), town.at(0.5, 1.1))
    const saved = await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: cut })
    const other = saved.grids.find(grid => grid.id !== whole!.id)!
    const card: GridCard = await get(`/api/grids/${whole!.id}?plan=${plan.id}`)
    expect(card).toMatchObject({
      level: 1,
      levelName: { zh: '村' },
      revision: 1,
      breadcrumb: [],
      children: [],
    })
    expect(card.neighbours.map(neighbour => neighbour.id)).toEqual([other.id])
    // 0.02° of latitude on the sphere
    expect(card.neighbours[0]!.sharedMetres).toBeCloseTo(2223.9, 0)
    const { rows } = await sql<{ persons: number }>`
      select sum(b.persons)::integer as persons from building b join grid_version g on huage_covers(g.geom, b.point)
      where g.grid_id = ${whole!.id} and g.plan_id = ${plan.id} and g.to_revision is null and b.county = g.county`.execute(
      fresh().owner,
    )
    expect(card.persons).toBe(rows[0]!.persons)
    expect(await get(`/api/grids/${whole!.id}`)).toEqual(card)
    expect(await get(`/api/grids/${whole!.id}?plan=${plan.id}&revision=0`)).toMatchObject({
      neighbours: [],
      buildings: 400,
    })
    expect(await get('/api/grids/00000000-0000-7000-8000-000000000000')).toMatchObject({
      code: 'unknown-grid',
    })
  })

  test('when people move, totals follow and still sum', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: line(town.at(0.5, -0.1), town.at(0.5, 1.1)),
    })
    await sql`update building set persons = persons + 1 where county = ${town.county}`.execute(fresh().owner)
    await inScope(fresh(), LOCAL_ACTOR, tx => refreshTallies(tx, town.county))
    const parts = await town.grids(plan.id)
    expect(parts.reduce((sum, grid) => sum + grid.persons, 0)).toBe(whole!.persons + 400)
    const undone = (await town.post(`/api/plans/${plan.id}/undo`, {})).json()
    expect(undone.grids[0].persons).toBe(whole!.persons + 400)
    await sql`update building set persons = persons - 1 where county = ${town.county}`.execute(fresh().owner)
    await inScope(fresh(), LOCAL_ACTOR, tx => refreshTallies(tx, town.county))
  })

  test.each([
    [{ area: '999999', name: 'x' }, 404, 'unknown-area'],
    [{ area: '51012', name: 'x' }, 400, 'bad-request'],
    [{ name: 'x' }, 400, 'bad-request'],
    [{ area: '510127101201', name: '' }, 400, 'bad-request'],
    [{ area: '510127101201', name: ' \u3000\n' }, 400, 'bad-request'],
    [{ area: '510127101201', name: 'a\0b' }, 400, 'bad-request'],
    [{ area: '510127101201', name: 'half \ud800' }, 400, 'bad-request'],
    [{ area: '510127101201', name: 'x', profile: 'mars' }, 422, 'unknown-profile'],
    [{ area: '510127101201', name: 'x', colour: 'red' }, 400, 'bad-request'],
  ])('a plan of %j is refused', async (body, status, code) => {
    expect((await town.post('/api/plans', body)).json()).toMatchObject({ status, code })
  })

  test('a revision that is not there yet is told', async () => {
    const plan = await town.newPlan()
    expect(await get(`/api/plans/${plan.id}/grids?revision=7`)).toMatchObject({
      status: 409,
      code: 'unknown-revision',
    })
    expect(await get(`/api/plans/${plan.id}/grids?revision=x`)).toMatchObject({ status: 400 })
    for (const huge of ['2147483648', '1e99']) {
      for (const address of [`plans/${plan.id}/grids?revision`, `plans/${plan.id}/edits?before`])
        expect(await get(`/api/${address}=${huge}`)).toMatchObject({ status: 400 })
      const [grid] = await town.grids(plan.id)
      expect(await get(`/api/grids/${grid!.id}?plan=${plan.id}&revision=${huge}`)).toMatchObject({
        status: 400,
      })
    }
    expect(await get(`/api/plans/${plan.id}/coverage?within=${plan.id}`)).toMatchObject({
      code: 'unknown-grid',
    })
  })

  test('six level profiles come with the program', async () => {
    const profiles = await get('/api/profiles')
    expect(profiles.map((profile: { profile: string }) => profile.profile)).toEqual([
      'area-grid',
      'country',
      'huairou',
      'shangdi',
      'town',
      'tuanjie',
    ])
  })
})
