// The window of time: kept inside the data and at least a day long, so that its end is never before its start.
import { startOfDay } from '../../core/incidents/calendar.ts'
import type { Span } from '../../core/incidents/rows.ts'
import type { DayWindow } from './settings.ts'

/** All days that have data: the first, and the day after the last. */
export const wholeOf = ([first, last]: readonly [number, number]): DayWindow => ({
  from: first,
  to: last + 1,
})

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))

/** The part of a chosen window that has data; of one that has none the nearest day. */
export function windowIn(chosen: DayWindow | null, whole: DayWindow): DayWindow {
  if (!chosen) return whole
  const from = clamp(chosen.from, whole.from, whole.to - 1)
  return { from, to: clamp(chosen.to, from + 1, whole.to) }
}

export const daysOf = ({ from, to }: DayWindow): number => to - from

export const spanOf = ({ from, to }: DayWindow): Span => ({ from: startOfDay(from), to: startOfDay(to) })

export type Grip = 'start' | 'end' | 'both'

/** The window after one of its ends, or all of it, was moved by some days; as long as before when all of it was. */
export function moved(window: DayWindow, grip: Grip, days: number, whole: DayWindow): DayWindow {
  const { from, to } = window
  if (grip === 'start') return { from: clamp(from + days, whole.from, to - 1), to }
  if (grip === 'end') return { from, to: clamp(to + days, from + 1, whole.to) }
  const step = clamp(days, whole.from - from, whole.to - to)
  return { from: from + step, to: to + step }
}

/** As many days, as late as the present window allows. */
export function lasting(window: DayWindow, days: number, whole: DayWindow): DayWindow {
  const to = clamp(window.to, Math.min(whole.from + days, whole.to), whole.to)
  return { from: Math.max(whole.from, to - days), to }
}

/** What playing begins with when all of the time is shown. */
const PLAYED_DAYS = 30

/** The window from which playing begins. */
export function playFrom(window: DayWindow, whole: DayWindow): DayWindow {
  if (window.to < whole.to) return window
  const days = Math.min(daysOf(window), PLAYED_DAYS, daysOf(whole))
  return { from: whole.from, to: whole.from + days }
}

/** One step on; null at the end. */
export const played = (window: DayWindow, days: number, whole: DayWindow): DayWindow | null =>
  window.to >= whole.to ? null : moved(window, 'both', days, whole)
