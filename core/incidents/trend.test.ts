import { expect, test } from 'vitest'
import { DAY, weekdayOf } from './calendar.ts'
import { START } from './testing-columns.ts'
import { barsOf, trendOf } from './trend.ts'

const daily = (days: number) => Float64Array.from({ length: days }, (_, n) => START + n * DAY + 3600)

test('every day has its count, also those with none', () => {
  const time = Float64Array.from([START, START + 10, START + 3 * DAY])
  const { firstDay, counts } = trendOf(time, Uint8Array.from([0, 1, 0]))
  expect([...counts]).toEqual([1, 0, 0, 1])
  expect(barsOf({ firstDay, counts }).map(bar => bar.to - bar.from)).toEqual([1, 1, 1, 1])
  expect(barsOf(trendOf(new Float64Array(0), new Uint8Array(0)))).toEqual([])
})

test('a long time is shown in weeks from Monday that leave nothing out', () => {
  const trend = trendOf(daily(200), new Uint8Array(200))
  const bars = barsOf(trend)
  expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(200)
  expect(bars.slice(1).every((bar, n) => bar.from === bars[n]?.to && weekdayOf(bar.from) === 0)).toBe(true)
  expect(bars.slice(1, -1).every(bar => bar.count === 7)).toBe(true)
})
