// Results by kind: the kind of the best result first, within each the best first.
import type { SearchKind, SearchResult } from '../../core/contract/search.ts'

export interface ResultGroup {
  kind: SearchKind
  /** Each with its place in the order of the arrow keys. */
  results: { result: SearchResult; index: number }[]
}

export function groupResults(results: readonly SearchResult[]): ResultGroup[] {
  const groups = new Map<SearchKind, SearchResult[]>()
  for (const result of results) {
    const group = groups.get(result.kind)
    if (group) group.push(result)
    else groups.set(result.kind, [result])
  }
  let index = 0
  return [...groups].map(([kind, of]) => ({
    kind,
    results: of.map(result => ({ result, index: index++ })),
  }))
}

/** Where an arrow key leads, round the ends. */
export const stepIndex = (index: number, by: 1 | -1, count: number): number =>
  count === 0 ? 0 : (index + by + count) % count
