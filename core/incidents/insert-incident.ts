// Puts a reported incident into columns that are loaded already, in its order of time and as roughly as they are.
import type { IncidentColumns } from '../contract/incident-columns.ts'
import { columnPlace, columnTime } from '../contract/incident-grain.ts'
import {
  CIRCULATIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentSummary,
} from '../contract/incidents.ts'
import { LATTICE } from '../topology/model.ts'
import { firstRow } from './rows.ts'

type Column = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array

/** The same column with one value more. */
export function spliced<T extends Column>(column: T, row: number, value: number): T {
  const longer = new (column.constructor as new (length: number) => T)(column.length + 1)
  longer.set(column.subarray(0, row))
  longer[row] = value
  longer.set(column.subarray(row), row + 1)
  return longer
}

export interface Inserted {
  readonly columns: IncidentColumns
  /** Its row; null: it has no place and is only counted. */
  readonly row: number | null
}

/** @returns null when its category is unknown: load the columns again */
export function insertIncident(
  columns: IncidentColumns,
  incident: IncidentSummary,
  event: number,
): Inserted | null {
  if (!incident.place) return { columns: { ...columns, event, unplaced: columns.unplaced + 1 }, row: null }
  const category = columns.categories.findIndex(one => one.category === incident.category)
  if (category < 0) return null
  const time = columnTime(Date.parse(incident.reportedAt) / 1000)
  const row = firstRow(columns.time, time + 1)
  const [lng, lat] = incident.place
  const put = <T extends Column>(column: T, value: number) => spliced(column, row, value)
  return {
    row,
    columns: {
      ...columns,
      event,
      count: columns.count + 1,
      time: put(columns.time, time),
      x: put(columns.x, columnPlace(Math.round(lng * LATTICE))),
      y: put(columns.y, columnPlace(Math.round(lat * LATTICE))),
      category: put(columns.category, category),
      status: put(columns.status, INCIDENT_STATUSES.indexOf(incident.status)),
      severity: put(columns.severity, incident.severity),
      source: put(columns.source, INCIDENT_SOURCES.indexOf(incident.source)),
      circulation: put(columns.circulation, CIRCULATIONS.indexOf(incident.circulation)),
    },
  }
}
