// On both engines: what came in is read back and comes in again unchanged; people by their households; what an import changed is restored.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { type ImportOptions, importFile } from './import-file.ts'
import { withdrawImport } from './withdraw-import.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-round-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const collection = (features: readonly object[]) => JSON.stringify({ type: 'FeatureCollection', features })
const square = (x: number, y: number, side = 0.001) => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ],
  ],
})

describeOnBothEngines('round trips', fresh => {
  let app: App
  beforeAll(async () => {
    app = await createApp({ database: fresh(), version: '0', uploadFolder: join(folder, fresh().engine) })
  })
  afterAll(() => app.close())
  const run = (options: Omit<ImportOptions, 'rejectsFolder'>) =>
    importFile(fresh(), LOCAL_ACTOR, { ...options, rejectsFolder: folder })
  const withdraw = (id: string) => inScope(fresh(), LOCAL_ACTOR, tx => withdrawImport(tx, LOCAL_ACTOR, id))
  const rows = async <T>(query: string) => (await sql.raw<T>(query).execute(fresh().owner)).rows

  test('random polygons and points, read back as GeoJSON, come in again unchanged', async () => {
    const county = '990301'
    const degrees = (low: number) => fc.integer({ min: 0, max: 900_000 }).map(steps => low + steps / 1e7)
    const one = fc.record({
      x: degrees(103.9),
      y: degrees(30.8),
      side: fc.integer({ min: 10, max: 20_000 }).map(steps => steps / 1e7),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
      levels: fc.integer({ min: 1, max: 40 }),
    })
    const features = fc.sample(one, { numRuns: 300, seed: 7 }).map(({ x, y, side, name, levels }, i) => ({
      type: 'Feature',
      id: `b${i}`,
      properties: { name, levels, kind: 'house' },
      geometry: square(x, y, side),
    }))
    const options = { layers: ['buildings'] as const, area: county }
    const first = await run({ ...options, path: put('first.geojson', collection(features)) })
    expect(first).toMatchObject({ read: 300, imported: 300, rejected: 0 })
    const [{ text }] = (await rows<{ text: string }>(`
      select jsonb_build_object('type', 'FeatureCollection', 'features', jsonb_agg(jsonb_build_object(
        'type', 'Feature', 'id', source_key, 'properties', jsonb_build_object('name', name, 'levels', storeys, 'kind', kind),
        'geometry', st_asgeojson(geom, 7)::jsonb)))::text as text
      from building where county = '${county}'`)) as [{ text: string }]
    const again = await run({ ...options, path: put('again.geojson', text) })
    expect(again).toMatchObject({ read: 300, imported: 0, unchanged: 300, rejected: 0, id: null })
  })

  test('50,000 rows with one bad: the others come in, the bad one comes back', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `p${i},${103.9 + i / 1e6},30.8`)
    lines[31_415] = 'p31415,north,30.8'
    const path = put('many.csv', `名称,经度,纬度\n${lines.join('\n')}\n`)
    const result = await run({ path, layers: ['catalogue'], name: '点位', area: '990302' })
    expect(result).toMatchObject({
      read: 50_000,
      imported: 49_999,
      rejected: 1,
      reasons: { 'bad-position': 1 },
    })
    expect(readFileSync(result.rejects!, 'utf8')).toContain(
      'p31415,north,30.8,"坐标不是一对数字:north, 30.8"',
    )
    // It is a layer of the catalogue now, with tiles.
    const { named } = (await app.inject({ url: '/api/layers' })).json()
    const [layer] = named.filter((one: { county: string }) => one.county === '990302')
    expect(layer).toMatchObject({ name: '点位', geometry: 'point', count: 49_999 })
    const tile = await app.inject({ url: layer.tiles.replace('{z}/{x}/{y}', '14/12921/6717') })
    expect(tile.statusCode).toBe(200)
    expect(tile.rawPayload.toString('latin1')).toContain(layer.id)
    await withdraw(result.id!)
    const after = (await app.inject({ url: '/api/layers' })).json()
    expect(after.named.filter((one: { county: string }) => one.county === '990302')).toEqual([])
  })

  test('people spread with an import go over the whole area; withdrawn, those before come back, but not over later ones', async () => {
    const county = '990309'
    const house = (name: string, x: number) => ({
      type: 'Feature',
      id: name,
      properties: { name, building: 'house' },
      geometry: square(x, 30.8),
    })
    const common = { layers: ['buildings'] as const, area: county }
    const people = async () =>
      (
        await rows<{ persons: number }>(
          `select persons from building where county = '${county}' order by source_key`,
        )
      ).map(({ persons }) => persons)
    const old = put('old.geojson', collection([house('a', 103.9), house('b', 103.91)]))
    await run({ ...common, path: old, people: { persons: 10 } })
    expect(await people()).toEqual([5, 5])
    const more = put('more.geojson', collection([house('c', 103.92), house('d', 103.93)]))
    const second = await run({ ...common, path: more, people: { persons: 400 } })
    expect(await people()).toEqual([100, 100, 100, 100])
    // Only people come with this one: its buildings are here.
    const third = await run({ ...common, path: more, people: { persons: 40 } })
    expect(third).toMatchObject({ imported: 0, unchanged: 2, people: { changed: 4 } })
    expect(await people()).toEqual([10, 10, 10, 10])
    await withdraw(second.id!)
    expect(await people()).toEqual([10, 10])
    await withdraw(third.id!)
    expect(await people()).toEqual([100, 100])
  })

  test('people of a building by its households and their residents; withdrawn, they are as before', async () => {
    const county = '990303'
    const houses = collection(
      ['一栋', '二栋'].map((name, i) => ({
        type: 'Feature',
        id: name,
        properties: { name, building: 'apartments' },
        geometry: square(103.9 + i / 100, 30.8),
      })),
    )
    const area = { area: county }
    const people = () =>
      rows(
        `select name, persons, households, people_source from building where county = '${county}' order by source_key desc`,
      )
    const built = await run({ path: put('houses.geojson', houses), layers: ['buildings'], ...area })
    const before = await people()
    const homes = '户编号,楼栋,人数\nH1,一栋,３\nH2,一栋,2\nH3,二栋,1\nH4,三栋,1\n'
    const second = await run({ path: put('homes.csv', homes), layers: ['households'], ...area })
    expect(second).toMatchObject({ read: 4, imported: 3, rejected: 1, reasons: { 'no-place': 1 } })
    expect(await people()).toEqual([
      { name: '二栋', persons: 1, households: 1, people_source: 'column' },
      { name: '一栋', persons: 5, households: 2, people_source: 'column' },
    ])
    const residents = [
      '户号,姓名,身份证号,与户主关系,是否党员',
      'H1,张三,110101198001011234,户主,是',
      'H1,李四,110101198203045628,配偶,否',
      'H9,王五,110101198203045628,户主,否',
    ].join('\n')
    const third = await run({ path: put('residents.csv', residents), layers: ['residents'], ...area })
    expect(third).toMatchObject({ read: 3, imported: 2, rejected: 1, reasons: { 'unknown-household': 1 } })
    expect(
      await rows(
        `select name, sex, born::text, relation, party_member from resident where county = '${county}' order by name`,
      ),
    ).toEqual([
      { name: '张三', sex: 'm', born: '1980-01-01', relation: 'head', party_member: true },
      { name: '李四', sex: 'f', born: '1982-03-04', relation: 'spouse', party_member: false },
    ])
    expect(await people()).toMatchObject([{ persons: 1 }, { persons: 4 }])

    await expect(withdraw(built.id!)).rejects.toMatchObject({ code: 'needed-later' })
    await expect(withdraw(second.id!)).rejects.toMatchObject({ code: 'needed-later' })
    await withdraw(third.id!)
    expect(await people()).toMatchObject([{ persons: 1 }, { persons: 5 }])
    await withdraw(second.id!)
    expect(await people()).toEqual(before)
    expect(await withdraw(built.id!)).toMatchObject({ removed: 2 })
  })

  test('a later import that changed rows is withdrawn first; then they are as they were, to the byte', async () => {
    const county = '990304'
    const town = (name: string, levels: number) =>
      put(
        `${name}.geojson`,
        collection([
          { type: 'Feature', id: 'a', properties: { name: '甲', levels }, geometry: square(103.9, 30.8) },
          {
            type: 'Feature',
            id: name,
            properties: { name: '乙' },
            geometry: square(103.95, 30.8, levels / 1e4),
          },
        ]),
      )
    const all = () =>
      rows(`select b::text as row from building b where county = '${county}' order by source_key`)
    const options = { layers: ['buildings'] as const, area: county }
    const first = await run({ ...options, path: town('first', 2) })
    const before = await all()
    const second = await run({ ...options, path: town('second', 5) })
    expect(second).toMatchObject({ imported: 2 })
    await expect(withdraw(first.id!)).rejects.toMatchObject({ code: 'needed-later' })
    expect(await withdraw(second.id!)).toMatchObject({ removed: 1, restored: 1 })
    expect(await all()).toEqual(before)
    expect(await withdraw(first.id!)).toMatchObject({ removed: 2 })
    expect(await all()).toEqual([])
  })

  test('incidents: numbered as in the file, a number with another content gets one of its own, times are local', async () => {
    const county = '990306'
    const text = [
      '编号,事件类别,上报时间,经度,纬度,内容',
      'C1,盗窃,2026-03-01 08:00,103.9,30.8,a',
      'C1,盗窃,2026-03-02 08:00,103.9,30.8,b',
      'C2,外星人,2026/3/3,103.91,30.8,c',
      'C3,盗窃,someday,103.91,30.8,d',
    ].join('\n')
    const options = { layers: ['incidents'] as const, area: county }
    const first = await run({ ...options, path: put('cases.csv', text) })
    expect(first).toMatchObject({ read: 4, imported: 3, rejected: 1, reasons: { 'bad-time': 1 } })
    const found = await rows<{ at: Date }>(
      `select number, category, severity, title, reported_at as at from incident where county = '${county}' order by number`,
    )
    expect(found).toMatchObject([
      { number: 'C1', category: 'theft', severity: 2, title: '盗窃' },
      { number: 'C1#2', category: 'theft' },
      { number: 'C2', category: 'unclassified', title: '外星人' },
    ])
    expect(found[0]!.at.toISOString()).toBe('2026-03-01T00:00:00.000Z')
    expect(await run({ ...options, path: put('cases.csv', text) })).toMatchObject({
      imported: 0,
      unchanged: 3,
    })
  })

  test('broken off half-way, nothing of it stays', async () => {
    const stop = new AbortController()
    const features = Array.from({ length: 9000 }, (_, i) => ({
      type: 'Feature',
      id: `b${i}`,
      properties: {},
      geometry: square(103 + i / 1e4, 30.8, 0.00005),
    }))
    const importing = run({
      path: put('long.geojson', collection(features)),
      layers: ['buildings'],
      area: '990305',
      signal: stop.signal,
      onProgress: (_message, _done, seen = 0) => {
        if (seen >= 5000) stop.abort(new Error('enough'))
      },
    })
    await expect(importing).rejects.toThrow('enough')
    for (const table of ['building', 'import', 'layer_version'])
      expect(await rows(`select from ${table} where county = '990305'`)).toEqual([])
  })
})
