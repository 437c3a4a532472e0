// Puts a grid with all its descendants under another parent.
import type { Coverage } from '../coverage.ts'
import type { Refusal } from '../model.ts'
import type { GroundPlan } from '../plans.ts'
import { groundPlan, placeOf } from './ground-plan.ts'

/**
 * Refuses with `unknown-grid`, `different-depths` (the parent is not of the level above, or has no children),
 * `no-effect`, `would-empty` (the old parent's only child), `locked`; warns with `would-disconnect` when the grid does
 * not border its new parent, or tears the old one.
 */
export const reparent = (
  coverage: Coverage,
  request: { grid: string; parent: string },
): GroundPlan | Refusal => {
  const grid = coverage.grid(request.grid)
  const parent = coverage.grid(request.parent)
  if (!grid || !parent)
    return { refused: 'unknown-grid', place: null, grid: grid ? request.parent : request.grid }
  const place = placeOf(grid.shape)
  if (grid.parent === parent.id) return { refused: 'no-effect', place, grid: grid.id }
  if (grid.level !== parent.level + 1 || parent.leaf)
    return { refused: 'different-depths', place, grid: parent.id }
  return groundPlan(coverage, {
    kind: 'reparent',
    turns: [{ before: grid, after: { ...grid, parent: parent.id } }],
    flows: [],
    place,
  })
}
