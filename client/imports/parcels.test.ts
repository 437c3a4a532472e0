import { expect, test } from 'vitest'
import { parcelsOf } from './parcels.ts'

const named = (...names: string[]) => names.map(name => ({ name }))
const shape = (...names: string[]) =>
  parcelsOf(named(...names)).map(({ name, files }) => [name, files.map(file => file.name)])

test('the parts of a shapefile go together, whatever their order and case', () => {
  expect(shape('界.dbf', '界.SHP', '界.shp.xml', '界.prj')).toEqual([
    ['界.shp', ['界.dbf', '界.SHP', '界.shp.xml', '界.prj']],
  ])
})

test('two shapefiles and a workbook are three', () => {
  expect(shape('a.shp', 'b.shp', 'a.dbf', 'b.dbf', 'a.xlsx').map(([name]) => name)).toEqual([
    'a.shp',
    'b.shp',
    'a.xlsx',
  ])
})

test('parts without their .shp stay by themselves, so that each can be refused with its reason', () => {
  expect(shape('a.dbf', 'a.prj').map(([name]) => name)).toEqual(['a.dbf', 'a.prj'])
})
