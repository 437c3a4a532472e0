// A merge on its way: what the server promises for the chosen grids, and the saving of it.
import { useQuery } from '@tanstack/react-query'
import { create } from 'zustand'
import type { EditRequest } from '../../core/contract/edits.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { Failure } from '../api/call.ts'
import { previewEdit, reloadPlan, sendEdit } from '../api/edits.ts'
import { gridsKey, planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { BROWSE, type Merge } from '../modes/mode.ts'
import { announceEdit } from './announce.tsx'

interface MergeSession {
  saving: boolean
  failure: Failure | null
}
export const useMergeSession = create<MergeSession>()(() => ({ saving: false, failure: null }))
const set = useMergeSession.setState

let attempt: { body: string; key: string } | null = null

const requestOf = (mode: Merge, base: number): EditRequest => ({
  kind: 'merge',
  base,
  grids: [...mode.grids],
  ...(mode.keep ? { keep: mode.keep } : {}),
})

/** What the merge would make, or why it cannot be; asked anew for every choice. */
export function useMergePreview(plan: Plan, mode: Merge) {
  return useQuery({
    queryKey: ['merge', plan.id, plan.revision, mode.grids, mode.keep],
    queryFn: () => previewEdit(plan.id, requestOf(mode, plan.revision)),
    enabled: mode.grids.length > 1,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export async function saveMerge(): Promise<void> {
  const { plan: id, mode } = usePage.getState()
  const plan = queries.getQueryData<Plan>(planKey(id))
  if (!plan || mode.mode !== 'merge' || mode.grids.length < 2 || useMergeSession.getState().saving) return
  const request = requestOf(mode, plan.revision)
  const body = JSON.stringify(request)
  if (attempt?.body !== body) attempt = { body, key: crypto.randomUUID() }
  set({ saving: true, failure: null })
  try {
    const reply = await sendEdit(plan.id, request, attempt.key)
    attempt = null
    set({ saving: false })
    usePage.getState().chooseGrid(null)
    usePage.getState().begin(BROWSE)
    announceEdit(reply)
  } catch (error) {
    const failure = error instanceof Failure ? error : new Failure(null, 500, String(error))
    set({ saving: false, failure })
    if (failure.status === 409 || failure.problem?.code === 'unknown-grid') await keepKnown(plan.id)
  }
}

/** After somebody else's edit: take it in, drop the chosen grids that are gone. */
async function keepKnown(plan: string): Promise<void> {
  await reloadPlan(plan)
  const { mode, set: change } = usePage.getState()
  const list = queries.getQueryData<GridList>(gridsKey(plan))
  if (mode.mode !== 'merge' || !list) return
  change({
    mode: { ...mode, grids: mode.grids.filter(id => list.grids.some(grid => grid.id === id)), keep: null },
  })
}
