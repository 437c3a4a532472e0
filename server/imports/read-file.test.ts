// Files of every kind through the reading thread: good ones whole, bad ones refused in a sentence.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { openFile, type ReadOptions } from './read-file.ts'
import type { SourceFeature } from './source-feature.ts'
import { UnreadableFile } from './unreadable.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-read-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url))
const put = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

async function read(path: string, options?: ReadOptions) {
  const source = await openFile(path, options)
  try {
    const features: SourceFeature[] = []
    for await (const batch of source.features()) features.push(...batch)
    return { file: source.file, features, again: source }
  } finally {
    await source.close()
  }
}
const centre = readFileSync(fixture('neubrandenburg-centre.osm'), 'utf8')

describe('bad input', () => {
  const half = (text: string) => text.slice(0, text.length / 2)
  const collection =
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}'
  const archive = readFileSync(fixture('formats/villages-4547-gbk.zip'))
  const packed = readFileSync(fixture('neubrandenburg.osm.bz2'))
  const escaping = Buffer.from(
    archive.toString('latin1').replaceAll(/\xd2\xd2|\xe4\xb9\xa1\xe6\x9d\x91/g, '../../'),
    'latin1',
  )
  test.each<[name: string, content: string | Uint8Array, code: string, says: RegExp]>([
    ['empty.osm', '', 'empty', /empty/],
    ['text.osm', 'hello world', 'not-what-it-says', /plain text/],
    ['page.geojson', '<!DOCTYPE html><html><body>404</body></html>', 'not-what-it-says', /web page/],
    ['really.osm', `${collection}]}`, 'not-what-it-says', /GeoJSON/],
    ['other.xml', '<?xml version="1.0"?><gpx></gpx>', 'not-what-it-says', /XML of another kind/],
    ['noise.bin', Buffer.from([1, 0, 2, 0, 3]), 'unknown-format', /Readable:/],
    ['half.osm', half(centre), 'truncated', /<\/osm>/],
    ['half.geojson', collection, 'truncated', /feature 2/],
    ['half.osm.bz2', packed.subarray(0, 300_000), 'truncated', /bzip2/],
    ['half.osm.gz', gzipSync(centre).subarray(0, 20_000), 'truncated', /gzip/],
    ['half.zip', archive.subarray(0, 700), 'truncated', /zip/],
    ['plain.osm.bz2', centre, 'not-what-it-says', /bz2/],
    ['broken.osm', centre.replace('</way>', '</wey>'), 'damaged', /mismatched tag at line \d+/],
    ['escaping.zip', escaping, 'unsafe-archive', /outside/],
    ['metres.geojson', '{"type":"Point","coordinates":[394825,3408747]}', 'unknown-crs', /--crs/],
    [
      'crs.geojson',
      '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:2437"}},"features":[]}',
      'unknown-crs',
      /2437/,
    ],
    ['quote.csv', 'lon,lat,name\n1,2,"never', 'truncated', /row 2|row 1/],
  ])('%s', async (name, content, code, says) => {
    const error = await read(put(name, content)).then(
      () => null,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(UnreadableFile)
    expect(error).toMatchObject({
      code,
      sentence: { zh: expect.stringMatching(/[\u4e00-\u9fff].*。$/), en: expect.stringMatching(says) },
    })
  })
  test('a file that is not there', async () => {
    await expect(read(join(folder, 'nowhere.osm'))).rejects.toMatchObject({ code: 'not-found' })
  })
  test('a bomb, and a file that takes too long', async () => {
    const bomb = put('bomb.geojson.gz', gzipSync(Buffer.alloc(4_000_000, ' ')))
    await expect(read(bomb, { limits: { ratioFromBytes: 1_000_000, ratio: 100 } })).rejects.toMatchObject({
      code: 'too-large',
    })
    await expect(read(bomb, { limits: { unpackedBytes: 1_000_000 } })).rejects.toMatchObject({
      code: 'too-large',
    })
    await expect(
      read(fixture('neubrandenburg.osm.bz2'), { limits: { milliseconds: 150 } }),
    ).rejects.toMatchObject({ code: 'too-slow' })
  })
  test('cancelled by the caller', async () => {
    await expect(
      read(fixture('neubrandenburg-centre.osm'), { signal: AbortSignal.abort(new Error('enough')) }),
    ).rejects.toThrow('enough')
  })
})

