// Text that arrives in pieces: wherever it is cut, CSV rows and GeoJSON features are the same.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvRows, delimiterOf, UnclosedQuote } from './csv-rows.ts'
import { cutFeatures, featureOf } from './geojson-features.ts'
import { UnreadableFile } from './unreadable.ts'
import { fromWkt } from './wkt.ts'

const cut = (text: string, places: readonly number[]): string[] => {
  const at = [0, ...places.map(place => place % (text.length + 1)).sort((a, b) => a - b), text.length]
  return at
    .slice(1)
    .map((end, i) => text.slice(at[i], end))
    .filter(piece => piece !== '')
}
const places = fc.array(fc.nat(10_000), { maxLength: 12 })

describe('csv', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '网', '格') })
  test('gives back what was written, wherever it is cut', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(table, places, fc.constantFrom('\n', '\r\n'), (rows, where, end) => {
        const text = rows
          .map(row => row.map(value => `"${value.replaceAll('"', '""')}"`).join(',') + end)
          .join('')
        expect([...csvRows(cut(text, where))]).toEqual(rows)
      }),
    )
  })
  test('reads bare values, the last line without an end, an empty last value', () => {
    expect([...csvRows(['a,b\n1,', '2\r\n3,'])]).toEqual([
      ['a', 'b'],
      ['1', '2'],
      ['3', ''],
    ])
  })
  test('says where a quote never ends', () => {
    expect(() => [...csvRows(['a,b\n"1,2'])]).toThrow(UnclosedQuote)
  })
  test('finds the delimiter', () => {
    expect(['a,b', 'a;b;c', 'a\tb'].map(delimiterOf)).toEqual([',', ';', '\t'])
  })
})

describe('GeoJSON', () => {
  const text = JSON.stringify({
    crs: { properties: { name: 'EPSG:4490' } },
    type: 'FeatureCollection',
    bbox: [1, 2, 3, 4],
    features: [
      { type: 'Feature', properties: { name: '团结 "]}' }, geometry: { type: 'Point', coordinates: [1, 2] } },
      { type: 'Feature', properties: { a: { b: [1] } }, geometry: { type: 'Point', coordinates: [3, 4] } },
    ],
    more: ['[', '\\'],
  })
  const features = (pieces: readonly Buffer[]) =>
    [...cutFeatures(pieces, bytes => bytes.toString())].flatMap(({ feature }) => feature ?? [])

  test('cuts out the same features, wherever the bytes are cut', () => {
    const bytes = Buffer.from(text)
    const whole = features([bytes])
    expect(whole.map((feature, i) => featureOf(feature, i + 1).tags)).toEqual([
      { name: '团结 "]}' },
      { a: '{"b":[1]}' },
    ])
    fc.assert(
      fc.property(places, where => {
        const at = [0, ...where.map(place => place % bytes.length).sort((a, b) => a - b), bytes.length]
        expect(features(at.slice(1).map((end, i) => bytes.subarray(at[i], end)))).toEqual(whole)
      }),
    )
  })
  test('says in which feature a truncated file breaks off, wherever it does', () => {
    const bytes = Buffer.from(text)
    for (let length = 1; length < bytes.length; length++)
      expect(() => features([bytes.subarray(0, length)])).toThrow(UnreadableFile)
  })
  test('reads one feature per line, and a bare geometry', () => {
    const line = '{"type":"Point","coordinates":[1,2]}'
    expect(features([Buffer.from(`${line}\n${line}\n`)])).toEqual([line, `\n${line}`])
  })
  test.each([
    ['null and text', '[null,"5"]', 'bad-position'],
    ['NaN', '[NaN,5]', 'not-json'],
    ['nothing', '[]', 'bad-position'],
    ['no array', '7', 'bad-position'],
  ])('tells what is wrong with a position of %s', (_, coordinates, code) => {
    const feature = featureOf(
      `{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":${coordinates}}}`,
      1,
    )
    expect(feature.problem?.code).toBe(code)
    expect(feature.shape).toBeNull()
  })
})

test('WKT of every kind', () => {
  expect(fromWkt('POINT (1 2)')).toEqual({ kind: 'point', parts: [[[1, 2]]] })
  expect(fromWkt('MULTIPOINT ((1 2),(3 4))')).toEqual({ kind: 'point', parts: [[[1, 2]], [[3, 4]]] })
  expect(fromWkt('LINESTRING Z (1 2 9,3 4 9)')).toEqual({ kind: 'line', parts: [[[1, 2, 3, 4]]] })
  expect(fromWkt('MULTILINESTRING ((1 2,3 4),(5 6,7 8))')).toEqual({
    kind: 'line',
    parts: [[[1, 2, 3, 4]], [[5, 6, 7, 8]]],
  })
  expect(fromWkt('POLYGON ((0 0,1 0,1 1,0 0),(0 0,1 0,1 1,0 0))')?.parts).toEqual([
    [
      [0, 0, 1, 0, 1, 1, 0, 0],
      [0, 0, 1, 0, 1, 1, 0, 0],
    ],
  ])
  expect(fromWkt('MULTIPOLYGON (((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5)))')?.parts).toHaveLength(2)
  expect(fromWkt('GEOMETRYCOLLECTION (POINT (1 2),POLYGON ((0 0,1 0,1 1,0 0)))')?.kind).toBe('polygon')
  expect(fromWkt('POLYGON EMPTY')).toBeNull()
  expect(fromWkt('nonsense')).toBeNull()
})
