// Renames, recodes, changes the kind, locks and unlocks grids: edits that move no border.
import type { Coverage } from '../coverage.ts'
import type { Change, Grid, GridKind, Refusal } from '../model.ts'
import { placeOf } from './ground-plan.ts'

export interface Label {
  readonly grid: string
  readonly name?: string
  readonly code?: string
  readonly kind?: GridKind
  readonly locked?: boolean
}

/**
 * What is left out stays. A locked grid can only be unlocked, or be unlocked in the same edit. Whether a code is free is
 * for the caller to say.
 *
 * Refuses with `unknown-grid`, `no-effect`, `locked`, `code-taken` (by a loaded grid).
 */
export const relabel = (coverage: Coverage, labels: readonly Label[]): Change | Refusal => {
  const before: Grid[] = []
  const after: Grid[] = []
  for (const { grid: id, ...label } of labels) {
    const grid = coverage.grid(id)
    if (!grid) return { refused: 'unknown-grid', place: null, grid: id }
    const given = Object.fromEntries(Object.entries(label).filter(([, value]) => value !== undefined))
    const next: Grid = { ...grid, ...given }
    if ((Object.keys(given) as (keyof typeof label)[]).every(key => grid[key] === next[key])) continue
    if (grid.locked && label.locked !== false)
      return { refused: 'locked', place: placeOf(grid.shape), grid: id }
    before.push(grid)
    after.push(next)
  }
  const [first] = labels
  if (before.length === 0) {
    const grid = first && coverage.grid(first.grid)
    return { refused: 'no-effect', place: grid ? placeOf(grid.shape) : null }
  }
  const recoded = after.filter((grid, i) => grid.code !== before[i]!.code)
  if (recoded.length > 0) {
    const leaving = new Set(recoded.map(grid => grid.id))
    const held = new Set([...coverage.grids()].flatMap(({ id, code }) => (leaving.has(id) ? [] : [code])))
    for (const grid of recoded) {
      if (held.has(grid.code)) return { refused: 'code-taken', place: placeOf(grid.shape), grid: grid.id }
      held.add(grid.code)
    }
  }
  return { before, after }
}
