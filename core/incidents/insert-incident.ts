// Puts a reported incident into columns that are loaded already, in its order of time.
import type { IncidentColumns } from '../contract/incident-columns.ts'
import {
  CIRCULATIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentSummary,
} from '../contract/incidents.ts'
import { LATTICE } from '../topology/model.ts'
import { firstRow } from './rows.ts'

const NUMBERS = ['x', 'y', 'category', 'status', 'severity', 'source', 'circulation'] as const

function spliced<T extends Float64Array | Int32Array | Uint16Array | Uint8Array>(
  column: T,
  row: number,
  value: number,
): T {
  const longer = new (column.constructor as new (length: number) => T)(column.length + 1)
  longer.set(column.subarray(0, row))
  longer[row] = value
  longer.set(column.subarray(row), row + 1)
  return longer
}

/** The same columns when the incident is among them already; null when its category is unknown: load them again. */
export function insertIncident(columns: IncidentColumns, incident: IncidentSummary): IncidentColumns | null {
  if (!incident.place) return { ...columns, unplaced: columns.unplaced + 1 }
  const category = columns.categories.findIndex(one => one.category === incident.category)
  if (category < 0) return null
  const time = Math.floor(Date.parse(incident.reportedAt) / 1000)
  const values = {
    x: Math.round(incident.place[0] * LATTICE),
    y: Math.round(incident.place[1] * LATTICE),
    category,
    status: INCIDENT_STATUSES.indexOf(incident.status),
    severity: incident.severity,
    source: INCIDENT_SOURCES.indexOf(incident.source),
    circulation: CIRCULATIONS.indexOf(incident.circulation),
  }
  const end = firstRow(columns.time, time + 1)
  for (let row = firstRow(columns.time, time); row < end; row++) {
    if (NUMBERS.every(name => columns[name][row] === values[name])) return columns
  }
  return {
    ...columns,
    count: columns.count + 1,
    time: spliced(columns.time, end, time),
    x: spliced(columns.x, end, values.x),
    y: spliced(columns.y, end, values.y),
    category: spliced(columns.category, end, values.category),
    status: spliced(columns.status, end, values.status),
    severity: spliced(columns.severity, end, values.severity),
    source: spliced(columns.source, end, values.source),
    circulation: spliced(columns.circulation, end, values.circulation),
  }
}
