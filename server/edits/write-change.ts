// Writes a described change: closes the versions it replaces, opens the new ones, and enters it in the journal.
import type { EditReply } from '../../core/contract/edits.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import {
  closeVersions,
  findPlan,
  listGrids,
  openVersions,
  type PlanRow,
  planRow,
  setRevision,
} from '../plans/queries.ts'
import { insertEdit, listEdits, type NewEdit, whoMade } from './queries.ts'

/** The plan an edit is about; only drafts may be edited. */
export async function editablePlan(tx: Tx, id: string, options: { lock: boolean }): Promise<PlanRow> {
  const plan = await planRow(tx, id, options)
  if (!plan) throw new ProblemError('unknown-plan')
  if (plan.state !== 'draft') throw new ProblemError('plan-closed')
  return plan
}

/** The caller came too late: says who was faster, and when. */
export async function staleProblem(tx: Tx, plan: PlanRow, revision: number): Promise<ProblemError> {
  const maker = await whoMade(tx, plan, revision)
  return new ProblemError('stale', { revision, actor: maker?.actor, at: maker?.at.toISOString() })
}

/** The plan's row must be locked. @returns what the client needs to be up to date */
export async function writeChange(
  tx: Tx,
  plan: PlanRow,
  edit: Omit<NewEdit, 'revision'>,
): Promise<EditReply> {
  const revision = plan.revision + 1
  const { before, after } = edit.change
  const closed = await closeVersions(
    tx,
    plan,
    before.map(grid => grid.id),
    revision,
  )
  if (closed !== before.length) throw new Error(`${before.length} versions to close, ${closed} open`)
  await openVersions(tx, plan, after, revision)
  await insertEdit(tx, plan, { ...edit, revision })
  await setRevision(tx, plan, revision, after.length - before.length)

  const alive = new Set(after.map(grid => grid.id))
  return {
    edit: (await listEdits(tx, plan, { limit: 1, revision }))[0]!,
    plan: (await findPlan(tx, edit.actor, plan.plan_id))!,
    grids: await listGrids(tx, plan, { ids: [...alive] }),
    removed: before.flatMap(grid => (alive.has(grid.id) ? [] : [grid.id])),
  }
}
