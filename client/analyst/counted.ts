// Counts by grid as the map, its legend and the table show them: one list of numbers, one set of classes.
import type { GridSummary } from '../../core/contract/grids.ts'
import type { CountsAtLevel } from '../../core/incidents/leaves.ts'
import { quantileBreaks } from '../app/quantiles.ts'
import type { Per } from './settings.ts'

export interface CountedGrid {
  readonly grid: GridSummary
  readonly count: number
  /** What is shown: the count, or divided; null where nobody lives. */
  readonly value: number | null
}

export interface Counted {
  /** Largest first. */
  readonly rows: readonly CountedGrid[]
  /** Where classes begin, the first of them left out; nothing and null have no class. */
  readonly breaks: readonly number[]
  readonly classes: number
  /** How many grids fall into each class; before them those without any. */
  readonly none: number
  readonly perClass: readonly number[]
  readonly classOf: ReadonlyMap<string, number>
  readonly inside: number
  readonly outside: number
}

const CLASSES = 5
const THOUSAND = 1000
const SQUARE_METRES = 1e6

export function divided(grid: Pick<GridSummary, 'persons' | 'areaSquareMetres'>, count: number, per: Per) {
  if (per === 'count') return count
  if (per === 'area') return (count * SQUARE_METRES) / Math.max(1, grid.areaSquareMetres)
  return grid.persons > 0 ? (count * THOUSAND) / grid.persons : null
}

export function countedOf(counts: CountsAtLevel, grids: readonly GridSummary[], per: Per): Counted {
  const known = new Map(grids.map(grid => [grid.id, grid]))
  const rows = counts.ids
    .flatMap((id, number): CountedGrid[] => {
      const grid = known.get(id)
      const count = counts.counts[number] ?? 0
      return grid ? [{ grid, count, value: divided(grid, count, per) }] : []
    })
    .sort((a, b) => (b.value ?? -1) - (a.value ?? -1) || b.count - a.count)
  const positive = rows.flatMap(({ value }) => (value ? [value] : []))
  const breaks = quantileBreaks(positive, CLASSES)
  const classes = positive.length > 0 ? breaks.length + 1 : 0
  const perClass = Array.from({ length: classes }, () => 0)
  const classOf = new Map<string, number>()
  for (const { grid, value } of rows) {
    const index = value ? breaks.findLastIndex(start => value >= start) + 1 : -1
    classOf.set(grid.id, index)
    if (index >= 0) perClass[index]! += 1
  }
  return {
    rows,
    breaks,
    classes,
    none: rows.length - positive.length,
    perClass,
    classOf,
    inside: rows.reduce((sum, row) => sum + row.count, 0),
    outside: counts.outside,
  }
}

export type SortKey = 'name' | 'count' | 'value'

export function sorted(rows: readonly CountedGrid[], key: SortKey, isDescending: boolean): CountedGrid[] {
  const compare = (a: CountedGrid, b: CountedGrid) => {
    if (key === 'name') return a.grid.code < b.grid.code ? 1 : -1
    if (key === 'count') return a.count - b.count
    return (a.value ?? -1) - (b.value ?? -1)
  }
  return [...rows].sort((a, b) => (isDescending ? compare(b, a) : compare(a, b)))
}
