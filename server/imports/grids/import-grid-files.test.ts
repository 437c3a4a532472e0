// Somebody's grids on both engines: gaps, overlaps, missing vertices, odd columns become a draft without a fault.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { LOCAL_ACTOR } from '../../db/database.ts'
import { describeOnBothEngines } from '../../db/testing.ts'
import { buildSmallTown, TOWN } from '../../edits/small-town.ts'
import { judgeOnePlan } from '../../verify/verify-database.ts'
import { UnreadableFile } from '../unreadable.ts'
import { type GridFilesOptions, importGridFiles } from './import-grid-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-grids-'))
afterAll(() => rmSync(folder, { recursive: true }))

type Ring = [number, number][]
const put = (name: string, features: readonly object[]): string => {
  const path = join(folder, name)
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
  return path
}

describeOnBothEngines('importing grids', fresh => {
  let next = 0
  const newTown = () => buildSmallTown(fresh(), `5103${10 + next++}`)
  type Town = Awaited<ReturnType<typeof newTown>>
  const feature = (town: Town, [x, y, right, top]: number[], properties: object) => {
    const ring: Ring = [
      town.at(x!, y!),
      town.at(right!, y!),
      town.at(right!, top!),
      town.at(x!, top!),
      town.at(x!, y!),
    ]
    return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
  }
  const run = (options: GridFilesOptions) => importGridFiles(fresh(), LOCAL_ACTOR, { folder, ...options })
  const faultsOf = (area: string, plan: string) =>
    fresh()
      .owner.transaction()
      .execute(tx => judgeOnePlan(tx, { county: area.slice(0, 6), plan_id: plan }))

  //   +-----------+----+      P is one village, Q another; under P a and b overlap, c leaves a strip open;
  //   | a  | b    | Q  |      neither has the vertex where the border between a and b meets c
  //   +----+------+    |
  //   |  c        |    |
  //   +-----------+----+
  test('Chinese columns, gaps, overlaps and missing vertices: a sound draft, its people counted, each change told', async () => {
    const town = await newTown()
    const village = (n: number) => `${town.area}00${n}`
    const path = put(`甲镇网格${town.county}.geojson`, [
      feature(town, [0, 0, 0.6, 1], {
        网格编码: village(1),
        网格名称: '东村',
        层级: '村',
        网格类型: '基础网格',
      }),
      feature(town, [0.6, 0, 1, 1], {
        网格编码: village(2),
        网格名称: '西村',
        层级: '村',
        网格类型: '企业网格',
      }),
      feature(town, [0, 0.5, 0.31, 1], { 网格编码: `${village(1)}01`, 网格名称: '甲', 层级: '自然村' }),
      feature(town, [0.3, 0.5, 0.6, 1], { 网格编码: `${village(1)}02`, 网格名称: '乙', 层级: '自然村' }),
      feature(town, [0, 0, 0.6, 0.49], {
        网格编码: 'X-3',
        层级: '自然村',
        上级网格: '东村',
        网格类型: '不明',
      }),
      feature(town, [3, 3, 4, 4], { 网格编码: `${village(1)}09`, 网格名称: '远', 层级: '自然村' }),
      feature(town, [0, 0, 1, 1], { 网格名称: '怪', 层级: '无' }),
      {
        type: 'Feature',
        properties: { 网格名称: '点' },
        geometry: { type: 'Point', coordinates: [103, 30] },
      },
    ])
    const done = await run({ paths: [path], area: town.area })
    expect(done).toMatchObject({
      ...{ read: 8, imported: 6, rejected: 2, unchanged: 0, dryRun: false },
      reasons: { 'bad-level': 1, 'wrong-geometry': 1 },
      plan: {
        name: `甲镇网格${town.county}`,
        area: town.area,
        profile: 'country',
        levelsBy: 'column',
        levels: [2, 4, 0, 0],
      },
      repairs: {
        'overlap-given': { count: 1 },
        'gap-filled': { count: 1 },
        'code-given': { count: 1 },
        'name-given': { count: 1 },
        'kind-unknown': { count: 1 },
      },
    })
    const plan = done.plan.id!
    expect((await faultsOf(town.area, plan)).faults).toEqual([])
    const grids = await town.grids(plan)
    const of = (name: string) => grids.find(grid => grid.name === name)!
    expect(of('西村').kind).toBe('enterprise')
    expect(grids.filter(grid => grid.parent === of('东村').id).map(({ code, name }) => [code, name])).toEqual(
      [
        [`${village(1)}01`, '甲'],
        [`${village(1)}02`, '乙'],
        [`${village(1)}09`, '远'],
        [`${village(1)}10`, '东村 10'],
      ],
    )
    // 400 buildings with 1 to 5 people each.
    const sum = (level: number, key: 'persons' | 'buildings') =>
      grids.filter(grid => grid.level === level).reduce((total, grid) => total + grid[key], 0)
    expect([sum(1, 'buildings'), sum(1, 'persons')]).toEqual([400, 1200])
    expect(sum(2, 'persons')).toBe(of('东村').persons)

    const report = JSON.parse(readFileSync(done.report!, 'utf8'))
    const overlap = report.features.find(
      (one: { properties: { what: string } }) => one.properties.what === 'overlap-given',
    )
    const width = 0.01 * TOWN.side * 111_320 * Math.cos((TOWN.south * Math.PI) / 180)
    expect(overlap.properties.squareMetres / (width * 0.5 * TOWN.side * 110_900)).toBeCloseTo(1, 1)
    expect(overlap.properties.说明).toMatch(/^重叠 .* m² 归入 [甲乙] /)
    expect(JSON.parse(readFileSync(done.rejects!, 'utf8')).features).toHaveLength(2)

    // It is a plan like any other.
    const c = of('东村 10')
    await town.edit(plan, { kind: 'merge', base: 0, grids: [c.id, of('甲').id], keep: c.id })
    expect((await faultsOf(town.area, plan)).faults).toEqual([])
    const again = await run({ paths: [path], area: town.area })
    expect(again).toMatchObject({ imported: 0, unchanged: 8, plan: { id: plan } })
    await town.app.close()
  })

  test('a file for each level, no codes, parents by where they lie; the area is made of their outline', async () => {
    const town = await newTown()
    const upper = put('level1.geojson', [
      feature(town, [0, 0, 0.5, 1], { name: 'West' }),
      feature(town, [0.5, 0, 1, 1], { name: 'East' }),
    ])
    const lower = put('level2.geojson', [
      feature(town, [0, 0, 0.5, 0.5], { name: 'SW' }),
      feature(town, [0, 0.5, 0.5, 1], { name: 'NW' }),
      feature(town, [0.5, 0, 1, 1], { name: 'all of it' }),
    ])
    const dry = await run({ paths: [upper, lower], name: '两级', dryRun: true })
    expect(dry).toMatchObject({
      imported: 5,
      plan: { id: null, areaMade: true, levelsBy: 'layer' },
      dryRun: true,
    })
    const done = await run({ paths: [upper, lower], name: '两级' })
    expect(done).toMatchObject({
      plan: { name: '两级', areaMade: true, levels: [2, 3, 0, 0] },
      repairs: { 'code-given': { count: 5 }, 'parent-found': { count: 3 } },
    })
    const { area, id } = done.plan
    expect((await faultsOf(area, id!)).faults).toEqual([])
    expect((await town.grids(id!)).map(({ code }) => code.slice(area.length)).sort()).toEqual([
      '001',
      '00101',
      '00102',
      '002',
      '00201',
    ])
    await town.app.close()
  })

  test('what cannot be a plan of the place is refused with a sentence, and nothing is left behind', async () => {
    const town = await newTown()
    const one = put('one.geojson', [feature(town, [0, 0, 1, 1], { name: '一' })])
    const far = put('far.geojson', [feature(town, [50, 50, 51, 51], { name: '远' })])
    const deep = put(
      'deep.geojson',
      [1, 2, 3, 4].map(level => feature(town, [0, 0, 1, 1], { level })),
    )
    const refused = async (options: GridFilesOptions) => {
      const error = await run(options).catch(cause => cause)
      expect(error).toBeInstanceOf(UnreadableFile)
      return [error.code, error.sentence.zh, error.sentence.en].join(' | ')
    }
    expect(await refused({ paths: [one], profile: 'none' })).toMatch(/^unknown-profile \| 没有层级方案“none”/)
    expect(await refused({ paths: [deep], profile: 'shangdi' })).toMatch(/有 4 级.*只有 3 级/)
    expect(await refused({ paths: [far], area: town.area })).toMatch(/^elsewhere \| 没有一个网格位于“小城”/)
    expect(await refused({ paths: [put('none.geojson', [])] })).toMatch(/^nothing-for-layer|^empty/)
    const { rows } = await sql<{ plans: number; logs: number }>`
      select (select count(*)::integer from plan where county = ${town.county}) as plans,
        (select count(*)::integer from import where county = ${town.county}) as logs`.execute(fresh().owner)
    expect(rows).toEqual([{ plans: 0, logs: 0 }])
    expect(existsSync(join(folder, 'far.repairs.geojson'))).toBe(false)
    await town.app.close()
  })
})
