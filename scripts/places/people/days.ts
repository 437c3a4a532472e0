// Dates and instants written quickly: the same few ten thousand days again and again.
const DAY = 86_400_000
/** China keeps one time, eight hours ahead, all year. */
const AHEAD = 8 * 3_600_000

/** Days since 1970 of a date yyyy-mm-dd. */
export const dayOf = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY)

const written = new Map<number, string>()
/** yyyy-mm-dd */
export function dateOf(day: number): string {
  let text = written.get(day)
  if (text === undefined) {
    text = new Date(day * DAY).toISOString().slice(0, 10)
    written.set(day, text)
  }
  return text
}

/** Milliseconds of a local time of a day; `minute` of the day may have a fraction. */
export const instantOf = (day: number, minute: number): number =>
  day * DAY + Math.round(minute * 60) * 1000 - AHEAD

/** ISO, with China's offset. */
export function timeOf(milliseconds: number): string {
  const local = milliseconds + AHEAD
  const day = Math.floor(local / DAY)
  const second = Math.floor((local - day * DAY) / 1000)
  return `${dateOf(day)}T${CLOCK[Math.floor(second / 60)]}:${TWO[second % 60]}+08:00`
}

const TWO = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'))
const CLOCK = Array.from({ length: 1440 }, (_, i) => `${TWO[Math.floor(i / 60)]}:${TWO[i % 60]}`)

/** Minute of the local day. */
export const minuteOf = (milliseconds: number): number => Math.floor(((milliseconds + AHEAD) % DAY) / 60_000)
export const localDayOf = (milliseconds: number): number => Math.floor((milliseconds + AHEAD) / DAY)
