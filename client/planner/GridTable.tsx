// The grids of a plan as a table: the twin of the map, in step with its selection and its pointer.
import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { writeCount } from '../app/numbers.ts'
import { Synthetic } from '../app/Synthetic.tsx'
import { usePage } from '../app/state.ts'
import { GridRow } from './GridRow.tsx'
import { inTreeOrder } from './grid-order.ts'

const FILTER_FROM = 12
/** More rows than anybody reads; the filter finds the others. */
const MOST_ROWS = 500

export function GridTable({ plan, grids }: { plan: Plan; grids: readonly GridSummary[] }) {
  const { t } = useTranslation()
  const { language, grid, mode, input, chooseGrid, lookAt } = usePage()
  const [filter, setFilter] = useState('')
  const body = useRef<HTMLTableSectionElement>(null)
  const rows = useMemo(() => inTreeOrder(grids), [grids])
  const wanted = filter.trim().toLowerCase()
  const shown = rows.filter(
    one => !wanted || one.name.toLowerCase().includes(wanted) || one.code.includes(wanted),
  )
  const top = useMemo(() => {
    const level = Math.min(...grids.map(one => one.level))
    return grids.filter(one => one.level === level)
  }, [grids])
  const sum = (count: (one: GridSummary) => number) => top.reduce((total, one) => total + count(one), 0)

  useEffect(() => {
    if (grid) body.current?.querySelector(`[data-grid="${grid}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [grid])

  const choose = (one: GridSummary) => {
    if (mode.mode === 'browse') chooseGrid(grid === one.id ? null : one.id, { ...one })
    else input({ on: 'grid', grid: one.id })
  }
  const chosen = (one: GridSummary) => (mode.mode === 'merge' ? mode.grids.includes(one.id) : grid === one.id)
  return (
    <div className="grid-table">
      {grids.length >= FILTER_FROM && (
        <TextInput
          size="xs"
          placeholder={t('grids.filter')}
          aria-label={t('grids.filter')}
          leftSection={<IconSearch size={14} />}
          value={filter}
          onChange={event => setFilter(event.currentTarget.value)}
        />
      )}
      <div className="grid-scroll">
        <table>
          <caption className="unseen">{t('grids.caption')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col" className="number">
                {t('persons')}
              </th>
              <th scope="col" className="number">
                {t('households')}
              </th>
              <th scope="col" className="number">
                {t('buildings')}
              </th>
            </tr>
          </thead>
          <tbody ref={body}>
            {shown.slice(0, MOST_ROWS).map(one => (
              <GridRow
                key={one.id}
                grid={one}
                chosen={chosen(one)}
                onChoose={() => choose(one)}
                onLook={() => lookAt(one.bbox)}
              />
            ))}
          </tbody>
          {top.length > 1 && (
            <tfoot>
              <tr data-testid="grid-total">
                <th scope="row">{t('total')}</th>
                <td className="number">
                  {writeCount(
                    sum(one => one.persons),
                    language,
                  )}
                </td>
                <td className="number">
                  {writeCount(
                    sum(one => one.households),
                    language,
                  )}
                </td>
                <td className="number">
                  {writeCount(
                    sum(one => one.buildings),
                    language,
                  )}
                </td>
              </tr>
            </tfoot>
          )}
        </table>
        {grids.length === 0 && <p className="quiet">{t('grids.empty')}</p>}
        {grids.length > 0 && shown.length === 0 && <p className="quiet">{t('grids.nothing')}</p>}
      </div>
      <div className="table-foot">
        <Synthetic shown={plan.synthetic} />
      </div>
    </div>
  )
}
