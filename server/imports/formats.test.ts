// Every format is read with its names and its place, and the odd ways that people write numbers and files are understood.
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import type { ImportSettings, Inspection } from '../../core/contract/imports.ts'
import { look, tell } from './inspect.ts'
import { LIMITS } from './limits.ts'
import { UnreadableFile } from './unreadable.ts'
import { listZip, unzipEntry } from './unzip.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-formats-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const put = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
async function inspect(path: string, settings: ImportSettings = {}): Promise<Omit<Inspection, 'area'>> {
  const looked = await look(path, settings, null)
  return tell({ upload: 'x', name: path.split('/').at(-1)!, bytes: 0 }, looked, settings, false, 'zh')
}
const values = (looked: Pick<Inspection, 'firstRows'>) =>
  looked.firstRows.flatMap(row => Object.values(row.values))

describe('formats', () => {
  test.each([
    ['formats/villages.kmz', 'kml', '团结社区', [103.9, 30.8, 103.92, 30.81]],
    ['formats/village.topojson', 'topojson', '团结社区', [103.9, 30.8, 103.91, 30.81]],
    ['formats/people.xlsx', 'xlsx', '王芳', [103.95, 30.81, 103.96, 30.82]],
    ['formats/people.ods', 'ods', '王芳', [103.95, 30.81, 103.96, 30.82]],
  ])('%s', async (name, format, holds, bbox) => {
    const looked = await inspect(fixture(name))
    expect(looked).toMatchObject({ format, rows: expect.any(Number), bbox })
    expect(values(looked)).toContain(holds)
  })

  test('a drawing: metres without a system are asked for, and with one lie where they should', async () => {
    const path = fixture('formats/villages-4547.dxf')
    const asked = await inspect(path)
    expect(asked).toMatchObject({
      format: 'dxf',
      crs: { used: null, how: 'unknown' },
      ready: false,
      bbox: null,
    })
    expect(asked.crs.choices.map(({ value }) => value)).toContain('EPSG:4547')
    const told = await inspect(path, { crs: 'EPSG:4547', layer: 'catalogue' })
    expect(told).toMatchObject({ crs: { how: 'chosen' }, ready: true, rows: 2 })
    const [west, south, east, north] = told.bbox!
    for (const [is, was] of [
      [west, 103.9],
      [south, 30.8],
      [east, 103.92],
      [north, 30.81],
    ] as const)
      expect(Math.abs(is - was)).toBeLessThan(1e-6)
  })

  test.each([
    ['in no order', [9, 7, 8, 2]],
    ['new ones, with negative numbers', [-5, -6, -7, -8]],
  ])('OpenStreetMap as an editor saves it: nodes %s', async (what, ids) => {
    const corners = [
      [103.9, 30.8],
      [103.901, 30.8],
      [103.901, 30.801],
      [103.9, 30.801],
    ]
    const nodes = ids.map((id, i) => `<node id='${id}' lon='${corners[i]![0]}' lat='${corners[i]![1]}'/>`)
    const refs = [...ids, ids[0]].map(id => `<nd ref='${id}'/>`)
    const way = `<way id='-1'>${refs.join('')}<tag k='building' v='house'/><tag k='name' v='甲'/></way>`
    const path = put(`${what}.osm`, `<osm version='0.6' generator='JOSM'>${nodes.join('')}${way}</osm>`)
    const looked = await inspect(path, { layer: 'buildings' })
    expect(looked).toMatchObject({ format: 'osm-xml', bbox: [103.9, 30.8, 103.901, 30.801] })
    expect(values(looked)).toContain('甲')
  })

  test('a spreadsheet keeps leading zeros', async () => {
    expect(values(await inspect(fixture('formats/people.xlsx')))).toContain('0012')
  })
})

