// Edits on their way to the server, and what their reply changes in what we know.
import type { EditPreview, EditReply, EditRequest } from '../../core/contract/edits.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { get, post } from './call.ts'
import { editsKey, gridsKey, planKey, queries } from './queries.ts'

/** The rows that an edit changed, put into the list that we have; a list from before another edit is asked for anew. */
export function patchGrids(
  list: GridList,
  reply: Pick<EditReply, 'plan' | 'grids' | 'removed'>,
): GridList | null {
  if (list.revision >= reply.plan.revision) return list
  if (list.revision !== reply.plan.revision - 1) return null
  const gone = new Set([...reply.removed, ...reply.grids.map(grid => grid.id)])
  return {
    ...list,
    revision: reply.plan.revision,
    grids: [...list.grids.filter(grid => !gone.has(grid.id)), ...reply.grids],
  }
}

export function takeIn(reply: Pick<EditReply, 'plan' | 'grids' | 'removed'>): void {
  const { plan } = reply
  queries.setQueryData<Plan>(planKey(plan.id), plan)
  queries.setQueryData<Plan[]>(['plans'], plans => plans?.map(one => (one.id === plan.id ? plan : one)))
  const list = queries.getQueryData<GridList>(gridsKey(plan.id))
  const patched = list && patchGrids(list, reply)
  if (patched) queries.setQueryData<GridList>(gridsKey(plan.id), patched)
  else void queries.invalidateQueries({ queryKey: gridsKey(plan.id) })
  void queries.invalidateQueries({ queryKey: editsKey(plan.id) })
}

/** Edits of this page that have not been answered yet. */
const onTheirWay = new Set<Promise<unknown>>()

/** Until this page knows what became of its own edits. */
export async function ownEditsAnswered(): Promise<void> {
  while (onTheirWay.size > 0) await Promise.allSettled(onTheirWay)
}

async function sent(path: string, body: unknown, key: string): Promise<EditReply> {
  const answered = post<EditReply>(path, body, key).then(reply => {
    takeIn(reply)
    return reply
  })
  onTheirWay.add(answered)
  try {
    return await answered
  } finally {
    onTheirWay.delete(answered)
  }
}

export const sendEdit = (plan: string, request: EditRequest, key: string): Promise<EditReply> =>
  sent(`/api/plans/${plan}/edits`, request, key)

export const previewEdit = (plan: string, request: EditRequest): Promise<EditPreview> =>
  post<EditPreview>(`/api/plans/${plan}/edits/preview`, request)

export const sendUndo = (plan: Plan, key: string, revision?: number): Promise<EditReply> =>
  sent(
    `/api/plans/${plan.id}/undo`,
    { base: plan.revision, ...(revision === undefined ? {} : { revision }) },
    key,
  )

export const sendRedo = (plan: Plan, key: string): Promise<EditReply> =>
  sent(`/api/plans/${plan.id}/redo`, { base: plan.revision }, key)

/** Of a plan, the grids that came or changed after a revision, as they are now. */
export const gridsSince = (plan: string, revision: number): Promise<GridList> =>
  get<GridList>(`/api/plans/${plan}/grids?since=${revision}`)

/** Somebody else has changed the plan: what we know of it is asked for anew. */
export const reloadPlan = (plan: string): Promise<unknown> =>
  Promise.all([
    queries.refetchQueries({ queryKey: planKey(plan) }),
    queries.refetchQueries({ queryKey: gridsKey(plan) }),
    queries.invalidateQueries({ queryKey: editsKey(plan) }),
  ])
