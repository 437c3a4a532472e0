// The editing tools: what each needs, why it cannot be used right now, and how it begins.
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { gridsKey, planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import type { Words } from '../app/words.zh.ts'
import { startCut } from '../modes/cut.ts'
import { startDrawArea } from '../modes/draw-area.ts'
import { startMerge } from '../modes/merge.ts'
import type { Mode } from '../modes/mode.ts'

export type Tool = 'cut' | 'merge' | 'undo' | 'redo'
export type Reason = keyof Words['tools']['why']

/** Why a tool cannot be used; null when it can. */
export function whyNot(tool: Tool, plan: Plan, grids: GridList | undefined, mode: Mode): Reason | null {
  if (plan.state !== 'draft') return 'closed'
  if (mode.mode === tool) return null
  if (mode.mode !== 'browse') return 'busy'
  if (tool === 'merge' && grids && grids.grids.length < 2) return 'one'
  if (tool === 'undo' && plan.undo === null) return 'noUndo'
  if (tool === 'redo' && plan.redo === null) return 'noRedo'
  return null
}

function ready(tool: Tool): { grids: GridList | undefined } | null {
  const { plan: id, mode } = usePage.getState()
  const plan = queries.getQueryData<Plan>(planKey(id))
  const grids = queries.getQueryData<GridList>(gridsKey(id))
  return plan && !whyNot(tool, plan, grids, mode) ? { grids } : null
}

/** Cuts the grid that is selected, the only one there is, or the one to be clicked next. */
export function beginCut(grid: string | null = usePage.getState().grid): void {
  const { mode, begin } = usePage.getState()
  const able = ready('cut')
  if (!able || mode.mode === 'cut') return
  const all = able.grids?.grids ?? []
  const only = all.length === 1 ? all[0]?.id : undefined
  begin(startCut(grid ?? only ?? null))
}

export function beginMerge(): void {
  const { mode, begin, grid } = usePage.getState()
  if (ready('merge') && mode.mode !== 'merge') begin(startMerge(grid))
}

export const beginDrawArea = (): void => usePage.getState().begin(startDrawArea())
