// The leader's card: what the tile knows at once, the details as they arrive, in places that do not move.
import { ActionIcon, Badge, Button, Group, Skeleton, Text, Tooltip } from '@mantine/core'
import { IconFocusCentered, IconScissors, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import { Failure } from '../api/call.ts'
import { useGridCard, useGrids, usePlan } from '../api/queries.ts'
import { writeArea, writeAreaToo, writeCount, writeLength, writeTime } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { beginCut } from '../planner/tools.ts'

type Known = Pick<GridSummary, 'id' | 'level' | 'code' | 'name' | 'persons' | 'households' | 'buildings'>

function Figures({ grid, card }: { grid: Known; card: GridCard | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const square = card?.areaSquareMetres
  const counts = [
    ['persons', t('personsUnit')],
    ['households', t('householdsUnit')],
    ['buildings', t('buildingsUnit')],
  ] as const
  return (
    <>
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
      <dl className="rows">
        <div>
          <dt>{t('area')}</dt>
          <dd data-testid="card-area">
            {square === undefined ? (
              <Skeleton width={120} height={14} />
            ) : (
              <>
                {writeArea(square, language)}{' '}
                <span className="quiet-text">{writeAreaToo(square, language)}</span>
              </>
            )}
          </dd>
        </div>
        <div>
          <dt>{t('card.density')}</dt>
          <dd>
            {square === undefined ? (
              <Skeleton width={90} height={14} />
            ) : (
              `${writeCount(Math.round(grid.persons / (square / 1e6)), language)} ${t('card.densityUnit')}`
            )}
          </dd>
        </div>
      </dl>
    </>
  )
}

function Related({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  const { language, chooseGrid, set } = usePage()
  if (!card) return <Skeleton height={64} />
  const listed = [
    {
      title: t('card.children'),
      grids: card.children.map(one => ({ ...one, aside: writeCount(one.persons, language) })),
    },
    {
      title: t('card.neighbours'),
      grids: card.neighbours.map(one => ({ ...one, aside: writeLength(one.sharedMetres, language) })),
    },
  ]
  return (
    <>
      {listed.map(({ title, grids }, index) =>
        grids.length === 0 && index === 0 ? null : (
          <section key={title}>
            <h3>
              {title} <span className="count">{grids.length}</span>
              {index === 1 && grids.length > 0 && <span className="aside">{t('card.shared')}</span>}
              {index === 0 && <span className="aside">{t('persons')}</span>}
            </h3>
            {grids.length === 0 && <p className="quiet-text">{t('card.noNeighbours')}</p>}
            <ul className="links">
              {grids.map(one => (
                <li key={one.id}>
                  <button
                    type="button"
                    data-testid={index === 1 ? 'neighbour' : 'child'}
                    onClick={() => chooseGrid(one.id)}
                    onPointerEnter={() => set({ hovered: one.id })}
                    onPointerLeave={() => set({ hovered: null })}
                  >
                    <span>
                      {one.name || one.code} <span className="grid-code">{one.code}</span>
                    </span>
                    <span className="number">{one.aside}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
    </>
  )
}

/** @param edits the workspace may change the plan */
export function GridCardPanel({ edits }: { edits: boolean }) {
  const { t } = useTranslation()
  const { language, plan: planId, grid: id, tip, chooseGrid, lookAt, set } = usePage()
  const plan = usePlan(planId).data
  const fetched = useGridCard(planId, id, plan?.revision)
  const listed = useGrids(planId).data?.grids.find(one => one.id === id)
  const card = fetched.data
  const known: Known | undefined = card ?? listed ?? (tip?.id === id ? ({ ...tip } as Known) : undefined)
  const gone = fetched.error instanceof Failure && fetched.error.status === 404
  const box = card?.bbox ?? listed?.bbox
  const zoomTo = () => box && lookAt(box)
  const path = card?.breadcrumb.filter(step => step.id !== id) ?? []
  return (
    <aside className="side-panel card" aria-label={t('card.label')} data-testid="card">
      <div className="panel-head">
        <div className="card-title">
          <Text size="xs" c="dimmed" className="card-path">
            {card?.area.name ?? plan?.areaName ?? '\u00a0'}
            {path.map(step => (
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
          <Group gap={6} wrap="nowrap">
            <Text component="h2" fw={700} size="xl" lh={1.25} data-testid="card-name">
              {known?.name || known?.code || '…'}
            </Text>
          </Group>
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
        {gone && <Trouble title={t('card.notFound')}>{fetched.error?.message}</Trouble>}
        {known && (
          <>
            <Group gap={6} mb="sm">
              <Badge variant="light" radius="sm" tt="none" data-testid="card-level">
                {t('levelNumber', { level: known.level })}
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
              <Synthetic shown={card?.synthetic ?? plan?.synthetic} />
            </Group>
            <Figures grid={known} card={card} />
            {fetched.isError && !gone && (
              <Trouble title={t('card.failed')} onRetry={() => void fetched.refetch()}>
                {fetched.error.message}
              </Trouble>
            )}
            {!fetched.isError && <Related card={card} />}
            <p className="quiet-text counted">
              {card ? t('card.counted', { time: writeTime(card.talliedAt, language) }) : '\u00a0'}
            </p>
          </>
        )}
      </div>
      {known && !gone && (
        <div className="panel-foot">
          {edits && (
            <Button
              variant="default"
              leftSection={<IconScissors size={16} />}
              disabled={plan?.state !== 'draft'}
              onClick={() => beginCut(known.id)}
              data-testid="card-cut"
            >
              {t('card.cut')}
            </Button>
          )}
          {edits ? (
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
          ) : (
            <Button
              variant="default"
              leftSection={<IconFocusCentered size={16} />}
              disabled={!box}
              onClick={zoomTo}
            >
              {t('card.zoomTo')}
            </Button>
          )}
        </div>
      )}
    </aside>
  )
}
