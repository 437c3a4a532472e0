import { expect, test } from 'vitest'
import { segmentMetres, sharedBorders } from './neighbours.ts'

//   20 +----+----+
//      | b  | c  |
//   10 +----+----+
//      | a  | d  |
//    0 +----+----+
//      0    10   20      (× 10,000 steps)
const square = (x: number, y: number) => [[[x, y, x + 10, y, x + 10, y + 10, x, y + 10].map(v => v * 10_000)]]

test('a shared side is a border, a shared corner is none', () => {
  const shared = sharedBorders(square(0, 0), [
    { id: 'b', shape: square(0, 10) },
    { id: 'c', shape: square(10, 10) },
    { id: 'd', shape: square(10, 0) },
  ])
  expect([...shared.keys()].sort()).toEqual(['b', 'd'])
  // 0.01° of a great circle of radius 6,371,008.8 m
  expect(shared.get('d')).toBeCloseTo(1111.95, 1)
})

test('a degree of longitude shrinks with the cosine of the latitude', () => {
  const atEquator = segmentMetres(0, 0, 1e7, 0)
  const at60 = segmentMetres(0, 60e7, 1e7, 60e7)
  expect(at60 / atEquator).toBeCloseTo(0.5, 3)
})
