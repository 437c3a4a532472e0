import { expect, test } from 'vitest'
import { inReadingOrder } from './reading-order.ts'

//   +---+-----+---+
//   | b |  a  | e |   rows from the north, each from west to east; a is a little higher than its neighbours
//   +-+-+--+--+---+
//   | c |  d      |
//   +---+---------+
const boxes: Record<string, [number, number, number, number]> = {
  a: [10, 11, 25, 22],
  b: [0, 10, 10, 20],
  e: [25, 9, 35, 20],
  c: [0, 0, 10, 10],
  d: [10, 0, 35, 11],
}

test('west to east in rows from north to south', () => {
  expect(inReadingOrder(Object.keys(boxes), id => boxes[id]!)).toEqual(['b', 'a', 'e', 'c', 'd'])
  expect(inReadingOrder(['d', 'c', 'e', 'b', 'a'], id => boxes[id]!)).toEqual(['b', 'a', 'e', 'c', 'd'])
  expect(inReadingOrder([], () => [0, 0, 0, 0])).toEqual([])
})
