import { expect, test } from 'vitest'
import { dayEnd } from '../../core/measures/local-day.ts'
import { incidentFilter } from './incident-filter.ts'
import { orderBy, sortGrids } from './sort-grids.ts'

const grids = [
  { code: '02', persons: 5, households: 2, buildings: 1 },
  { code: '01', persons: 5, households: 9, buildings: 3 },
  { code: '03', persons: 8, households: 1, buildings: 2 },
]
const codes = (order: Parameters<typeof sortGrids>[1]) => sortGrids(grids, order).map(({ code }) => code)

test('codes begin with the first, numbers with the largest, and equal numbers go by code', () => {
  expect(codes({ by: 'code', turned: false })).toEqual(['01', '02', '03'])
  expect(codes({ by: 'persons', turned: false })).toEqual(['03', '01', '02'])
  expect(codes({ by: 'households', turned: true })).toEqual(['03', '02', '01'])
})

test('the same column again turns the order, another one begins anew', () => {
  const once = orderBy({ by: 'code', turned: false }, 'persons')
  expect(once).toEqual({ by: 'persons', turned: false })
  expect(orderBy(once, 'persons')).toEqual({ by: 'persons', turned: true })
  expect(orderBy({ by: 'persons', turned: true }, 'code')).toEqual({ by: 'code', turned: false })
})

test('the list behind a number asks for just what the number counts', () => {
  const today = { on: '2026-06-30', demo: true }
  const of = (count: Parameters<typeof incidentFilter>[0]) => incidentFilter(count, today, new Date())
  expect(of('open').getAll('status')).toEqual(['open', 'overdue'])
  expect(of('overdue').toString()).toBe('status=overdue')
  const days = (dayEnd(today.on).getTime() - Date.parse(of('last30Days').get('from') ?? '')) / 86_400_000
  expect(days).toBe(30)
  expect(of('lastYear').has('status')).toBe(false)
})
