// Down to which level the grids are shown right now, and what the levels of the plan are called.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridSummary } from '../../core/contract/grids.ts'
import { LEVELS, type Level } from '../../core/topology/model.ts'
import { useGrids, usePlan, useProfile } from '../api/queries.ts'
import { shownLevel } from '../map/levels.ts'
import { usePage } from './state.ts'

/** What the map shows before it has told of a view. */
const FIRST_ZOOM = 3.6

export const useShownLevel = (): Level =>
  usePage(state => shownLevel(state.view?.zoom ?? FIRST_ZOOM, state.level))

export interface NamedLevel {
  level: Level
  name: string
  count: number
}

/** The levels that the open plan has grids of. */
export function useLevels(): NamedLevel[] {
  const { t } = useTranslation()
  const { planId, language } = usePage(
    useShallow(state => ({ planId: state.plan, language: state.language })),
  )
  const profile = useProfile(usePlan(planId).data)
  const grids = useGrids(planId).data?.grids
  return useMemo(
    () =>
      LEVELS.flatMap(level => {
        const count = countOf(grids ?? [], level)
        const name = profile?.levels[level - 1]?.name[language] ?? t('levelNumber', { level })
        return count > 0 ? [{ level, name, count }] : []
      }),
    [grids, profile, language, t],
  )
}

const countOf = (grids: readonly GridSummary[], level: Level): number =>
  grids.reduce((count, grid) => count + (grid.level === level ? 1 : 0), 0)
