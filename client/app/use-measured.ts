// The grids at the shown level with the number they are coloured by, and the classes of the legend.
import { useMemo } from 'react'
import type { GridSummary } from '../../core/contract/grids.ts'
import { useGrids, usePlan, useProfile } from '../api/queries.ts'
import { useCountedValues, useGridCounts } from '../leader/grid-counts.ts'
import {
  type Colouring,
  classOf,
  DEVIATION_BREAKS,
  isCounted,
  type Measure,
  measureOf,
} from '../map/colouring.ts'
import { isShownAt } from '../map/levels.ts'
import { quantileBreaks } from './quantiles.ts'
import { usePage } from './state.ts'
import { useShownLevel } from './use-level.ts'

const CLASSES = 5

export interface Measured {
  colouring: Colouring
  /** Largest first; of deviations the worst, to either side. */
  grids: { grid: GridSummary; value: number }[]
  /** How many grids fall into each class, lowest first. */
  counts: number[]
}

/** The counts behind the colours, while they need any. */
export function useShownCounts() {
  const planId = usePage(state => state.plan)
  const period = usePage(state => state.period)
  return useGridCounts(planId, usePlan(planId).data?.revision, useShownLevel(), useMeasure(), period)
}

export const useMeasure = (): Measure | null => usePage(state => state.colours[state.work])

export function useMeasured(): Measured | null {
  const planId = usePage(state => state.plan)
  const measure = useMeasure()
  const level = useShownLevel()
  const list = useGrids(planId).data?.grids
  const profile = useProfile(usePlan(planId).data)
  const values = useCountedValues(useShownCounts().data, measure)
  return useMemo(() => {
    if (!measure || !list || (isCounted(measure) && !values)) return null
    const weight = measure === 'deviation' ? Math.abs : (value: number) => value
    const bands = profile?.levels.map(one => one.band) ?? []
    const grids = list
      .filter(grid => isShownAt(grid, level))
      .flatMap(grid => {
        const value = measureOf({ measure, bands, values }, grid)
        return value === null ? [] : [{ grid, value }]
      })
      .sort((a, b) => weight(b.value) - weight(a.value))
    const breaks =
      measure === 'deviation'
        ? DEVIATION_BREAKS
        : quantileBreaks(
            grids.map(one => one.value),
            CLASSES,
          )
    const counts = Array.from({ length: breaks.length + 1 }, () => 0)
    for (const { value } of grids) counts[classOf(value, breaks)]! += 1
    return { colouring: { measure, breaks, bands, values }, grids, counts }
  }, [measure, list, profile, level, values])
}
