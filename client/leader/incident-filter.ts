// The list behind each number of incidents on the card.
import { type Period, periodStart, type Today } from './period.ts'

export const INCIDENT_COUNTS = ['open', 'overdue', 'last30Days', 'lastYear'] as const
export type IncidentCountKey = (typeof INCIDENT_COUNTS)[number]

const STATUSES: Partial<Record<IncidentCountKey, readonly string[]>> = {
  open: ['open', 'overdue'],
  overdue: ['overdue'],
}
const PERIOD_OF: Partial<Record<IncidentCountKey, Period>> = { last30Days: 'month', lastYear: 'year' }

export function incidentFilter(count: IncidentCountKey, today: Today, now: Date): URLSearchParams {
  const query = new URLSearchParams()
  for (const status of STATUSES[count] ?? []) query.append('status', status)
  const from = periodStart(PERIOD_OF[count] ?? 'all', today, now)
  if (from) query.set('from', from.toISOString())
  return query
}
