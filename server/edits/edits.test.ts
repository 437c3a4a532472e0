import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EditPreview } from '../../core/contract/edits.ts'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { judgePlan } from '../verify/referee.ts'
import { buildSmallTown, line, type SmallTown } from './small-town.ts'

/** Everything a plan's present consists of, to compare before and after. */
async function snapshot(database: Database, plan: string) {
  const { rows } = await sql`
    select grid_id, level, parent_id, leaf, code, name, kind, locked, persons, households, buildings,
      encode(st_asbinary(geom), 'hex') as geometry
    from grid_version where plan_id = ${plan} and to_revision is null order by grid_id`.execute(
    database.owner,
  )
  return rows
}

const faults = (database: Database, town: SmallTown, plan: string) =>
  inScope(database, LOCAL_ACTOR, tx => judgePlan(tx, { county: town.county, plan_id: plan }))

describeOnBothEngines('edits', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510124')
  })
  afterAll(() => town.app.close())

  //   +-----+-----+
  //   |     |     |
  //   |  L  |  R  |     the line runs north, so west is left
  //   |     |     |
  //   +-----+-----+
  const northward = (x: number) => line(town.at(x, -0.1), town.at(x + 0.01, 0.5), town.at(x, 1.1))

  test('a preview promises the numbers that the edit saves, and both equal SQL', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    expect(whole).toMatchObject({ persons: 1200, households: 600, buildings: 400, code: '510124101201001' })
    const request = { kind: 'split' as const, base: 0, grid: whole!.id, line: northward(0.3) }

    const preview: EditPreview = (await town.post(`/api/plans/${plan.id}/edits/preview`, request)).json()
    expect(preview.grids.map(grid => grid.side).sort()).toEqual(['left', 'right'])
    expect(await town.grids(plan.id)).toHaveLength(1)

    const saved = await town.edit(plan.id, request)
    const promised = (key: 'persons' | 'households' | 'buildings') => preview.grids.map(g => g[key]).sort()
    for (const key of ['persons', 'households', 'buildings'] as const) {
      expect(saved.grids.map(grid => grid[key]).sort()).toEqual(promised(key))
      expect(saved.grids.reduce((sum, grid) => sum + grid[key], 0)).toBe(whole![key])
    }
    // the greater side keeps the identity, the other takes the next number
    const kept = saved.grids.find(grid => grid.id === whole!.id)!
    const created = saved.grids.find(grid => grid.id !== whole!.id)!
    expect(kept.persons).toBeGreaterThan(created.persons)
    expect(created.code).toBe('510124101201002')
    expect(created.name).toBe('小城 2')
    expect(saved.plan).toMatchObject({ revision: 1, undo: 1, redo: null, grids: 2 })
    expect(await faults(fresh(), town, plan.id)).toEqual([])
  })

  test('parts are cut again, neighbours merged, and each step undone to the byte', async () => {
    const plan = await town.newPlan()
    const states = [await snapshot(fresh(), plan.id)]
    const [whole] = await town.grids(plan.id)
    const first = await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: northward(0.4) })
    states.push(await snapshot(fresh(), plan.id))
    // west to east through both halves cuts only the one named; its end makes a new vertex on the shared border
    const across = line(town.at(-0.1, 0.333), town.at(1.1, 0.777))
    await town.edit(plan.id, {
      kind: 'split',
      base: 1,
      grid: whole!.id,
      line: across,
      overrule: ['cuts-building'],
    })
    states.push(await snapshot(fresh(), plan.id))
    const west = first.grids.find(grid => grid.id !== whole!.id)!.id
    await town.edit(plan.id, { kind: 'merge', base: 2, grids: [west, whole!.id] })
    states.push(await snapshot(fresh(), plan.id))
    expect(await faults(fresh(), town, plan.id)).toEqual([])
    expect(states.map(state => state.length)).toEqual([1, 2, 3, 2])

    for (const expected of [states[2], states[1], states[0]]) {
      expect((await town.post(`/api/plans/${plan.id}/undo`, {})).statusCode).toBe(201)
      expect(await snapshot(fresh(), plan.id)).toEqual(expected)
    }
    const nothing = await town.post(`/api/plans/${plan.id}/undo`, {})
    expect(nothing.json()).toMatchObject({ status: 409, code: 'nothing-to-undo' })
    for (const expected of [states[1], states[2], states[3]]) {
      expect((await town.post(`/api/plans/${plan.id}/redo`, {})).statusCode).toBe(201)
      expect(await snapshot(fresh(), plan.id)).toEqual(expected)
    }
    expect((await town.post(`/api/plans/${plan.id}/redo`, {})).json().code).toBe('nothing-to-redo')
  })

  test('redo lapses when a new edit is made; a code is never given twice', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: northward(0.3) })
    const undone = (await town.post(`/api/plans/${plan.id}/undo`, { base: 1 })).json()
    expect(undone.plan).toMatchObject({ undo: null, redo: 2 })
    const again = await town.edit(plan.id, { kind: 'split', base: 2, grid: whole!.id, line: northward(0.6) })
    expect(again.plan).toMatchObject({ undo: 3, redo: null })
    expect(again.grids.map(grid => grid.code).sort()).toEqual(['510124101201001', '510124101201003'])
  })

  test('an edit on what somebody has just changed is refused with who and when', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const first = await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: northward(0.5) })
    const before = await snapshot(fresh(), plan.id)
    const late = await town.post(`/api/plans/${plan.id}/edits`, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: northward(0.7),
    })
    expect(late.json()).toMatchObject({
      status: 409,
      code: 'stale',
      revision: 1,
      actor: 'local',
      at: first.edit.at,
    })
    expect(await snapshot(fresh(), plan.id)).toEqual(before)
    const future = await town.post(`/api/plans/${plan.id}/undo`, { base: 99 })
    expect(future.json()).toMatchObject({ status: 409, code: 'unknown-revision' })
  })

  test.each([
    ['misses', 'misses-grid', () => line([100, 20], [100.1, 20.1])],
    ['touches', 'touches-only', () => line(town.at(-0.5, 0.5), town.at(0, 0), town.at(0.5, -0.5))],
    ['ends inside', 'no-effect', () => line(town.at(-0.1, 0.5), town.at(0.5, 0.5))],
    [
      'crosses itself',
      'self-crossing',
      () =>
        line(town.at(-0.1, 0.5), town.at(0.8, 0.5), town.at(0.8, 0.8), town.at(0.5, 0.8), town.at(0.5, -0.1)),
    ],
  ])('a line that %s is refused at its place, and nothing changes', async (_what, code, drawn) => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const before = await snapshot(fresh(), plan.id)
    for (const [language, script] of [
      ['zh-CN', /[一-龥]/],
      ['en', /^[^一-龥]+$/],
    ] as const) {
      const reply = await town.post(
        `/api/plans/${plan.id}/edits`,
        { kind: 'split', base: 0, grid: whole!.id, line: drawn() },
        { 'accept-language': language },
      )
      expect(reply.json()).toMatchObject({ status: 422, code })
      expect(reply.json().message).toMatch(script)
      if (code !== 'misses-grid') expect(reply.json().place).toHaveLength(2)
    }
    expect(await snapshot(fresh(), plan.id)).toEqual(before)
  })

  test('a line out through a corner divides the grid', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const diagonal = line(town.at(-0.1, -0.1), town.at(1.1, 1.1))
    const saved = await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: diagonal,
      overrule: ['cuts-building'],
    })
    expect(saved.grids).toHaveLength(2)
    expect(await faults(fresh(), town, plan.id)).toEqual([])
  })

  test('the same Idempotency-Key is one effect; for another request it is refused', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const body = { kind: 'split', base: 0, grid: whole!.id, line: northward(0.5) }
    const key = { 'idempotency-key': `once-${plan.id}` }
    const [first, second] = await Promise.all([
      town.post(`/api/plans/${plan.id}/edits`, body, key),
      town.post(`/api/plans/${plan.id}/edits`, body, key),
    ])
    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
    expect(await town.grids(plan.id)).toHaveLength(2)
    const other = await town.post(`/api/plans/${plan.id}/edits`, { ...body, line: northward(0.6) }, key)
    expect(other.json()).toMatchObject({ status: 422, code: 'idempotency-key-reused' })
  })

  test('of sixteen writers on one border one wins per revision, and none is lost', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const replies = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        town.post(`/api/plans/${plan.id}/edits`, {
          kind: 'split',
          base: 0,
          grid: whole!.id,
          line: northward(0.1 + i * 0.05),
        }),
      ),
    )
    expect(replies.map(reply => reply.statusCode).sort()).toEqual([201, ...Array(15).fill(409)])
    expect(await town.grids(plan.id)).toHaveLength(2)
    const journal = (await town.app.inject({ url: `/api/plans/${plan.id}/edits` })).json()
    expect(journal.map((edit: { revision: number }) => edit.revision)).toEqual([1])
  })

  test.each([
    ['no body', undefined, 400],
    ['not JSON', '{"kind":', 400],
    ['an unknown kind', { kind: 'explode', base: 0 }, 400],
    ['no base', { kind: 'split', grid: '00000000-0000-7000-8000-000000000000' }, 400],
    ['a base of text', { kind: 'merge', base: '0', grids: [] }, 400],
    [
      'a position that is no number',
      {
        kind: 'split',
        base: 0,
        grid: '00000000-0000-7000-8000-000000000000',
        line: line(['a', 1] as never, [1, 1]),
      },
      400,
    ],
    [
      'an unknown grid',
      { kind: 'split', base: 0, grid: '00000000-0000-7000-8000-000000000000', line: line([1, 1], [2, 2]) },
      404,
    ],
  ])('%s is answered with a sentence', async (_what, body, status) => {
    const plan = await town.newPlan()
    const reply = await town.app.inject({
      method: 'POST',
      url: `/api/plans/${plan.id}/edits`,
      headers: { 'content-type': 'application/json' },
      payload: typeof body === 'object' ? JSON.stringify(body) : body,
    })
    expect(reply.json()).toMatchObject({ status })
    expect(reply.json().message.length).toBeGreaterThan(5)
  })

  test('an unknown plan is 404 everywhere', async () => {
    const id = '00000000-0000-7000-8000-000000000000'
    for (const path of ['', '/grids', '/coverage', '/weights', '/edits']) {
      expect((await town.app.inject({ url: `/api/plans/${id}${path}` })).json()).toMatchObject({
        code: 'unknown-plan',
      })
    }
    const edit = { kind: 'merge', base: 0, grids: [id, '00000000-0000-7000-8000-000000000001'] }
    expect((await town.post(`/api/plans/${id}/edits`, edit)).json()).toMatchObject({ code: 'unknown-plan' })
    expect((await town.post(`/api/plans/${id}/undo`, {})).json()).toMatchObject({ code: 'unknown-plan' })
  })
})
