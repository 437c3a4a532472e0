import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockBetween, dayOf, isInBlock, readDay, slotOf, startOfDay, writeDay } from './calendar.ts'

const seconds = (iso: string) => Date.parse(iso) / 1000

test('a day and an hour are those of a clock in China', () => {
  expect(writeDay(dayOf(seconds('2026-03-01T00:00:00+08:00')))).toBe('2026-03-01')
  expect(writeDay(dayOf(seconds('2026-02-28T23:59:59+08:00')))).toBe('2026-02-28')
  // 2026-03-02 is a Monday, 2026-03-01 a Sunday
  expect(slotOf(seconds('2026-03-02T00:59:59+08:00'))).toBe(0)
  expect(slotOf(seconds('2026-03-01T23:00:00+08:00'))).toBe(167)
  expect(slotOf(seconds('2026-03-04T15:30:00+08:00'))).toBe(2 * 24 + 15)
})

test('every instant is in the day that begins before it, and in the hour that the calendar says', () => {
  fc.assert(
    fc.property(fc.integer({ min: -3e9, max: 5e9 }), instant => {
      const day = dayOf(instant)
      expect(startOfDay(day)).toBeLessThanOrEqual(instant)
      expect(startOfDay(day + 1)).toBeGreaterThan(instant)
      const local = new Date((instant + 8 * 3600) * 1000)
      expect(slotOf(instant)).toBe(((local.getUTCDay() + 6) % 7) * 24 + local.getUTCHours())
      expect(readDay(writeDay(day))).toBe(day)
    }),
  )
})

test('only dates are read', () => {
  for (const text of ['', '2026-13-01', '2026-02-30', 'x', '2026-3-1']) expect(readDay(text)).toBeNull()
})

test('a block has both its corners and what lies between', () => {
  const block = blockBetween(4 * 24 + 18, 24 + 8)
  expect(block).toEqual({ weekdays: [1, 4], hours: [8, 18] })
  expect([24 + 8, 4 * 24 + 18, 2 * 24 + 12].every(slot => isInBlock(block, slot))).toBe(true)
  expect([24 + 7, 4 * 24 + 19, 12, 5 * 24 + 12].some(slot => isInBlock(block, slot))).toBe(false)
})
