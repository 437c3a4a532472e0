// Every grid that wins or loses ground, at every level: how many people it has, and would have.
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import { writeCount } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import type { MovedGrid } from '../workers/messages.ts'

/** A change, with its sign. */
const writeMore = (more: number, language: 'zh' | 'en'): string =>
  more === 0 ? '±0' : `${more > 0 ? '+' : '−'}${writeCount(Math.abs(more), language)}`

interface Props {
  moved: readonly MovedGrid[] | null
  grids: readonly GridSummary[]
  /** Which grids have the first and the second colour on the map. */
  colours: readonly string[]
  synthetic: boolean
}

export function Moved({ moved, grids, colours, synthetic }: Props) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const rows = (moved ?? []).map(one => {
    const known = grids.find(grid => grid.id === one.grid)
    const before = known?.persons ?? 0
    const name = known?.name || known?.code || t(one.grid === 'rest' ? 'border.rest' : 'border.new')
    const colour = colours.indexOf(one.grid)
    return { ...one, name, before, after: before + one.more.persons, colour }
  })
  return (
    <div className="sides moved" aria-live="polite">
      <div className="moved-rows">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('border.grid')}</th>
              <th scope="col" className="number">
                {t('border.before')}
              </th>
              <th scope="col" className="number">
                {t('border.after')}
              </th>
              <th scope="col" className="number">
                {t('border.more')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ grid, level, created, gone, name, before, after, more, colour }) => (
              <tr key={grid} data-testid="moved" data-grid={grid}>
                <th scope="row" title={name}>
                  <span className="level-mark">{level}</span>
                  {colour >= 0 && <span className={`chip chip-${colour === 0 ? 'left' : 'right'}`} />}
                  {name}
                </th>
                <td className="number">{created ? '–' : writeCount(before, language)}</td>
                <td className="number" data-testid="moved-persons">
                  {gone ? '–' : writeCount(after, language)}
                </td>
                <td className="number">{writeMore(more.persons, language)}</td>
              </tr>
            ))}
            {rows.length === 0 && (
              <tr>
                <td colSpan={4} className="quiet-text">
                  {t('border.nothingYet')}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <Synthetic shown={synthetic} />
    </div>
  )
}
