// Local days and the hours of a week: China keeps UTC+8 the whole year, so both are plain arithmetic.

const HOUR = 3600
export const DAY = 86_400
const AHEAD = 8 * HOUR
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const FIRST_WEEKDAY = 3

export const HOURS = 24
export const WEEKDAYS = 7
export const SLOTS = WEEKDAYS * HOURS

/** Days since 1970-01-01, as local clocks count them. */
export const dayOf = (instant: number): number => Math.floor((instant + AHEAD) / DAY)

/** The instant at which a local day begins. */
export const startOfDay = (day: number): number => day * DAY - AHEAD

/** 0 is Monday. */
export const weekdayOf = (day: number): number => (((day + FIRST_WEEKDAY) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS

/** Which hour of the week: 0 is Monday from midnight, 167 Sunday from 23:00. */
export function slotOf(instant: number): number {
  const day = dayOf(instant)
  const hour = Math.floor((instant - startOfDay(day)) / HOUR)
  return weekdayOf(day) * HOURS + hour
}

export const slotsOf = (time: Float64Array): Uint8Array => Uint8Array.from(time, slotOf)

/** 2026-03-01 */
export const writeDay = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10)

/** Null when it is no date. */
export function readDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const day = Math.floor(Date.parse(`${text}T00:00:00Z`) / (DAY * 1000))
  return Number.isFinite(day) && writeDay(day) === text ? day : null
}

/** Some hours on some weekdays, both ends included. */
export interface Block {
  readonly weekdays: readonly [from: number, to: number]
  readonly hours: readonly [from: number, to: number]
}

export const isInBlock = ({ weekdays, hours }: Block, slot: number): boolean => {
  const weekday = Math.floor(slot / HOURS)
  const hour = slot % HOURS
  return weekday >= weekdays[0] && weekday <= weekdays[1] && hour >= hours[0] && hour <= hours[1]
}

/** The smallest block with both corners. */
export function blockBetween(a: number, b: number): Block {
  const weekdays = [Math.floor(a / HOURS), Math.floor(b / HOURS)] as const
  const hours = [a % HOURS, b % HOURS] as const
  return {
    weekdays: [Math.min(...weekdays), Math.max(...weekdays)],
    hours: [Math.min(...hours), Math.max(...hours)],
  }
}
