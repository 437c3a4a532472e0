// Undo and redo: what can be reversed is what the plan says, so it outlives a reload.
import type { Plan } from '../../core/contract/plans.ts'
import { Failure } from '../api/call.ts'
import { reloadPlan, sendRedo, sendUndo } from '../api/edits.ts'
import { planKey, queries } from '../api/queries.ts'
import { announceEdit, announceFailure } from './announce.tsx'

let busy = false

async function reverse(
  planId: string,
  send: (plan: Plan, key: string) => ReturnType<typeof sendUndo>,
): Promise<void> {
  const plan = queries.getQueryData<Plan>(planKey(planId))
  if (!plan || busy) return
  busy = true
  try {
    announceEdit(await again(key => send(plan, key)))
  } catch (error) {
    announceFailure(error)
    if (error instanceof Failure && error.status === 409) await reloadPlan(planId)
  } finally {
    busy = false
  }
}

/** A request that may not have arrived is sent once more, with the same key. */
async function again<T>(send: (key: string) => Promise<T>): Promise<T> {
  const key = crypto.randomUUID()
  try {
    return await send(key)
  } catch (error) {
    if (!(error instanceof Failure) || !error.retry) throw error
    await new Promise(resolve => setTimeout(resolve, 1000))
    return send(key)
  }
}

/** Reverses the caller's latest edit, or the one named. */
export const undo = (plan: string, revision?: number): Promise<void> =>
  reverse(plan, (known, key) => sendUndo(known, key, revision))

export const redo = (plan: string): Promise<void> => reverse(plan, sendRedo)
