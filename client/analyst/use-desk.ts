// Keeps the worker in step with what the analyst chose, and hands out what it answered.
import { useEffect, useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Wanted } from '../../core/incidents/book.ts'
import { allowedBy } from '../../core/incidents/filter.ts'
import { usualRadius } from '../../core/incidents/raster.ts'
import { useGrids, usePlan } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { useShownLevel } from '../app/use-level.ts'
import { type Counted, countedOf } from './counted.ts'
import { filterDesk, lookAtWindow, openDesk, placePlan, useDesk } from './desk.ts'
import { type Facets, facetsOf } from './facets.ts'
import type { DayWindow } from './settings.ts'
import { spanOf, wholeOf, windowIn } from './window.ts'

/** All the time that has data; null before it is loaded, and when there is none. */
export function useWhole(): DayWindow | null {
  const days = useDesk(state => state.held?.days ?? null)
  return useMemo(() => days && wholeOf(days), [days])
}

/** The window that is shown. */
export function useWindow(): DayWindow | null {
  const whole = useWhole()
  const chosen = usePage(state => state.analysis.window)
  return useMemo(() => whole && windowIn(chosen, whole), [whole, chosen])
}

export function useRadius(): number | null {
  const radii = useDesk(state => state.held?.radii)
  const chosen = usePage(state => state.analysis.radius)
  if (!radii || radii.length === 0) return null
  return chosen !== null && radii.includes(chosen) ? chosen : usualRadius(radii)
}

/** Of all that is chosen only the filters; the same value as long as none of them changes. */
export const useFilter = () =>
  usePage(
    useShallow(({ analysis: { categories, statuses, sources, block } }) => ({
      categories,
      statuses,
      sources,
      block,
    })),
  )

/** To be used once, as long as the analyst's workspace is open. */
export function useDeskFollows(): void {
  const plan = usePlan(usePage(state => state.plan)).data
  const as = usePage(state => state.analysis.as)
  const isReporting = usePage(state => state.mode.mode === 'report')
  const level = useShownLevel()
  const radius = useRadius()
  const window = useWindow()
  const filter = useFilter()
  const { held, placed } = useDesk(useShallow(({ held, placed }) => ({ held, placed })))

  const county = plan?.county
  useEffect(() => {
    if (county) openDesk(county)
  }, [county])

  useEffect(() => {
    if (held) void filterDesk(filter)
  }, [held, filter])

  const version = held?.head.version
  const needsGrids = version !== undefined && (as === 'grids' || isReporting)
  const id = plan?.id
  const revision = plan?.revision
  // biome-ignore lint/correctness/useExhaustiveDependencies: other columns are placed anew
  useEffect(() => {
    if (!needsGrids || id === undefined || revision === undefined) return
    const { placed } = useDesk.getState()
    if (placed?.plan !== id || placed.revision !== revision) void placePlan(id, revision)
  }, [needsGrids, id, revision, version])

  const wanted = useMemo((): Wanted => {
    if (as === 'heat' && radius !== null) return { density: radius }
    return as === 'grids' && placed !== null && placed.plan === id ? { level } : null
  }, [as, radius, level, placed, id])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter, or another incident, is another answer
  useEffect(() => {
    if (held && window) void lookAtWindow(spanOf(window), wanted)
  }, [held, window, wanted, filter])
}

export function useCounted(): Counted | null {
  const planId = usePage(state => state.plan)
  const per = usePage(state => state.analysis.per)
  const grids = useGrids(planId).data?.grids
  const counts = useDesk(state => (state.placed?.plan === planId ? state.looked?.grids : null))
  return useMemo(() => (counts && grids ? countedOf(counts, grids, per) : null), [counts, grids, per])
}

export function useFacets(): Facets | null {
  const filter = useFilter()
  const categories = useDesk(state => state.held?.head.categories)
  const kinds = useDesk(state => state.looked?.kinds)
  return useMemo(
    () => (kinds && categories ? facetsOf(kinds, categories, allowedBy(filter, categories)) : null),
    [kinds, categories, filter],
  )
}

/** Another window; all the time there is is not written down, so that it grows with what is reported. */
export function chooseWindow(window: DayWindow, whole: DayWindow): void {
  const isAll = window.from <= whole.from && window.to >= whole.to
  usePage.getState().analyse({ window: isAll ? null : window })
}
