// The leader's card: what the tile knows in the frame of the click, the details in places that do not move.
import { ActionIcon, Badge, Button, Group, Tabs, Text, Tooltip } from '@mantine/core'
import { IconFocusCentered, IconForms, IconScissors, IconX, IconZoomScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import { Failure } from '../api/call.ts'
import { useGridCard, useGrids, usePlan } from '../api/queries.ts'
import { writeCount, writeTime } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { begin } from '../planner/tools.ts'
import { askGrid } from '../query/acts.ts'
import { CardGone } from './CardGone.tsx'
import { CardGrids } from './CardGrids.tsx'
import { CardIncidents } from './CardIncidents.tsx'
import { CardOverview } from './CardOverview.tsx'
import { CardPlaces } from './CardPlaces.tsx'
import { CardStaff } from './CardStaff.tsx'
import { CARD_TABS, type CardTab, showCardTab, useCardTab } from './card-tab.ts'

export type Known = Pick<
  GridSummary,
  'id' | 'level' | 'code' | 'name' | 'persons' | 'households' | 'buildings' | 'areaSquareMetres'
>

function Figures({ grid }: { grid: Known }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const counts = [
    ['persons', t('personsUnit')],
    ['households', t('householdsUnit')],
    ['buildings', t('buildingsUnit')],
  ] as const
  return (
    <dl className="figures">
      {counts.map(([count, unit]) => (
        <div key={count}>
          <dt>{t(count)}</dt>
          <dd>
            <span className="figure" data-testid={`card-${count}`}>
              {writeCount(grid[count], language)}
            </span>
            {unit && <span className="unit"> {unit}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Where the grid lies: the area, then every grid above it, each a way up. */
function Path({ card, areaName, id }: { card: GridCard | undefined; areaName: string; id: string | null }) {
  const { t } = useTranslation()
  const { chooseGrid, set } = usePage(useShallow(state => ({ chooseGrid: state.chooseGrid, set: state.set })))
  const steps = card?.breadcrumb.filter(step => step.id !== id) ?? []
  return (
    <Text size="xs" c="dimmed" className="card-path">
      {card?.area.name ?? areaName}
      {steps.map(step => (
        <span key={step.id}>
          {' › '}
          <button
            type="button"
            className="path-step"
            aria-label={t('card.up', { name: step.name || step.code })}
            onClick={() => chooseGrid(step.id)}
            onPointerEnter={() => set({ hovered: step.id })}
            onPointerLeave={() => set({ hovered: null })}
            data-testid="card-up"
          >
            {step.name || step.code}
          </button>
        </span>
      ))}
    </Text>
  )
}

function Marks({ grid, card }: { grid: Known; card: GridCard | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  return (
    <Group gap={6} wrap="nowrap" className="card-marks">
      <Badge variant="light" radius="sm" tt="none" data-testid="card-level">
        {t('levelNumber', { level: grid.level })}
        {card && ` · ${card.levelName[language]}`}
      </Badge>
      {card && (
        <Badge variant="default" radius="sm" tt="none" fw={500}>
          {t(`card.kind.${card.kind}`)}
        </Badge>
      )}
      {card?.locked && (
        <Badge color="red" variant="light" radius="sm" tt="none">
          {t('card.locked')}
        </Badge>
      )}
    </Group>
  )
}

function Parts({ grid, card }: { grid: Known; card: GridCard | undefined }) {
  const { t } = useTranslation()
  const tab = useCardTab(state => state.tab)
  const content: Record<CardTab, React.ReactNode> = {
    overview: <CardOverview grid={grid} card={card} />,
    staff: <CardStaff card={card} />,
    incidents: <CardIncidents key={grid.id} card={card} />,
    places: <CardPlaces card={card} />,
    grids: <CardGrids card={card} />,
  }
  return (
    <Tabs
      className="card-tabs"
      keepMounted={false}
      value={tab}
      onChange={value => showCardTab(CARD_TABS.find(one => one === value) ?? 'overview')}
    >
      <Tabs.List aria-label={t('card.tabsLabel')} grow>
        {CARD_TABS.map(one => (
          <Tabs.Tab key={one} value={one} data-testid={`card-tab-${one}`}>
            {t(`card.tabs.${one}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {CARD_TABS.map(one => (
        <Tabs.Panel key={one} value={one} className="card-part" tabIndex={0} data-testid={`card-part-${one}`}>
          {content[one]}
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}

/** @param edits the workspace may change the plan */
export function GridCardPanel({ edits }: { edits: boolean }) {
  const { t } = useTranslation()
  const {
    language,
    plan: planId,
    grid: id,
    tip,
    chooseGrid,
    lookAt,
  } = usePage(
    useShallow(({ language, plan, grid, tip, chooseGrid, lookAt }) => ({
      language,
      plan,
      grid,
      tip,
      chooseGrid,
      lookAt,
    })),
  )
  const plan = usePlan(planId).data
  const fetched = useGridCard(planId, id, plan?.revision)
  const listed = useGrids(planId).data?.grids.find(one => one.id === id)
  const failure = fetched.error instanceof Failure ? fetched.error : null
  const isGone = failure?.status === 404 || failure?.status === 410
  const card = isGone ? undefined : fetched.data
  const known: Known | undefined = card ?? listed ?? (tip?.id === id ? ({ ...tip } as Known) : undefined)
  const box = card?.bbox ?? listed?.bbox
  const zoomTo = () => box && lookAt(box)
  return (
    <aside className="side-panel card" aria-label={t('card.label')} data-testid="card">
      <div className="panel-head">
        <div className="card-title">
          <Path card={card} areaName={plan?.areaName ?? '\u00a0'} id={id} />
          <Text component="h2" fw={700} size="xl" lh={1.25} data-testid="card-name">
            {known?.name || known?.code || '…'}
          </Text>
          <Text size="sm" c="dimmed" className="number-left" data-testid="card-code">
            {known?.code ?? '\u00a0'}
          </Text>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('close')}
          onClick={() => chooseGrid(null)}
          data-testid="close-card"
        >
          <IconX size={18} />
        </ActionIcon>
      </div>
      <div className="panel-body">
        {isGone && <CardGone failure={failure} />}
        {known && !isGone && (
          <>
            <Marks grid={known} card={card} />
            <Figures grid={known} />
            {fetched.isError ? (
              <Trouble title={t('card.failed')} onRetry={() => void fetched.refetch()}>
                {fetched.error.message}
              </Trouble>
            ) : (
              <Parts grid={known} card={card} />
            )}
          </>
        )}
      </div>
      {known && !isGone && (
        <>
          <div className="counted">
            <Synthetic shown={card?.synthetic ?? plan?.synthetic} />
            {(card?.demo ?? plan?.demo) && (
              <Badge color="#b93c0a" variant="filled" radius="sm" tt="none" data-testid="card-demo">
                {t('demo')}
              </Badge>
            )}
            <span className="quiet-text" data-testid="card-counted">
              {card && t('card.counted', { time: writeTime(card.talliedAt, language) })}
            </span>
          </div>
          <div className="panel-foot">
            {edits ? (
              <>
                <Button
                  variant="default"
                  leftSection={<IconScissors size={16} />}
                  disabled={plan?.state !== 'draft'}
                  onClick={() => begin('cut', known.id)}
                  data-testid="card-cut"
                >
                  {t('card.cut')}
                </Button>
                <Button
                  variant="default"
                  leftSection={<IconForms size={16} />}
                  disabled={plan?.state !== 'draft'}
                  onClick={() => begin('details', known.id)}
                  data-testid="card-details"
                >
                  {t('tools.details')}
                </Button>
              </>
            ) : (
              <Button
                variant="default"
                leftSection={<IconZoomScan size={16} />}
                onClick={() => askGrid(known.id)}
                data-testid="card-query"
              >
                {t('card.query')}
              </Button>
            )}
            <Tooltip label={t('card.zoomTo')}>
              <ActionIcon
                variant="default"
                size={36}
                aria-label={t('card.zoomTo')}
                disabled={!box}
                onClick={zoomTo}
              >
                <IconFocusCentered size={18} />
              </ActionIcon>
            </Tooltip>
          </div>
        </>
      )}
    </aside>
  )
}
