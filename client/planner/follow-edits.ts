// Listens to what others do in the open plan, takes their edits into tree, map and history, and says quietly who it was.
import type { EditSummary } from '../../core/contract/edits.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import type { Presence } from '../../core/contract/presence.ts'
import { get } from '../api/call.ts'
import { gridsSince, ownEditsAnswered, reloadPlan, takeIn } from '../api/edits.ts'
import { gridsKey, planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { announceOthers } from './announce.tsx'
import { takeInOthers } from './border-session.ts'
import { DESK, takeInPresence, tellTouches } from './presence.ts'

/** After a refusal to be connected. */
const AGAIN_MS = 5000

const known = (plan: string): number => queries.getQueryData<Plan>(planKey(plan))?.revision ?? 0

/** Only what changed is asked for; a list that does not fit is asked for whole. */
async function patch(id: string, edits: readonly EditSummary[]): Promise<void> {
  const list = queries.getQueryData<GridList>(gridsKey(id))
  if (!list) {
    await reloadPlan(id)
    return
  }
  const [plan, changed] = await Promise.all([get<Plan>(`/api/plans/${id}`), gridsSince(id, list.revision)])
  const now = new Set(changed.grids.map(grid => grid.id))
  const removed = edits.flatMap(({ before }) => before.map(grid => grid.id)).filter(one => !now.has(one))
  // An edit that came while we asked is told of next.
  const last = edits.at(-1)?.revision
  if (changed.revision !== last || plan.revision !== last) {
    await reloadPlan(id)
    return
  }
  queries.setQueryData<GridList>(gridsKey(id), { ...list, revision: plan.revision - 1 })
  takeIn({ plan, grids: changed.grids, removed })
}

/** Follows one plan until told to stop. The browser connects again by itself, with the last revision it heard of. */
function follow(plan: string): () => void {
  const address = `/api/plans/${plan}/events?desk=${DESK}`
  let source = new EventSource(address)
  let stopTelling: (() => void) | null = null
  let again: ReturnType<typeof setTimeout> | undefined
  let waiting: EditSummary[] = []
  let busy = false
  let stopped = false

  const take = async () => {
    if (busy) return
    busy = true
    while (waiting.length > 0 && !stopped) {
      await ownEditsAnswered()
      const news = waiting.filter(edit => edit.revision > known(plan))
      waiting = []
      if (news.length === 0) continue
      try {
        await patch(plan, news)
      } catch {
        // The next edit, or the connection's return, brings it again; queries ask anew on their own as well.
        await queries.invalidateQueries({ queryKey: planKey(plan) })
        await queries.invalidateQueries({ queryKey: gridsKey(plan) })
      }
      if (stopped) break
      for (const edit of news) takeInOthers(edit)
      announceOthers(plan, news)
    }
    busy = false
  }
  const listen = () => {
    source.addEventListener('edit', event => {
      waiting.push(JSON.parse(event.data) as EditSummary)
      void take()
    })
    // What happened between the loading of the page and the first connection.
    source.addEventListener('presence', event => takeInPresence(JSON.parse(event.data) as Presence))
    source.addEventListener('ready', event => {
      stopTelling?.()
      stopTelling = tellTouches(plan)
      const { revision } = JSON.parse(event.data) as { revision: number }
      if (queries.getQueryData(gridsKey(plan)) && revision > known(plan)) void reloadPlan(plan)
    })
    // An answer that is no stream, as from a server that starts, ends the browser's own attempts.
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED || stopped) return
      again = setTimeout(() => {
        source = new EventSource(address)
        listen()
      }, AGAIN_MS)
    })
  }
  listen()
  return () => {
    stopped = true
    clearTimeout(again)
    stopTelling?.()
    takeInPresence({ desks: [] })
    source.close()
  }
}

/** Follows whichever plan the page has open; a page that nobody sees leaves its connection to others. */
export function followOthersEdits(): () => void {
  let following: string | null = null
  let stop: (() => void) | null = null
  const turnTo = (plan: string | null) => {
    if (plan === following) return
    stop?.()
    following = plan
    stop = plan ? follow(plan) : null
  }
  const turn = () => turnTo(document.hidden ? null : usePage.getState().plan)
  turn()
  const unsubscribe = usePage.subscribe(turn)
  document.addEventListener('visibilitychange', turn)
  return () => {
    unsubscribe()
    document.removeEventListener('visibilitychange', turn)
    stop?.()
  }
}
