import { expect, test } from 'vitest'
import { bandDeviation } from './band-deviation.ts'

test('both ends of the band are inside it', () => {
  expect([500, 700, 1000].map(persons => bandDeviation(persons, [500, 1000]))).toEqual([0, 0, 0])
})

test('outside, it is the share by which the nearer end is missed', () => {
  expect(bandDeviation(1250, [500, 1000])).toBeCloseTo(0.25)
  expect(bandDeviation(400, [500, 1000])).toBeCloseTo(-0.2)
  expect(bandDeviation(0, [500, 1000])).toBe(-1)
})

test('a level without a band has no deviation', () => {
  expect(bandDeviation(400, null)).toBeNull()
})
