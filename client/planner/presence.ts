// Who else has the plan open and what they touch; and telling them what is in hand here.
import { create } from 'zustand'
import { DESK_TOOLS, type Desk, type Presence, type Touch } from '../../core/contract/presence.ts'
import { put } from '../api/call.ts'
import { usePage } from '../app/state.ts'
import type { Mode } from '../modes/mode.ts'
import { toolOf } from './tools.ts'

/** This page; another tab is another desk. */
export const DESK = crypto.randomUUID()

/** The other desks at the open plan. */
export const useOthers = create<{ desks: readonly Desk[] }>()(() => ({ desks: [] }))

export const takeInPresence = ({ desks }: Presence): void =>
  useOthers.setState({ desks: desks.filter(({ desk }) => desk !== DESK) })

function gridsIn(mode: Mode, chosen: string | null): string[] {
  if ('grids' in mode) return mode.mode === 'give' && mode.to ? [...mode.grids, mode.to] : [...mode.grids]
  const one = 'grid' in mode ? mode.grid : chosen
  return one ? [one] : []
}

function touchNow(): Touch {
  const { mode, grid } = usePage.getState()
  const tool = DESK_TOOLS.find(one => one === toolOf(mode)) ?? 'browse'
  return { tool, grids: gridsIn(mode, grid) }
}

/** Tells the others of a plan what is in hand, now and whenever it changes. @returns how to stop */
export function tellTouches(plan: string): () => void {
  let told = ''
  const tell = () => {
    const touch = touchNow()
    const now = JSON.stringify(touch)
    if (now === told) return
    told = now
    put(`/api/plans/${plan}/desks/${DESK}`, touch).catch(() => {
      // Nobody hears of it now; the next change is told again.
      told = ''
    })
  }
  tell()
  return usePage.subscribe(tell)
}
