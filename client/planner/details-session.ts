// Changes to one grid that move no border: sent at once, or after what they would do has been shown.
import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import type { EditRequest, EditWarning } from '../../core/contract/edits.ts'
import type { Plan } from '../../core/contract/plans.ts'
import type { Failure } from '../api/call.ts'
import { previewEdit, reloadPlan } from '../api/edits.ts'
import { planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { announceEdit } from './announce.tsx'
import { asFailure, isOvertaken, send, warningsOf } from './send.ts'

type Field = 'name' | 'kind' | 'lock' | 'code' | 'parent' | 'renumber' | 'give'

interface DetailsSession {
  /** What is on its way to the server. */
  saving: Field | null
  /** What did not work, and why. */
  failed: { field: Field; failure: Failure } | null
  warnings: readonly EditWarning[]
}
const NOTHING: DetailsSession = { saving: null, failed: null, warnings: [] }
export const useDetailsSession = create<DetailsSession>()(() => NOTHING)
const set = useDetailsSession.setState
export const forgetDetails = (): void => set(NOTHING)

/** Of the request everything but the base, which is the plan as the page knows it. */
export type Change = EditRequest extends infer R ? (R extends EditRequest ? Omit<R, 'base'> : never) : never

const withBase = (change: Change, base: number): EditRequest => ({ ...change, base }) as EditRequest

/** What a change would do, or why it cannot be; asked anew at every revision. */
export function useChangePreview(plan: Plan, change: Change | null) {
  return useQuery({
    queryKey: ['preview', plan.id, plan.revision, change],
    queryFn: () => (change ? previewEdit(plan.id, withBase(change, plan.revision)) : null),
    enabled: change !== null,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** @returns whether it was saved */
export async function saveChange(field: Field, change: Change): Promise<boolean> {
  const id = usePage.getState().plan
  const plan = queries.getQueryData<Plan>(planKey(id))
  const { saving, warnings } = useDetailsSession.getState()
  if (!plan || saving) return false
  const overrule = [...new Set(warnings.map(({ code }) => code))]
  const request = {
    ...withBase(change, plan.revision),
    ...(overrule.length > 0 ? { overrule } : {}),
  } as EditRequest
  set({ saving: field, failed: null })
  try {
    const asked = await warningsOf(plan.id, request)
    if (asked.length > 0) {
      set({ saving: null, warnings: [...warnings, ...asked] })
      return false
    }
    const reply = await send(plan.id, request)
    set(NOTHING)
    announceEdit(reply)
    return true
  } catch (error) {
    const failure = asFailure(error)
    set({ saving: null, failed: { field, failure }, warnings: [] })
    if (isOvertaken(failure)) await reloadPlan(plan.id)
    return false
  }
}
