// One page of a list of incidents: reads the filters, refuses those that make no sense.
import type { Box } from '../../core/contract/geometry.ts'
import type { IncidentFilter, IncidentList } from '../../core/contract/incidents.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { findGrid } from '../grids/find-grid.ts'
import { groundOfGrid } from '../grids/queries.ts'
import { clockOf } from './clock.ts'
import { countyOrAll } from './county-asked.ts'
import { type After, countIncidents, listIncidents, type Wanted } from './queries.ts'

/** @throws for a range whose end is not after its start */
export function timeRange(from?: string, to?: string): { from?: Date; to?: Date } {
  const range = { ...(from && { from: new Date(from) }), ...(to && { to: new Date(to) }) }
  for (const instant of Object.values(range)) {
    const year = instant.getUTCFullYear()
    if (!(year >= 1900 && year < 2200)) throw new ProblemError('bad-time')
  }
  if (range.from && range.to && range.to <= range.from) throw new ProblemError('bad-time')
  return range
}

export function boxOf(text: string): Box {
  const [west, south, east, north, ...more] = text
    .split(',')
    .map(part => (part.trim() === '' ? Number.NaN : Number(part)))
  const right =
    west !== undefined &&
    south !== undefined &&
    east !== undefined &&
    north !== undefined &&
    more.length === 0 &&
    west >= -180 &&
    east <= 180 &&
    south >= -90 &&
    north <= 90 &&
    west < east &&
    south < north
  if (!right) throw new ProblemError('bad-box')
  return [west, south, east, north]
}

const markOf = ({ at, id }: After) => Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')
function afterMark(mark: string): After {
  const [at = '', id = ''] = Buffer.from(mark, 'base64url').toString('utf8').split(' ')
  const instant = new Date(at)
  if (Number.isNaN(instant.getTime()) || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
    throw new ProblemError('bad-page')
  return { at: instant, id }
}

export async function pageOfIncidents(tx: Tx, filter: IncidentFilter): Promise<IncidentList> {
  const { grid, plan, revision, limit } = filter
  const found = grid ? await findGrid(tx, { id: grid, plan, revision }) : undefined
  const county = found?.plan.county ?? (await countyOrAll(tx, filter))
  const wanted: Wanted = {
    county,
    ground: found && groundOfGrid(found.plan, found.grid),
    box: filter.bbox === undefined ? undefined : boxOf(filter.bbox),
    ...timeRange(filter.from, filter.to),
    categories: filter.category,
    statuses: filter.status,
    sources: filter.source,
  }
  const clock = await clockOf(tx, county ?? '')
  const after = filter.after === undefined ? undefined : afterMark(filter.after)
  // One more than asked tells whether there is another page.
  const incidents = await listIncidents(tx, wanted, clock, { limit: limit + 1, after })
  const page = incidents.slice(0, limit)
  const last = page.at(-1)
  return {
    total: await countIncidents(tx, wanted, clock),
    incidents: page,
    next: last && incidents.length > limit ? markOf({ at: new Date(last.reportedAt), id: last.id }) : null,
  }
}
