// Undo and redo: a new edit that brings back exactly what an earlier one changed, under the same check as any edit.
import type { EditReply, UndoRequest } from '../../core/contract/edits.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { lockPeople } from '../plans/people-lock.ts'
import {
  loadByIds,
  type PlanRow,
  presentSince,
  type StoredGrid,
  type TalliedGrid,
  undoAndRedo,
} from '../plans/queries.ts'
import { toKernel } from './around.ts'
import { findEdit } from './queries.ts'
import { tallyChange, weightsOfChange } from './tally-change.ts'
import { editablePlan, staleProblem, writeChange } from './write-change.ts'

/**
 * `undo` reverses the caller's latest live edit, or the one named; `redo` reverses the caller's latest live undo.
 * Throws `stale` when a grid has changed since, `nothing-to-undo`, `nothing-to-redo`, `unknown-edit`.
 */
export async function reverseEdit(
  tx: Tx,
  planId: string,
  kind: 'undo' | 'redo',
  request: UndoRequest,
  by: { actor: string; idempotencyKey?: string | undefined },
): Promise<EditReply> {
  const plan = await editablePlan(tx, planId, { lock: true })
  if (request.base !== undefined && request.base > plan.revision) throw new ProblemError('unknown-revision')
  const own = (await undoAndRedo(tx, by.actor, [plan.plan_id])).get(plan.plan_id)
  const revision = request.revision ?? own?.[kind]
  if (!revision) throw new ProblemError(kind === 'undo' ? 'nothing-to-undo' : 'nothing-to-redo')
  const edit = await findEdit(tx, plan, revision)
  if (!edit?.live || edit.kind === 'redo' || (edit.kind === 'undo') !== (kind === 'redo')) {
    throw new ProblemError('unknown-edit')
  }

  const touched = [...new Set([...edit.before, ...edit.after].map(grid => grid.id))]
  const present = new Map((await loadByIds(tx, plan, touched)).map(grid => [grid.id, grid]))
  await checkUnchanged(tx, plan, edit, touched, present, request.base)

  await lockPeople(tx, plan.county, 'count')
  const reversed = {
    before: edit.after.map(grid => toKernel(present.get(grid.id)!)),
    after: edit.before.map(({ persons: _p, households: _h, buildings: _b, ...grid }) => grid),
  }
  const weights = await weightsOfChange(tx, plan.county, reversed)
  const change = tallyChange(weights, present, reversed)
  return writeChange(tx, plan, { kind, params: {}, change, lineage: [], undoes: revision, ...by })
}

/** Every grid must be exactly as the edit left it, and as the caller saw it. */
async function checkUnchanged(
  tx: Tx,
  plan: PlanRow,
  edit: { after: TalliedGrid[] },
  touched: readonly string[],
  present: ReadonlyMap<string, StoredGrid>,
  base: number | undefined,
): Promise<void> {
  const since = await presentSince(tx, plan, touched)
  const left = new Map(edit.after.map(grid => [grid.id, grid]))
  for (const id of touched) {
    const now = present.get(id)
    const then = left.get(id)
    const same = now === undefined || then === undefined ? now === then : identical(now, then)
    const seen = base === undefined || (since.get(id) ?? 0) <= base
    if (!same || !seen) throw await staleProblem(tx, plan, since.get(id) ?? plan.revision)
  }
}

/** The same ground, parent, code, name, kind; totals may have moved on. */
function identical(now: StoredGrid, then: TalliedGrid): boolean {
  return (
    now.level === then.level &&
    now.parent === then.parent &&
    now.leaf === then.leaf &&
    now.code === then.code &&
    now.name === then.name &&
    now.kind === then.kind &&
    now.locked === then.locked &&
    JSON.stringify(now.shape) === JSON.stringify(then.shape)
  )
}
