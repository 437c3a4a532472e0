import { expect, test } from 'vitest'
import { readOutline } from './read-outline.ts'

const ring = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
]
const polygon = { type: 'Polygon', coordinates: [ring] }
const feature = (geometry: unknown, properties = {}) => ({ type: 'Feature', properties, geometry })

test('a bare polygon, a feature and a collection give the same outline', () => {
  const outline = { type: 'MultiPolygon', coordinates: [[ring]] }
  expect(readOutline(JSON.stringify(polygon))).toMatchObject({ geometry: outline, features: 1 })
  expect(readOutline(`\uFEFF${JSON.stringify(feature(polygon, { name: '团结村' }))}`)).toEqual({
    geometry: outline,
    features: 1,
    name: '团结村',
  })
})

test('several polygons become one, lines and points are left out, heights are dropped', () => {
  const high = { type: 'Polygon', coordinates: [ring.map(([x, y]) => [x, y, 12])] }
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: [feature(polygon), feature({ type: 'Point', coordinates: [0, 0] }), feature(high)],
  })
  expect(readOutline(text)).toMatchObject({ features: 2, geometry: { coordinates: [[ring], [ring]] } })
})

test('the reason why there is none', () => {
  expect(readOutline('name,x,y')).toBe('notJson')
  expect(readOutline('null')).toBe('noPolygon')
  expect(readOutline('{"type":"Polygon","coordinates":[[[0,0],[1,"a"],[1,1]]]}')).toBe('noPolygon')
  expect(
    readOutline(JSON.stringify({ type: 'Polygon', coordinates: [ring.map(([x, y]) => [500000 + x!, y])] })),
  ).toBe('notDegrees')
})
