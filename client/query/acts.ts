// Opening and leaving the tool 空间查询, and beginning to draw in it.
import { usePage } from '../app/state.ts'
import { startDrawQuery } from '../modes/draw-query.ts'
import { BROWSE, type DrawnShape } from '../modes/mode.ts'
import type { Asked } from './asked.ts'
import { setQueryTool } from './tool.ts'

export const openQueryTool = (): void => setQueryTool({ open: true })

export function closeQueryTool(): void {
  setQueryTool({ open: false, table: null, row: null, hovered: null })
  const { mode, set } = usePage.getState()
  set({ query: null, fault: null, ...(mode.mode === 'draw-query' && { mode: BROWSE }) })
}

/** What was asked before gives way to what will be drawn. */
export function drawShape(shape: DrawnShape): void {
  setQueryTool({ row: null, hovered: null, kind: shape })
  usePage.getState().set({ query: null })
  usePage.getState().begin(startDrawQuery(shape))
}

export const stopDrawing = (): void => usePage.getState().begin(BROWSE)

export function ask(query: Asked | null): void {
  setQueryTool({ row: null, hovered: null })
  usePage.getState().set({ query, fault: null, mode: BROWSE })
}

/** Everything about one grid. */
export function askGrid(grid: string): void {
  setQueryTool({ open: true, kind: 'grid' })
  ask({ kind: 'grid', grid })
}
