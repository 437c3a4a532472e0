// The editing tools: what each needs, why it cannot be used right now, and how it begins.
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { gridsKey, planKey, queries } from '../api/queries.ts'
import { usePage } from '../app/state.ts'
import type { Words } from '../app/words.zh.ts'
import { startCut } from '../modes/cut.ts'
import { startDetails } from '../modes/details.ts'
import { startDrawArea } from '../modes/draw-area.ts'
import { startGive } from '../modes/give.ts'
import { startMerge } from '../modes/merge.ts'
import type { Mode } from '../modes/mode.ts'
import { startVertex } from '../modes/move-vertex.ts'
import { startPush } from '../modes/push.ts'
import { startRedraw } from '../modes/redraw.ts'
import { startSimplify } from '../modes/simplify.ts'

/** Tools that are a mode of the same name, with the key of each; a cut along roads is a cut. */
const EDIT_TOOLS = {
  cut: 'C',
  along: 'D',
  merge: 'M',
  reshape: 'R',
  push: 'P',
  vertex: 'V',
  simplify: 'F',
  transfer: 'T',
  give: 'G',
  carve: 'S',
  details: 'E',
} as const
export type EditTool = keyof typeof EDIT_TOOLS
export type Tool = EditTool | 'undo' | 'redo'
export type Reason = keyof Words['tools']['why']

export const KEY_OF: Record<Tool, string> = { ...EDIT_TOOLS, undo: 'Ctrl+Z', redo: 'Ctrl+Shift+Z' }
export const TOOLS = Object.keys(KEY_OF) as Tool[]
export const isEditTool = (tool: Tool): tool is EditTool => tool in EDIT_TOOLS
/** Which tool a key without Ctrl means. */
export const TOOL_KEYS: ReadonlyMap<string, Tool> = new Map(
  TOOLS.filter(isEditTool).map(tool => [KEY_OF[tool].toLowerCase(), tool]),
)

/** These join or divide what two neighbours share. */
const NEEDS_TWO: readonly Tool[] = ['merge', 'reshape', 'push', 'simplify', 'transfer', 'give']

/** The tool that is in the hand. */
export const toolOf = (mode: Mode): string => (mode.mode === 'cut' && mode.roads ? 'along' : mode.mode)

/** A line that is being drawn may turn to roads and back. */
const isOtherCut = (tool: Tool, mode: Mode): boolean =>
  mode.mode === 'cut' && (tool === 'cut' || tool === 'along')

/** Why a tool cannot be used; null when it can. */
export function whyNot(tool: Tool, plan: Plan, grids: GridList | undefined, mode: Mode): Reason | null {
  if (plan.state !== 'draft') return 'closed'
  if (toolOf(mode) === tool || isOtherCut(tool, mode)) return null
  if (mode.mode !== 'browse') return 'busy'
  if (NEEDS_TWO.includes(tool) && grids && grids.grids.length < 2) return 'one'
  if (tool === 'undo' && plan.undo === null) return 'noUndo'
  if (tool === 'redo' && plan.redo === null) return 'noRedo'
  return null
}

/** With the grid that is named or selected, or the only one there is; else it is to be clicked next. */
function startOf(tool: EditTool, grid: string | null, list: GridList | undefined): Mode {
  const all = list?.grids ?? []
  const one = grid ?? (all.length === 1 ? (all[0]?.id ?? null) : null)
  const chosen = grid === null ? [] : [grid]
  switch (tool) {
    case 'cut':
      return startCut(one)
    case 'along':
      return startCut(one, [], true)
    case 'merge':
      return startMerge(grid)
    case 'vertex':
      return startVertex(one)
    case 'details':
      return startDetails(one)
    case 'carve':
      // A grid at the bottom has nothing below it.
      return startRedraw(tool, all.some(other => other.id === grid && other.level === 4) ? [] : chosen)
    case 'reshape':
    case 'transfer':
      return startRedraw(tool, chosen)
    case 'push':
      return startPush(chosen)
    case 'simplify':
      return startSimplify(chosen)
    case 'give':
      return startGive(grid)
  }
}

export function begin(tool: EditTool, grid: string | null = usePage.getState().grid): void {
  const page = usePage.getState()
  const plan = queries.getQueryData<Plan>(planKey(page.plan))
  const grids = queries.getQueryData<GridList>(gridsKey(page.plan))
  if (!plan || toolOf(page.mode) === tool || whyNot(tool, plan, grids, page.mode)) return
  if (isOtherCut(tool, page.mode)) {
    page.input({ on: 'roads', roads: tool === 'along' })
    return
  }
  page.begin(startOf(tool, grid, grids))
}

export const beginDrawArea = (): void => usePage.getState().begin(startDrawArea())
