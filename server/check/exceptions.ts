// Crossings of a division that somebody has confirmed: they hold as long as the ground of the grid is what it was then.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { NewException, RuleException } from '../../core/contract/report.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { aliveAt, gridsOf, type PlanKey, planRow } from '../plans/queries.ts'

const hashOf = (geom: string) => sql<string>`md5(st_asbinary(${sql.ref(geom)}))`

/** Those that hold at a revision, by grid. */
export async function exceptionsOf(
  tx: Tx,
  { county, plan_id }: PlanKey,
  revision: number,
): Promise<Map<string, RuleException>> {
  const { rows } = await sql<{ grid: string; by: string; at: Date; note: string }>`
    select last.grid_id as grid, last.actor as by, last.at, last.note
    from (
      select distinct on (grid_id) * from rule_exception
      where county = ${county} and plan_id = ${plan_id} order by grid_id, exception_id desc) last
    join (
      select grid_id, geom from grid_version
      where county = ${county} and plan_id = ${plan_id} and ${aliveAt(revision)}) g on g.grid_id = last.grid_id
    where last.confirmed and last.shape_hash = ${hashOf('g.geom')}`.execute(tx)
  return new Map(rows.map(({ grid, at, ...row }) => [grid, { ...row, at: at.toISOString() }]))
}

/** Confirms or takes back. @throws a problem when there is no such plan or grid, or the plan is closed */
export async function setException(
  tx: Tx,
  actor: string,
  plan: string,
  { grid, rule, confirmed, note }: NewException,
): Promise<void> {
  const row = await planRow(tx, plan, { lock: true })
  if (!row) throw new ProblemError('unknown-plan')
  if (row.state !== 'draft') throw new ProblemError('plan-closed')
  const ground = await gridsOf(tx, row)
    .select(hashOf('g.geom').as('hash'))
    .where('g.grid_id', '=', grid)
    .executeTakeFirst()
  if (!ground) throw new ProblemError('unknown-grid')
  await tx
    .insertInto('rule_exception')
    .values({
      county: row.county,
      exception_id: uuidv7(),
      plan_id: row.plan_id,
      grid_id: grid,
      rule,
      confirmed,
      shape_hash: ground.hash,
      note,
      actor,
    })
    .execute()
}
