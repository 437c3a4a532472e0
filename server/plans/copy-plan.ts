// A draft made from a plan as it is: the same grids with the same identities and codes, and a journal of its own.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { lockPeople } from './people-lock.ts'
import { planRow } from './queries.ts'

/**
 * @returns the draft's id. Codes that the plan has ever given stay given, so the draft reuses none; one that numbering
 * anew gave to another grid is that one's.
 */
export async function copyPlan(tx: Tx, actor: string, source: string, name: string): Promise<string> {
  // Edits of the source wait, so that the copy is one revision of it.
  const plan = await planRow(tx, source, { lock: true })
  if (!plan) throw new ProblemError('unknown-plan')
  const { county, plan_id } = plan
  await lockPeople(tx, county, 'count')
  const draft = uuidv7()
  await sql`
    insert into plan (county, plan_id, area_code, name, profile, grids, created_by)
    select county, ${draft}, area_code, ${name.trim()}, profile, grids, ${actor}
    from plan where county = ${county} and plan_id = ${plan_id}`.execute(tx)
  const kept = sql`level, parent_id, leaf, code, name, kind, locked, geom, area_m2, persons, households, buildings,
    tallied_at`
  await sql`
    insert into grid_version (county, plan_id, grid_id, from_revision, ${kept})
    select county, ${draft}, grid_id, 0, ${kept}
    from grid_version where county = ${county} and plan_id = ${plan_id} and to_revision is null`.execute(tx)
  await sql`
    insert into grid_code (county, plan_id, code, grid_id)
    select c.county, ${draft}, c.code, coalesce(g.grid_id, c.grid_id)
    from grid_code c left join grid_version g
      on g.county = c.county and g.plan_id = c.plan_id and g.code = c.code and g.to_revision is null
    where c.county = ${county} and c.plan_id = ${plan_id}`.execute(tx)
  return draft
}
