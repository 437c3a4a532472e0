// Whole grids given to another one: which, to whom, what everybody has then, and the yes.
import { Button, CloseButton, Group, Text } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { Failure } from '../api/call.ts'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { BROWSE, type Give } from '../modes/mode.ts'
import { forgetDetails, useChangePreview, useDetailsSession } from './details-session.ts'
import { changeOf, movedIn, saveGive } from './give-session.ts'
import { Keys } from './Keys.tsx'
import { Moved } from './Moved.tsx'
import { Warnings } from './Warnings.tsx'

const hintOf = ({ grids, to, choosing }: Give) => {
  if (choosing) return 'give.chooseTo'
  if (grids.length === 0) return 'give.choose'
  return to ? 'give.ready' : 'give.more'
}

export function GivePanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Give }) {
  const { t } = useTranslation()
  const { input, begin, set } = usePage()
  const { saving, failed, warnings } = useDetailsSession()
  const change = useMemo(() => changeOf(mode), [mode])
  const preview = useChangePreview(plan, change)
  const known = useMemo(() => new Map(grids.grids.map(grid => [grid.id, grid])), [grids])
  const refused = failed?.failure ?? (change ? preview.error : null)
  const place = refused instanceof Failure ? (refused.problem?.place ?? null) : null
  const message = refused?.message ?? null

  // What was asked of another choice is no answer to this one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the choice is what matters
  useEffect(() => forgetDetails, [change])
  // The place of the reason is marked on the map for as long as it holds.
  useEffect(() => {
    if (place && message) set({ fault: { at: place, text: message } })
    return () => set({ fault: null })
  }, [place, message, set])

  const nameOf = (id: string) => known.get(id)?.name || known.get(id)?.code || id
  const isWarned = warnings.length > 0
  return (
    <section className="work-panel" aria-label={t('give.title')} data-testid="give-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('give.title')}
          {mode.grids.length > 0 && (
            <span className="quiet-text"> · {t('merge.chosen', { n: mode.grids.length })}</span>
          )}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
          {t(hintOf(mode))}
        </Text>
      </div>
      {mode.grids.map(id => (
        <Group key={id} justify="space-between" wrap="nowrap" gap={4} className="picked">
          <span>
            {nameOf(id)} <span className="grid-code">{known.get(id)?.code}</span>
          </span>
          <CloseButton
            size="sm"
            aria-label={t('merge.remove', { name: nameOf(id) })}
            onClick={() => input({ on: 'grid', grid: id })}
          />
        </Group>
      ))}
      {mode.grids.length > 0 && (
        <Group gap="xs" wrap="nowrap">
          <Text size="sm">{t('give.to')}</Text>
          <Button
            className="grow"
            size="xs"
            variant={mode.choosing ? 'light' : 'default'}
            aria-pressed={mode.choosing}
            onClick={() => input({ on: 'choose-parent', choosing: !mode.choosing })}
            data-testid="give-to"
          >
            {mode.to ? nameOf(mode.to) : t('give.chooseButton')}
          </Button>
        </Group>
      )}
      {change && preview.data && (
        <Moved
          moved={movedIn(preview.data, known)}
          grids={grids.grids}
          colours={mode.to ? [mode.to] : []}
          synthetic={plan.synthetic}
        />
      )}
      {refused && (
        <Trouble title={t('border.refused')} testId="refusal">
          {message}
        </Trouble>
      )}
      <Warnings warnings={warnings} grids={grids.grids} />
      <Group gap="xs" grow className="work-buttons">
        <Button variant="default" onClick={() => begin(BROWSE)} data-testid="cancel">
          {t('cancel')}
        </Button>
        <Button
          color={isWarned ? 'orange' : undefined}
          disabled={!change || !preview.data}
          loading={saving === 'give' || (change !== null && preview.isFetching)}
          onClick={() => void saveGive()}
          data-testid={isWarned ? 'overrule' : 'confirm'}
        >
          {isWarned ? t('border.overrule') : t('give.confirm')}
        </Button>
      </Group>
      <Keys of={['finish', 'cancel']} />
    </section>
  )
}
