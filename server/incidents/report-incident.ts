// Reports an incident at a place: finds who it belongs to, numbers it, takes the first of the seven steps, tells listeners.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { NewIncident } from '../../core/contract/incidents.ts'
import { localDay } from '../../core/measures/local-day.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { planRow } from '../plans/queries.ts'
import { addEvent } from './add-event.ts'
import { REPORTED_HERE } from './clock.ts'

const HOUR_MS = 3_600_000
const LATTICE = 1e7

export async function reportIncident(
  tx: Tx,
  actor: string,
  incident: NewIncident,
): Promise<{ id: string; county: string }> {
  const place = incident.place.map(value => Math.round(value * LATTICE) / LATTICE) as [number, number]
  const plan = incident.plan ? await planRow(tx, incident.plan, { lock: false }) : undefined
  if (incident.plan && !plan) throw new ProblemError('unknown-plan')
  const category = await leafCategory(tx, incident.category)
  const county = await countyAt(tx, place, plan?.county)
  if (!county) throw new ProblemError('outside-areas', { place })

  const at = new Date()
  const id = uuidv7()
  await tx
    .insertInto('incident')
    .values({
      county,
      id,
      source_key: REPORTED_HERE + id,
      import_id: id,
      number: await nextNumber(tx, county, at),
      source: incident.source,
      category: incident.category,
      severity: incident.severity ?? category.severity ?? 4,
      title: incident.title,
      description: incident.description ?? null,
      address: incident.address ?? null,
      point: sql`st_setsrid(st_makepoint(${place[0]}::float8, ${place[1]}::float8), 4326)`,
      reported_at: at,
      due: category.hours === null ? null : new Date(at.getTime() + category.hours * HOUR_MS),
    })
    .execute()
  await sql`
    insert into incident_step (county, incident_id, number, step, circulation, at, actor)
    values (${county}, ${id}, 1, 1, 'micro', ${at}::timestamptz, ${actor})`.execute(tx)
  await addEvent(tx, county, 'reported', id)
  return { id, county }
}

/** @throws when there is no such category, or it is divided further */
async function leafCategory(tx: Tx, category: string) {
  const row = await tx
    .selectFrom('incident_category as c')
    .select(['c.severity', 'c.hours'])
    .select(eb =>
      eb
        .exists(eb.selectFrom('incident_category as b').select('b.category').where('b.parent', '=', category))
        .as('divided'),
    )
    .where('c.category', '=', category)
    .executeTakeFirst()
  if (!row) throw new ProblemError('unknown-category', { where: category })
  if (row.divided) throw new ProblemError('category-not-leaf', { where: category })
  return row
}

/** The county of the smallest area that has the place. */
async function countyAt(
  tx: Tx,
  [lng, lat]: readonly [number, number],
  county: string | undefined,
): Promise<string | undefined> {
  const point = sql`st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)`
  const { rows } = await sql<{ county: string }>`
    select county from area
    where geom && ${point} and huage_covers(geom, ${point}) ${county ? sql`and county = ${county}` : sql``}
    order by length(code) desc, code limit 1`.execute(tx)
  return rows[0]?.county
}

/** The day and a number from 00001 in it, as hotlines number their cases. Whoever comes second waits. */
async function nextNumber(tx: Tx, county: string, at: Date): Promise<string> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(${`incident number ${county}`}, 0))`.execute(tx)
  const day = localDay(at).replaceAll('-', '')
  const { rows } = await sql<{ last: string | null }>`
    select max(number) as last from incident
    where county = ${county} and starts_with(number, ${day}) and number ~ '^[0-9]{13}$'`.execute(tx)
  const next = Number(rows[0]!.last?.slice(8) ?? 0) + 1
  return `${day}${String(next).padStart(5, '0')}`
}
