import { expect, test } from 'vitest'
import { allowedBy, EVERYTHING, kindCount } from '../../core/incidents/filter.ts'
import { CATEGORIES } from '../../core/incidents/testing-columns.ts'
import { checkOf, rowsOf, toggled } from './category-tree.ts'
import { facetsOf } from './facets.ts'

//  order ── theft, fight ── brawl      nature ── rubbish
const check = (chosen: string[], category: string) => checkOf(CATEGORIES, chosen, category)

test('a choice stands for everything below it', () => {
  expect(check(['order'], 'brawl')).toBe('yes')
  expect(check(['brawl'], 'order')).toBe('part')
  expect(check(['brawl'], 'nature')).toBe('no')
})

test('taking one out of a choice leaves the others', () => {
  const without = toggled(CATEGORIES, ['order', 'rubbish'], 'brawl')
  expect(new Set(without)).toEqual(new Set(['rubbish', 'theft']))
  expect(toggled(CATEGORIES, without, 'theft')).toEqual(['rubbish'])
})

test('choosing a parent takes the place of what was chosen below it', () => {
  expect(toggled(CATEGORIES, ['brawl', 'rubbish'], 'order')).toEqual(['rubbish', 'order'])
})

test('rows are those under open parents, or what is looked for with all above it', () => {
  const names = (open: string[], search: string) =>
    rowsOf(CATEGORIES, new Set(open), search, one => one.name.zh).map(row => row.category.category)
  expect(names([], '')).toEqual(['order', 'nature'])
  expect(names(['order'], '')).toEqual(['order', 'theft', 'fight', 'nature'])
  expect(names([], 'BRA')).toEqual(['order', 'fight', 'brawl'])
  expect(names([], 'moon')).toEqual([])
})

test('every facet is counted by what the other filters let through', () => {
  const kinds = new Uint32Array(kindCount(CATEGORIES.length))
  const add = (category: number, status: number, source: number, count: number) => {
    kinds[category * 18 + status * 6 + source] = count
  }
  add(3, 0, 0, 4) // brawl, open, hotline
  add(1, 2, 1, 3) // theft, closed, grid
  add(5, 0, 1, 2) // rubbish, open, grid
  const allowed = allowedBy({ ...EVERYTHING, categories: ['order'], statuses: ['open'] }, CATEGORIES)
  const facets = facetsOf(kinds, CATEGORIES, allowed)
  expect(facets.categories).toEqual([4, 0, 4, 4, 2, 2])
  expect(facets.statuses).toEqual([4, 0, 3])
  expect(facets.sources).toEqual([4, 0, 0, 0, 0, 0])
})
