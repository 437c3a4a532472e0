// Takes one of the seven steps: whether it may follow, when, by whom; what it means for the incident; tells listeners.
import { sql } from 'kysely'
import type { Circulation, NewIncidentStep } from '../../core/contract/incidents.ts'
import {
  CLOSE,
  DISPATCH,
  EVALUATE,
  goesBack,
  HANDLE,
  risenBy,
  stepsAfter,
} from '../../core/incidents/steps.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { addEvent } from './add-event.ts'
import { countyOfIncident } from './queries.ts'

/** A clock elsewhere may be a little ahead. */
const AHEAD_MS = 60_000

interface Last {
  number: number
  step: number
  circulation: Circulation
  at: Date
  actor: string | null
}

export async function takeStep(tx: Tx, id: string, actor: string, asked: NewIncidentStep): Promise<void> {
  const county = await countyOfIncident(tx, id)
  if (!county) throw new ProblemError('unknown-incident')
  // Whoever comes second waits here, and sees that somebody was faster.
  await sql`select from incident where county = ${county} and id = ${id}::uuid for update`.execute(tx)
  const last = await lastStep(tx, county, id)
  if (last.number !== asked.after) {
    throw new ProblemError('step-taken', { at: last.at.toISOString(), actor: last.actor ?? '' })
  }
  const circulation = asked.circulation ?? last.circulation
  const at = asked.at === undefined ? new Date(Math.max(Date.now(), last.at.getTime())) : new Date(asked.at)
  check(asked, last, circulation, at)
  const bodyId = asked.body ?? null
  if (bodyId) await mustExist(tx, 'body', county, bodyId)
  if (asked.staff) await mustExist(tx, 'staff', county, asked.staff)

  await sql`
    insert into incident_step (county, incident_id, number, step, circulation, at, staff_id, body_id, note, actor)
    values (${county}, ${id}::uuid, ${last.number + 1}, ${asked.step}, ${circulation}, ${at}::timestamptz,
      ${asked.staff ?? null}::uuid, ${bodyId}::uuid, ${asked.note ?? null}, ${actor})`.execute(tx)
  await tx
    .updateTable('incident')
    .set({ step: asked.step, circulation, updated_at: new Date(), ...meaning(asked, at) })
    .where('county', '=', county)
    .where('id', '=', id)
    .execute()
  await addEvent(tx, county, 'stepped', id)
}

async function lastStep(tx: Tx, county: string, id: string): Promise<Last> {
  const { rows } = await sql<Last>`
    select t.number, i.step, i.circulation, t.at, t.actor
    from incident i join incident_step t on t.county = i.county and t.incident_id = i.id
    where i.county = ${county} and i.id = ${id}::uuid order by t.number desc limit 1`.execute(tx)
  if (rows[0]) return rows[0]
  // Imported without its history.
  const { rows: bare } = await sql<Last>`
    select 0 as number, step, circulation, reported_at as at, null as actor
    from incident where county = ${county} and id = ${id}::uuid`.execute(tx)
  return bare[0]!
}

function check(asked: NewIncidentStep, last: Last, circulation: Circulation, at: Date): void {
  if (!stepsAfter(last.step).includes(asked.step)) throw new ProblemError('step-order')
  if (at < last.at || at.getTime() > Date.now() + AHEAD_MS) throw new ProblemError('step-time')
  const risen = risenBy(last.circulation, circulation)
  if (risen < 0 || (risen > 0 && asked.step !== DISPATCH)) throw new ProblemError('circulation-down')
  if ((risen > 0 || goesBack(last.step, asked.step)) && !asked.note?.trim())
    throw new ProblemError('step-reason')
  if (asked.step === DISPATCH && !asked.body) throw new ProblemError('step-body')
}

/** What a step changes of the incident beside how far it has come. */
function meaning(asked: NewIncidentStep, at: Date) {
  switch (asked.step) {
    case DISPATCH:
      return {
        body_id: asked.body!,
        staff_id: asked.staff ?? null,
        passed_on_at: sql<Date>`coalesce(passed_on_at, ${at}::timestamptz)`,
        solved_at: null,
      }
    case HANDLE:
      return { solved_at: asked.solved === false ? null : at, ...(asked.staff && { staff_id: asked.staff }) }
    case CLOSE:
      return { closed_at: at }
    case EVALUATE:
      return { feedback_at: at, satisfied: asked.satisfied ?? null }
    default:
      return {}
  }
}

async function mustExist(tx: Tx, table: 'body' | 'staff', county: string, id: string): Promise<void> {
  const row = await tx
    .selectFrom(table)
    .select('id')
    .where('county', '=', county)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new ProblemError(table === 'body' ? 'unknown-body' : 'unknown-staff')
}
