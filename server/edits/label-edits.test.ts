import { expect, test } from 'vitest'
import type { EditRequest } from '../../core/contract/edits.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { judgeTree } from '../verify/judge-tree.ts'
import { halvedTown } from './halved-town.ts'
import { line } from './small-town.ts'

describeOnBothEngines('edits of names and codes', fresh => {
  const { town, halves, proven, revision } = halvedTown(fresh, '510327')

  test('names, codes, kinds and locks are edits too; a code is never given twice', async () => {
    const { plan, west, east } = await halves()
    const edit = async (request: object) => ({ base: await revision(plan), ...request }) as EditRequest
    await proven(plan, await edit({ kind: 'rename', grid: west, name: '西片' }))
    await proven(plan, await edit({ kind: 'change-kind', grid: west, gridKind: 'street' }))
    await proven(plan, await edit({ kind: 'recode', grid: west, code: '510327101201077' }))
    const taken = await town().post(
      `/api/plans/${plan}/edits`,
      await edit({ kind: 'recode', grid: east, code: '510327101201001' }),
    )
    expect(taken.json()).toMatchObject({ status: 422, code: 'code-taken' })
    await proven(plan, await edit({ kind: 'recode', grid: west, code: '510327101201001' }))
    await proven(plan, await edit({ kind: 'lock', grid: west, locked: true }))
    const bulge = line(town().at(0.5, 0.2), town().at(0.575, 0.4), town().at(0.5, 0.6))
    const refused = await town().post(
      `/api/plans/${plan}/edits`,
      await edit({ kind: 'reshape', grids: [west, east], line: bulge, overrule: ['cuts-building'] }),
    )
    expect(refused.json()).toMatchObject({ status: 422, code: 'locked', grid: west })
    await proven(plan, await edit({ kind: 'lock', grid: west, locked: false }))
  })

  test('numbers are given anew, with a preview; a number once given stays given', async () => {
    const { plan, west, east } = await halves()
    const split = async (grid: string, y: number) =>
      town().edit(plan, {
        kind: 'split',
        base: await revision(plan),
        grid,
        line: line(town().at(-0.1, y), town().at(1.1, y)),
        keep: 'right',
      })
    // the south of each half keeps its number: 3 4 above 1 2
    const north = (await split(west, 0.5)).grids.find(grid => grid.id !== west && grid.id !== east)!
    await split(east, 0.5)
    // number five is given, and its grid merged away again: nobody gets five any more
    const five = (await split(west, 0.25)).grids.find(grid => grid.code.endsWith('005'))!
    await proven(plan, { kind: 'merge', base: await revision(plan), grids: [west, five.id], keep: west })
    const codes = async () =>
      Object.fromEntries((await town().grids(plan)).map(grid => [grid.id, grid.code.slice(-3)]))
    expect((await codes())[north.id]).toBe('003')
    const before = await codes()
    const saved = await proven(plan, { kind: 'renumber', base: await revision(plan), parent: null })
    expect(saved.grids.every(grid => grid.code.slice(-3) !== before[grid.id])).toBe(true)
    const rows = (await town().grids(plan))
      .map(({ code, bbox }) => ({ code: code.slice(-3), x: bbox[0], y: -bbox[1] }))
      .sort((a, b) => a.y - b.y || a.x - b.x)
    expect(rows.map(row => row.code)).toEqual(['001', '002', '003', '004'])
    const again = await town().post(`/api/plans/${plan}/edits`, {
      kind: 'renumber',
      base: await revision(plan),
      parent: null,
    })
    expect(again.json()).toMatchObject({ status: 422, code: 'no-effect' })
    const next = await split(west, 0.25)
    expect(next.grids.map(grid => grid.code.slice(-3))).toContain('006')
    const copy = (await town().post(`/api/plans/${plan}/copies`, { name: '副本' })).json()
    for (const plan_id of [plan, copy.id])
      expect(
        await inScope(fresh(), LOCAL_ACTOR, tx => judgeTree(tx, { county: town().county, plan_id })),
      ).toEqual([])
  })
})
