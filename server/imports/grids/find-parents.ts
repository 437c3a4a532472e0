// Who is above whom, as the file says it: by the parent's code, identity or name, else by the beginning of the code.
import type { Level } from '../../../core/topology/index.ts'
import type { GridRow } from './read-grid.ts'

export interface Placed extends GridRow {
  readonly at: Level
}

/** The key of the parent of each row that names one which is there; the others are found by where they lie. */
export function findParents(rows: readonly Placed[]): Map<string, string> {
  const parents = new Map<string, string>()
  for (const level of [1, 2, 3] as const) {
    const above = rows.filter(({ at }) => at === level)
    const by = (word: (row: Placed) => string | null) => onlyOnce(above, word)
    const [codes, ids, names] = [by(row => row.code), by(row => row.id), by(row => row.name)]
    const lengths = [...new Set([...codes.keys()].map(code => code.length))].sort((a, b) => b - a)
    for (const { key, at, parent, code } of rows) {
      if (at !== level + 1) continue
      const said = parent === null ? undefined : (codes.get(parent) ?? ids.get(parent) ?? names.get(parent))
      const begins =
        code === null
          ? undefined
          : lengths.map(n => (n < code.length ? codes.get(code.slice(0, n)) : undefined)).find(Boolean)
      const found = said ?? begins
      if (found) parents.set(key, found)
    }
  }
  return parents
}

/** Words that two rows share say nothing. */
function onlyOnce(rows: readonly Placed[], word: (row: Placed) => string | null): Map<string, string> {
  const found = new Map<string, string>()
  const twice = new Set<string>()
  for (const row of rows) {
    const said = word(row)
    if (said === null) continue
    if (found.has(said)) twice.add(said)
    found.set(said, row.key)
  }
  for (const said of twice) found.delete(said)
  return found
}
