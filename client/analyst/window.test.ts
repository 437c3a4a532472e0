import fc from 'fast-check'
import { expect, test } from 'vitest'
import { daysOf, type Grip, lasting, moved, played, playFrom, windowIn } from './window.ts'

const whole = { from: 20_000, to: 20_365 }
const day = fc.integer({ min: 19_900, max: 20_500 })
const window = fc.tuple(day, day).map(([a, b]) => windowIn({ from: a, to: b }, whole))
const grip = fc.constantFrom<Grip>('start', 'end', 'both')
const isGood = ({ from, to }: { from: number; to: number }) =>
  from >= whole.from && to <= whole.to && to > from

test('whatever is done, the window lies inside the data and ends after it starts', () => {
  fc.assert(
    fc.property(window, grip, fc.integer({ min: -500, max: 500 }), (before, grip, days) => {
      const after = moved(before, grip, days, whole)
      expect(isGood(before) && isGood(after)).toBe(true)
      if (grip === 'both') expect(daysOf(after)).toBe(daysOf(before))
      if (grip === 'start') expect(after.to).toBe(before.to)
      if (grip === 'end') expect(after.from).toBe(before.from)
      for (const length of [1, 7, 30, 365]) {
        expect(isGood(lasting(before, length, whole))).toBe(true)
        expect(daysOf(lasting(before, length, whole))).toBe(length)
      }
    }),
  )
})

test('a choice that is longer than the data takes all of it', () => {
  const week = { from: 20_000, to: 20_005 }
  expect(lasting({ from: 20_000, to: 20_001 }, 30, week)).toEqual(week)
  expect(windowIn(null, whole)).toEqual(whole)
})

test('playing starts over from the beginning and stops at the end', () => {
  const start = playFrom(whole, whole)
  expect(start).toEqual({ from: 20_000, to: 20_030 })
  let at: typeof start | null = start
  let steps = 0
  for (; at && steps < 1000; steps++) {
    const next = played(at, 3, whole)
    if (!next) expect(at.to).toBe(whole.to)
    at = next
  }
  expect(at).toBeNull()
  const middle = { from: 20_100, to: 20_107 }
  expect(playFrom(middle, whole)).toEqual(middle)
})
