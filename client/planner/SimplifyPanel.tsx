// A border while it becomes simpler: between whom, how far it may move, how far it does, and the yes.
import { Checkbox, Group, NumberInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { writeCount, writeLength } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import type { Simplify } from '../modes/mode.ts'
import type { Strayed } from '../workers/messages.ts'
import { BorderTrouble } from './BorderTrouble.tsx'
import { type BorderSession, useBorderSession } from './border-session.ts'
import { Keys } from './Keys.tsx'
import { Moved } from './Moved.tsx'
import { Pair } from './Pair.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Warnings } from './Warnings.tsx'

const MOST_METRES = 1000

function hintOf({ grids }: Simplify, session: BorderSession) {
  if (grids.length < 2) return grids.length === 0 ? 'simplify.chooseFirst' : 'simplify.chooseSecond'
  return session.loading ? 'cut.loadingGrid' : 'simplify.ready'
}

function Form({ mode }: { mode: Simplify }) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const { metres, smooth } = mode
  return (
    <Group gap="sm" align="flex-end" wrap="nowrap">
      <NumberInput
        className="grow"
        size="xs"
        label={t('simplify.metres')}
        min={0.1}
        max={MOST_METRES}
        step={1}
        decimalScale={1}
        clampBehavior="strict"
        value={metres}
        onChange={value => {
          const next = Number(value)
          if (next > 0 && next <= MOST_METRES) input({ on: 'tolerance', metres: next, smooth })
        }}
        data-testid="simplify-metres"
      />
      <Checkbox
        size="xs"
        pb={6}
        label={t('simplify.smooth')}
        checked={smooth}
        onChange={event => input({ on: 'tolerance', metres, smooth: event.currentTarget.checked })}
        data-testid="simplify-smooth"
      />
    </Group>
  )
}

function Stray({ strayed: { metres, lost, won } }: { strayed: Strayed }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  return (
    <Text size="sm" data-testid="strayed">
      {t('simplify.strayed', {
        metres: writeLength(metres, language),
        lost: writeCount(lost, language),
        won: writeCount(won, language),
      })}
    </Text>
  )
}

export function SimplifyPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Simplify }) {
  const { t } = useTranslation()
  const session = useBorderSession()
  const { outcome, loaded, warnings } = session
  const found = outcome && 'moved' in outcome ? outcome : null
  return (
    <section className="work-panel" aria-label={t('simplify.title')} data-testid="simplify-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('simplify.title')}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
          {t(hintOf(mode, session))}
        </Text>
      </div>
      <Pair ids={mode.grids} grids={grids.grids} between={t('reshape.between')} canChoose />
      <Form mode={mode} />
      {found?.strayed && <Stray strayed={found.strayed} />}
      {loaded && (
        <Moved
          moved={found?.moved ?? null}
          grids={grids.grids}
          colours={mode.grids}
          synthetic={plan.synthetic}
        />
      )}
      <BorderTrouble />
      <Warnings warnings={warnings} grids={grids.grids} />
      <SaveButtons able={found !== null} confirm={t('simplify.confirm')} />
      <Keys of={['finish', 'cancel']} />
    </section>
  )
}
