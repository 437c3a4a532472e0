import { expect, test } from 'vitest'
import { withoutEnding } from './without-ending.ts'

test.each([
  ['/data/town.geojson.gz', 'town'],
  ['town.osm.bz2', 'town'],
  ['网格.shp', '网格'],
  ['网格.zip', '网格'],
  ['网格.rejected.zip', '网格.rejected'],
  ['a.b.csv', 'a.b'],
  ['none', 'none'],
])('%s is %s', (path, name) => {
  expect(withoutEnding(path)).toBe(name)
})
