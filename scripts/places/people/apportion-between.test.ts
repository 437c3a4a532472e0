// Shares are exact and inside their bounds.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportionBetween } from './apportion-between.ts'

test('shares are exact and within their bounds, whatever the weights', () => {
  const share = fc.record({
    weight: fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
    low: fc.nat(20),
    room: fc.nat(50),
  })
  fc.assert(
    fc.property(
      fc.array(share, { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (list, part) => {
        const low = list.map(of => of.low)
        const high = list.map(of => of.low + of.room)
        const least = low.reduce((a, b) => a + b, 0)
        const total = least + Math.floor(part * list.reduce((sum, of) => sum + of.room, 0))
        const shares = apportionBetween(
          total,
          list.map(of => of.weight),
          low,
          high,
        )
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total)
        shares.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(low[i]!)
          expect(value).toBeLessThanOrEqual(high[i]!)
        })
      },
    ),
  )
})

test('inside the bounds shares follow the weights', () => {
  expect(apportionBetween(100, [1, 2, 7], [0, 0, 0], [100, 100, 100])).toEqual([10, 20, 70])
  expect(apportionBetween(100, [1, 2, 7], [15, 0, 0], [100, 100, 40])).toEqual([20, 40, 40])
})

test('bounds that leave no shares are refused', () => {
  expect(() => apportionBetween(5, [1, 1], [3, 3], [9, 9])).toThrow(RangeError)
  expect(() => apportionBetween(50, [1, 1], [3, 3], [9, 9])).toThrow(RangeError)
})
