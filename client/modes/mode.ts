// What a pointer or a key means now: a mode is data, a step makes the next mode and says what shall be done.
import type { Place } from '../../core/contract/geometry.ts'

export interface Browse {
  mode: 'browse'
}

/** Dividing a grid by a line. */
export interface Cut {
  mode: 'cut'
  /** Which grid; null until one is clicked. */
  grid: string | null
  points: readonly Place[]
  /** Where the line would go on to. */
  cursor: Place | null
  /** The line is finished and waits for a yes. */
  done: boolean
}

/** Joining neighbours. */
export interface Merge {
  mode: 'merge'
  grids: readonly string[]
  /** Which of them survives; null: the one with more people. */
  keep: string | null
}

/** Drawing the outline of a new area. */
export interface DrawArea {
  mode: 'draw-area'
  points: readonly Place[]
  cursor: Place | null
  done: boolean
}

export const DRAWN_SHAPES = ['polygon', 'circle', 'corridor', 'nearest'] as const
export type DrawnShape = (typeof DRAWN_SHAPES)[number]

/** Drawing the shape of a spatial query; when it is complete it is asked and the map can be looked at again. */
export interface DrawQuery {
  mode: 'draw-query'
  shape: DrawnShape
  /** Of a circle its centre; of the nearest nothing, the first point completes it. */
  points: readonly Place[]
  cursor: Place | null
}

/** Reporting an incident at a place. */
export interface Report {
  mode: 'report'
  at: Place | null
}

export type Mode = Browse | Cut | Merge | DrawArea | DrawQuery | Report

export type Input =
  /** The pointer is here, snapped; null when it has left the map. */
  | { on: 'move'; at: Place | null }
  /** A click put a point here, snapped; `reach` is how near counts as the same place (degrees). */
  | { on: 'point'; at: Place; reach: Place }
  /** A click met this grid, or none. */
  | { on: 'grid'; grid: string | null }
  | { on: 'finish' }
  | { on: 'back' }
  | { on: 'escape' }
  | { on: 'keep'; grid: string }

export type Intent =
  | { do: 'select'; grid: string | null }
  | { do: 'save' }
  | { do: 'ask'; shape: DrawnShape; points: readonly Place[] }

export interface Step<M extends Mode = Mode> {
  mode: M | Browse
  intent: Intent | null
}

export const BROWSE: Browse = { mode: 'browse' }
export const stay = <M extends Mode>(mode: M): Step<M> => ({ mode, intent: null })

export const isNear = (a: Place, b: Place, reach: Place): boolean =>
  Math.abs(a[0] - b[0]) <= reach[0] && Math.abs(a[1] - b[1]) <= reach[1]
