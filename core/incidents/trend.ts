// How many incidents a day, and a week, over all the time there is.
import { dayOf, WEEKDAYS, weekdayOf } from './calendar.ts'

export interface Trend {
  /** Of `counts[0]`. */
  readonly firstDay: number
  readonly counts: Uint32Array
}

/** Of the rows that pass every filter. */
export function trendOf(time: Float64Array, fails: Uint8Array): Trend {
  const firstDay = time.length > 0 ? dayOf(time[0]!) : 0
  const lastDay = time.length > 0 ? dayOf(time.at(-1)!) : -1
  const counts = new Uint32Array(lastDay - firstDay + 1)
  for (let row = 0; row < time.length; row++) {
    if (fails[row] === 0) counts[dayOf(time[row]!) - firstDay]!++
  }
  return { firstDay, counts }
}

export interface Bar {
  readonly from: number
  /** The day after its last. */
  readonly to: number
  readonly count: number
}

/** Beyond this, bars are weeks. */
const MOST_DAILY_BARS = 120

/** Days, or weeks from Monday; the first and last week may be short. */
export function barsOf({ firstDay, counts }: Trend): Bar[] {
  const weekly = counts.length > MOST_DAILY_BARS
  const bars: Bar[] = []
  for (let n = 0; n < counts.length; n++) {
    const day = firstDay + n
    const last = bars.at(-1)
    if (last && weekly && weekdayOf(day) % WEEKDAYS !== 0) {
      bars[bars.length - 1] = { ...last, to: day + 1, count: last.count + counts[n]! }
    } else bars.push({ from: day, to: day + 1, count: counts[n]! })
  }
  return bars
}
