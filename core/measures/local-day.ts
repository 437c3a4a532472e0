// Days as people count them: all of China keeps one time, eight hours ahead of UTC, without summer time.

const OFFSET = '+08:00'
const DAY_MS = 86_400_000
const AHEAD_MS = 8 * 3_600_000

/** The local day of an instant: 2026-03-01. */
export const localDay = (at: Date): string => new Date(at.getTime() + AHEAD_MS).toISOString().slice(0, 10)

/** The instant at which a local day begins. */
export const dayStart = (day: string): Date => new Date(`${day}T00:00:00${OFFSET}`)

/** The instant at which it ends, which is no longer part of it. */
export const dayEnd = (day: string): Date => new Date(dayStart(day).getTime() + DAY_MS)

/** The same instant some days earlier. */
export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS)

/** The same date some years earlier; 29 February becomes 1 March. */
export const yearsBefore = (day: string, years: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year - years, month - 1, date)).toISOString().slice(0, 10)
}
