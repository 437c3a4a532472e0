// Edits that move no border: name, code, kind, lock.
import { isCodeOf } from '../../core/coding/grid-code.ts'
import type { EditOf } from '../../core/contract/edits.ts'
import { isRefusal, type Label, type Refusal, relabel } from '../../core/topology/index.ts'
import { otherHolderOfCode } from '../plans/queries.ts'
import type { Around } from './around.ts'
import type { PlannedEdit } from './plan-edit.ts'

export type LabelRequest = EditOf<'rename' | 'recode' | 'change-kind' | 'lock'>

export async function planLabel(
  { tx, plan, stored, coverage }: Around,
  request: LabelRequest,
): Promise<PlannedEdit | Refusal> {
  const change = relabel(coverage, [labelOf(request)])
  if (isRefusal(change)) return change
  if (request.kind === 'recode') {
    const { level, code } = coverage.grid(request.grid)!
    if (request.code.length !== code.length || !isCodeOf(level, plan.area_code, request.code))
      return { refused: 'bad-code', place: null, grid: request.grid }
    if (await otherHolderOfCode(tx, plan, request.code, request.grid))
      return { refused: 'code-taken', place: null, grid: request.grid }
  }
  const { persons, households, buildings } = stored.get(request.grid)!
  const tallied = (grids: typeof change.before) =>
    grids.map(grid => ({ ...grid, persons, households, buildings }))
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

const labelOf = (request: LabelRequest): Label => {
  const { grid } = request
  switch (request.kind) {
    case 'rename':
      return { grid, name: request.name }
    case 'recode':
      return { grid, code: request.code }
    case 'change-kind':
      return { grid, kind: request.gridKind }
    case 'lock':
      return { grid, locked: request.locked }
  }
}
