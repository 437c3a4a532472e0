// All incidents of a county as packed columns, kept until one of them changes or another becomes overdue.
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { sql } from 'kysely'
import { LRUCache } from 'lru-cache'
import { packIncidents } from '../../core/contract/incident-columns.ts'
import { CIRCULATIONS, INCIDENT_SOURCES, INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import type { Tx } from '../db/database.ts'
import { type Clock, clockOf } from './clock.ts'
import { listCategories, statusOf } from './queries.ts'

/** A body as it was packed for a tag. */
export interface Packed {
  readonly tag: string
  readonly plain: Uint8Array
  readonly gzipped: Uint8Array
}

const CACHE_BYTES = 96 * 1024 * 1024
const press = promisify(gzip)

/** The state of a county's incidents: another one whenever the columns would be others. */
export interface IncidentsState {
  readonly county: string
  readonly clock: Clock
  /** The number of the last event. */
  readonly event: number
  /** When the next one becomes overdue. */
  readonly turns: Date | null
  readonly tag: string
}

export async function stateOf(tx: Tx, county: string, on?: string): Promise<IncidentsState> {
  const clock = await clockOf(tx, county, on)
  const { rows } = await sql<{ version: number; overdue: number; turns: Date | null }>`
    select coalesce((select version from layer_version where county = ${county} and layer = 'incidents'), 0)::integer
        as version,
      (select count(*) from incident i where i.county = ${county} and i.closed_at is null
        and i.due < ${clock.moment}::timestamptz)::integer as overdue,
      (select min(i.due) from incident i where i.county = ${county} and i.closed_at is null
        and i.due >= ${clock.moment}::timestamptz) as turns`.execute(tx)
  const { version, overdue, turns } = rows[0]!
  return {
    county,
    clock,
    event: version,
    turns: clock.passes ? turns : null,
    tag: `${county}-${clock.until ? clock.on : ''}${version}-${overdue}`,
  }
}

/**
 * Bodies by their tag, packed once. Looked up after the permission check only: whoever asks has read the state that the
 * tag tells of in their own scope.
 */
export function packedOnce() {
  const cache = new LRUCache<string, Packed>({
    maxSize: CACHE_BYTES,
    sizeCalculation: packed => packed.plain.length + packed.gzipped.length + 100,
  })
  return async (tag: string, pack: () => Promise<Uint8Array>): Promise<Packed> => {
    const known = cache.get(tag)
    if (known) return known
    const plain = await pack()
    const packed = { tag, plain, gzipped: await press(plain) }
    cache.set(tag, packed)
    return packed
  }
}

const indexIn = (column: string, names: readonly string[]) =>
  sql`array_position(array[${sql.join(names.map(name => sql.lit(name)))}], ${sql.ref(column)}) - 1`

export async function columnsOf(
  tx: Tx,
  { county, clock, event, turns, tag }: IncidentsState,
): Promise<Uint8Array> {
  const categories = await listCategories(tx)
  // One text per column: a tenth of the cost of a row per incident.
  const { rows } = await sql<Record<string, string | null> & { unplaced: number }>`
    with placed as materialized (
      select floor(extract(epoch from i.reported_at))::bigint as time, round(st_x(i.point) * 1e7)::bigint as x,
        round(st_y(i.point) * 1e7)::bigint as y, i.category, ${statusOf(clock)} as status, i.severity, i.source,
        i.circulation
      from incident i
      where i.county = ${county} and i.point is not null
        ${clock.until ? sql`and i.reported_at < ${clock.until}::timestamptz` : sql``}
      order by i.reported_at, i.id
    )
    select string_agg(time::text, ',') as time, string_agg(x::text, ',') as x, string_agg(y::text, ',') as y,
      string_agg((c.number - 1)::text, ',') as category,
      string_agg((${indexIn('status', INCIDENT_STATUSES)})::text, ',') as status,
      string_agg(severity::text, ',') as severity,
      string_agg((${indexIn('source', INCIDENT_SOURCES)})::text, ',') as source,
      string_agg((${indexIn('circulation', CIRCULATIONS)})::text, ',') as circulation,
      (select count(*) from incident i where i.county = ${county} and i.point is null)::integer as unplaced
    from placed, lateral (
      select array_position(array[${sql.join(categories.map(one => sql.lit(one.category)))}], placed.category) as number
    ) as c`.execute(tx)
  const row = rows[0]!
  const numbers = (name: string) => {
    const text = row[name]
    return text ? text.split(',') : []
  }
  return packIncidents(
    {
      county,
      version: tag,
      event,
      on: clock.on,
      moment: clock.moment.toISOString(),
      turns: turns?.toISOString() ?? null,
      demo: clock.demo,
      unplaced: row.unplaced,
      categories,
    },
    {
      time: Float64Array.from(numbers('time'), Number),
      x: Int32Array.from(numbers('x'), Number),
      y: Int32Array.from(numbers('y'), Number),
      category: Uint16Array.from(numbers('category'), Number),
      status: Uint8Array.from(numbers('status'), Number),
      severity: Uint8Array.from(numbers('severity'), Number),
      source: Uint8Array.from(numbers('source'), Number),
      circulation: Uint8Array.from(numbers('circulation'), Number),
    },
  )
}
