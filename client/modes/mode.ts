// What a pointer or a key means now: a mode is data, a step makes the next mode and says what shall be done.
import type { Place } from '../../core/contract/geometry.ts'
import type { GridKind } from '../../core/topology/model.ts'

export interface Browse {
  mode: 'browse'
}

/** Dividing a grid by a line. */
export interface Cut {
  mode: 'cut'
  /** Which grid; null until one is clicked. */
  grid: string | null
  /** The points are places on roads, and the cut runs along them. */
  roads: boolean
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

export const REDRAWS = ['reshape', 'transfer', 'carve'] as const

/** Giving ground another owner: a new course for a border, an area for a neighbour, a grid of its own. */
export interface Redraw {
  mode: (typeof REDRAWS)[number]
  /** Reshape: the two neighbours. Transfer: who gives, who gets. Carve: the parent, or nothing for level 1. */
  grids: readonly string[]
  /** An open line to reshape; else an outline, which closes at its first point. */
  points: readonly Place[]
  cursor: Place | null
  done: boolean
  /** Of the grid that is carved out. */
  gridKind: GridKind
}

/** Moving, inserting or deleting a vertex of the borders in and around a grid. */
export interface MoveVertex {
  mode: 'vertex'
  /** Whose vertices can be grabbed; null until a grid is clicked. */
  grid: string | null
  /** What is held, and where it was. */
  held: { at: Place; what: 'vertex' | 'border' } | null
  /** Where it goes. */
  to: Place | null
  done: boolean
  /** It is to be taken out. */
  remove: boolean
}

/** Pushing the border of two neighbours: whole grids below them go over by the direction of movement. */
export interface Push {
  mode: 'push'
  grids: readonly string[]
  /** Where the border was taken hold of. */
  held: { at: Place; what: 'vertex' | 'border' } | null
  /** Where the hand is now. */
  to: Place | null
  done: boolean
}

/** Making the border of two neighbours simpler or smoother. */
export interface Simplify {
  mode: 'simplify'
  grids: readonly string[]
  /** How far it may move. */
  metres: number
  smooth: boolean
}

/** Giving whole grids to another one. */
export interface Give {
  mode: 'give'
  grids: readonly string[]
  /** Who gets them. */
  to: string | null
  /** The next click chooses who gets them. */
  choosing: boolean
}

/** Looking at one grid to change its name, kind, lock, parent, code or numbering. */
export interface Details {
  mode: 'details'
  grid: string | null
  /** The next click chooses a parent for it. */
  choosing: boolean
  parent: string | null
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

export type Mode =
  | Browse
  | Cut
  | Merge
  | Redraw
  | MoveVertex
  | Push
  | Simplify
  | Give
  | Details
  | DrawArea
  | DrawQuery
  | Report

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
  /** A vertex, or a place of a border, is taken hold of. */
  | { on: 'grab'; at: Place; what: 'vertex' | 'border' }
  /** The vertex that is held is to go. */
  | { on: 'remove' }
  /** The last point, or what is held, goes on by so much (degrees). */
  | { on: 'nudge'; by: Place }
  /** The next click chooses a parent, or who gets the grids, or no longer does. */
  | { on: 'choose-parent'; choosing: boolean }
  /** A cut goes along roads, or straight from point to point. */
  | { on: 'roads'; roads: boolean }
  /** How far a border may move to become simpler. */
  | { on: 'tolerance'; metres: number; smooth: boolean }

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

/** A place some degrees on. */
export const shifted = ([lng, lat]: Place, [east, north]: Place): Place => [lng + east, lat + north]

/** The points of a line, the last one some degrees on. */
export const nudged = (points: readonly Place[], by: Place): readonly Place[] => {
  const last = points.at(-1)
  return last ? [...points.slice(0, -1), shifted(last, by)] : points
}

/** One of two neighbours, clicked in or out. */
export const toggledPair = (grids: readonly string[], grid: string): readonly string[] => {
  if (grids.includes(grid)) return grids.filter(id => id !== grid)
  return grids.length < 2 ? [...grids, grid] : grids
}

export const isNear = (a: Place, b: Place, reach: Place): boolean =>
  Math.abs(a[0] - b[0]) <= reach[0] && Math.abs(a[1] - b[1]) <= reach[1]
