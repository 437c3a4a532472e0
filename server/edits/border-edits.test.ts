import { expect, test } from 'vitest'
import { describeOnBothEngines } from '../db/testing.ts'
import { halvedTown } from './halved-town.ts'
import { line } from './small-town.ts'

describeOnBothEngines('edits of borders and of the tree', fresh => {
  const { town, halves, loop, proven, revision, whoIs } = halvedTown(fresh, '510125')

  test('a border takes a new course, and its people change sides', async () => {
    const { plan, west, east } = await halves()
    const bulge = line(town().at(0.5, 0.2), town().at(0.7, 0.2), town().at(0.7, 0.6), town().at(0.5, 0.6))
    const saved = await proven(plan, { kind: 'reshape', base: 1, grids: [west, east], line: bulge })
    // four columns of buildings, eight rows
    expect(whoIs(saved, west).buildings).toBe(10 * 20 + 4 * 8)
    expect(whoIs(saved, west).buildings + whoIs(saved, east).buildings).toBe(400)
    expect(saved.removed).toEqual([])
  })

  test('vertices are inserted, moved and taken out', async () => {
    const { plan } = await halves()
    await proven(plan, { kind: 'insert-vertex', base: 1, at: town().at(0.5, 0.5) })
    const moved = await proven(plan, {
      kind: 'move-vertex',
      base: await revision(plan),
      from: town().at(0.5, 0.5),
      to: town().at(0.6, 0.5),
      overrule: ['cuts-building'],
    })
    expect(moved.grids).toHaveLength(2)
    await proven(plan, {
      kind: 'delete-vertex',
      base: await revision(plan),
      at: town().at(0.6, 0.5),
      overrule: ['cuts-building'],
    })
    const outer = await town().post(`/api/plans/${plan}/edits`, {
      kind: 'move-vertex',
      base: await revision(plan),
      from: town().at(0, 0),
      to: town().at(0.1, 0.1),
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
    const from = town().at(0.5, 0.4)
    const grids = [west, east]
    const pushed = await proven(plan, { kind: 'push', base: 1, grids, from, to: town().at(0.68, 0.4), units })
    // the middles of the first two columns of blocks, four columns of buildings
    expect([whoIs(pushed, west).buildings, whoIs(pushed, east).buildings]).toEqual([280, 120])
    const short = await town().post(`/api/plans/${plan}/edits`, {
      kind: 'push',
      base: await revision(plan),
      grids,
      from: town().at(0.7, 0.4),
      to: town().at(0.72, 0.4),
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
      from: town().at(0.7, 0.4),
      to: town().at(0.8, 0.4),
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
    const bulge = line(town().at(0.5, 0.21), town().at(0.5004, 0.22), town().at(0.5, 0.23))
    await proven(plan, { kind: 'reshape', base: await revision(plan), grids: [west, east], line: bulge })
    const simple = await proven(plan, {
      kind: 'simplify',
      base: await revision(plan),
      grids: [west, east],
      metres: 5,
    })
    expect(whoIs(simple, west).buildings).toBe(200)
    const gap = await town().post(`/api/plans/${plan}/edits`, {
      kind: 'partition',
      base: await revision(plan),
      parent: east,
      parts: [box(0.5, 0, 0.5, 0.5)],
    })
    expect(gap.json()).toMatchObject({ status: 422, code: 'bad-geometry' })
  })

  test('a border through buildings is refused with the list, until that is overruled', async () => {
    const { plan, west, east } = await halves()
    // through the second column of buildings east of the border, seven rows of it
    const through = line(
      town().at(0.5, 0.2),
      town().at(0.575, 0.2),
      town().at(0.575, 0.55),
      town().at(0.5, 0.55),
    )
    const request = { kind: 'reshape', base: 1, grids: [west, east], line: through } as const
    const preview = (await town().post(`/api/plans/${plan}/edits/preview`, request)).json()
    expect(preview.warnings).toMatchObject([{ code: 'cuts-building', grid: null }])
    expect(preview.warnings[0].buildings).toHaveLength(7)
    const refused = (await town().post(`/api/plans/${plan}/edits`, request)).json()
    expect(refused).toMatchObject({ status: 422, code: 'cuts-building' })
    expect(refused.buildings.sort()).toEqual(preview.warnings[0].buildings.sort())
    expect(refused.place).toHaveLength(2)
    await proven(plan, { ...request, grids: [west, east], overrule: ['cuts-building'] })
  })
})
