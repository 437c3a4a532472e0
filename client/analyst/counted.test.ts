import { expect, test } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import { countedOf, divided, sorted } from './counted.ts'

const grid = (id: string, persons: number, areaSquareMetres: number): GridSummary => ({
  id,
  level: 2,
  parent: null,
  leaf: true,
  code: id,
  name: id,
  kind: 'basic',
  locked: false,
  persons,
  households: 0,
  buildings: 0,
  areaSquareMetres,
  bbox: [0, 0, 1, 1],
})
const grids = [grid('a', 500, 1e6), grid('b', 0, 2e6), grid('c', 2000, 5e5), grid('d', 100, 1e6)]
const counts = {
  ids: ['a', 'b', 'c', 'd', 'gone'],
  counts: Uint32Array.from([5, 3, 10, 0, 7]),
  outside: 2,
}

test('counts are divided by people and by ground; where nobody lives there is nothing per person', () => {
  expect(divided(grids[0]!, 5, 'people')).toBe(10)
  expect(divided(grids[1]!, 3, 'people')).toBeNull()
  expect(divided(grids[2]!, 10, 'area')).toBe(20)
})

test('map, legend and table hold the same numbers', () => {
  const counted = countedOf(counts, grids, 'people')
  expect(counted.rows.map(row => [row.grid.id, row.value])).toEqual([
    ['a', 10],
    ['c', 5],
    ['d', 0],
    ['b', null],
  ])
  expect(counted.none).toBe(2)
  expect(counted.perClass.reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(counted.classOf.get('d')).toBe(-1)
  expect(counted.classOf.get('a')).toBe(counted.classes - 1)
  expect([counted.inside, counted.outside]).toEqual([18, 2])
})

test('a window without incidents has no classes', () => {
  const none = countedOf({ ids: ['a'], counts: Uint32Array.from([0]), outside: 0 }, grids, 'count')
  expect([none.classes, none.perClass, none.none]).toEqual([0, [], 1])
})

test('rows are sorted either way', () => {
  const { rows } = countedOf(counts, grids, 'count')
  const order = (key: 'name' | 'count' | 'value', down: boolean) =>
    sorted(rows, key, down)
      .map(row => row.grid.id)
      .join('')
  expect(order('count', true)).toBe('cabd')
  expect(order('count', false)).toBe('dbac')
  expect(order('name', true)).toBe('abcd')
})
