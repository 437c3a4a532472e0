import fc from 'fast-check'
import { expect, test } from 'vitest'
import { classOf } from '../map/colouring.ts'
import { quantileBreaks, rounded } from './quantiles.ts'

test('breaks are round', () => {
  expect([1234, 98765, 0.0567, 7, 0].map(rounded)).toEqual([1200, 99000, 0.057, 7, 0])
})

test('about as many values in each class', () => {
  const values = Array.from({ length: 100 }, (_, i) => i * 10)
  const breaks = quantileBreaks(values, 5)
  expect(breaks).toEqual([200, 400, 600, 800])
  const counts = [0, 0, 0, 0, 0]
  for (const value of values) counts[classOf(value, breaks)]! += 1
  expect(counts).toEqual([20, 20, 20, 20, 20])
})

test('equal values are one class, nothing has none', () => {
  expect(quantileBreaks([5, 5, 5], 5)).toEqual([])
  expect(quantileBreaks([], 5)).toEqual([])
})

test('many equal values do not make empty classes at the same break', () => {
  expect(quantileBreaks([0, 0, 0, 0, 0, 0, 0, 3, 9], 5)).toEqual([3])
})

test('breaks ascend and every value has one class', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1 }), values => {
      const breaks = quantileBreaks(values, 5)
      for (const [i, value] of breaks.entries()) if (i > 0) expect(value).toBeGreaterThan(breaks[i - 1]!)
      for (const value of values) {
        const found = classOf(value, breaks)
        expect(value).toBeGreaterThanOrEqual(breaks[found - 1] ?? 0)
        expect(value).toBeLessThan(breaks[found] ?? Number.POSITIVE_INFINITY)
      }
    }),
  )
})
