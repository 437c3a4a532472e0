// Which day it is for a county: today; in a generated place the last day of its data, so that it never grows stale.
import { type RawBuilder, sql } from 'kysely'
import { dayEnd, localDay } from '../../core/measures/local-day.ts'
import type { Tx } from '../db/database.ts'
import { kept } from '../db/kept.ts'

export interface Clock {
  /** For posts and ages. */
  readonly on: string
  readonly demo: boolean
  /** What was due before it and is not closed is overdue. */
  readonly moment: Date
  /** Set when a day was asked for: what came after it is not seen. */
  readonly until: Date | null
  /** The moment is now, and goes on. */
  readonly passes: boolean
}

/** Incidents that were reported here, not imported, have such source keys. */
export const REPORTED_HERE = 'reported:'

/** What the clock of a county goes by; `clockBy` reads it. */
export const clockFacts = (county: RawBuilder<unknown>) => sql<{ demo: boolean; last: Date | string | null }>`
  select exists (select from demo_place where county = ${county}) as demo, (
    select reported_at from incident
    where county = ${county} and not starts_with(source_key, ${sql.lit(REPORTED_HERE)})
    order by reported_at desc limit 1
  ) as last`

/** @param on a day asked for; it must be a real date */
export function clockBy(facts: { demo: boolean; last: Date | string | null }, on?: string): Clock {
  const { demo } = facts
  const last = facts.last === null ? null : new Date(facts.last)
  const now = new Date()
  if (on !== undefined) return { on, demo, moment: dayEnd(on), until: dayEnd(on), passes: false }
  if (!demo || !last || last > now) return { on: localDay(now), demo, moment: now, until: null, passes: true }
  const day = localDay(last)
  return { on: day, demo, moment: dayEnd(day), until: null, passes: false }
}

export async function clockOf(tx: Tx, county: string, on?: string): Promise<Clock> {
  const { rows } = await sql<{
    demo: boolean
    last: Date | null
  }>`${kept} ${clockFacts(sql`${county}`)}`.execute(tx)
  return clockBy(rows[0]!, on)
}
