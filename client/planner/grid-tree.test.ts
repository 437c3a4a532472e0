import { describe, expect, test } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import { ancestorsOf, matchingRows, moveBy, openAtFirst, openRows, treeOf, worstRows } from './grid-tree.ts'

const grid = (id: string, code: string, parent: string | null, persons = 0): GridSummary => ({
  id,
  level: (parent === null ? 1 : id.length) as GridSummary['level'],
  parent,
  leaf: true,
  code,
  name: `${id}村`,
  kind: 'basic',
  locked: false,
  persons,
  households: 0,
  buildings: 0,
  areaSquareMetres: 1,
  bbox: [0, 0, 1, 1],
})

//  b (2)          a (1)
//                 ├ aa (101)
//                 │ └ aac (10101)
//                 └ ab (102)
const grids = [
  grid('b', '2', null, 40),
  grid('ab', '102', 'a', 900),
  grid('aa', '101', 'a', 10),
  grid('a', '1', null, 910),
  grid('aac', '10101', 'aa', 10),
]
const tree = treeOf(grids)
const shown = (rows: { grid: GridSummary; depth: number }[]) => rows.map(row => `${row.depth}${row.grid.id}`)

describe('the tree of grids', () => {
  test('shows children below their parent, by code, once it is open', () => {
    expect(shown(openRows(tree, new Set()))).toEqual(['0a', '0b'])
    expect(shown(openRows(tree, new Set(['a'])))).toEqual(['0a', '1aa', '1ab', '0b'])
    expect(shown(openRows(tree, new Set(openAtFirst(tree))))).toEqual(['0a', '1aa', '2aac', '1ab', '0b'])
    expect(openRows(tree, new Set(['a'])).map(row => row.expanded)).toEqual([true, false, null, null])
  })

  test('a grid whose parent is unknown stands at the top', () => {
    expect(shown(openRows(treeOf([grid('xy', '9', 'gone')]), new Set()))).toEqual(['0xy'])
  })

  test('a large plan begins closed', () => {
    const many = Array.from({ length: 61 }, (_, i) => grid(`n${i}`, String(i), i === 0 ? null : 'n0'))
    expect(openAtFirst(treeOf(many))).toEqual([])
  })

  test('knows the grids above one', () => {
    expect(ancestorsOf(tree, 'aac')).toEqual(['aa', 'a'])
    expect(ancestorsOf(tree, 'unknown')).toEqual([])
  })

  test('a search keeps what matches and the way to it', () => {
    expect(shown(matchingRows(tree, '10101'))).toEqual(['0a', '1aa', '2aac'])
    expect(shown(matchingRows(tree, 'B村'))).toEqual(['0a', '1ab', '0b'])
    expect(matchingRows(tree, 'nowhere')).toEqual([])
  })

  test('the worst come first, whether too large or too small; no band, no place', () => {
    const off = (one: GridSummary) => (one.id === 'b' ? null : one.persons > 500 ? 0.8 : -0.98)
    expect(shown(worstRows(grids, off))).toEqual(['0aa', '0aac', '0a', '0ab'])
  })
})

describe('keys', () => {
  const rows = openRows(tree, new Set(['a', 'aa']))
  test('move, and stop at both ends', () => {
    expect(moveBy('ArrowDown', rows, 0, 10)).toEqual({ go: 1 })
    expect(moveBy('ArrowUp', rows, 0, 10)).toEqual({ go: 0 })
    expect(moveBy('PageDown', rows, 1, 10)).toEqual({ go: rows.length - 1 })
    expect(moveBy('Home', rows, 3, 10)).toEqual({ go: 0 })
  })

  test('right opens, then goes in; left closes, then goes to the parent', () => {
    const closed = openRows(tree, new Set(['a']))
    expect(moveBy('ArrowRight', closed, 1, 10)).toEqual({ open: 'aa' })
    expect(moveBy('ArrowRight', rows, 1, 10)).toEqual({ go: 2 })
    expect(moveBy('ArrowLeft', rows, 1, 10)).toEqual({ close: 'aa' })
    expect(moveBy('ArrowLeft', rows, 2, 10)).toEqual({ go: 1 })
    expect(moveBy('ArrowLeft', rows, 4, 10)).toBeNull()
  })

  test('any other key does nothing', () => {
    expect(moveBy('x', rows, 0, 10)).toBeNull()
  })
})
