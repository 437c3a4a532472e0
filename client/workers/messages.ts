// What the page asks the kernel worker, and what it answers. Degrees outside, lattice steps inside.
import type { MultiPolygon, Place } from '../../core/contract/geometry.ts'
import type { RoadCourses } from '../../core/contract/plans.ts'
import type { NoWay } from '../../core/routing/road-path.ts'
import type { GridKind, Level, RefusalCode, Tally } from '../../core/topology/model.ts'

/** The pointer as the map saw it. */
export interface PointerAt {
  at: Place
  /** The nearest road within reach, if any. */
  road: Place | null
  /** Degrees for one pixel. */
  perPixel: Place
  /** No snapping wanted. */
  free: boolean
}

export type SnapKind = 'start' | 'vertex' | 'border' | 'road'
export interface Snapped {
  at: Place
  /** Null: nothing was near. */
  kind: SnapKind | null
}

/** What the line is for: the operation that the kernel runs with it. */
export type Act =
  | { do: 'split'; grid: string; roads: boolean }
  | { do: 'reshape'; grids: readonly [string, string] }
  | { do: 'transfer'; from: string; to: string }
  | { do: 'carve'; parent: string | null; gridKind: GridKind }
  /** Nothing is held yet: only what can be; of two grids the border they share. */
  | { do: 'find'; between?: readonly string[] }
  | { do: 'push'; grids: readonly [string, string]; from: Place }
  | { do: 'simplify'; grids: readonly [string, string]; metres: number; smooth: boolean }
  | { do: 'move-vertex' | 'insert-vertex'; from: Place }
  | { do: 'delete-vertex'; at: Place }

/** The line as it is when the question goes out. */
export interface LineNow {
  act: Act
  points: readonly Place[]
  /** No point follows the pointer. */
  done: boolean
}

export interface SideAnswer extends Tally {
  geometry: MultiPolygon
  /** A point well inside its largest face. */
  at: Place
}

/** A grid below that a cut goes through, with the people of both parts. */
export interface PartAnswer {
  grid: string
  left: Tally
  right: Tally
}

/** A grid that wins or loses ground. */
export interface MovedGrid {
  /** Of a grid that is to be made: no id that the page knows. */
  grid: string
  level: Level
  created: boolean
  gone: boolean
  /** What it wins, or loses below zero; all of it when it is created. */
  more: Tally
  /** As it would be, when the operation is about this grid. */
  side: SideAnswer | null
}

/** How a border that becomes simpler strays from where it was. */
export interface Strayed {
  metres: number
  /** Vertices that it loses and wins. */
  lost: number
  won: number
}

export type Outcome = (
  | { sides: { left: SideAnswer; right: SideAnswer }; parts: readonly PartAnswer[]; grids: number }
  | { moved: readonly MovedGrid[]; strayed?: Strayed }
  | { refused: RefusalCode | NoWay['none']; place: Place | null }
) & {
  /** The line along roads through the points. */
  course?: readonly Place[]
}

export type Request =
  | {
      ask: 'load'
      number: number
      grids: readonly string[]
      coverage: ArrayBuffer
      weights: ArrayBuffer
      /** For a cut along them. */
      roads: RoadCourses | null
    }
  | { ask: 'look'; number: number; line: LineNow; pointer: PointerAt | null }

export type Answer =
  | { tell: 'loaded'; number: number; ids: readonly string[]; vertices: readonly Place[] }
  | { tell: 'looked'; number: number; snapped: Snapped | null; outcome: Outcome | null }
  | { tell: 'failed'; number: number; why: string }
