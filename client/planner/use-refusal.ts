// Why the line under the cursor cannot be an edit, from the kernel in the page or from the server, in the user's language.
import { useMemo } from 'react'
import type { Place } from '../../core/contract/geometry.ts'
import { sentence } from '../../core/contract/refusals.ts'
import { usePage } from '../app/state.ts'
import { type BorderMode, borderMode, isDone } from './border-edits.ts'
import { useBorderSession } from './border-session.ts'

export interface RefusalNow {
  text: string
  place: Place | null
}

/** A line that is still on its way is not refused for not having arrived. */
const UNFINISHED = new Set(['no-effect', 'misses-grid', 'touches-only', 'no-road-near', 'not-connected'])

/** The kind of edit that a mode makes, by which the sentences differ. */
function kindOf(mode: BorderMode): string {
  switch (mode.mode) {
    case 'cut':
      return 'split'
    case 'transfer':
      return 'transfer-area'
    case 'vertex':
      return mode.remove ? 'delete-vertex' : mode.held?.what === 'border' ? 'insert-vertex' : 'move-vertex'
    default:
      return mode.mode
  }
}

export function useRefusal(): RefusalNow | null {
  const language = usePage(state => state.language)
  const mode = borderMode(usePage(state => state.mode))
  const { outcome, failure } = useBorderSession()
  return useMemo(() => {
    if (!mode) return null
    if (failure?.problem && failure.status === 422) {
      return { text: failure.message, place: failure.problem.place ?? null }
    }
    if (!outcome || !('refused' in outcome)) return null
    if (!isDone(mode) && UNFINISHED.has(outcome.refused)) return null
    return { text: sentence(outcome.refused, language, kindOf(mode)), place: outcome.place }
  }, [language, mode, outcome, failure])
}
