// Reshape, transfer, carve while they are drawn: which grids, what every grid wins and loses, and the yes.
import { Group, Select, Text } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { useProfile } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import type { Redraw } from '../modes/mode.ts'
import { isRing, leastPoints } from '../modes/redraw.ts'
import { BorderTrouble } from './BorderTrouble.tsx'
import { type BorderSession, useBorderSession } from './border-session.ts'
import { Keys } from './Keys.tsx'
import { Moved } from './Moved.tsx'
import { Pair } from './Pair.tsx'
import { PointEditor } from './PointEditor.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Warnings } from './Warnings.tsx'

/** In the select, what stands for level 1: no grid has it. */
const TOP = ''

function CarveForm({ mode, plan, grids }: { mode: Redraw; plan: Plan; grids: readonly GridSummary[] }) {
  const { t } = useTranslation()
  const set = usePage(state => state.set)
  const levels = useProfile(plan)?.levels
  const parent = grids.find(grid => grid.id === mode.grids[0])
  const kinds = levels?.[parent?.level ?? 0]?.kinds ?? [mode.gridKind]
  const other = kinds.includes(mode.gridKind) ? null : (kinds[0] ?? null)
  // Another level has other kinds.
  useEffect(() => {
    if (other) set({ mode: { ...mode, gridKind: other } })
  }, [other, mode, set])
  const parents = [
    { value: TOP, label: t('carve.top') },
    ...grids.filter(grid => grid.level < 4).map(({ id, name, code }) => ({ value: id, label: name || code })),
  ]
  return (
    <Group gap="xs" grow wrap="nowrap" align="flex-start">
      <Select
        size="xs"
        label={t('carve.kind')}
        allowDeselect={false}
        data={kinds.map(kind => ({ value: kind, label: t(`card.kind.${kind}`) }))}
        value={mode.gridKind}
        onChange={value => {
          const kind = kinds.find(one => one === value)
          if (kind) set({ mode: { ...mode, gridKind: kind } })
        }}
        data-testid="carve-kind"
      />
      <Select
        size="xs"
        label={t('carve.parent')}
        searchable
        limit={50}
        allowDeselect={false}
        data={parents}
        value={parent?.id ?? TOP}
        onChange={value => set({ mode: { ...mode, grids: value ? [value] : [] } })}
        data-testid="carve-parent"
      />
    </Group>
  )
}

function hintOf(mode: Redraw, session: BorderSession) {
  const what = mode.mode
  if (what !== 'carve' && mode.grids.length < 2) {
    return mode.grids.length === 0 ? (`${what}.chooseFirst` as const) : (`${what}.chooseSecond` as const)
  }
  if (session.loading) return 'cut.loadingGrid'
  if (mode.done) return session.outcome && 'refused' in session.outcome ? 'cut.takeBack' : 'cut.finished'
  if (mode.points.length === 0) return `${what}.first` as const
  return isRing(mode) ? 'border.closeIt' : 'reshape.next'
}

export function RedrawPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Redraw }) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const session = useBorderSession()
  const what = mode.mode
  const moved = session.outcome && 'moved' in session.outcome ? session.outcome.moved : null
  const able = moved !== null && mode.points.length >= leastPoints(mode)
  return (
    <section className="work-panel" aria-label={t(`${what}.title`)} data-testid={`${what}-panel`}>
      <div>
        <Text component="h2" fw={600}>
          {t(`${what}.title`)}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
          {t(hintOf(mode, session))}
        </Text>
      </div>
      {what === 'carve' ? (
        <CarveForm mode={mode} plan={plan} grids={grids.grids} />
      ) : (
        <Pair
          ids={mode.grids}
          grids={grids.grids}
          between={t(`${what}.between`)}
          canChoose={mode.points.length === 0}
        />
      )}
      {session.loaded && (
        <Moved
          moved={moved}
          grids={grids.grids}
          colours={what === 'carve' ? ['carved'] : mode.grids}
          synthetic={plan.synthetic}
        />
      )}
      <BorderTrouble />
      <Warnings warnings={session.warnings} grids={grids.grids} />
      <SaveButtons able={able} confirm={t(`${what}.confirm`)} />
      {session.loaded && (
        <PointEditor
          last={mode.points.at(-1) ?? null}
          onPlace={at => input({ on: 'point', at, reach: [0, 0] })}
        />
      )}
      <Keys of={['back', 'finish', 'cancel', 'free']} />
    </section>
  )
}
