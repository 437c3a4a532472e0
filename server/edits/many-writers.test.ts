import { expect, test } from 'vitest'
import { describeOnBothEngines } from '../db/testing.ts'
import { halvedTown } from './halved-town.ts'
import { line } from './small-town.ts'

describeOnBothEngines('many writers', fresh => {
  const { town, halves, loop, judge } = halvedTown(fresh, '510328')

  test('an edit on a border that somebody has just changed is refused, though it names neither grid', async () => {
    const { plan, west, east } = await halves()
    await town().edit(plan, { kind: 'insert-vertex', base: 1, at: town().at(0.5, 0.5) })
    const move = {
      kind: 'move-vertex',
      from: town().at(0.5, 0.5),
      to: town().at(0.56, 0.5),
      overrule: ['cuts-building'],
    }
    const late = await town().post(`/api/plans/${plan}/edits`, { ...move, base: 1 })
    expect(late.json()).toMatchObject({ status: 409, code: 'stale', revision: 2, actor: 'local' })
    const carve = { kind: 'carve', line: loop(0.3, 0.3, 0.4, 0.2), gridKind: 'special', parent: null }
    expect((await town().post(`/api/plans/${plan}/edits`, { ...carve, base: 1 })).json().code).toBe('stale')
    const reshape = { kind: 'reshape', grids: [west, east], line: loop(0.3, 0.3, 0.4, 0.2) }
    expect((await town().post(`/api/plans/${plan}/edits`, { ...reshape, base: 1 })).json().code).toBe('stale')
    expect((await town().post(`/api/plans/${plan}/edits`, { ...move, base: 2 })).statusCode).toBe(201)
  })

  test('sixteen writers on one border: each wins one revision in the end, and none is lost', async () => {
    const { plan, west, east } = await halves()
    let refusals = 0
    const write = async (writer: number) => {
      const y = 0.05 + writer * 0.055
      const bulge = line(town().at(0.5, y), town().at(0.5005, y + 0.02), town().at(0.5, y + 0.04))
      for (let base = 1; ; ) {
        const reply = await town().post(`/api/plans/${plan}/edits`, {
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
    const grids = await town().app.inject({ url: `/api/grids/${west}?plan=${plan}` })
    // every writer's bulge has its tip on the border
    const ring: [number, number][] = grids.json().geometry.coordinates[0][0]
    const [tip] = town().at(0.5005, 0)
    expect(ring.filter(([x]) => Math.abs(x - tip) < 1e-9)).toHaveLength(16)
    expect(await judge(plan)).toEqual([])
  })
})
