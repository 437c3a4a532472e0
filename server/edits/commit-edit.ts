// Makes a requested edit real, unless somebody was faster or the kernel refuses.
import type { EditReply, EditRequest } from '../../core/contract/edits.ts'
import { isRefusal, type Refusal } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { lockPeople } from '../plans/people-lock.ts'
import { lastVersion, type PlanRow, presentSince } from '../plans/queries.ts'
import { type Around, targetsOf } from './around.ts'
import { type PlannedEdit, planEdit } from './plan-edit.ts'
import { editablePlan, staleProblem, writeChange } from './write-change.ts'

/**
 * An older base is fine unless a grid that the edit reads has changed after it. A changed border changes the grids on
 * both its sides, so borders need no check of their own.
 */
export async function checkBase(tx: Tx, plan: PlanRow, request: EditRequest): Promise<void> {
  if (request.base > plan.revision) throw new ProblemError('unknown-revision')
  const targets = targetsOf(request)
  const present = await presentSince(tx, plan, targets)
  for (const target of targets) {
    const since = present.get(target) ?? (await lastVersion(tx, plan, target))
    if (since === undefined) throw new ProblemError('unknown-grid')
    if (since > request.base) throw await staleProblem(tx, plan, since)
    if (!present.has(target)) throw new ProblemError('unknown-grid')
  }
}

/** Leaves that win or lose ground must be as the caller saw them, named or not. */
export async function checkReads(
  tx: Tx,
  plan: PlanRow,
  base: number,
  { reads, around }: PlannedEdit & { around: Around },
): Promise<void> {
  for (const id of reads) {
    const since = around.stored.get(id)?.fromRevision
    if (since !== undefined && since > base) throw await staleProblem(tx, plan, since)
  }
}

/** The first warning that the caller has not overruled, as a refusal. */
const stopping = (planned: PlannedEdit, overruled: readonly string[] = []): Refusal | null => {
  const warning = planned.warnings.find(one => !overruled.includes(one.warning))
  if (!warning) return null
  const { warning: refused, ...rest } = warning
  return { refused, ...rest }
}

/** @returns the rows changed, or why not. One transaction, in which nothing else is written. */
export async function commitEdit(
  tx: Tx,
  planId: string,
  request: EditRequest,
  by: { actor: string; idempotencyKey?: string | undefined },
): Promise<EditReply | Refusal> {
  const plan = await editablePlan(tx, planId, { lock: true })
  await checkBase(tx, plan, request)
  await lockPeople(tx, plan.county, 'count')
  const planned = await planEdit(tx, plan, request)
  if (isRefusal(planned)) return planned
  await checkReads(tx, plan, request.base, planned)
  const stop = stopping(planned, request.overrule)
  if (stop) return stop
  const { kind, note, base: _b, overrule: _o, ...params } = request
  return writeChange(tx, plan, {
    kind,
    params,
    note,
    change: planned.change,
    lineage: planned.lineage,
    ...by,
  })
}
