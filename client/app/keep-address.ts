// Keeps the address bar in step with the state, and the state with the back button.
import { type PageState, usePage } from './state.ts'
import { readAddress, writeAddress } from './url-state.ts'

const held: (keyof PageState)[] = ['view', 'plan', 'grid', 'area', 'layers']

/** Returns how to stop. */
export function keepAddress(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = usePage.subscribe((now, before) => {
    if (held.every(key => now[key] === before[key])) return
    const write = () => {
      const { view, plan, grid, area, layers } = usePage.getState()
      const address = location.pathname + writeAddress({ view, plan, grid, area, layers })
      if (address === location.pathname + location.search) return
      // Another plan or grid is a step to come back from; moving the map is not.
      if (now.plan !== before.plan || now.grid !== before.grid) history.pushState(null, '', address)
      else history.replaceState(null, '', address)
    }
    clearTimeout(timer)
    if (now.plan !== before.plan || now.grid !== before.grid) write()
    else timer = setTimeout(write, 200)
  })
  const back = () => {
    const { plan, grid, area, layers } = readAddress(location.search)
    const state = usePage.getState()
    if (plan !== state.plan) state.choosePlan(plan, area)
    state.set({ grid, tip: null, layers })
  }
  addEventListener('popstate', back)
  return () => {
    clearTimeout(timer)
    stop()
    removeEventListener('popstate', back)
  }
}
