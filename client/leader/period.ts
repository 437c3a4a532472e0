// Of which time incidents are counted: as long as in the counts of the card.
import { dayEnd, daysBefore } from '../../core/measures/local-day.ts'

export const PERIODS = ['month', 'quarter', 'year', 'all'] as const
export type Period = (typeof PERIODS)[number]
export const FIRST_PERIOD: Period = 'year'

const DAYS: Record<Period, number | null> = { month: 30, quarter: 90, year: 365, all: null }

/** A generated place lives on the last day of its data, every other one now. */
export interface Today {
  on: string
  demo: boolean
}
export const momentOf = ({ on, demo }: Today, now: Date): Date => (demo ? dayEnd(on) : now)

/** From when on; null: from the beginning. */
export function periodStart(period: Period, today: Today, now: Date): Date | null {
  const days = DAYS[period]
  return days === null ? null : daysBefore(momentOf(today, now), days)
}
