// A line that is not yet saved outlives a reload: kept for each plan in this tab until the server has taken it.
import type { Place } from '../../core/contract/geometry.ts'
import { type Cut, REDRAWS, type Redraw } from '../modes/mode.ts'

export interface Draft {
  mode: 'cut' | Redraw['mode']
  grids: readonly string[]
  points: readonly Place[]
  /** A cut along roads. */
  roads: boolean
}

const nameOf = (plan: string): string => `huage.draft.${plan}`

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && value.every(part => typeof part === 'number')

export function readDraft(plan: string): Draft | null {
  const text = sessionStorage.getItem(nameOf(plan))
  if (!text) return null
  const draft: unknown = JSON.parse(text)
  if (!draft || typeof draft !== 'object' || !('mode' in draft && 'grids' in draft && 'points' in draft))
    return null
  const { grids, points } = draft
  const mode = (['cut', ...REDRAWS] as const).find(one => one === draft.mode)
  if (!mode || !Array.isArray(grids) || !grids.every(id => typeof id === 'string')) return null
  if (!Array.isArray(points) || !points.every(isPlace)) return null
  return { mode, grids, points, roads: 'roads' in draft && draft.roads === true }
}

export const draftOf = (mode: Cut | Redraw): Draft => ({
  mode: mode.mode,
  grids: mode.mode === 'cut' ? (mode.grid ? [mode.grid] : []) : mode.grids,
  points: mode.points,
  roads: mode.mode === 'cut' && mode.roads,
})

export const writeDraft = (plan: string, draft: Draft): void =>
  sessionStorage.setItem(nameOf(plan), JSON.stringify(draft))

export const dropDraft = (plan: string): void => sessionStorage.removeItem(nameOf(plan))
