// Numbering grids anew: an explicit edit that a preview shows first.
import { renumber } from '../../core/coding/renumber.ts'
import type { EditOf } from '../../core/contract/edits.ts'
import { bounds, isRefusal, type Refusal, relabel } from '../../core/topology/index.ts'
import type { Around } from './around.ts'
import type { PlannedEdit } from './plan-edit.ts'

export async function planRenumber(
  { stored, coverage }: Around,
  request: EditOf<'renumber'>,
): Promise<PlannedEdit | Refusal> {
  const grids = [...stored.values()].map(({ id, level, parent, code, shape }) => ({
    id,
    level,
    parent,
    code,
    box: bounds(shape),
  }))
  const codes = renumber(grids, request.parent)
  if (!(codes instanceof Map)) return { refused: 'codes-exhausted', place: null, grid: codes.exhausted }
  const change = relabel(
    coverage,
    [...codes].map(([grid, code]) => ({ grid, code })),
  )
  if (isRefusal(change)) return change
  const tallied = (changed: typeof change.before) =>
    changed.map(grid => {
      const { persons, households, buildings } = stored.get(grid.id)!
      return { ...grid, persons, households, buildings }
    })
  return {
    change: { before: tallied(change.before), after: tallied(change.after) },
    sides: new Map(),
    bent: [],
    lineage: [],
    reads: [],
    warnings: [],
    drawn: [],
  }
}
