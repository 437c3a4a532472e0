// The analyst's dock: which place, how the map shows its incidents, how many there are, and which of them are wanted.
import { Button, SegmentedControl } from '@mantine/core'
import { IconMapPinPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { writeDay } from '../../core/incidents/calendar.ts'
import { useAreas, usePlan, usePlans } from '../api/queries.ts'
import { writeCount, writeMeasure, writeShare } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { startReport } from '../modes/report.ts'
import { PlanChooser } from '../planner/PlanChooser.tsx'
import type { Held } from '../workers/heat-messages.ts'
import { CountTable } from './CountTable.tsx'
import { placePlan, retryDesk, useDesk } from './desk.ts'
import { Filters } from './Filters.tsx'
import { HourMatrix } from './HourMatrix.tsx'
import { GridsLegend, HeatLegend, PointsLegend } from './Legends.tsx'
import { SHOWN_AS } from './settings.ts'
import { useCounted, useWindow } from './use-desk.ts'
import { daysOf } from './window.ts'

/** The day of the data, or of a later report. */
const lastDay = ({ head, days }: Held): string => {
  const reported = days && writeDay(days[1])
  return reported && reported > head.on ? reported : head.on
}

function Figures() {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const held = useDesk(state => state.held)
  const looked = useDesk(state => state.looked)
  const window = useWindow()
  if (!held || !looked || !window) return <Waiting rows={1} />
  const { total } = looked
  return (
    <div className="found-figures" role="status" data-testid="figures">
      <strong data-testid="found">{t('analyst.figures.found', { n: writeCount(total, language) })}</strong>
      <span>{t('analyst.figures.perDay', { n: writeMeasure(total / daysOf(window), language) })}</span>
      <span className="quiet-text">
        {t('analyst.figures.ofAll', {
          n: writeCount(held.count, language),
          share: writeShare(total, held.count, language),
        })}
        {' · '}
        {t('analyst.figures.counted', { on: lastDay(held) })}
        {held.head.unplaced > 0 &&
          ` · ${t('analyst.figures.unplaced', { n: writeCount(held.head.unplaced, language) })}`}
      </span>
    </div>
  )
}

function Nothing() {
  const { t } = useTranslation()
  const analyse = usePage(state => state.analyse)
  return (
    <Trouble
      title={t('analyst.empty.window')}
      onRetry={() => analyse({ window: null, categories: [], statuses: [], sources: [], block: null })}
      retryLabel={`${t('analyst.empty.showAll')} · ${t('analyst.filter.clear')}`}
      testId="nothing-found"
    >
      {null}
    </Trouble>
  )
}

function CountedGrids() {
  const { t } = useTranslation()
  const counted = useCounted()
  const planId = usePage(state => state.plan)
  const plan = usePlan(planId).data
  const failure = useDesk(state => state.placeFailure)
  if (failure) {
    return (
      <Trouble
        title={t('analyst.grids.failed')}
        onRetry={plan && (() => void placePlan(plan.id, plan.revision))}
      >
        {failure.message}
      </Trouble>
    )
  }
  if (!planId) return <p className="quiet">{t('analyst.grids.noPlan')}</p>
  if (!counted) {
    return (
      <>
        <p className="quiet-text">{t('analyst.grids.placing')}</p>
        <Waiting rows={4} />
      </>
    )
  }
  return (
    <>
      <GridsLegend counted={counted} />
      <CountTable counted={counted} />
    </>
  )
}

function Loaded() {
  const { t } = useTranslation()
  const { as } = usePage(state => state.analysis)
  const count = useDesk(state => state.held?.count)
  const total = useDesk(state => state.looked?.total)
  if (count === 0) return <p className="quiet">{t('analyst.empty.none')}</p>
  return (
    <>
      <Figures />
      {total === 0 && <Nothing />}
      {as === 'heat' && <HeatLegend />}
      {as === 'points' && <PointsLegend />}
      {as === 'grids' && <CountedGrids />}
      <HourMatrix />
      <Filters />
    </>
  )
}

export function AnalystDock() {
  const { t } = useTranslation()
  const { as } = usePage(state => state.analysis)
  const mode = usePage(state => state.mode.mode)
  const { analyse, begin } = usePage.getState()
  const areas = useAreas()
  const plans = usePlans()
  const failure = useDesk(state => state.failure)
  const isHeld = useDesk(state => state.held !== null)
  const failed = areas.error ?? plans.error
  return (
    <aside className="dock" aria-label={t('top.panel')} data-testid="analyst-dock">
      {failed && (
        <Trouble
          title={t('start.failedTitle')}
          onRetry={() => void Promise.all([areas.refetch(), plans.refetch()])}
        >
          {failed.message}
        </Trouble>
      )}
      {areas.data && plans.data ? (
        <PlanChooser areas={areas.data} plans={plans.data} canMake={false} />
      ) : (
        !failed && <Waiting rows={3} />
      )}
      <div className="shown-as">
        <SegmentedControl
          className="grow"
          size="xs"
          aria-label={t('analyst.as.label')}
          value={as}
          onChange={value => analyse({ as: SHOWN_AS.find(one => one === value) ?? 'heat' })}
          data={SHOWN_AS.map(one => ({ value: one, label: t(`analyst.as.${one}`) }))}
          data-testid="shown-as"
        />
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconMapPinPlus size={16} />}
          disabled={mode !== 'browse'}
          onClick={() => begin(startReport())}
          data-testid="report"
        >
          {t('analyst.report.begin')}
        </Button>
      </div>
      {failure && (
        <Trouble title={t('analyst.failed')} onRetry={retryDesk} testId="incidents-failed">
          {failure.message}
        </Trouble>
      )}
      {!failure && !isHeld && (
        <>
          <p className="quiet-text">{t('analyst.loading')}</p>
          <Waiting rows={6} />
        </>
      )}
      {isHeld && <Loaded />}
    </aside>
  )
}
