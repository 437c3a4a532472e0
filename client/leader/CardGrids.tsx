// Of the card: the grids inside as a table, and the neighbours with the border they share; a click goes there.
import { Skeleton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { GridCard } from '../../core/contract/grids.ts'
import { writeCount, writeLength } from '../app/numbers.ts'
import { usePage } from '../app/state.ts'
import { GRID_COLUMNS, type GridOrder, orderBy, sortGrids } from './sort-grids.ts'

function useGoing() {
  const { chooseGrid, set } = usePage(useShallow(state => ({ chooseGrid: state.chooseGrid, set: state.set })))
  return (id: string) => ({
    onClick: () => chooseGrid(id),
    onPointerEnter: () => set({ hovered: id }),
    onPointerLeave: () => set({ hovered: null }),
  })
}

function Children({ grids }: { grids: GridCard['children'] }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const going = useGoing()
  const [order, setOrder] = useState<GridOrder>({ by: 'code', turned: false })
  return (
    <table className="card-table">
      <thead>
        <tr>
          {GRID_COLUMNS.map(column => {
            const name = column === 'code' ? t('name') : t(column)
            const isSorted = order.by === column
            const rises = (column === 'code') !== order.turned
            const Arrow = rises ? IconArrowUp : IconArrowDown
            return (
              <th
                key={column}
                scope="col"
                className={column === 'code' ? undefined : 'number'}
                aria-sort={isSorted ? (rises ? 'ascending' : 'descending') : undefined}
              >
                <button
                  type="button"
                  className="path-step"
                  aria-label={t('card.sortBy', { column: name })}
                  onClick={() => setOrder(orderBy(order, column))}
                  data-testid={`sort-${column}`}
                >
                  {name}
                  {isSorted && <Arrow size={12} aria-hidden="true" />}
                </button>
              </th>
            )
          })}
        </tr>
      </thead>
      <tbody>
        {sortGrids(grids, order).map(grid => (
          <tr key={grid.id} {...going(grid.id)}>
            <th scope="row">
              <button type="button" className="path-step" data-testid="child">
                {grid.name || grid.code}
              </button>
              <div className="grid-code">{grid.code}</div>
            </th>
            <td className="number">{writeCount(grid.persons, language)}</td>
            <td className="number">{writeCount(grid.households, language)}</td>
            <td className="number">{writeCount(grid.buildings, language)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function CardGrids({ card }: { card: GridCard | undefined }) {
  const { t } = useTranslation()
  const language = usePage(state => state.language)
  const going = useGoing()
  if (!card) return <Skeleton height={260} mt="sm" />
  const { children, neighbours } = card
  return (
    <>
      <section>
        <h3>
          {t('card.children')} <span className="count">{children.length}</span>
        </h3>
        {children.length === 0 ? (
          <p className="quiet-text">{t('card.noChildren')}</p>
        ) : (
          <Children grids={children} />
        )}
      </section>
      <section>
        <h3>
          {t('card.neighbours')} <span className="count">{neighbours.length}</span>
          <span className="aside">{t('card.shared')}</span>
        </h3>
        {neighbours.length === 0 && <p className="quiet-text">{t('card.noNeighbours')}</p>}
        <ul className="links">
          {neighbours.map(one => (
            <li key={one.id}>
              <button type="button" data-testid="neighbour" {...going(one.id)}>
                <span>
                  {one.name || one.code} <span className="grid-code">{one.code}</span>
                </span>
                <span className="number">{writeLength(one.sharedMetres, language)}</span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
