// Somebody's grids over HTTP, on both engines: looked at, made a draft by a job, told, fetched, listed and withdrawn.
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { ImportRecord, Inspection } from '../../../core/contract/imports.ts'
import { describeOnBothEngines } from '../../db/testing.ts'
import { buildSmallTown, line } from '../../edits/small-town.ts'
import { importsOf } from '../testing.ts'

describeOnBothEngines('grids over HTTP', fresh => {
  //   +-----+-----+
  //   |  a  |  b  |   a and b overlap; the line is no grid
  //   +-----+-----+
  let next = 0
  const begin = async () => {
    const town = await buildSmallTown(fresh(), `5104${10 + next++}`)
    const grid = (west: number, east: number, properties: object) => ({
      type: 'Feature',
      properties,
      geometry: {
        type: 'Polygon',
        coordinates: [
          [town.at(west, 0), town.at(east, 0), town.at(east, 1), town.at(west, 1), town.at(west, 0)],
        ],
      },
    })
    const file = JSON.stringify({
      type: 'FeatureCollection',
      features: [
        grid(0, 0.51, { 编码: `${town.area}001`, 名称: '甲', 等级: 1 }),
        grid(0.5, 1, { 编码: `${town.area}002`, 名称: '乙', 等级: 1 }),
        {
          type: 'Feature',
          properties: { 名称: '线' },
          geometry: { type: 'LineString', coordinates: [town.at(0, 0), town.at(1, 1)] },
        },
      ],
    })
    const imports = importsOf(town.app)
    const looked: Inspection = (await imports.upload({ '网格.geojson': file })).json()
    return { ...town, ...imports, looked }
  }
  const plansOf = async (county: string) => {
    const { rows } = await sql`
      select p.plan_id from plan p where p.county = ${county}
      union all select g.grid_id from grid_version g where g.county = ${county}
      union all select t.grid_id from grid_totals t where t.county = ${county}`.execute(fresh().owner)
    return rows.length
  }

  test('a draft, each change and each rejected row to be fetched; withdrawn, nothing of it is left', async () => {
    const { app, looked, bringIn, county, area } = await begin()
    expect(looked).toMatchObject({ layer: 'grids', ready: true, judged: { good: 2, rejected: 1 } })
    expect(looked.columns.map(({ role }) => role)).toEqual(expect.arrayContaining(['code', 'name', 'level']))
    const job = await bringIn(looked, { layer: 'grids', area })
    expect(job).toMatchObject({
      state: 'done',
      rows: 3,
      result: {
        ...{ read: 3, imported: 2, rejected: 1, repaired: 1 },
        plan: { name: '网格', area, areaMade: false, levels: [2, 0, 0, 0] },
        reasons: [{ code: 'wrong-geometry', rows: 1 }],
        changes: { count: 2, kinds: [{ code: 'overlap-given' }, { code: 'border-moved' }] },
      },
    })
    const { changes, plan, bbox } = job.result!
    expect(changes!.first[0]!.squareMetres).toBeCloseTo(changes!.kinds[0]!.squareMetres)
    expect(changes!.first[0]!.place[0]).toBeGreaterThan(bbox![0])
    expect((await app.inject({ url: `/api/plans/${plan!.id}` })).json()).toMatchObject({ state: 'draft' })

    const [listed] = (await app.inject({ url: '/api/imports' })).json() as ImportRecord[]
    expect(listed).toMatchObject({
      id: job.result!.id,
      plan: plan!.id,
      imported: 2,
      layers: [{ layer: 'grids' }],
    })
    const table = await app.inject({ url: listed!.repairs! })
    expect(table.headers['content-disposition']).toContain(encodeURIComponent('网格.geojson.repairs.csv'))
    const [, first, second, ...none] = table.body.trim().split('\r\n')
    expect(first).toMatch(/^重叠归入一方,"?重叠 .* m² 归入 .*/)
    expect(second).toMatch(/^边界修正/)
    expect(none).toEqual([])
    const rejects = await app.inject({ url: listed!.rejects! })
    expect(rejects.json().features).toMatchObject([{ properties: { 名称: '线', hg_原因: '不是面' } }])

    const again = await bringIn(looked, { layer: 'grids', area })
    expect(again.result).toMatchObject({ id: null, imported: 0, unchanged: 3, plan: { id: plan!.id } })

    const withdrawn = await app.inject({ method: 'DELETE', url: `/api/imports/${listed!.id}` })
    expect(withdrawn.json()).toMatchObject({ removed: 2, restored: 0 })
    expect(await plansOf(county)).toBe(0)
    expect((await app.inject({ url: `/api/plans/${plan!.id}` })).statusCode).toBe(404)
    expect((await app.inject({ url: '/api/imports' })).json()).toEqual([])
    const anew = await bringIn(looked, { layer: 'grids', area })
    expect(anew.result).toMatchObject({ imported: 2, unchanged: 0 })
    await app.close()
  })

  test('a draft that was edited, or whose grids have posts, stays: a sentence says why', async () => {
    const { app, at, looked, bringIn, county, area, edit, grids } = await begin()
    const one = (await bringIn(looked, { layer: 'grids', area })).result!
    const withdraw = async () =>
      (await app.inject({ method: 'DELETE', url: `/api/imports/${one.id}` })).json()
    const [first] = await grids(one.plan!.id)
    const person = await sql<{ id: string }>`
      insert into staff (county, id, source_key, import_id, name, force)
      values (${county}, gen_random_uuid(), 's', gen_random_uuid(), '张三', 'full-time') returning id`.execute(
      fresh().owner,
    )
    await sql`
      insert into post (county, id, staff_id, role, grid_id, from_date)
      values (${county}, gen_random_uuid(), ${person.rows[0]!.id}::uuid, 'head', ${first!.id}::uuid, current_date)`.execute(
      fresh().owner,
    )
    expect(await withdraw()).toMatchObject({ status: 409, code: 'needed-later' })
    expect((await withdraw()).message).toContain('1 个岗位')
    await sql`delete from post where county = ${county}`.execute(fresh().owner)
    await edit(one.plan!.id, {
      kind: 'split',
      base: 0,
      grid: first!.id,
      line: line(at(0.25, -0.1), at(0.25, 1.1)),
    })
    expect((await withdraw()).message).toMatch(/已有 1 次编辑/)
    expect(await plansOf(county)).toBeGreaterThan(0)
    await app.close()
  })

  test('the area that was made of the grids goes with them', async () => {
    const { app, looked, bringIn, area } = await begin()
    const code = `${area.slice(0, 6)}102201`
    const made = (await bringIn(looked, { layer: 'grids', area: code })).result!
    expect(made.plan).toMatchObject({ area: code, areaMade: true })
    expect((await app.inject({ url: `/api/areas/${code}` })).statusCode).toBe(200)
    const gone = await app.inject({ method: 'DELETE', url: `/api/imports/${made.id}` })
    expect(gone.json()).toMatchObject({ removed: 2 })
    expect((await app.inject({ url: `/api/areas/${code}` })).statusCode).toBe(404)
    await app.close()
  })
})
