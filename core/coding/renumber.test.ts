import { expect, test } from 'vitest'
import { nextLevelOne } from './level-one.ts'
import { type Numbered, renumber } from './renumber.ts'

const at = (x: number, y: number) => [x * 10, y * 10, x * 10 + 10, y * 10 + 10] as const
const grid = (id: string, code: string, box: Numbered['box'], parent: string | null = null): Numbered => ({
  id,
  level: parent === null ? 1 : 2,
  parent,
  code,
  box,
})

//   +---+---+
//   | b | a |   codes as grids came about: a is 001, c 002, b 003
//   +---+---+
//   |   c   |
//   +-------+
const village = [
  grid('a', '510124101201001', at(1, 1)),
  grid('b', '510124101201003', at(0, 1)),
  grid('c', '510124101201002', at(0, 0)),
]

test('level 1 from west to east, north to south, in each village; spanning grids by their village place', () => {
  expect(renumber(village, null)).toEqual(
    new Map([
      ['b', '510124101201001'],
      ['a', '510124101201002'],
      ['c', '510124101201003'],
    ]),
  )
  const spanning = [grid('x', '510124101604001', at(3, 1)), grid('y', '510124101602001', at(2, 1))]
  const both = renumber([...village, ...spanning], null) as Map<string, string>
  expect([both.get('y'), both.get('x')]).toEqual(['510124101601001', '510124101602001'])
})

test('what is below follows its parent; a code that a grid elsewhere holds is passed over', () => {
  const below = [
    grid('b2', '51012410120100399', at(0, 1), 'b'),
    grid('a1', '51012410120100101', at(1, 1), 'a'),
    // moved from a to c, it kept its code
    grid('c1', '51012410120100102', at(0, 0), 'c'),
  ]
  const all = renumber([...village, ...below], null) as Map<string, string>
  expect(all.get('b2')).toBe('51012410120100101')
  expect(all.get('a1')).toBe('51012410120100201')
  expect(all.get('c1')).toBe('51012410120100301')
  const two = [...below, grid('a2', '51012410120100109', at(1.2, 1.2), 'a')]
  expect(renumber([...village, ...two], 'a')).toEqual(new Map([['a2', '51012410120100103']]))
})

test('used-up digits are told with the grid that gets none', () => {
  const many = Array.from({ length: 100 }, (_, i) => grid(`m${i}`, `5101241012010010${i}`, at(i, 0), 'a'))
  expect(renumber([...village, ...many], 'a')).toEqual({ exhausted: 'm99' })
})

test('a new grid of level 1 takes its village’s next number, or a place among those that span villages', () => {
  const given = ['510124101201001', '510124101201004', '510124101202001', '510124101601001']
  expect(nextLevelOne('510124101201', ['510124101201001'], given)).toBe('510124101201005')
  expect(nextLevelOne('510124101', ['510124101201001'], given)).toBe('510124101201005')
  expect(nextLevelOne('510124101', ['510124101201001', '510124101202001'], given)).toBe('510124101602001')
  expect(nextLevelOne('510124101', ['510124101601001'], given)).toBe('510124101602001')
  expect(nextLevelOne('510124', ['510124101201001', '510124102201001'], [])).toBe('510124000601001')
  expect(nextLevelOne('510124101', ['510124101601001'], ['510124101999001'])).toBeNull()
})
