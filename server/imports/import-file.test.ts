// Importing on both engines: rows as they should be, twice is once, bad files leave nothing behind.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { type ImportOptions, importFile } from './import-file.ts'
import { MAP_LAYERS } from './map-features.ts'
import { UnreadableFile } from './unreadable.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-imported-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const put = (name: string, content: object | string) => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
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
const feature = (geometry: object | null, properties: object = {}, id?: string) => ({
  type: 'Feature',
  id,
  properties,
  geometry,
})
const collection = (...features: object[]) => ({ type: 'FeatureCollection', features })

const TABLES = [
  'area',
  'building',
  'address',
  'road',
  'water',
  'green',
  'facility',
  'import',
  'people_spread',
  'layer_version',
]
/** Every row of every table of a county, as text. */
async function everything(database: Database, county: string): Promise<string[]> {
  const rows: string[] = []
  for (const table of TABLES) {
    const result = await sql<{ row: string }>`
      select t::text as row from ${sql.table(table)} t where county = ${county} order by 1`.execute(
      database.owner,
    )
    rows.push(...result.rows.map(({ row }) => `${table} ${row}`))
  }
  return rows
}

describeOnBothEngines('import', fresh => {
  const run = (options: Omit<ImportOptions, 'rejectsFolder'>) =>
    importFile(fresh(), LOCAL_ACTOR, { ...options, rejectsFolder: folder })
  const rowsOf = async (table: string, county: string, columns: string) =>
    (
      await sql<
        Record<string, unknown>
      >`select ${sql.raw(columns)} from ${sql.table(table)} where county = ${county} order by source_key`.execute(
        fresh().owner,
      )
    ).rows

  test('zero bytes and half characters in names are left out, attributes nested too deep are rejected', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const odd = JSON.stringify(feature(square(20, 50), { building: 'yes', name: 'a\0b\ud800c' }, 'k\0'))
    const path = put(
      'odd.geojson',
      `{"type":"FeatureCollection","features":[${odd},{"type":"Feature","properties":{"x":${deep}},"geometry":null}]}`,
    )
    const result = await run({ path, layers: ['buildings'], area: '510199' })
    expect(result).toMatchObject({ read: 2, imported: 1, rejected: 1, reasons: { 'too-deep': 1 } })
    expect(await rowsOf('building', '510199', 'name, source_key')).toEqual([{ name: 'abc', source_key: 'k' }])
  })

  test('a piece of a real town: all layers at once, on the lattice, points inside; again changes nothing', async () => {
    const county = '990201'
    const messages: number[] = []
    const options = { path: fixture('neubrandenburg-centre.osm'), layers: MAP_LAYERS, area: county }
    const first = await run({ ...options, onProgress: (_, done) => messages.push(done) })
    expect(messages).toEqual(messages.toSorted((a, b) => a - b))
    expect(first).toMatchObject({ unchanged: 0, rejected: 0, rejects: null })
    for (const layer of ['buildings', 'addresses', 'roads', 'green', 'facilities'] as const)
      expect(first.layers[layer]!.imported).toBeGreaterThan(5)
    const before = await everything(fresh(), county)
    const off = await sql<{ off: number }>`
      select count(*)::integer as off from (
        select geom from building where county = ${county} union all select geom from road where county = ${county}
        union all select point from building where county = ${county} union all select point from address where county = ${county}
      ) g, st_dumppoints(geom) p
      where abs(st_x(p.geom) * 1e7 - round(st_x(p.geom) * 1e7)) > 1e-5 or abs(st_y(p.geom) * 1e7 - round(st_y(p.geom) * 1e7)) > 1e-5`.execute(
      fresh().owner,
    )
    expect(off.rows[0]!.off).toBe(0)
    const outside = await sql<{ outside: number }>`
      select count(*)::integer as outside from building where county = ${county} and not (huage_covers(geom, point) and st_contains(geom, point))`.execute(
      fresh().owner,
    )
    expect(outside.rows[0]!.outside).toBe(0)

    const second = await run(options)
    expect(second).toMatchObject({ read: first.read, imported: 0, unchanged: first.imported, rejected: 0 })
    expect(await everything(fresh(), county)).toEqual(before)
  })

  test('people are spread over buildings of which a file says no more than that they are there', async () => {
    const path = put(
      'yes.geojson',
      collection(
        feature(square(10, 50), { building: 'yes' }, 'large'),
        feature(square(10.01, 50, 0.00005), { building: 'yes' }, 'small'),
        feature(square(10.02, 50), { building: 'school' }, 'school'),
      ),
    )
    const people = { persons: 4000 }
    const result = await run({ path, layers: ['buildings'], area: '510196', people })
    expect(result.people).toMatchObject({ persons: 4000, inhabited: 2 })
    const rows = await rowsOf('building', '510196', 'source_key, persons')
    expect(rows).toEqual([
      { source_key: 'large', persons: expect.any(Number) },
      { source_key: 'school', persons: 0 },
      { source_key: 'small', persons: expect.any(Number) },
    ])
    expect(rows.every(row => row.source_key === 'school' || Number(row.persons) > 0)).toBe(true)
  })

  test('only what changed is written and only its layer gets a new version; what left the file stays', async () => {
    const county = '990202'
    const town = (storeys: number, ...more: object[]) =>
      put(
        'town.geojson',
        collection(feature(square(10, 50), { kind: 'house', levels: storeys, name: '甲' }, 'a'), ...more),
      )
    const options = { layers: ['buildings'] as const, area: county }
    await run({ path: town(2, feature(square(10.1, 50), { kind: 'house' }, 'b')), ...options })
    await run({
      path: put(
        'road.geojson',
        feature(
          {
            type: 'LineString',
            coordinates: [
              [10, 50],
              [11, 50],
            ],
          },
          { highway: 'primary', name: '人民路' },
          'r',
        ),
      ),
      layers: ['roads'],
      area: county,
    })
    const again = await run({ path: town(3, feature(square(10.2, 50), {}, 'c')), ...options })
    expect(again).toMatchObject({ read: 2, imported: 2, unchanged: 0 })
    const buildings = await rowsOf(
      'building',
      county,
      'source_key, name, kind, storeys, round(floor_area_m2)::integer as floor',
    )
    expect(buildings).toEqual([
      { source_key: 'a', name: '甲', kind: 'house', storeys: 3, floor: expect.closeTo(23_880, -3) },
      { source_key: 'b', name: null, kind: 'house', storeys: null, floor: expect.closeTo(7_960, -3) },
      { source_key: 'c', name: null, kind: null, storeys: null, floor: expect.closeTo(7_960, -3) },
    ])
    expect(await rowsOf('road', county, 'class, name, bridge')).toEqual([
      { class: 'primary', name: '人民路', bridge: false },
    ])
    const versions =
      await sql`select layer, version::integer from layer_version where county = ${county} order by layer`.execute(
        fresh().owner,
      )
    expect(versions.rows).toEqual([
      { layer: 'buildings', version: 2 },
      { layer: 'roads', version: 1 },
    ])
  })

  test('bad rows are rejected with the reason, the others come in', async () => {
    const county = '990203'
    const path = put(
      'mixed.geojson',
      JSON.stringify(
        collection(
          feature(square(10, 50), { name: '好' }),
          feature({ type: 'Point', coordinates: [null, '5'] }),
          feature({ type: 'Point', coordinates: ['NaN', 1] }),
          feature({
            type: 'Polygon',
            coordinates: [
              [
                [10, 50],
                [1e308, 50],
                [10, 51],
                [10, 50],
              ],
            ],
          }),
          feature(
            {
              type: 'Polygon',
              coordinates: [
                [
                  [10, 50],
                  [10.1, 50.1],
                  [10.1, 50],
                  [10, 50.1],
                  [10, 50],
                ],
              ],
            },
            { name: '蝴蝶结' },
          ),
          feature(null),
          feature({ type: 'Point', coordinates: [10, 50] }),
          feature(square(10, 50), { persons: 'many' }),
          feature({
            type: 'Polygon',
            coordinates: [
              [
                [10, 50],
                [10, 50],
                [10, 50],
              ],
            ],
          }),
        ),
      ).replace('"NaN"', 'NaN'),
    )
    const result = await run({ path, layers: ['buildings'], area: county })
    expect(result).toMatchObject({ read: 9, imported: 1, rejected: 8 })
    expect(result.reasons).toEqual(
      Object.fromEntries(
        [
          'bad-position',
          'not-json',
          'outside-world',
          'self-crossing',
          'no-geometry',
          'wrong-geometry',
          'bad-number',
          'too-small',
        ].map(code => [code, 1]),
      ),
    )
    const rejected = JSON.parse(readFileSync(result.rejects!, 'utf8')) as {
      features: { properties: Record<string, unknown>; geometry: unknown }[]
    }
    expect(rejected.features).toHaveLength(8)
    expect(rejected.features[3]!).toMatchObject({
      properties: { name: '蝴蝶结', hg_原因: expect.stringContaining('10.05, 50.05') },
      geometry: { type: 'Polygon' },
    })
  })

  test('a file that breaks off leaves the database as it was', async () => {
    const county = '990204'
    const many = Array.from({ length: 5000 }, (_, i) => feature(square(10 + i / 1000, 50), {}, `b${i}`))
    const text = JSON.stringify(collection(...many))
    const before = await everything(fresh(), county)
    for (const path of [
      put('cut.geojson', text.slice(0, -40)),
      put('empty.osm', ''),
      put('text.osm', 'hello'),
      fixture('NOTICE'),
    ])
      await expect(run({ path, layers: ['buildings'], area: county })).rejects.toBeInstanceOf(UnreadableFile)
    await expect(
      run({
        path: put('far.geojson', feature({ type: 'Point', coordinates: [5e5, 3e6] })),
        layers: ['facilities'],
        area: county,
      }),
    ).rejects.toMatchObject({ code: 'unknown-crs' })
    await expect(
      run({ path: fixture('neubrandenburg-centre.osm'), layers: ['areas'], area: county }),
    ).rejects.toMatchObject({ code: 'nothing-for-layer' })
    expect(await everything(fresh(), county)).toEqual(before)
    const dry = await run({
      path: put('whole.geojson', text),
      layers: ['buildings'],
      area: county,
      dryRun: true,
    })
    expect(dry).toMatchObject({ read: 5000, imported: 5000, dryRun: true })
    expect(await everything(fresh(), county)).toEqual(before)
  })

  test('areas: their own codes, the code asked for, or the next private one', async () => {
    const villages = await run({ path: fixture('formats/villages-4547-gbk.zip'), layers: ['areas'] })
    expect(villages).toMatchObject({ imported: 2, rejected: 0 })
    const columns = 'code, name, local, st_xmin(geom) as west, parent_code'
    expect(await rowsOf('area', '510124', columns)).toEqual([
      { code: '510124101001', name: '团结社区', local: false, west: 103.9, parent_code: '510124101' },
      { code: '510124101200', name: '花园村', local: false, west: 103.91, parent_code: '510124101' },
    ])
    const county = '990205'
    const outline = put('outline.geojson', feature(square(10, 50), { name: '花园 Garden' }, 'outline'))
    await run({ path: outline, layers: ['areas'], area: `${county}101001` })
    await run({
      path: put(
        'two.geojson',
        collection(feature(square(11, 50), { 名称: '甲村' }), feature(square(12, 50), { 名称: '乙村' })),
      ),
      layers: ['areas'],
      area: county,
    })
    const areas = (await rowsOf('area', county, 'code, name, local')).sort((a, b) =>
      String(a.code).localeCompare(String(b.code)),
    )
    expect(areas.map(area => [area.code, area.local])).toEqual([
      [`${county}101001`, false],
      [`${county}900001`, true],
      [`${county}900002`, true],
    ])
    expect(areas[0]!.name).toBe('花园 Garden')
    const again = await run({ path: outline, layers: ['areas'], area: `${county}101001` })
    expect(again).toMatchObject({ imported: 0, unchanged: 1 })
    const other = put('other.geojson', feature(square(13, 50), { name: '丙' }, 'other'))
    const clash = await run({ path: other, layers: ['areas'], area: `${county}101001` })
    expect(clash).toMatchObject({ imported: 0, rejected: 1, reasons: { 'code-taken': 1 } })
    expect(existsSync(clash.rejects!)).toBe(true)
  })

  test('coordinate system, datum, column names and people as the caller says', async () => {
    const county = '990206'
    const metres = put(
      'gk.geojson',
      feature(
        {
          type: 'Polygon',
          coordinates: [
            [
              [500000, 3400000],
              [500100, 3400000],
              [500100, 3400100],
              [500000, 3400100],
              [500000, 3400000],
            ],
          ],
        },
        { rs: 12, 户: 5, 楼名: '一号楼' },
        'gk',
      ),
    )
    await run({
      path: metres,
      layers: ['buildings'],
      area: county,
      crs: 'EPSG:4544',
      map: { rs: 'persons', 楼名: 'name' },
    })
    const [building] = await rowsOf(
      'building',
      county,
      'name, persons, households, people_source, round(floor_area_m2)::integer as floor, round(st_x(point)::numeric, 3)::float8 as x',
    )
    expect(building).toEqual({
      name: '一号楼',
      persons: 12,
      households: 5,
      people_source: 'column',
      floor: expect.closeTo(10_000, -3),
      x: 105.001,
    })
    await run({
      path: put(
        'gcj.geojson',
        feature(
          { type: 'Point', coordinates: [116.397428, 39.90923] },
          { amenity: 'school', name: '小学' },
          's',
        ),
      ),
      layers: ['facilities'],
      area: county,
      datum: 'gcj02',
    })
    const [school] = await rowsOf(
      'facility',
      county,
      'category, kind, name, round(st_x(point)::numeric, 4)::float8 as x',
    )
    expect(school).toEqual({ category: 'education', kind: 'school', name: '小学', x: 116.3912 })
  })

  test('people are spread in the same transaction, and the grids are counted again', async () => {
    const county = '990207'
    const refreshed: string[] = []
    const options = {
      path: put(
        'homes.geojson',
        collection(
          feature(square(10, 50, 0.0001), { building: 'house' }, 'a'),
          feature(square(10.1, 50, 0.0001), { building: 'house' }, 'b'),
        ),
      ),
      layers: ['buildings'] as const,
      area: county,
      people: { persons: 9 },
      refreshTallies: async (_: unknown, of: string) => void refreshed.push(of),
    }
    const first = await run(options)
    expect(first.people).toMatchObject({ persons: 9, changed: 2 })
    expect(await rowsOf('building', county, 'persons, people_source')).toEqual([
      { persons: 5, people_source: 'spread' },
      { persons: 4, people_source: 'spread' },
    ])
    const before = await everything(fresh(), county)
    const second = await run(options)
    expect(second).toMatchObject({ imported: 0, unchanged: 2, people: { changed: 0 } })
    expect(await everything(fresh(), county)).toEqual(before)
    expect(refreshed).toEqual([county])
  })

  test('an area that stands in two pieces is one area', async () => {
    const half = (x: number) => feature(square(x, 31), { osm_id: '77', name: '合村' }, 'relation/77')
    const path = put('halves.geojson', collection(half(104), half(104.001)))
    const result = await run({ path, layers: ['areas'], area: '510298' })
    expect(result).toMatchObject({ read: 2, imported: 1, rejected: 0, duplicates: 1 })
    const [{ width }] = (await rowsOf('area', '510298', 'st_xmax(geom) - st_xmin(geom) as width')) as [
      { width: number },
    ]
    expect(width).toBeCloseTo(0.002, 9)
  })

  test('two imports of the same rows at once, in two orders: one brings them, the other finds them', async () => {
    const houses = Array.from({ length: 5000 }, (_, i) =>
      feature(square(104 + i / 1e4, 31, 5e-5), {}, `h${i}`),
    )
    const paths = [
      put('forth.geojson', collection(...houses)),
      put('back.geojson', collection(...houses.reverse())),
    ]
    const done = await Promise.all(paths.map(path => run({ path, layers: ['buildings'], area: '510297' })))
    expect(done.map(({ imported }) => imported).sort()).toEqual([0, 5000])
    expect(done.map(({ unchanged }) => unchanged).sort()).toEqual([0, 5000])
    expect(await rowsOf('building', '510297', 'id')).toHaveLength(5000)
  })

  test('a table of a header only holds no rows, and says so', async () => {
    const importing = run({
      path: put('header.csv', '名称,经度,纬度\n'),
      layers: ['facilities'],
      area: '510295',
    })
    await expect(importing).rejects.toMatchObject({
      code: 'empty',
      sentence: { zh: expect.stringContaining('没有任何数据行') },
    })
  })

  test('rejected rows that cannot be written are a refusal, and nothing stays', async () => {
    const path = put('shut.geojson', collection(feature(square(104, 31)), feature(null)))
    const rejectsFolder = put('no-folder', 'a file')
    const importing = importFile(fresh(), LOCAL_ACTOR, {
      path,
      layers: ['buildings'],
      area: '510296',
      rejectsFolder,
    })
    await expect(importing).rejects.toMatchObject({ code: 'rejects-not-written' })
    expect(await everything(fresh(), '510296')).toEqual([])
  })

  test('pieces of one object keep their own keys', async () => {
    const county = '990208'
    const path = put(
      'pieces.geojson',
      collection(feature(square(10, 50), {}, 'w1'), feature(square(10.1, 50), {}, 'w1')),
    )
    await run({ path, layers: ['buildings'], area: county })
    expect(await rowsOf('building', county, 'source_key')).toEqual([
      { source_key: 'w1' },
      { source_key: 'w1#2' },
    ])
    expect(await run({ path, layers: ['buildings'], area: county })).toMatchObject({
      imported: 0,
      unchanged: 2,
    })
  })
})
