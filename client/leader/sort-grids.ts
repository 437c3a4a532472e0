// The order of a table of grids: names and codes from the first on, numbers from the largest, or the other way round.
import type { GridSummary } from '../../core/contract/grids.ts'

export const GRID_COLUMNS = ['code', 'persons', 'households', 'buildings'] as const
export type GridColumn = (typeof GRID_COLUMNS)[number]
export interface GridOrder {
  by: GridColumn
  /** Against the way a column begins. */
  turned: boolean
}

type Row = Pick<GridSummary, GridColumn>

export function sortGrids<R extends Row>(grids: readonly R[], { by, turned }: GridOrder): R[] {
  const byCode = (a: Row, b: Row) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
  const compare = by === 'code' ? byCode : (a: Row, b: Row) => b[by] - a[by] || byCode(a, b)
  return [...grids].sort((a, b) => (turned ? compare(b, a) : compare(a, b)))
}

/** The same column again turns the order. */
export const orderBy = (order: GridOrder, by: GridColumn): GridOrder => ({
  by,
  turned: order.by === by && !order.turned,
})
