// A cut while it is drawn: both sides with people, households and buildings, the reason when it cannot be, and the yes.
import { SegmentedControl, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { GridSummary, Tally } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { writeCount, writeShare } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import type { Cut } from '../modes/mode.ts'
import type { PartAnswer } from '../workers/messages.ts'
import { BorderTrouble } from './BorderTrouble.tsx'
import { type BorderSession, useBorderSession } from './border-session.ts'
import { Keys } from './Keys.tsx'
import { PointEditor } from './PointEditor.tsx'
import { SaveButtons } from './SaveButtons.tsx'
import { Warnings } from './Warnings.tsx'

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

/** The grids below that are cut too, with the people of both parts. */
function Parts({ parts, grids }: { parts: readonly PartAnswer[]; grids: readonly GridSummary[] }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const rows = parts
    .map(part => ({ ...part, known: grids.find(grid => grid.id === part.grid) }))
    .sort((a, b) => (a.known?.level ?? 4) - (b.known?.level ?? 4))
  return (
    <div className="sides">
      <div className="moved-rows">
        <table>
          <caption className="quiet-text">{t('cut.deeper', { n: parts.length })}</caption>
          <tbody>
            {rows.map(({ grid, known, left, right }) => (
              <tr key={grid} data-testid="cut-part" data-grid={grid}>
                <th scope="row" title={known?.name}>
                  <span className="level-mark">{known?.level}</span>
                  {known?.name || known?.code}
                </th>
                <td className="number">{writeCount(left.persons, language)}</td>
                <td className="number">{writeCount(right.persons, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function hintOf(mode: Cut, session: BorderSession) {
  if (mode.grid === null) return mode.points.length > 0 ? 'cut.keptLine' : 'cut.chooseGrid'
  if (session.loading) return 'cut.loadingGrid'
  if (mode.done) return session.outcome && 'refused' in session.outcome ? 'cut.takeBack' : 'cut.finished'
  if (mode.points.length === 0) return mode.roads ? 'along.first' : 'cut.first'
  return mode.points.length > 1 && session.outcome && 'sides' in session.outcome
    ? 'cut.ready'
    : mode.roads
      ? 'along.next'
      : 'cut.next'
}

export function CutPanel({ plan, grids, mode }: { plan: Plan; grids: GridList; mode: Cut }) {
  const { t } = useTranslation()
  const input = usePage(state => state.input)
  const session = useBorderSession()
  const target = grids.grids.find(grid => grid.id === mode.grid)
  const { outcome, warnings } = session
  const cut = outcome && 'sides' in outcome ? outcome : null
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
      <SegmentedControl
        size="xs"
        aria-label={t('along.how')}
        data={[
          { value: 'straight', label: t('along.straight') },
          { value: 'roads', label: t('along.roads') },
        ]}
        value={mode.roads ? 'roads' : 'straight'}
        onChange={value => input({ on: 'roads', roads: value === 'roads' })}
        data-testid="cut-how"
      />
      {mode.grid !== null && <Sides sides={cut?.sides ?? null} synthetic={plan.synthetic} />}
      {cut && cut.parts.length > 0 && <Parts parts={cut.parts} grids={grids.grids} />}
      <BorderTrouble />
      <Warnings warnings={warnings} grids={grids.grids} />
      <SaveButtons able={cut !== null && mode.points.length > 1} confirm={t('cut.confirm')} />
      {mode.grid !== null && (
        <PointEditor
          last={mode.points.at(-1) ?? null}
          onPlace={at => input({ on: 'point', at, reach: [0, 0] })}
        />
      )}
      <Keys of={['back', 'finish', 'cancel', 'free']} />
    </section>
  )
}
