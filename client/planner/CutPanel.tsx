// A cut while it is drawn: both sides with people, households and buildings, the reason when it cannot be, and the yes.
import { Button, Group, Kbd, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Tally } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { writeCount, writeShare, writeTime } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { Trouble } from '../app/Trouble.tsx'
import { BROWSE, type Cut } from '../modes/mode.ts'
import { type CutSession, retryLoading, saveCut, useCutSession } from './cut-session.ts'
import { dropDraft } from './draft.ts'
import { type RefusalNow, useRefusal } from './use-refusal.ts'

const COUNTS = ['persons', 'households', 'buildings'] as const

function Sides({ sides, synthetic }: { sides: Record<'left' | 'right', Tally> | null; synthetic: boolean }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const whole = sides && sides.left.persons + sides.right.persons
  const cell = (side: 'left' | 'right', count: (typeof COUNTS)[number]) =>
    sides ? writeCount(sides[side][count], language) : '–'
  return (
    <div className="sides" aria-live="polite">
      <table>
        <thead>
          <tr>
            <td />
            {(['left', 'right'] as const).map(side => (
              <th
                key={side}
                scope="col"
                className="number"
                title={t(`cut.${side}Why`)}
                data-testid={`side-${side}`}
              >
                <span className={`chip chip-${side}`} aria-hidden="true" />
                {t(`cut.${side}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {COUNTS.map(count => (
            <tr key={count} className={count}>
              <th scope="row">{t(count)}</th>
              <td className="number" data-testid={`side-left-${count}`}>
                {cell('left', count)}
              </td>
              <td className="number" data-testid={`side-right-${count}`}>
                {cell('right', count)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('share')}</th>
            <td className="number">{sides ? writeShare(sides.left.persons, whole ?? 0, language) : '–'}</td>
            <td className="number">{sides ? writeShare(sides.right.persons, whole ?? 0, language) : '–'}</td>
          </tr>
        </tbody>
      </table>
      <div className="balance" aria-hidden="true" data-empty={!sides || undefined}>
        <span className="chip-left" style={{ flexGrow: sides ? sides.left.persons : 1 }} />
        <span className="chip-right" style={{ flexGrow: sides ? sides.right.persons : 1 }} />
      </div>
      <Synthetic shown={synthetic} />
    </div>
  )
}

function CutTrouble({ session, refusal }: { session: CutSession; refusal: RefusalNow | null }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const { failure, loaded, loading } = session
  const { problem } = failure ?? {}
  if (problem?.code === 'stale') {
    return (
      <Trouble title={t('cut.sendFailed')} testId="stale">
        {problem.actor && problem.at
          ? t('cut.stale', {
              actor: problem.actor,
              time: writeTime(problem.at, language),
              revision: problem.revision ?? '',
            })
          : failure?.message}
      </Trouble>
    )
  }
  if (failure && !refusal) {
    const unloaded = !loaded && !loading
    return (
      <Trouble
        title={t(unloaded ? 'cut.loadFailed' : 'cut.sendFailed')}
        onRetry={unloaded ? retryLoading : failure.retry ? () => void saveCut() : undefined}
        testId="cut-failed"
      >
        {failure.message}
      </Trouble>
    )
  }
  if (!refusal) return null
  return (
    <Trouble title={t('cut.refused')} testId="refusal">
      {refusal.text}
    </Trouble>
  )
}

function hintOf(mode: Cut, session: CutSession) {
  if (mode.grid === null) return mode.points.length > 0 ? 'cut.keptLine' : 'cut.chooseGrid'
  if (session.loading) return 'cut.loadingGrid'
  if (mode.done) return session.outcome && 'refused' in session.outcome ? 'cut.takeBack' : 'cut.finished'
  if (mode.points.length === 0) return 'cut.first'
  return mode.points.length > 1 && session.outcome && 'sides' in session.outcome ? 'cut.ready' : 'cut.next'
}

export function CutPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Cut }) {
  const { t } = useTranslation()
  const begin = usePage(state => state.begin)
  const session = useCutSession()
  const refusal = useRefusal()
  const target = grids.grids.find(grid => grid.id === mode.grid)
  const { outcome, saving } = session
  const sides = outcome && 'sides' in outcome ? outcome.sides : null
  const deeper = outcome && 'sides' in outcome ? outcome.grids - 1 : 0
  const keys = [
    ['⌫', t('cut.keys.back')],
    ['↵', t('cut.keys.finish')],
    ['Esc', t('cut.keys.cancel')],
    ['Alt', t('cut.keys.free')],
  ] as const
  return (
    <section className="work-panel" aria-label={t('cut.title')} data-testid="cut-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('cut.title')}
          {target && <span className="quiet-text"> · {target.name || target.code}</span>}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="cut-hint">
          {t(hintOf(mode, session))}
        </Text>
      </div>
      {mode.grid !== null && <Sides sides={sides} synthetic={plan.synthetic} />}
      {deeper > 0 && (
        <Text size="xs" c="dimmed">
          {t('cut.deeper', { n: deeper })}
        </Text>
      )}
      <CutTrouble session={session} refusal={refusal} />
      <Group gap="xs" grow className="work-buttons">
        <Button
          variant="default"
          onClick={() => {
            dropDraft(plan.id)
            begin(BROWSE)
          }}
          data-testid="cancel"
        >
          {t('cancel')}
        </Button>
        <Button
          disabled={!sides || mode.points.length < 2}
          loading={saving}
          onClick={() => void saveCut()}
          data-testid="confirm"
        >
          {t('cut.confirm')}
        </Button>
      </Group>
      <ul className="keys">
        {keys.map(([key, meaning]) => (
          <li key={key}>
            <Kbd>{key}</Kbd> {meaning}
          </li>
        ))}
      </ul>
    </section>
  )
}