describe('good input', () => {
  test('a link to a file in another folder, and one that leads from name to name', async () => {
    put('linked.csv', '名称,经度,纬度\n甲,103.9,30.8\n')
    mkdirSync(join(folder, 'links'))
    symlinkSync('../linked.csv', join(folder, 'links', 'one.csv'))
    symlinkSync('one.csv', join(folder, 'links', 'two.csv'))
    for (const name of ['one.csv', 'two.csv'])
      expect((await read(join(folder, 'links', name))).features).toHaveLength(1)
  })
  test('what a killed import has left is removed by a later one, what another has now is not', async () => {
    const killed = spawnSync(process.execPath, ['-e', '']).pid
    const folderOf = (pid: number) => join(tmpdir(), `huage-import-${pid}-${randomUUID()}`)
    const [left, used] = [folderOf(killed), folderOf(process.ppid)]
    for (const folder of [left, used]) mkdirSync(folder)
    writeFileSync(join(left, 'source.csv'), 'private')
    await (await openFile(put('small.csv', '名称,经度,纬度\n甲,103.9,30.8\n'))).close()
    expect([left, used].map(existsSync)).toEqual([false, true])
    rmSync(used, { recursive: true })
  })

  test('OpenStreetMap: all layers in one pass, tags and identities', async () => {
    const { file, features } = await read(fixture('neubrandenburg-centre.osm'))
    expect(file.format).toBe('osm-xml')
    expect(new Set(features.map(feature => feature.layer))).toEqual(
      new Set(['points', 'lines', 'multipolygons']),
    )
    expect(features.every(feature => /^[nwr]\d+$/.test(feature.key ?? '') && feature.problem === null)).toBe(
      true,
    )
    expect(features.some(feature => feature.tags['addr:housenumber'] !== undefined)).toBe(true)
  })
  test('the same again, from the first feature', async () => {
    const source = await openFile(fixture('neubrandenburg-centre.osm'))
    const keys = async () => {
      const all: (string | null)[] = []
      for await (const batch of source.features()) all.push(...batch.map(feature => feature.key))
      return all
    }
    try {
      for await (const _ of source.features()) break
      expect(await keys()).toEqual(await keys())
    } finally {
      await source.close()
    }
  })
  test.each([
    ['formats/villages-4547-gbk.zip', 'shp', 'EPSG:4547'],
    ['formats/villages-4547.gpkg.zip', 'gpkg', 'EPSG:4547'],
    ['formats/villages-4490.fgb', 'flatgeobuf', 'EPSG:4490'],
    ['formats/villages.kml', 'kml', 'EPSG:4326'],
  ])('%s: Chinese names, and the coordinate system that the file declares', async (name, format, crs) => {
    const { file, features } = await read(fixture(name))
    expect(file).toMatchObject({ format, crs })
    expect(features.map(feature => feature.tags.name ?? feature.tags.Name).sort()).toEqual([
      '团结社区',
      '花园村',
    ])
    const corners = features.flatMap(feature => feature.shape!.parts.flat(2))
    expect(new Set(corners)).toEqual(new Set([1039000000, 1039100000, 1039200000, 308000000, 308100000]))
  })
  test('CSV in GBK with Chinese column names', async () => {
    const gbk = Buffer.from('c3fbb3c62cbead b6c82cceb3b6c80a'.replaceAll(' ', ''), 'hex')
    const { features } = await read(
      put('点.csv', Buffer.concat([gbk, Buffer.from('a,103.9,30.8\nb,,\nc,x,1\n')])),
    )
    expect(features.map(feature => feature.problem?.code ?? feature.shape?.parts ?? null)).toEqual([
      [[[1039000000, 308000000]]],
      null,
      'bad-position',
    ])
    expect(features[0]!.tags.名称).toBe('a')
  })
})
