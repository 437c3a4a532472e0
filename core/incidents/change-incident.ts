// An incident in columns that are loaded already takes a step: its row gets another status and circulation.
import type { IncidentColumns } from '../contract/incident-columns.ts'
import { columnPlace, columnTime } from '../contract/incident-grain.ts'
import { CIRCULATIONS, INCIDENT_STATUSES, type IncidentSummary } from '../contract/incidents.ts'
import { LATTICE } from '../topology/model.ts'
import { firstRow } from './rows.ts'

/** @returns null when its row cannot be told from others, or is not there: load the columns again */
export function changeIncident(
  columns: IncidentColumns,
  incident: IncidentSummary,
  event: number,
): IncidentColumns | null {
  if (!incident.place) return { ...columns, event }
  const time = columnTime(Date.parse(incident.reportedAt) / 1000)
  const [x, y] = incident.place.map(degrees => columnPlace(Math.round(degrees * LATTICE))) as [number, number]
  const rows: number[] = []
  for (let row = firstRow(columns.time, time); columns.time[row] === time; row++) {
    const isThis =
      columns.x[row] === x &&
      columns.y[row] === y &&
      columns.categories[columns.category[row]!]!.category === incident.category
    if (isThis) rows.push(row)
  }
  const [row] = rows
  if (row === undefined || rows.length > 1) return null
  const status = columns.status.slice()
  const circulation = columns.circulation.slice()
  status[row] = INCIDENT_STATUSES.indexOf(incident.status)
  circulation[row] = CIRCULATIONS.indexOf(incident.circulation)
  return { ...columns, event, status, circulation }
}
