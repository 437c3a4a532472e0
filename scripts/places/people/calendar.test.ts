// Seasons, weekdays, nights and storms show in what is drawn.
import { describe, expect, it } from 'vitest'
import { randomOf } from '../random.ts'
import { Calendar, type Hours, type Season } from './calendar.ts'
import { dateOf, instantOf, localDayOf, minuteOf, timeOf } from './days.ts'

const calendar = new Calendar('2025-11-01', '2026-10-31')
const draw = (season: Season, hours: Hours, count = 6_000): number[] => {
  const random = randomOf(`${season} ${hours}`)
  return Array.from({ length: count }, () => calendar.instant(season, hours, random))
}
const share = (times: readonly number[], of: (time: number) => boolean) =>
  times.filter(of).length / times.length
const month = (time: number) => Number(dateOf(localDayOf(time)).slice(5, 7))
const weekday = (time: number) => (localDayOf(time) + 4) % 7
const hour = (time: number) => minuteOf(time) / 60

describe('the calendar', () => {
  it('stays inside the records', () => {
    for (const time of draw('even', 'night')) {
      expect(timeOf(time) >= '2025-11-01').toBe(true)
      expect(time).toBeLessThan(calendar.now)
    }
  })

  it('offices work by day and on weekdays', () => {
    const times = draw('even', 'office')
    expect(share(times, time => hour(time) >= 8 && hour(time) < 18)).toBeGreaterThan(0.9)
    const weekend = share(times, time => weekday(time) === 0 || weekday(time) === 6)
    expect(weekend).toBeLessThan(0.26)
  })

  it('nights are nights, more so at the end of the week', () => {
    const times = draw('summer', 'night')
    expect(share(times, time => hour(time) >= 20 || hour(time) < 4)).toBeGreaterThan(0.65)
    expect(share(times, time => weekday(time) >= 5)).toBeGreaterThan(2 / 7)
  })

  it('seasons come in their months, storms on their days', () => {
    expect(share(draw('winter', 'day'), time => [11, 12, 1, 2].includes(month(time)))).toBeGreaterThan(0.6)
    const rain = draw('rain', 'day')
    expect(share(rain, time => [6, 7, 8].includes(month(time)))).toBeGreaterThan(0.75)
    expect(share(rain, time => dateOf(localDayOf(time)) === '2026-08-08')).toBeGreaterThan(0.05)
  })
})

describe('instants', () => {
  it('are written with the offset of China', () => {
    const time = instantOf(localDayOf(Date.parse('2026-08-08T00:00:00+08:00')), 9 * 60 + 5.5)
    expect(timeOf(time)).toBe('2026-08-08T09:05:30+08:00')
    expect(Date.parse(timeOf(time))).toBe(time)
    expect(minuteOf(time)).toBe(9 * 60 + 5)
  })
})
