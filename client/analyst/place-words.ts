// The grids that own a place, from the top down, by the kernel's own test; for the form and nowhere else.
import { useEffect, useMemo, useState } from 'react'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import { useGrids } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { gridAtPlace, useDesk } from './desk.ts'

/** Undefined while it is being looked for; empty outside the plan. */
export function useGridsAt(at: Place | null): readonly GridSummary[] | undefined {
  const planId = usePage(state => state.plan)
  const list = useGrids(planId).data?.grids
  const placed = useDesk(state => state.placed)
  const [found, setFound] = useState<{ at: Place; id: string | null } | null>(null)
  useEffect(() => {
    if (!at || placed?.plan !== planId) return
    let isLatest = true
    void gridAtPlace(at).then(id => {
      if (isLatest) setFound({ at, id })
    })
    return () => {
      isLatest = false
    }
  }, [at, placed, planId])
  return useMemo(() => {
    if (!at || !list || found?.at !== at) return undefined
    const known = new Map(list.map(grid => [grid.id, grid]))
    const path: GridSummary[] = []
    for (let grid = known.get(found.id ?? ''); grid; grid = known.get(grid.parent ?? '')) path.unshift(grid)
    return path
  }, [at, list, found])
}
