import { expect, test } from 'vitest'
import type { SearchKind, SearchResult } from '../../core/contract/search.ts'
import { groupResults, stepIndex } from './group-results.ts'

const result = (kind: SearchKind, id: string): SearchResult => ({
  kind,
  id,
  name: id,
  context: '',
  place: null,
  bbox: null,
  plan: null,
  grid: null,
})

test('kinds come in the order of their best result, and arrow keys follow what is seen', () => {
  const groups = groupResults([
    result('address', 'a'),
    result('grid', 'b'),
    result('address', 'c'),
    result('staff', 'd'),
    result('grid', 'e'),
  ])
  expect(groups.map(({ kind }) => kind)).toEqual(['address', 'grid', 'staff'])
  const flat = groups.flatMap(({ results }) => results)
  expect(flat.map(({ result }) => result.id)).toEqual(['a', 'c', 'b', 'e', 'd'])
  expect(flat.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
})

test('arrow keys go round, and nowhere among nothing', () => {
  expect([stepIndex(0, 1, 3), stepIndex(2, 1, 3), stepIndex(0, -1, 3), stepIndex(0, 1, 0)]).toEqual([
    1, 0, 2, 0,
  ])
})
