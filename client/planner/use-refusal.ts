// Why the line under the cursor cannot be a cut, from the kernel in the page or from the server, in the user's language.
import { useMemo } from 'react'
import type { Place } from '../../core/contract/geometry.ts'
import { sentence } from '../../core/contract/refusals.ts'
import { usePage } from '../app/state.ts'
import { useCutSession } from './cut-session.ts'

export interface RefusalNow {
  text: string
  place: Place | null
}

/** A line that is still on its way is not refused for not having arrived. */
const UNFINISHED = new Set(['no-effect', 'misses-grid', 'touches-only'])

export function useRefusal(): RefusalNow | null {
  const language = usePage(state => state.language)
  const mode = usePage(state => state.mode)
  const { outcome, failure } = useCutSession()
  return useMemo(() => {
    if (mode.mode !== 'cut') return null
    if (failure?.problem && failure.status === 422) {
      return { text: failure.message, place: failure.problem.place ?? null }
    }
    if (!outcome || !('refused' in outcome)) return null
    if (!mode.done && UNFINISHED.has(outcome.refused)) return null
    return { text: sentence(outcome.refused, language), place: outcome.place }
  }, [language, mode, outcome, failure])
}
