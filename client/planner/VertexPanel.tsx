// A border vertex while it is moved: whose borders, what every grid wins and loses, taking it out, and the yes.
import { Button, Text } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { usePage } from '../app/state.ts'
import type { MoveVertex } from '../modes/mode.ts'
import { BorderTrouble } from './BorderTrouble.tsx'
import { type BorderSession, useBorderSession } from './border-session.ts'
import { Keys } from './Keys.tsx'
import { Moved } from './Moved.tsx'
import { PointEditor } from './PointEditor.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Warnings } from './Warnings.tsx'

function hintOf(mode: MoveVertex, session: BorderSession) {
  if (mode.grid === null) return 'vertex.chooseGrid'
  if (session.loading) return 'cut.loadingGrid'
  if (!mode.held) return 'vertex.grab'
  if (mode.done && session.outcome && 'refused' in session.outcome) return 'vertex.again'
  if (mode.remove) return 'vertex.removed'
  return mode.done ? 'vertex.moved' : (`vertex.drop.${mode.held.what}` as const)
}

/** The vertex that lies nearest to a typed place. */
function nearest(vertices: readonly Place[], [lng, lat]: Place): Place | null {
  const stretch = Math.cos((lat * Math.PI) / 180)
  const away = ([x, y]: Place) => Math.hypot((x - lng) * stretch, y - lat)
  return vertices.reduce<Place | null>((best, one) => (best && away(best) <= away(one) ? best : one), null)
}

export function VertexPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: MoveVertex }) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const session = useBorderSession()
  const { outcome, loaded, vertices } = session
  const moved = outcome && 'moved' in outcome ? outcome.moved : null
  const target = grids.grids.find(grid => grid.id === mode.grid)
  const shown = moved?.flatMap(one => (one.side ? [one.grid] : [])) ?? []
  const put = (at: Place) => {
    const held = mode.held ? null : nearest(vertices, at)
    if (held) input({ on: 'grab', at: held, what: 'vertex' })
    else input({ on: 'point', at, reach: [0, 0] })
  }
  return (
    <section className="work-panel" aria-label={t('vertex.title')} data-testid="vertex-panel">
      <div>
        <Text component="h2" fw={600}>
          {t('vertex.title')}
          {target && <span className="quiet-text"> · {target.name || target.code}</span>}
        </Text>
        <Text size="sm" c="dimmed" role="status" data-testid="draw-hint">
          {t(hintOf(mode, session))}
        </Text>
      </div>
      {mode.held && (
        <Moved moved={moved} grids={grids.grids} colours={shown.slice(0, 2)} synthetic={plan.synthetic} />
      )}
      {mode.held?.what === 'vertex' && !mode.remove && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconTrash size={15} />}
          onClick={() => input({ on: 'remove' })}
          data-testid="vertex-remove"
        >
          {t('vertex.remove')}
        </Button>
      )}
      <BorderTrouble />
      <Warnings warnings={session.warnings} grids={grids.grids} />
      <SaveButtons able={moved !== null && mode.done} confirm={t('vertex.confirm')} />
      {loaded && <PointEditor last={mode.remove ? null : (mode.to ?? mode.held?.at ?? null)} onPlace={put} />}
      <Keys of={['back', 'finish', 'cancel', 'free', 'remove']} />
    </section>
  )
}
