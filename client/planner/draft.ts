// A line that is not yet saved outlives a reload: kept for each plan in this tab until the server has taken it.
import type { Place } from '../../core/contract/geometry.ts'

export interface Draft {
  grid: string
  points: readonly Place[]
}

const nameOf = (plan: string): string => `huage.draft.${plan}`

const isPlace = (value: unknown): value is Place =>
  Array.isArray(value) && value.length === 2 && value.every(part => typeof part === 'number')

export function readDraft(plan: string): Draft | null {
  const text = sessionStorage.getItem(nameOf(plan))
  if (!text) return null
  const draft: unknown = JSON.parse(text)
  if (!draft || typeof draft !== 'object' || !('grid' in draft) || !('points' in draft)) return null
  const { grid, points } = draft
  if (typeof grid !== 'string' || !Array.isArray(points) || !points.every(isPlace)) return null
  return { grid, points }
}

export const writeDraft = (plan: string, draft: Draft): void =>
  sessionStorage.setItem(nameOf(plan), JSON.stringify(draft))

export const dropDraft = (plan: string): void => sessionStorage.removeItem(nameOf(plan))
