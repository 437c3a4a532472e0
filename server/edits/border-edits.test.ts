import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EditReply, EditRequest } from '../../core/contract/edits.ts'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { judgeTree } from '../verify/judge-tree.ts'
import { judgePlan } from '../verify/referee.ts'
import { buildSmallTown, line, type SmallTown } from './small-town.ts'

async function snapshot(database: Database, plan: string) {
  const { rows } = await sql`
    select grid_id, level, parent_id, leaf, code, name, kind, locked, persons, households, buildings,
      encode(st_asbinary(geom), 'hex') as geometry
    from grid_version where plan_id = ${plan} and to_revision is null order by grid_id`.execute(
    database.owner,
  )
  return rows
}

describeOnBothEngines('edits of borders and of the tree', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510125')
  })
  afterAll(() => town.app.close())

  //   +---+---+
  //   | W | E |    cut in the middle, between two columns of buildings
  //   +---+---+
  async function halves() {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const reply = await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: line(town.at(0.5, -0.1), town.at(0.5, 1.1)),
      keep: 'left',
    })
    const east = reply.grids.find(grid => grid.id !== whole!.id)!
    return { plan: plan.id, west: whole!.id, east: east.id }
  }
  type Halves = Awaited<ReturnType<typeof halves>>
  const loop = (x: number, y: number, w: number, h: number) =>
    line(town.at(x, y), town.at(x + w, y), town.at(x + w, y + h), town.at(x, y + h), town.at(x, y))

  /** What the plan is after each edit is sound for PostGIS too, promised by the preview, and undone to the byte. */
  async function proven(plan: string, request: EditRequest): Promise<EditReply> {
    const before = await snapshot(fresh(), plan)
    const preview = (await town.post(`/api/plans/${plan}/edits/preview`, request)).json()
    const saved = await town.edit(plan, request)
    const numbers = (grids: EditReply['grids']) =>
      grids.map(({ level, persons, households, buildings, areaSquareMetres }) =>
        [level, persons, households, buildings, Math.round(areaSquareMetres)].join(),
      )
    expect(numbers(preview.grids).sort()).toEqual(numbers(saved.grids).sort())
    const after = await snapshot(fresh(), plan)
    const judge = () =>
      inScope(fresh(), LOCAL_ACTOR, tx => judgePlan(tx, { county: town.county, plan_id: plan }))
    expect(await judge()).toEqual([])
    expect((await town.post(`/api/plans/${plan}/undo`, {})).statusCode).toBe(201)
    expect(await snapshot(fresh(), plan)).toEqual(before)
    expect((await town.post(`/api/plans/${plan}/redo`, {})).statusCode).toBe(201)
    expect(await snapshot(fresh(), plan)).toEqual(after)
    return saved
  }
  const revision = async (plan: string): Promise<number> =>
    (await town.app.inject({ url: `/api/plans/${plan}` })).json().revision
  const whoIs = (reply: EditReply, id: string) => reply.grids.find(grid => grid.id === id)!

  test('a border takes a new course, and its people change sides', async () => {
    const { plan, west, east } = await halves()
    const bulge = line(town.at(0.5, 0.2), town.at(0.7, 0.2), town.at(0.7, 0.6), town.at(0.5, 0.6))
    const saved = await proven(plan, { kind: 'reshape', base: 1, grids: [west, east], line: bulge })
    // four columns of buildings, eight rows
    expect(whoIs(saved, west).buildings).toBe(10 * 20 + 4 * 8)
    expect(whoIs(saved, west).buildings + whoIs(saved, east).buildings).toBe(400)
    expect(saved.removed).toEqual([])
  })

  test('vertices are inserted, moved and taken out', async () => {
    const { plan } = await halves()
    await proven(plan, { kind: 'insert-vertex', base: 1, at: town.at(0.5, 0.5) })
    const moved = await proven(plan, {
      kind: 'move-vertex',
      base: await revision(plan),
      from: town.at(0.5, 0.5),
      to: town.at(0.6, 0.5),
      overrule: ['cuts-building'],
    })
    expect(moved.grids).toHaveLength(2)
    await proven(plan, {
      kind: 'delete-vertex',
      base: await revision(plan),
      at: town.at(0.6, 0.5),
      overrule: ['cuts-building'],
    })
    const outer = await town.post(`/api/plans/${plan}/edits`, {
      kind: 'move-vertex',
      base: await revision(plan),
      from: town.at(0, 0),
      to: town.at(0.1, 0.1),
    })
    expect(outer.json()).toMatchObject({ status: 422, code: 'leaves-area' })
  })

  test('an area is given to a neighbour; a zone is carved; grids get another parent', async () => {
    const { plan, west, east } = await halves()
    await proven(plan, {
      kind: 'transfer-area',
      base: 1,
      from: east,
      to: west,
      line: loop(0.4, 0.8, 0.35, 0.3),
    })
    const carved = await proven(plan, {
      kind: 'carve',
      base: await revision(plan),
      line: loop(0.3, 0.3, 0.4, 0.25),
      gridKind: 'enterprise',
      parent: null,
      name: '工业园',
    })
    const zone = carved.grids.find(grid => grid.name === '工业园')!
    expect(zone).toMatchObject({ level: 1, kind: 'enterprise', code: '510125101201003', buildings: 40 })
    const under = await proven(plan, {
      kind: 'carve',
      base: await revision(plan),
      line: loop(-0.1, -0.1, 1, 0.3),
      gridKind: 'special',
      parent: west,
    })
    const [special, rest] = under.grids
      .filter(grid => grid.level === 2)
      .sort((a, b) => (a.code < b.code ? -1 : 1))
    expect([special!.code, rest!.code]).toEqual(['51012510120100101', '51012510120100102'])
    await proven(plan, {
      kind: 'carve',
      base: await revision(plan),
      line: loop(0.8, -0.1, 1, 0.3),
      gridKind: 'special',
      parent: east,
    })
    const moved = await proven(plan, {
      kind: 'reparent',
      base: await revision(plan),
      grid: rest!.id,
      parent: east,
      overrule: ['would-disconnect'],
    })
    expect(whoIs(moved, rest!.id)).toMatchObject({ parent: east, code: rest!.code })
    expect(whoIs(moved, west).buildings).toBe(special!.buildings)
    const back = await proven(plan, {
      kind: 'transfer-grids',
      base: await revision(plan),
      grids: [rest!.id],
      to: west,
      overrule: ['would-disconnect'],
    })
    expect(whoIs(back, rest!.id).parent).toBe(west)
  })

  test('a border is pushed by blocks, and by whole grids', async () => {
    const { plan, west, east } = await halves()
    const block = (x: number, y: number) => ({
      type: 'MultiPolygon' as const,
      coordinates: [[loop(x, y, 0.1, 0.25).coordinates]],
    })
    const units = [0.5, 0.6, 0.7].flatMap(x => [0, 0.25, 0.5, 0.75].map(y => block(x, y)))
    const from = town.at(0.5, 0.4)
    const grids = [west, east]
    const pushed = await proven(plan, { kind: 'push', base: 1, grids, from, to: town.at(0.68, 0.4), units })
    // the middles of the first two columns of blocks, four columns of buildings
    expect([whoIs(pushed, west).buildings, whoIs(pushed, east).buildings]).toEqual([280, 120])
    const short = await town.post(`/api/plans/${plan}/edits`, {
      kind: 'push',
      base: await revision(plan),
      grids,
      from: town.at(0.7, 0.4),
      to: town.at(0.72, 0.4),
      units,
    })
    expect(short.json()).toMatchObject({ status: 422, code: 'no-effect' })
    for (const [parent, parts] of [
      [west, [0, 0.5]],
      [east, [0.7, 0.85]],
    ] as const) {
      const [left, right] = parts
      const end = parent === west ? 0.7 : 1
      await proven(plan, {
        kind: 'partition',
        base: await revision(plan),
        parent,
        parts: [loop(left, 0, right - left, 1), loop(right, 0, end - right, 1)].map(ring => ({
          type: 'MultiPolygon' as const,
          coordinates: [[ring.coordinates]],
        })),
      })
    }
    const whole = await proven(plan, {
      kind: 'push',
      base: await revision(plan),
      grids,
      from: town.at(0.7, 0.4),
      to: town.at(0.8, 0.4),
    })
    expect([whoIs(whole, west).buildings, whoIs(whole, east).buildings]).toEqual([340, 60])
    expect(whole.grids.filter(grid => grid.level === 2).map(grid => grid.parent)).toEqual([west])
  })

  test('a grid is divided into given parts, numbered in reading order; a border is made simple', async () => {
    const { plan, west, east } = await halves()
    const box = (x: number, y: number, w: number, h: number) => ({
      type: 'MultiPolygon' as const,
      coordinates: [[loop(x, y, w, h).coordinates]],
    })
    const parts = [box(0, 0, 0.5, 0.5), box(0.25, 0.5, 0.25, 0.5), box(0, 0.5, 0.25, 0.5)]
    const saved = await proven(plan, { kind: 'partition', base: 1, parent: west, parts })
    const children = saved.grids.filter(grid => grid.parent === west)
    expect(children.map(({ code, buildings, level }) => [code.slice(-2), buildings, level])).toEqual([
      ['01', 50, 2],
      ['02', 50, 2],
      ['03', 100, 2],
    ])
    const bulge = line(town.at(0.5, 0.21), town.at(0.5004, 0.22), town.at(0.5, 0.23))
    await proven(plan, { kind: 'reshape', base: await revision(plan), grids: [west, east], line: bulge })
    const simple = await proven(plan, {
      kind: 'simplify',
      base: await revision(plan),
      grids: [west, east],
      metres: 5,
    })
    expect(whoIs(simple, west).buildings).toBe(200)
    const gap = await town.post(`/api/plans/${plan}/edits`, {
      kind: 'partition',
      base: await revision(plan),
      parent: east,
      parts: [box(0.5, 0, 0.5, 0.5)],
    })
    expect(gap.json()).toMatchObject({ status: 422, code: 'bad-geometry' })
  })

  test('names, codes, kinds and locks are edits too; a code is never given twice', async () => {
    const { plan, west, east } = await halves()
    const edit = async (request: object) => ({ base: await revision(plan), ...request }) as EditRequest
    await proven(plan, await edit({ kind: 'rename', grid: west, name: '西片' }))
    await proven(plan, await edit({ kind: 'change-kind', grid: west, gridKind: 'street' }))
    await proven(plan, await edit({ kind: 'recode', grid: west, code: '510125101201077' }))
    const taken = await town.post(
      `/api/plans/${plan}/edits`,
      await edit({ kind: 'recode', grid: east, code: '510125101201001' }),
    )
    expect(taken.json()).toMatchObject({ status: 422, code: 'code-taken' })
    await proven(plan, await edit({ kind: 'recode', grid: west, code: '510125101201001' }))
    await proven(plan, await edit({ kind: 'lock', grid: west, locked: true }))
    const bulge = line(town.at(0.5, 0.2), town.at(0.575, 0.4), town.at(0.5, 0.6))
    const refused = await town.post(
      `/api/plans/${plan}/edits`,
      await edit({ kind: 'reshape', grids: [west, east], line: bulge, overrule: ['cuts-building'] }),
    )
    expect(refused.json()).toMatchObject({ status: 422, code: 'locked', grid: west })
    await proven(plan, await edit({ kind: 'lock', grid: west, locked: false }))
  })

  test('numbers are given anew, with a preview; a number once given stays given', async () => {
    const { plan, west, east } = await halves()
    const split = async (grid: string, y: number) =>
      town.edit(plan, {
        kind: 'split',
        base: await revision(plan),
        grid,
        line: line(town.at(-0.1, y), town.at(1.1, y)),
        keep: 'right',
      })
    // the south of each half keeps its number: 3 4 above 1 2
    const north = (await split(west, 0.5)).grids.find(grid => grid.id !== west && grid.id !== east)!
    await split(east, 0.5)
    // number five is given, and its grid merged away again: nobody gets five any more
    const five = (await split(west, 0.25)).grids.find(grid => grid.code.endsWith('005'))!
    await proven(plan, { kind: 'merge', base: await revision(plan), grids: [west, five.id], keep: west })
    const codes = async () =>
      Object.fromEntries((await town.grids(plan)).map(grid => [grid.id, grid.code.slice(-3)]))
    expect((await codes())[north.id]).toBe('003')
    const before = await codes()
    const saved = await proven(plan, { kind: 'renumber', base: await revision(plan), parent: null })
    expect(saved.grids.every(grid => grid.code.slice(-3) !== before[grid.id])).toBe(true)
    const rows = (await town.grids(plan))
      .map(({ code, bbox }) => ({ code: code.slice(-3), x: bbox[0], y: -bbox[1] }))
      .sort((a, b) => a.y - b.y || a.x - b.x)
    expect(rows.map(row => row.code)).toEqual(['001', '002', '003', '004'])
    const again = await town.post(`/api/plans/${plan}/edits`, {
      kind: 'renumber',
      base: await revision(plan),
      parent: null,
    })
    expect(again.json()).toMatchObject({ status: 422, code: 'no-effect' })
    const next = await split(west, 0.25)
    expect(next.grids.map(grid => grid.code.slice(-3))).toContain('006')
    const copy = (await town.post(`/api/plans/${plan}/copies`, { name: '副本' })).json()
    for (const plan_id of [plan, copy.id])
      expect(
        await inScope(fresh(), LOCAL_ACTOR, tx => judgeTree(tx, { county: town.county, plan_id })),
      ).toEqual([])
  })

  test('a border through buildings is refused with the list, until that is overruled', async () => {
    const { plan, west, east } = await halves()
    // through the second column of buildings east of the border, seven rows of it
    const through = line(town.at(0.5, 0.2), town.at(0.575, 0.2), town.at(0.575, 0.55), town.at(0.5, 0.55))
    const request = { kind: 'reshape', base: 1, grids: [west, east], line: through } as const
    const preview = (await town.post(`/api/plans/${plan}/edits/preview`, request)).json()
    expect(preview.warnings).toMatchObject([{ code: 'cuts-building', grid: null }])
    expect(preview.warnings[0].buildings).toHaveLength(7)
    const refused = (await town.post(`/api/plans/${plan}/edits`, request)).json()
    expect(refused).toMatchObject({ status: 422, code: 'cuts-building' })
    expect(refused.buildings.sort()).toEqual(preview.warnings[0].buildings.sort())
    expect(refused.place).toHaveLength(2)
    await proven(plan, { ...request, grids: [west, east], overrule: ['cuts-building'] })
  })

  test('an edit on a border that somebody has just changed is refused, though it names neither grid', async () => {
    const { plan, west, east }: Halves = await halves()
    await town.edit(plan, { kind: 'insert-vertex', base: 1, at: town.at(0.5, 0.5) })
    const move = {
      kind: 'move-vertex',
      from: town.at(0.5, 0.5),
      to: town.at(0.56, 0.5),
      overrule: ['cuts-building'],
    }
    const late = await town.post(`/api/plans/${plan}/edits`, { ...move, base: 1 })
    expect(late.json()).toMatchObject({ status: 409, code: 'stale', revision: 2, actor: 'local' })
    const carve = { kind: 'carve', line: loop(0.3, 0.3, 0.4, 0.2), gridKind: 'special', parent: null }
    expect((await town.post(`/api/plans/${plan}/edits`, { ...carve, base: 1 })).json().code).toBe('stale')
    const reshape = { kind: 'reshape', grids: [west, east], line: loop(0.3, 0.3, 0.4, 0.2) }
    expect((await town.post(`/api/plans/${plan}/edits`, { ...reshape, base: 1 })).json().code).toBe('stale')
    expect((await town.post(`/api/plans/${plan}/edits`, { ...move, base: 2 })).statusCode).toBe(201)
  })

  test('sixteen writers on one border: each wins one revision in the end, and none is lost', async () => {
    const { plan, west, east } = await halves()
    let refusals = 0
    const write = async (writer: number) => {
      const y = 0.05 + writer * 0.055
      const bulge = line(town.at(0.5, y), town.at(0.5005, y + 0.02), town.at(0.5, y + 0.04))
      for (let base = 1; ; ) {
        const reply = await town.post(`/api/plans/${plan}/edits`, {
          kind: 'reshape',
          base,
          grids: [west, east],
          line: bulge,
        })
        if (reply.statusCode === 201) return reply.json().edit.revision as number
        expect(reply.json()).toMatchObject({ status: 409, code: 'stale', actor: 'local' })
        refusals++
        base = reply.json().revision
      }
    }
    const revisions = await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)))
    expect(revisions.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, i) => i + 2))
    expect(refusals).toBeGreaterThanOrEqual(15)
    const grids = await town.app.inject({ url: `/api/grids/${west}?plan=${plan}` })
    // every writer's bulge has its tip on the border
    const ring: [number, number][] = grids.json().geometry.coordinates[0][0]
    const [tip] = town.at(0.5005, 0)
    expect(ring.filter(([x]) => Math.abs(x - tip) < 1e-9)).toHaveLength(16)
    const faults = await inScope(fresh(), LOCAL_ACTOR, tx =>
      judgePlan(tx, { county: town.county, plan_id: plan }),
    )
    expect(faults).toEqual([])
  })
})
