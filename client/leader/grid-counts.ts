// What is counted for each grid of the shown level: posts and incidents, as the card counts them.
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CountsRequest, GridCounts } from '../../core/contract/analysis.ts'
import type { Level } from '../../core/topology/model.ts'
import { post } from '../api/call.ts'
import { queries } from '../api/queries.ts'
import { type CountedMeasure, isCounted, type Measure } from '../map/colouring.ts'
import { type Period, periodStart, type Today } from './period.ts'

const PATH = '/api/analysis/counts'
const count = (request: CountsRequest, signal: AbortSignal) =>
  post<GridCounts>(PATH, request, undefined, signal)

/** Which day it is for the county of a plan. */
const todayOf = (plan: string, signal: AbortSignal): Promise<Today> =>
  queries.fetchQuery({
    queryKey: ['today', plan],
    queryFn: () => count({ plan, level: 1, what: 'persons' }, signal),
    staleTime: 600_000,
  })

async function countFor(
  plan: string,
  level: Level,
  measure: CountedMeasure,
  period: Period,
  signal: AbortSignal,
): Promise<GridCounts> {
  if (measure === 'staff') return count({ plan, level, what: 'staff' }, signal)
  const from = periodStart(period, await todayOf(plan, signal), new Date())
  return count({ plan, level, what: 'incidents', ...(from && { from: from.toISOString() }) }, signal)
}

export function useGridCounts(
  plan: string | null,
  revision: number | undefined,
  level: Level,
  measure: Measure | null,
  period: Period,
) {
  const wanted = isCounted(measure) ? measure : null
  // A rate and its count are one answer.
  const what = wanted === 'staff' ? 'staff' : wanted && 'incidents'
  return useQuery({
    queryKey: ['counts', plan, what, level, what === 'incidents' ? period : null, revision],
    queryFn: ({ signal }) => countFor(plan ?? '', level, wanted ?? 'staff', period, signal),
    enabled: plan !== null && wanted !== null && revision !== undefined,
    placeholderData: (last, query) => (query?.queryKey[2] === what ? keepPreviousData(last) : undefined),
  })
}

/** The number of each grid that has one. */
export function useCountedValues(
  counts: GridCounts | undefined,
  measure: Measure | null,
): ReadonlyMap<string, number> | null {
  return useMemo(() => {
    if (!counts || !isCounted(measure)) return null
    const entries = counts.grids.flatMap(({ id, count, perThousand }): [string, number][] => {
      const value = measure === 'incidents' ? count : perThousand
      return value === null ? [] : [[id, value]]
    })
    return new Map(entries)
  }, [counts, measure])
}
