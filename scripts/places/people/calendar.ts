// When things happen: by season, weekday, festival, weather and hour of the day.
import type { Random } from '../place.ts'
import { dateOf, dayOf, instantOf } from './days.ts'
import { indexPickerOf, type Picker } from './picker.ts'

/** How something spreads over the year. */
export type Season = 'even' | 'summer' | 'winter' | 'rain' | 'harvest' | 'festival' | 'school'
/** How something spreads over the day. */
export type Hours = 'office' | 'day' | 'evening' | 'night' | 'meals'

/** Weights of the hours from 0 to 23. */
const HOURS: Record<Hours, readonly number[]> = {
  office: [0, 0, 0, 0, 0, 0, 0.2, 1, 6, 10, 9, 6, 2, 3, 7, 9, 7, 4, 1, 0.5, 0.3, 0.1, 0, 0],
  day: [0.2, 0.1, 0.1, 0.1, 0.1, 0.4, 1.5, 4, 7, 8, 7, 5, 4, 4, 6, 7, 7, 6, 5, 4, 3, 2, 1, 0.5],
  evening: [0.6, 0.3, 0.2, 0.1, 0.1, 0.2, 0.6, 1.5, 3, 3.5, 3, 3, 3, 3, 3, 3.5, 4, 6, 8, 9, 8, 6, 3.5, 1.5],
  night: [6, 4.5, 3, 2, 1, 0.6, 0.8, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.5, 2, 4, 6, 8.5, 9.5, 8],
  meals: [0.4, 0.1, 0, 0, 0, 0.3, 2, 4, 3, 2, 3, 7, 8, 4, 2, 2, 3, 6, 9, 8, 6, 4, 2, 1],
}
/** Weights of the months from January. */
const MONTHS: Record<Season, readonly number[]> = {
  even: [0.9, 0.8, 1, 1, 1.05, 1.1, 1.1, 1.1, 1.05, 1, 1, 0.95],
  summer: [0.4, 0.4, 0.6, 0.9, 1.3, 1.8, 2.2, 2.1, 1.4, 0.9, 0.5, 0.4],
  winter: [2.2, 1.6, 1, 0.5, 0.2, 0.2, 0.2, 0.2, 0.3, 0.6, 1.9, 2.3],
  rain: [0.05, 0.05, 0.1, 0.3, 0.6, 1.4, 3.2, 3, 0.9, 0.3, 0.1, 0.05],
  harvest: [0.3, 0.3, 0.5, 0.6, 2.2, 1.4, 0.3, 0.4, 1.8, 2.8, 1.4, 0.5],
  festival: [1.4, 2, 0.8, 0.9, 1, 0.8, 0.8, 0.9, 1.1, 1.2, 0.8, 1],
  school: [0.7, 0.6, 1.1, 1, 1.1, 2, 1.8, 2.2, 1.6, 0.7, 0.6, 0.6],
}
/** Sunday first: most is reported when offices are open, quarrels and noise at the end of the week. */
const WEEKDAYS = [0.72, 1.16, 1.08, 1.04, 1.02, 1.06, 0.82]
const WEEKDAYS_AT_NIGHT = [1.12, 0.86, 0.86, 0.9, 0.94, 1.24, 1.34]

/** Days on which offices rest: the Spring Festival, Labour Day, the National Day of 2026, New Year. */
const HOLIDAYS = new Set(
  [
    ...Array.from({ length: 8 }, (_, i) => dayOf('2026-02-15') + i),
    ...Array.from({ length: 5 }, (_, i) => dayOf('2026-05-01') + i),
    ...Array.from({ length: 7 }, (_, i) => dayOf('2026-10-01') + i),
    dayOf('2026-01-01'),
  ].map(day => day),
)
/** Eves and nights on which people are out and there are fireworks. */
const FESTIVE = new Map(
  (
    [
      ['2026-02-16', 9],
      ['2026-02-17', 6],
      ['2026-02-18', 3],
      ['2026-03-03', 5],
      ['2026-04-05', 3],
      ['2026-09-25', 2.5],
      ['2026-10-01', 2.5],
      ['2025-12-31', 3],
    ] as const
  ).map(([date, factor]) => [dayOf(date), factor]),
)
/** Heavy rain. */
const STORMS = new Map(
  (
    [
      ['2026-06-24', 8],
      ['2026-07-12', 16],
      ['2026-07-13', 22],
      ['2026-07-29', 12],
      ['2026-08-08', 26],
      ['2026-08-09', 14],
      ['2026-08-23', 9],
    ] as const
  ).map(([date, factor]) => [dayOf(date), factor]),
)

export class Calendar {
  readonly #first: number
  readonly #last: number
  readonly #days = new Map<string, Picker<number>>()
  readonly #hours: Record<Hours, Picker<number>>
  /** The end of the records, in milliseconds: 18:00 of the last day. */
  readonly now: number

  constructor(from: string, today: string) {
    this.#first = dayOf(from)
    this.#last = dayOf(today)
    this.now = instantOf(this.#last, 18 * 60)
    const pickers = Object.entries(HOURS).map(([hours, weights]) => [hours, indexPickerOf(weights)])
    this.#hours = Object.fromEntries(pickers) as Record<Hours, Picker<number>>
  }

  /** An instant before the end of the records, in milliseconds. */
  instant(season: Season, hours: Hours, random: Random): number {
    const key = `${season} ${hours}`
    let days = this.#days.get(key)
    if (!days) {
      days = indexPickerOf(this.#weights(season, hours))
      this.#days.set(key, days)
    }
    for (;;) {
      const day = this.#first + days(random)
      const hour = this.#hours[hours](random)
      const at = instantOf(day, hour * 60 + random.next() * 60)
      if (at < this.now) return at
    }
  }

  #weights(season: Season, hours: Hours): number[] {
    const weights: number[] = []
    for (let day = this.#first; day <= this.#last; day++) {
      const month = Number(dateOf(day).slice(5, 7))
      // 1970-01-01 was a Thursday.
      const weekday = (day + 4) % 7
      let weight = MONTHS[season][month - 1]!
      weight *= (hours === 'night' || hours === 'evening' ? WEEKDAYS_AT_NIGHT : WEEKDAYS)[weekday]!
      if (hours === 'office' && HOLIDAYS.has(day)) weight *= 0.25
      if (season === 'rain') weight *= STORMS.get(day) ?? 1
      if (season === 'festival') weight *= FESTIVE.get(day) ?? 1
      weights.push(weight)
    }
    return weights
  }
}
