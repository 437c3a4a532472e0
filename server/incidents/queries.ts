// SQL for incidents: as lists, one with its steps, and how many lie in a piece of ground.
import { type RawBuilder, sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { IncidentCounts } from '../../core/contract/grids.ts'
import type {
  IncidentCategory,
  IncidentDetail,
  IncidentStatus,
  IncidentStep,
  IncidentSummary,
} from '../../core/contract/incidents.ts'
import { stepsAfter } from '../../core/incidents/steps.ts'
import { dayEnd, daysBefore } from '../../core/measures/local-day.ts'
import type { Tx } from '../db/database.ts'
import { kept } from '../db/kept.ts'
import { envelope, type Ground } from '../registry/ground.ts'
import type { Clock } from './clock.ts'
import { mask } from './mask.ts'

const MONTH_DAYS = 30
const YEAR_DAYS = 365

/** Seen at all on the day that was asked for. */
const seen = (clock: Clock) =>
  clock.until ? sql<boolean>`i.reported_at < ${clock.until}::timestamptz` : sql<boolean>`true`
const isClosed = (clock: Clock) =>
  clock.until
    ? sql<boolean>`(i.closed_at is not null and i.closed_at < ${clock.until}::timestamptz)`
    : sql<boolean>`(i.closed_at is not null)`
const isOverdue = (clock: Clock) =>
  sql<boolean>`(not ${isClosed(clock)} and i.due is not null and i.due < ${clock.moment}::timestamptz)`
/** open, overdue or closed, of `incident i`. */
export const statusOf = (clock: Clock) => sql<IncidentStatus>`(case
  when ${isClosed(clock)} then 'closed' when ${isOverdue(clock)} then 'overdue' else 'open' end)`

export const listCategories = async (tx: Tx): Promise<IncidentCategory[]> => {
  const rows = await tx
    .selectFrom('incident_category as c')
    .select(['c.category', 'c.parent', 'c.tree', 'c.name', 'c.severity', 'c.hours'])
    .orderBy('c.category')
    .execute()
  const parents = new Set(rows.map(row => row.parent))
  return rows.map(row => ({ ...row, leaf: !parents.has(row.category) }))
}

/** These categories and all below them. */
export const categoriesUnder = (categories: readonly string[]) => sql`(
  with recursive under as (
    select category from incident_category where category in (${sql.join([...categories])})
    union all
    select c.category from under join incident_category c on c.parent = under.category
  ) select category from under)`

/** What narrows a list; all of it holds at once. `ground` must then stand before the statement. */
export interface Wanted {
  readonly county?: string | undefined
  readonly ground?: Ground | undefined
  readonly box?: Box | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  readonly categories?: readonly string[] | undefined
  readonly statuses?: readonly IncidentStatus[] | undefined
  readonly sources?: readonly IncidentSummary['source'][] | undefined
}

/** As a condition on `incident i`. */
export function wantedIncidents(wanted: Wanted, clock: Clock): RawBuilder<boolean> {
  const conditions: RawBuilder<boolean>[] = [seen(clock)]
  if (wanted.county) conditions.push(sql`i.county = ${wanted.county}`)
  if (wanted.ground) conditions.push(wanted.ground.has('i'))
  if (wanted.box) conditions.push(sql`i.point && ${envelope(wanted.box)}`)
  if (wanted.from) conditions.push(sql`i.reported_at >= ${wanted.from}::timestamptz`)
  if (wanted.to) conditions.push(sql`i.reported_at < ${wanted.to}::timestamptz`)
  if (wanted.categories) {
    conditions.push(
      wanted.categories.length === 0
        ? sql`false`
        : sql`i.category in (select category from ${categoriesUnder(wanted.categories)} as asked)`,
    )
  }
  if (wanted.statuses) conditions.push(oneOf(statusOf(clock), wanted.statuses))
  if (wanted.sources) conditions.push(oneOf(sql`i.source`, wanted.sources))
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`
}

const oneOf = (value: RawBuilder<unknown>, allowed: readonly string[]) =>
  allowed.length === 0 ? sql<boolean>`false` : sql<boolean>`${value} in (${sql.join([...allowed])})`

interface Row {
  id: string
  county: string
  number: string
  category: string
  severity: number
  source: IncidentSummary['source']
  status: IncidentStatus
  step: number
  circulation: IncidentSummary['circulation']
  title: string
  address: string | null
  lng: number | null
  lat: number | null
  reported_at: Date | string
  due: Date | string | null
  closed_at: Date | string | null
  body_id: string | null
  body: string | null
}

const summaryColumns = (clock: Clock) => sql`i.id, i.county, i.number, i.category, i.severity, i.source,
  ${statusOf(clock)} as status, i.step, i.circulation, i.title, i.address, st_x(i.point) as lng, st_y(i.point) as lat,
  i.reported_at, i.due, i.closed_at, i.body_id, b.name as body`
const withBody = sql`left join body b on b.county = i.county and b.id = i.body_id`

/** Instants that came as JSON are text. */
const iso = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString())

const summaryOf = (row: Row): IncidentSummary => ({
  id: row.id,
  county: row.county,
  number: row.number,
  category: row.category,
  severity: row.severity,
  source: row.source,
  status: row.status,
  step: row.step,
  circulation: row.circulation,
  title: row.title,
  address: row.address,
  place: row.lng === null || row.lat === null ? null : [row.lng, row.lat],
  reportedAt: new Date(row.reported_at).toISOString(),
  due: iso(row.due),
  closedAt: iso(row.closed_at),
  body: row.body_id === null ? null : { id: row.body_id, name: row.body ?? '' },
})

/** Where a page begins: after this incident in the order of the list. */
export interface After {
  readonly at: Date
  readonly id: string
}

/** Newest first. */
export async function listIncidents(
  tx: Tx,
  wanted: Wanted,
  clock: Clock,
  page: { limit: number; after?: After | undefined },
): Promise<IncidentSummary[]> {
  const after = page.after
    ? sql`and (i.reported_at, i.id) < (${page.after.at}::timestamptz, ${page.after.id}::uuid)`
    : sql``
  const { rows } = await sql<Row>`
    ${wanted.ground?.before ?? sql``}
    select ${summaryColumns(clock)}
    from incident i ${withBody} ${wanted.ground?.beside ?? sql``}
    where ${wantedIncidents(wanted, clock)} ${after}
    order by i.reported_at desc, i.id desc limit ${page.limit}`.execute(tx)
  return rows.map(summaryOf)
}

export async function countIncidents(tx: Tx, wanted: Wanted, clock: Clock): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    ${wanted.ground?.before ?? sql``}
    select count(*)::integer as count from incident i ${wanted.ground?.beside ?? sql``}
    where ${wantedIncidents(wanted, clock)}`.execute(tx)
  return rows[0]!.count
}

/** A table `inside` of the incidents on a ground, to stand after the ground's own. */
export const withInside = (ground: Ground, clock: Clock, within: Wanted = {}) => {
  const end = dayEnd(clock.on)
  const since = (days: number) => sql`i.reported_at >= ${daysBefore(end, days)}::timestamptz`
  return sql`inside as materialized (
    select i.id, i.reported_at, ${isClosed(clock)} as closed, ${isOverdue(clock)} as overdue,
      ${since(MONTH_DAYS)} as month, ${since(YEAR_DAYS)} as year, ${wantedIncidents(within, clock)} as wanted
    from incident i ${ground.beside}
    where i.county = ${ground.county} and ${seen(clock)} and ${ground.has('i')}
  )`
}

/** Counts of the table `inside`, and how many of them were wanted. */
export const countsInside = sql<IncidentCounts & { all: number }>`
  select count(*) filter (where not closed)::integer as open, count(*) filter (where overdue)::integer as overdue,
    count(*) filter (where month)::integer as "last30Days", count(*) filter (where year)::integer as "lastYear",
    count(*) filter (where wanted)::integer as "all"
  from inside`

/** The latest of the table `inside`, open before closed; `latestOf` reads them. */
export const latestInside = (county: string, clock: Clock, most: number) => sql<Row>`
  select ${summaryColumns(clock)}
  from (
    select id, closed, reported_at from inside order by closed, reported_at desc, id desc limit ${sql.lit(most)}
  ) as newest
  cross join lateral (select * from incident where county = ${county} and id = newest.id offset 0) as i ${withBody}
  order by newest.closed, newest.reported_at desc, newest.id desc`
export const latestOf = (rows: readonly Row[]): IncidentSummary[] => rows.map(summaryOf)

export async function incidentsIn(
  tx: Tx,
  ground: Ground,
  clock: Clock,
  within: Wanted,
): Promise<IncidentCounts & { all: number }> {
  const { rows } = await sql<IncidentCounts & { all: number }>`${kept}
    ${ground.before}, ${withInside(ground, clock, within)}
    ${countsInside}`.execute(tx)
  return rows[0]!
}

/** In the order of the ids. */
export async function incidentsByIds(
  tx: Tx,
  county: string,
  ids: readonly string[],
  clock: Clock,
): Promise<IncidentSummary[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<Row>`${kept}
    select ${summaryColumns(clock)} from incident i ${withBody}
    where i.county = ${county} and i.id in (${sql.join([...ids])})`.execute(tx)
  const found = new Map(rows.map(row => [row.id, summaryOf(row)]))
  return ids.flatMap(id => found.get(id) ?? [])
}

/** In which county an incident is: its id alone does not say. */
export async function countyOfIncident(tx: Tx, id: string): Promise<string | undefined> {
  const row = await tx.selectFrom('incident').select('county').where('id', '=', id).executeTakeFirst()
  return row?.county
}

/** All but its grids; who reported it is masked. */
export async function incidentWithSteps(
  tx: Tx,
  county: string,
  id: string,
  clock: Clock,
): Promise<Omit<IncidentDetail, 'grids'> | undefined> {
  const { rows } = await sql<
    Row & {
      description: string | null
      reporter_name: string | null
      reporter_phone: string | null
      pass_on_due: Date | null
      passed_on_at: Date | null
      solved_at: Date | null
      feedback_at: Date | null
      satisfied: boolean | null
      staff_id: string | null
      staff: string | null
      staff_phone: string | null
    }
  >`
    select ${summaryColumns(clock)}, i.description, i.reporter_name, i.reporter_phone, i.pass_on_due, i.passed_on_at,
      i.solved_at, i.feedback_at, i.satisfied, i.staff_id, s.name as staff, s.phone as staff_phone
    from incident i ${withBody}
    left join staff s on s.county = i.county and s.id = i.staff_id
    where i.county = ${county} and i.id = ${id}`.execute(tx)
  const row = rows[0]
  if (!row) return undefined
  const reporter = { name: mask.name(row.reporter_name), phone: mask.phone(row.reporter_phone) }
  return {
    ...summaryOf(row),
    description: row.description,
    reporter: reporter.name === null && reporter.phone === null ? null : reporter,
    staff: row.staff_id === null ? null : { id: row.staff_id, name: row.staff ?? '', phone: row.staff_phone },
    passOnDue: iso(row.pass_on_due),
    passedOnAt: iso(row.passed_on_at),
    solvedAt: iso(row.solved_at),
    feedbackAt: iso(row.feedback_at),
    satisfied: row.satisfied,
    steps: await stepsOf(tx, county, id),
    nextSteps: [...stepsAfter(row.step)],
    demo: clock.demo,
  }
}

async function stepsOf(tx: Tx, county: string, id: string): Promise<IncidentStep[]> {
  const { rows } = await sql<{
    number: number
    step: number
    circulation: IncidentStep['circulation']
    at: Date
    staff_id: string | null
    staff: string | null
    phone: string | null
    body_id: string | null
    body: string | null
    actor: string | null
    note: string | null
  }>`
    select t.number, t.step, t.circulation, t.at, t.staff_id, s.name as staff, s.phone, t.body_id, b.name as body,
      t.actor, t.note
    from incident_step t
    left join staff s on s.county = t.county and s.id = t.staff_id
    left join body b on b.county = t.county and b.id = t.body_id
    where t.county = ${county} and t.incident_id = ${id} order by t.number`.execute(tx)
  return rows.map(row => ({
    number: row.number,
    step: row.step,
    circulation: row.circulation,
    at: row.at.toISOString(),
    staff: row.staff_id === null ? null : { id: row.staff_id, name: row.staff ?? '', phone: row.phone },
    body: row.body_id === null ? null : { id: row.body_id, name: row.body ?? '' },
    actor: row.actor,
    note: row.note,
  }))
}
