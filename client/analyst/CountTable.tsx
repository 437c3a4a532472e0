// The table beside the counted grids: the same numbers as the map, sorted as wished, one choice for both.
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGrids } from '../api/queries.ts'
import { writeCount, writeMeasure } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { useRowsInView } from '../app/use-rows-in-view.ts'
import { type Counted, type SortKey, sorted } from './counted.ts'
import { useCountSamples } from './Legends.tsx'

const ROW_HEIGHT = 34
const STUCK = { head: 28, foot: 0 }

export function CountTable({ counted }: { counted: Counted }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const per = usePage(state => state.analysis.per)
  const planId = usePage(state => state.plan)
  const chosen = usePage(state => state.grid)
  const hovered = usePage(state => state.hovered)
  const { chooseGrid, lookAt, set } = usePage.getState()
  const [{ key, isDescending }, setOrder] = useState<{ key: SortKey; isDescending: boolean }>({
    key: 'value',
    isDescending: true,
  })
  const list = useGrids(planId).data?.grids
  const names = useMemo(() => new Map(list?.map(one => [one.id, one.name || one.code])), [list])
  const rows = useMemo(() => sorted(counted.rows, key, isDescending), [counted, key, isDescending])
  const box = useRef<HTMLDivElement>(null)
  const { first, end } = useRowsInView(box, rows.length, ROW_HEIGHT, STUCK)
  const samples = useCountSamples(counted.classes)
  const columns: { key: SortKey; name: string }[] = [
    { key: 'name', name: t('name') },
    { key: 'count', name: t('analyst.grids.count') },
    ...(per === 'count' ? [] : [{ key: 'value' as const, name: t(`analyst.grids.${per}`) }]),
  ]
  const shownKey = per === 'count' && key === 'value' ? 'count' : key
  const order = (wanted: SortKey) =>
    setOrder(now => ({ key: wanted, isDescending: now.key === wanted ? !now.isDescending : true }))
  const gap = (count: number) =>
    count > 0 && (
      // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
      <tr aria-hidden="true">
        <td className="gap" colSpan={columns.length} style={{ height: count * ROW_HEIGHT }} />
      </tr>
    )
  return (
    <div ref={box} className="count-table">
      <table className="tree" aria-rowcount={rows.length + 1} data-testid="count-table">
        <caption className="unseen">{t('analyst.grids.caption')}</caption>
        <thead>
          <tr>
            {columns.map(column => (
              <th
                key={column.key}
                scope="col"
                className={column.key === 'name' ? undefined : 'number'}
                aria-sort={shownKey === column.key ? (isDescending ? 'descending' : 'ascending') : undefined}
              >
                <button
                  type="button"
                  className="sort"
                  aria-label={t('analyst.grids.sort', { name: column.name })}
                  onClick={() => order(column.key)}
                  data-testid={`sort-${column.key}`}
                >
                  {column.name}
                  {shownKey === column.key &&
                    (isDescending ? <IconChevronDown size={12} /> : <IconChevronUp size={12} />)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gap(first)}
          {rows.slice(first, end).map(({ grid, count, value }) => {
            const index = counted.classOf.get(grid.id) ?? -1
            return (
              <tr
                key={grid.id}
                className="count-row"
                aria-selected={chosen === grid.id}
                data-hovered={hovered === grid.id || undefined}
                style={{ height: ROW_HEIGHT }}
                onPointerEnter={() => set({ hovered: grid.id })}
                onPointerLeave={() => set({ hovered: null })}
                data-testid="count-row"
                data-grid={grid.id}
              >
                <th scope="row">
                  <button
                    type="button"
                    className="count-name"
                    aria-pressed={chosen === grid.id}
                    title={grid.code}
                    onClick={() => {
                      if (chosen === grid.id) chooseGrid(null)
                      else {
                        chooseGrid(grid.id, { ...grid })
                        lookAt(grid.bbox, 'unless-seen')
                      }
                    }}
                  >
                    <span className="swatch" style={{ background: samples[index] }} />
                    <span className="grid-name">
                      {grid.name || grid.code}{' '}
                      <span className="quiet-text">{grid.parent ? names.get(grid.parent) : null}</span>
                    </span>
                  </button>
                </th>
                <td className="number" data-testid="count-number">
                  {writeCount(count, language)}
                </td>
                {per !== 'count' && (
                  <td className="number">{value === null ? '–' : writeMeasure(value, language)}</td>
                )}
              </tr>
            )
          })}
          {gap(rows.length - end)}
        </tbody>
      </table>
    </div>
  )
}
