// Withdraws the draft that an import of grids made, as long as nobody has worked on it, and the area that was made for it.
import { sql } from 'kysely'
import type { Tx } from '../../db/database.ts'
import { ProblemError } from '../../errors.ts'
import { bumpLayer } from '../../layers/queries.ts'
import { planRow } from '../../plans/queries.ts'

/** @returns how many grids went */
export async function withdrawPlan(tx: Tx, county: string, importId: string): Promise<number> {
  const { rows } = await sql<{ plan: string; name: string; area: string; area_made: boolean }>`
    select options->'result'->>'id' as plan, options->'result'->>'name' as name, options->'result'->>'area' as area,
      (options->'result'->>'areaMade')::boolean as area_made
    from import where county = ${county} and import_id = ${importId}::uuid`.execute(tx)
  const { plan: id, name, area, area_made } = rows[0]!
  const plan = await planRow(tx, id, { lock: true })
  // Seen by somebody who may not see the plan.
  if (!plan) throw new ProblemError('unknown-plan')
  if (plan.state !== 'draft')
    throw needed(
      `划分方案“${name}”已不是草稿，不能撤回。`,
      `The plan "${name}" is no longer a draft and cannot be withdrawn.`,
    )
  if (plan.revision > 0)
    throw needed(
      `划分方案“${name}”导入之后已有 ${plan.revision} 次编辑，撤回会丢掉它们，所以没有撤回。`,
      `The plan "${name}" has been edited since, ${plan.revision} times; withdrawing it would lose that work.`,
    )
  const posts = await postsOnGrids(tx, county, id)
  if (posts > 0)
    throw needed(
      `划分方案“${name}”的网格上已有 ${posts} 个岗位。请先撤回那些人员的导入。`,
      `The grids of the plan "${name}" have ${posts} posts. Withdraw the import of those people first.`,
    )
  const dropped = await sql<{ done: boolean }>`
    select huage_drop_untouched_draft(${county}, ${id}::uuid) as done`.execute(tx)
  if (!dropped.rows[0]!.done) throw new ProblemError('needed-later')
  if (area_made) await dropArea(tx, area)
  return plan.grids
}

/** Posts on grids that no other plan holds: a copy keeps the grids, and their posts with them. */
async function postsOnGrids(tx: Tx, county: string, plan: string): Promise<number> {
  const { rows } = await sql<{ posts: number }>`
    select count(*)::integer as posts from post p
    where p.county = ${county} and p.grid_id in (
      select grid_id from grid_version where county = ${county} and plan_id = ${plan}::uuid)
      and not exists (select from grid_version g where g.grid_id = p.grid_id and g.plan_id <> ${plan}::uuid)`.execute(
    tx,
  )
  return rows[0]!.posts
}

/** Of an area that something else has come to depend on nothing is taken. */
async function dropArea(tx: Tx, code: string): Promise<void> {
  const county = code.slice(0, 6)
  const { numAffectedRows } = await sql`
    delete from area a where a.county = ${county} and a.code = ${code} and a.source = 'grids'
      and not exists (select from plan p where p.county = a.county and p.area_code = a.code)
      and not exists (select from post p where p.county = a.county and p.area_code = a.code)`.execute(tx)
  if (numAffectedRows) await bumpLayer(tx, county, 'areas')
}

const needed = (zh: string, en: string) => new ProblemError('needed-later', { sentence: { zh, en } })
