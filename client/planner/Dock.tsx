// The planner's dock: which plan, the tools, and below them what is being done: the list, a cut, a merge, something new.
import { Tabs } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { useAreas, useGrids, usePlan, usePlans } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { Waiting } from '../app/Waiting.tsx'
import { borderMode, targetsOf } from './border-edits.ts'
import { resumeDraft } from './border-session.ts'
import { CheckPanel } from './CheckPanel.tsx'
import { CopyPlan } from './CopyPlan.tsx'
import { CutPanel } from './CutPanel.tsx'
import { DetailsPanel } from './DetailsPanel.tsx'
import { GivePanel } from './GivePanel.tsx'
import { GridTree } from './GridTree.tsx'
import { History } from './History.tsx'
import { MergePanel } from './MergePanel.tsx'
import { NewArea } from './NewArea.tsx'
import { NewPlan } from './NewPlan.tsx'
import { Others } from './Others.tsx'
import { PlanChooser } from './PlanChooser.tsx'
import { PushPanel } from './PushPanel.tsx'
import { RedrawPanel } from './RedrawPanel.tsx'
import { SimplifyPanel } from './SimplifyPanel.tsx'
import { Start } from './Start.tsx'
import { Toolbar } from './Toolbar.tsx'
import { VertexPanel } from './VertexPanel.tsx'

const TABS = ['grids', 'check', 'history'] as const

function OpenPlan({ id }: { id: string }) {
  const { t } = useTranslation()
  const { mode, page, set, choosePlan, area } = usePage(
    useShallow(({ mode, page, set, choosePlan, area }) => ({ mode, page, set, choosePlan, area })),
  )
  const plan = usePlan(id)
  const grids = useGrids(id)
  const list = grids.data
  const border = borderMode(mode)
  useEffect(() => {
    if (list) resumeDraft(id, list)
  }, [id, list])

  const failed = plan.error ?? grids.error
  if (failed) {
    const gone = 'status' in failed && failed.status === 404
    return (
      <Trouble
        title={t('start.failedTitle')}
        onRetry={
          gone ? () => choosePlan(null, area) : () => void Promise.all([plan.refetch(), grids.refetch()])
        }
        retryLabel={gone ? t('start.otherPlan') : t('retry')}
      >
        {gone ? t('start.unknownPlan') : failed.message}
      </Trouble>
    )
  }
  if (!plan.data || !list) return <Waiting rows={6} />
  return (
    <>
      <Others grids={list.grids} />
      {plan.data.state === 'draft' ? (
        <Toolbar plan={plan.data} grids={list} />
      ) : (
        <CopyPlan plan={plan.data} />
      )}
      {mode.mode === 'cut' && <CutPanel plan={plan.data} grids={list} mode={mode} />}
      {mode.mode === 'merge' && <MergePanel plan={plan.data} grids={list} mode={mode} />}
      {(mode.mode === 'reshape' || mode.mode === 'transfer' || mode.mode === 'carve') && (
        <RedrawPanel plan={plan.data} grids={list} mode={mode} />
      )}
      {mode.mode === 'vertex' && <VertexPanel plan={plan.data} grids={list} mode={mode} />}
      {mode.mode === 'push' && <PushPanel plan={plan.data} grids={list} mode={mode} />}
      {mode.mode === 'simplify' && <SimplifyPanel plan={plan.data} grids={list} mode={mode} />}
      {mode.mode === 'give' && <GivePanel plan={plan.data} grids={list} mode={mode} />}
      {mode.mode === 'details' && <DetailsPanel plan={plan.data} grids={list} mode={mode} />}
      {!border && (
        <Tabs
          className="dock-tabs"
          keepMounted={false}
          value={mode.mode === 'browse' ? (TABS.find(tab => tab === page) ?? 'grids') : 'grids'}
          onChange={value => set({ page: TABS.find(tab => tab === value) ?? 'grids' })}
        >
          <Tabs.List>
            <Tabs.Tab value="grids" data-testid="tab-grids">
              {t('grids.tab')} <span className="count">{list.grids.length}</span>
            </Tabs.Tab>
            <Tabs.Tab value="check" disabled={mode.mode !== 'browse'} data-testid="tab-check">
              {t('check.tab')}
            </Tabs.Tab>
            <Tabs.Tab value="history" disabled={mode.mode !== 'browse'} data-testid="tab-history">
              {t('history.tab')} <span className="count">{plan.data.revision}</span>
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="grids" className="dock-panel">
            <GridTree key={id} plan={plan.data} grids={list.grids} />
          </Tabs.Panel>
          <Tabs.Panel value="check" className="dock-panel">
            <CheckPanel plan={plan.data} />
          </Tabs.Panel>
          <Tabs.Panel value="history" className="dock-panel">
            <History plan={plan.data} />
          </Tabs.Panel>
        </Tabs>
      )}
      {border && targetsOf(border) === null && (
        <div className="dock-panel">
          <GridTree key={id} plan={plan.data} grids={list.grids} />
        </div>
      )}
    </>
  )
}

export function Dock() {
  const { t } = useTranslation()
  const { plan, page, mode } = usePage(useShallow(({ plan, page, mode }) => ({ plan, page, mode })))
  const areas = useAreas()
  const plans = usePlans()
  const failed = areas.error ?? plans.error
  const content = () => {
    if (failed) {
      return (
        <Trouble
          title={t('start.failedTitle')}
          onRetry={() => void Promise.all([areas.refetch(), plans.refetch()])}
        >
          {failed.message}
        </Trouble>
      )
    }
    if (!areas.data || !plans.data) return <Waiting rows={4} />
    if (mode.mode === 'draw-area' || page === 'new-area') return <NewArea />
    if (page === 'new-plan') return <NewPlan areas={areas.data} plans={plans.data} />
    if (areas.data.length === 0) return <Start what="area" />
    return (
      <>
        <PlanChooser areas={areas.data} plans={plans.data} canMake />
        {plan ? <OpenPlan id={plan} /> : <Start what={plans.data.length === 0 ? 'plan' : 'choose'} />}
      </>
    )
  }
  return (
    <aside className="dock" aria-label={t('top.panel')} data-testid="dock">
      {content()}
    </aside>
  )
}