describe('parts of a shapefile', async () => {
  const archive = fixture('formats/villages-4547-gbk.zip')
  const file = openSync(archive, 'r')
  for (const entry of listZip(file, statSync(archive).size, LIMITS))
    await unzipEntry(file, entry, bytes =>
      appendFileSync(join(folder, `whole.${entry.name.split('.').at(-1)}`), bytes),
    )
  closeSync(file)
  const without = (name: string, parts: readonly string[]) => {
    for (const part of ['shp', 'shx', 'dbf', 'prj'].filter(one => !parts.includes(one)))
      copyFileSync(join(folder, `whole.${part}`), join(folder, `${name}.${part}`))
    return join(folder, `${name}.shp`)
  }

  test('without .shx all is there', async () => {
    expect(await inspect(without('noshx', ['shx']))).toMatchObject({ rows: 2, ready: true, problems: [] })
  })
  test('without .dbf the shapes are there, and it is said what is missing', async () => {
    const looked = await inspect(without('nodbf', ['dbf']))
    expect(looked).toMatchObject({ rows: 2, columns: [] })
    expect(looked.problems[0]!.message).toContain('.dbf')
  })
  test('without .prj the system is asked for; the .shp alone too', async () => {
    expect(await inspect(without('noprj', ['prj']))).toMatchObject({ crs: { how: 'unknown' }, ready: false })
    const alone = await inspect(without('alone', ['shx', 'dbf', 'prj']))
    expect(alone).toMatchObject({ geometry: 'polygon', ready: false })
  })
})

describe('tables as people make them', () => {
  const place = [103.9, 30.8, 103.9, 30.8]
  test.each([
    ['with a mark', '\ufeff名称,经度,纬度\n甲,103.9,30.8\n'],
    ['full-width digits', '名称,经度,纬度\n甲,１０３．９,３０．８\n'],
    ['semicolons and decimal commas', '名称;经度;纬度\r\n甲;103,9;30,8\r\n'],
    ['tabs', '名称\t经度\t纬度\n甲\t103.9\t30.8\n'],
    ['bars', '名称|经度|纬度\n甲|103.9|30.8\n'],
    ['latitude first', '名称,x,y\n甲,30.8,103.9\n'],
    ['other columns for the place', '名称,东经,北纬\n甲,103.9°,30.8°\n'],
  ])('%s', async (what, text) => {
    const looked = await inspect(put(`${what}.csv`, text))
    expect(looked).toMatchObject({ rows: 1, bbox: place, judged: { good: 1 } })
    expect(values(looked)).toContain('甲')
  })

  test('a formula is text like any other', async () => {
    const looked = await inspect(
      put('formula.csv', '名称,经度,纬度\n"=HYPERLINK(""http://x"")",103.9,30.8\n'),
    )
    expect(values(looked)).toContain('=HYPERLINK("http://x")')
  })
})

describe('what cannot be used', () => {
  test('empty and unclosed rings, wild numbers, a million positions', async () => {
    const ring = [
      [103.9, 30.8],
      [103.91, 30.8],
      [103.91, 30.81],
    ]
    const odd = [[ring], [[]], []].map(coordinates => ({
      type: 'Feature',
      properties: {},
      geometry: { type: 'Polygon', coordinates },
    }))
    const wild = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1e308,1]}}'
    const text = JSON.stringify({ type: 'FeatureCollection', features: odd }).replace(/\]\}$/, `,${wild}]}`)
    const looked = await inspect(put('rings.geojson', text), { layer: 'catalogue' })
    expect(looked.judged).toMatchObject({ rows: 4, good: 1, rejected: 3 })

    const many = 1_000_000
    const circle = Array.from({ length: many }, (_, i) => {
      const angle = (2 * Math.PI * i) / many
      return [104 + 0.1 * Math.cos(angle), 30 + 0.1 * Math.sin(angle)]
    })
    const big = await inspect(
      put('million.geojson', JSON.stringify({ type: 'Polygon', coordinates: [circle] })),
      { layer: 'catalogue' },
    )
    expect(big.judged.rows).toBe(1)
    expect(big.sample.features).toHaveLength(1)
  })

  test.each([
    ['old.xls', Buffer.from('d0cf11e0a1b11ae10000000000', 'hex'), /\.xlsx/],
    ['bad.kml', '<?xml version="1.0"?><kml><Document><Placemark></Document></kml>', /KML 文件已损坏/],
    ['bomb.xlsx', readFileSync(fixture('formats/people.xlsx')).subarray(0, 900), /压缩包不完整/],
  ])('%s', async (name, content, sentence) => {
    const error = await inspect(put(name, content)).then(
      () => null,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(UnreadableFile)
    expect((error as UnreadableFile).sentence.zh).toMatch(sentence)
  })
})
