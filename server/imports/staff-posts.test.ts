// A list of grid workers on both engines: their posts go to grids by code or name, and go with the list.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Inspection } from '../../core/contract/imports.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, line } from '../edits/small-town.ts'
import { gridsOf, postRole } from './post-roles.ts'
import { importsOf } from './testing.ts'

test.each([
  ['网格长', 'head'],
  ['副网格长', 'head'],
  ['专职网格员', 'worker'],
  ['社区民警', 'police'],
  ['村党支部书记', 'cadre'],
  ['Grid worker', 'worker'],
  ['计生专干', '计生专干'],
  [null, 'worker'],
])('%s is %s', (word, role) => {
  expect(postRole(word)).toBe(role)
})

test('one cell may name several grids', () => {
  expect(gridsOf('一网格、二网格，三网格;一网格')).toEqual(['一网格', '二网格', '三网格'])
  expect(gridsOf('510124101001001.0')).toEqual(['510124101001001'])
  expect(gridsOf(null)).toEqual([])
})

describeOnBothEngines('a list of grid workers', fresh => {
  test('each post is on its grid; unknown grids come back with a reason; withdrawn, the posts are gone', async () => {
    const town = await buildSmallTown(fresh(), '510501')
    const { app, county, at } = town
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: line(at(0.5, -0.1), at(0.5, 1.1)),
    })
    const [west, east] = await town.grids(plan.id)
    const { upload, bringIn } = importsOf(app)
    const posts = async () =>
      (
        await sql<{ name: string; role: string; grid: string }>`
          select s.name, p.role, p.grid_id as grid from post p join staff s on s.county = p.county and s.id = p.staff_id
          where p.county = ${county} order by s.name, p.role, p.grid_id`.execute(fresh().owner)
      ).rows.map(({ name, role, grid }) => `${name} ${role} ${grid === west!.id ? 'west' : 'east'}`)
    const rows = [
      '姓名,性别,联系电话,所属网格,职务',
      `张三,男,13800000001,${west!.code},网格长`,
      `李四,女,13800000002,${east!.name},专职网格员`,
      `王五,男,13800000003,"${west!.code}、${east!.code}",网格员`,
      `赵六,男,13800000004,${west!.code},网格员`,
      `赵六,男,13800000004,${east!.code},网格员`,
      '钱七,男,13800000005,没有的网格,网格员',
      '孙八,女,13800000006,,',
    ].join('\n')
    const looked: Inspection = (await upload({ '网格员名单.csv': rows })).json()
    expect(looked).toMatchObject({ layer: 'staff', ready: true })
    const settings = { layer: 'staff', area: town.area }
    const done = (await bringIn(looked, settings)).result!
    expect(done).toMatchObject({
      ...{ read: 7, imported: 5, duplicates: 1, rejected: 1 },
      reasons: [{ code: 'unknown-grid', rows: 1 }],
    })
    const all = [
      '张三 head west',
      '李四 worker east',
      '王五 worker east',
      '王五 worker west',
      '赵六 worker east',
      '赵六 worker west',
    ]
    expect((await posts()).sort()).toEqual([...all].sort())
    const card = (await app.inject({ url: `/api/grids/${west!.id}/staff?plan=${plan.id}` })).json()
    expect(JSON.stringify(card)).toContain('张三')
    const rejects = await app.inject({ url: done.rejects! })
    expect(rejects.body).toContain('网格“没有的网格”不在本区县的划分方案中')

    // Mended, the row goes in alone; the list again changes nothing.
    const mended = rejects.body.replace('没有的网格', west!.name === east!.name ? west!.code : west!.name)
    const again = (await bringIn((await upload({ '网格员名单.rejected.csv': mended })).json(), settings))
      .result!
    expect(again).toMatchObject({ read: 1, imported: 1, rejected: 0 })
    const same = (await bringIn((await upload({ '网格员名单.csv': rows })).json(), settings)).result!
    expect(same).toMatchObject({ imported: 0, unchanged: 5, rejected: 1 })

    // Somebody who was here already gets a post, and only that is withdrawn.
    const more = `姓名,联系电话,性别,所属网格,职务\n孙八,13800000006,女,${east!.code},网格员`
    const late = (await bringIn((await upload({ '补.csv': more })).json(), settings)).result!
    expect(late).toMatchObject({ imported: 1, unchanged: 0 })
    expect(await posts()).toContain('孙八 worker east')
    const withdraw = async (id: string | null) =>
      (await app.inject({ method: 'DELETE', url: `/api/imports/${id}` })).json()
    expect(await withdraw(late.id)).toMatchObject({ removed: 0 })
    expect(await posts()).not.toContain('孙八 worker east')
    await withdraw(again.id)
    expect(await withdraw(done.id)).toMatchObject({ removed: 5 })
    expect(await posts()).toEqual([])
    await app.close()
  })
})
