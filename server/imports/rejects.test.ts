// The file of rejected rows is of the format that came in, holds what stood there, and can be read again.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { openFile } from './read-file.ts'
import type { SourceFeature } from './source-feature.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-rejects-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))

async function featuresOf(path: string): Promise<SourceFeature[]> {
  const source = await openFile(path)
  const features: SourceFeature[] = []
  for await (const batch of source.features()) features.push(...batch)
  await source.close()
  return features
}

/** Rejects the rows and reads the file of them again. */
async function rejected(path: string, rows: readonly number[]) {
  const source = await openFile(path)
  const reasons = new Map(rows.map(row => [row, '原因在此'] as const))
  const { path: written, extension } = await source.rejects({ reasons, column: 'hg_原因' })
  const kept = join(folder, `rejected-${rows.join('-')}.${extension}`)
  copyFileSync(written, kept)
  await source.close()
  expect(existsSync(written)).toBe(false)
  return { kept, extension }
}

test.each([
  ['formats/villages-4547-gbk.zip', 'zip'],
  ['formats/villages-4547.gpkg.zip', 'gpkg'],
  ['formats/villages-4490.fgb', 'fgb'],
  ['formats/villages.kml', 'kml'],
])('%s: the second village, exactly where it was', async (name, extension) => {
  const all = await featuresOf(fixture(name))
  const file = await rejected(fixture(name), [2])
  expect(file.extension).toBe(extension)
  const [again, ...none] = await featuresOf(file.kept)
  expect(none).toEqual([])
  expect(again!.shape).toEqual(all[1]!.shape)
  expect(again!.tags).toMatchObject(all[1]!.tags)
})

test('a shapefile keeps its encoding, so that the reason can be read in it', async () => {
  const { kept } = await rejected(fixture('formats/villages-4547-gbk.zip'), [1])
  const source = await openFile(kept)
  expect(source.file.encoding.used).toBe('gb18030')
  await source.close()
})

test('GeoJSON: what stood there stays, also what could not be read', async () => {
  const text =
    '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4547"}},"features":[' +
    '{"type":"Feature","id":7,"properties":{"a":[1,2],"hg_原因":"old"},"geometry":{"type":"Point","coordinates":[NaN,1]}},' +
    '{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":["x",1]}},' +
    '{"type":"Feature","properties":{"ok":1},"geometry":{"type":"Point","coordinates":[500000,3400000]}}]}'
  const path = join(folder, 'odd.geojson')
  writeFileSync(path, text)
  const { kept } = await rejected(path, [1, 2])
  const written = JSON.parse(readFileSync(kept, 'utf8'))
  expect(written.crs.properties.name).toBe('EPSG:4547')
  expect(written.features).toHaveLength(2)
  expect(written.features[0].properties.text).toContain('"coordinates":[NaN,1]')
  expect(written.features[1]).toEqual({
    type: 'Feature',
    properties: { hg_原因: '原因在此' },
    geometry: { type: 'Point', coordinates: ['x', 1] },
  })
})

test('a workbook whose places stand in a column of WKT keeps them', async () => {
  const place = 'POLYGON((103 30,103.001 30,103.001 30.001,103 30))'
  const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const rows = [
    ['名称', 'WKT'],
    ['甲', place],
    ['乙', 'no place'],
  ].map((row, i) => `<row r="${i + 1}">${row.map(cell).join('')}</row>`)
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const links = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const link = (type: string, target: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${links}/${type}" Target="${target}"/></Relationships>`
  const parts = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    '_rels/.rels': link('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${links}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': link('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  }
  const path = join(folder, 'places.xlsx')
  writeFileSync(
    path,
    zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))),
  )
  const all = await featuresOf(path)
  expect(all.map(({ shape, tags }) => [shape?.kind, tags])).toEqual([
    ['polygon', { 名称: '甲' }],
    [undefined, { 名称: '乙' }],
  ])
  const { kept, extension } = await rejected(path, [1, 2])
  expect(extension).toBe('xlsx')
  const again = await featuresOf(kept)
  expect(again.map(({ shape, problem }) => [shape, problem?.code])).toEqual(
    all.map(({ shape, problem }) => [shape, problem?.code]),
  )
})
