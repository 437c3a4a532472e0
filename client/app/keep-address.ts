// Keeps the address bar in step with the state, and the state with the back button.
import { type PageState, usePage } from './state.ts'
import { type Address, readAddress, writeAddress } from './url-state.ts'

const held = [
  'work',
  'view',
  'plan',
  'grid',
  'area',
  'layers',
  'named',
  'level',
  'colours',
  'analysis',
  'period',
  'query',
] as const satisfies (keyof Address)[]

/** Another workspace, plan or grid is a step to come back from; moving the map is not. */
const isStep = (now: PageState, before: PageState): boolean =>
  now.work !== before.work || now.plan !== before.plan || now.grid !== before.grid

/** Returns how to stop. */
export function keepAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = usePage.subscribe((now, before) => {
    if (held.every(key => now[key] === before[key])) return
    const write = () => {
      const address = location.pathname + writeAddress(usePage.getState())
      if (address === location.pathname + location.search) return
      if (isStep(now, before)) history.pushState(null, '', address)
      else history.replaceState(null, '', address)
    }
    clearTimeout(timer)
    if (isStep(now, before)) write()
    else timer = setTimeout(write, 200)
  })
  const back = () => {
    const { work, plan, grid, area, layers, named, level, colours, analysis, period, query } = readAddress(
      location.search,
    )
    const state = usePage.getState()
    if (work !== state.work) state.switchTo(work)
    if (plan !== state.plan) state.choosePlan(plan, area)
    state.set({ grid, tip: null, layers, named, level, colours, analysis, period, query })
  }
  addEventListener('popstate', back)
  return () => {
    clearTimeout(timer)
    stop()
    removeEventListener('popstate', back)
  }
}
