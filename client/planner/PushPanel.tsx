// A border while it is pushed: between whom, which grids go over, what both sides have then, and the yes.
import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { usePage } from '../app/state.ts'
import type { Push } from '../modes/mode.ts'
import { BorderTrouble } from './BorderTrouble.tsx'
import { type BorderSession, useBorderSession } from './border-session.ts'
import { Keys } from './Keys.tsx'
import { Moved } from './Moved.tsx'
import { Pair } from './Pair.tsx'
import { PointEditor } from './PointEditor.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Warnings } from './Warnings.tsx'

function hintOf({ grids, held, to, done }: Push, session: BorderSession) {
  if (grids.length < 2) return grids.length === 0 ? 'push.chooseFirst' : 'push.chooseSecond'
  if (session.loading) return 'cut.loadingGrid'
  if (!held) return 'push.grab'
  if (done) return 'push.moved'
  return to && !(session.outcome && 'moved' in session.outcome) ? 'push.further' : 'push.drop'
}

export function PushPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Push }) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const session = useBorderSession()
  const { outcome, loaded, warnings } = session
  const moved = outcome && 'moved' in outcome ? outcome.moved : null
  // A typed place is first where the border is taken hold of, then where it goes.
  const put = (at: Place) =>
    mode.held ? input({ on: 'point', at, reach: [0, 0] }) : input({ on: 'grab', at, what: 'border' })
  return (
    <section className="work-panel" aria-label={t('push.title')} data-testid="push-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('push.title')}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
          {t(hintOf(mode, session))}
        </Text>
      </div>
      <Pair
        ids={mode.grids}
        grids={grids.grids}
        between={t('reshape.between')}
        canChoose={mode.held === null}
      />
      {moved && <Moved moved={moved} grids={grids.grids} colours={mode.grids} synthetic={plan.synthetic} />}
      <BorderTrouble />
      <Warnings warnings={warnings} grids={grids.grids} />
      <SaveButtons able={moved !== null && mode.done} confirm={t('push.confirm')} />
      {loaded && <PointEditor last={mode.to ?? mode.held?.at ?? null} onPlace={put} />}
      <Keys of={['back', 'finish', 'cancel']} />
    </section>
  )
}
