// The leader's dock: which place, by what its grids are coloured, the legend, and the grids in that order.
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { useAreas, useGrids, usePlan, usePlans } from '../api/queries.ts'
import { Legend } from '../app/Legend.tsx'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { useMeasured } from '../app/use-measured.ts'
import { Waiting } from '../app/Waiting.tsx'
import { PlanChooser } from '../planner/PlanChooser.tsx'
import { LeaderColours } from './LeaderColours.tsx'
import { Ranking } from './Ranking.tsx'

export function LeaderDock() {
  const { t } = useTranslation()
  const planId = usePage(state => state.plan)
  const areas = useAreas()
  const plans = usePlans()
  const plan = usePlan(planId)
  const grids = useGrids(planId)
  const measured = useMeasured()
  const names = useMemo(
    () => new Map(grids.data?.grids.map(one => [one.id, one.name || one.code])),
    [grids.data],
  )
  const above = (one: GridSummary) => (one.parent ? (names.get(one.parent) ?? null) : null)
  const failed = areas.error ?? plans.error ?? plan.error ?? grids.error
  const retry = () => void Promise.all([areas.refetch(), plans.refetch(), plan.refetch(), grids.refetch()])
  return (
    <aside className="dock" aria-label={t('top.panel')} data-testid="leader-dock">
      {failed && (
        <Trouble title={t('start.failedTitle')} onRetry={retry}>
          {failed.message}
        </Trouble>
      )}
      {areas.data && plans.data ? (
        <PlanChooser areas={areas.data} plans={plans.data} canMake={false} />
      ) : (
        !failed && <Waiting rows={3} />
      )}
      {planId && (
        <>
          <LeaderColours />
          {grids.isPending && !failed && <Waiting rows={5} />}
          <Legend />
          {measured && measured.grids.length > 0 ? (
            <Ranking measured={measured} above={above} />
          ) : (
            grids.data && <p className="quiet-text">{t('lead.hint')}</p>
          )}
          <div className="table-foot">
            <Synthetic shown={plan.data?.synthetic} />
          </div>
        </>
      )}
    </aside>
  )
}
