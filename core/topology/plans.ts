// The words of edits: what an operation promises before it is committed, and what the kernel finds at fault.
import type { Change, Grid, Level, Polygon, Position, Shape } from './model.ts'

export type Side = 'left' | 'right'

/** Least and greatest lattice coordinates: [minX, minY, maxX, maxY]. */
export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

/** One connected piece of a target that a line divides. */
export interface Piece {
  readonly side: Side
  readonly shape: Polygon
}

/** What a cut makes of one grid: the target itself, or a descendant. One side is null when it falls whole to the other. */
export interface Part {
  readonly grid: string
  readonly level: Level
  readonly left: Shape | null
  readonly right: Shape | null
}

/** Another grid (neighbour or ancestor, any level) whose outline an edit changes. */
export interface Bent {
  readonly grid: string
  readonly before: Shape
  readonly after: Shape
}

export interface SplitPlan {
  readonly kind: 'split'
  readonly grid: string
  /** Connected pieces of the target, two-coloured by the line: crossing the line changes the side. */
  readonly pieces: readonly Piece[]
  readonly left: Shape
  readonly right: Shape
  /** The target first, then every descendant, top down. */
  readonly parts: readonly Part[]
  readonly bent: readonly Bent[]
  /** The line as it will lie, inside the grid; its first and last positions are border nodes (or the same, when closed). */
  readonly cut: readonly (readonly Position[])[]
  readonly outerRingBent: boolean
  /** How far any existing border moves, in lattice steps. */
  readonly drift: number
  readonly touchedBox: Box
}

export interface MergePlan {
  readonly kind: 'merge'
  readonly grids: readonly string[]
  readonly keep: string
  readonly shape: Shape
  readonly bent: readonly Bent[]
  /** The borders that go. */
  readonly dissolved: readonly (readonly Position[])[]
  readonly touchedBox: Box
}

/** A part that needs a new grid: ask the caller for its id, code and name. */
export interface CreatedPart {
  /** The grid that was divided; the new one has its level, kind and lock. */
  readonly from: string
  readonly level: Level
  /** The new grid's parent (itself possibly just created). Parents are always asked for before their children. */
  readonly parent: string | null
  readonly side: Side
  readonly shape: Shape
}

export interface Identity {
  readonly id: string
  readonly code: string
  readonly name: string
}

/** Something to be told before an edit is made; it can be overruled. */
export interface Warning {
  readonly warning: 'would-disconnect' | 'cuts-building'
  readonly place: Position | null
  /** The grid that would be in more pieces than before. */
  readonly grid?: string
  /** The buildings that a new border would run through. */
  readonly buildings?: readonly string[]
}

/** What an operation on borders or on the tree promises, whole: `change` is what will be saved. */
export interface GroundPlan {
  readonly kind: string
  /** New grids carry the ids of `created` until the caller names them. */
  readonly change: Change
  readonly created: readonly string[]
  /** Which grid's ground went to which other grid, by leaves. */
  readonly lineage: readonly { readonly from: string; readonly to: string }[]
  /** Grids of any level that win or lose ground, or another parent. */
  readonly shifted: readonly string[]
  /** Other grids whose border bends by about a step, ancestors included. */
  readonly bent: readonly string[]
  /** The new borders as they will lie. */
  readonly drawn: readonly (readonly Position[])[]
  readonly outerRingBent: boolean
  readonly drift: number
  readonly touchedBox: Box
  readonly warnings: readonly Warning[]
}

/** Names a new grid of a plan; parents are asked for before their children. */
export type Identify = (grid: Grid) => Identity

export type FaultCode =
  | 'bad-ring'
  | 'bad-nesting'
  | 'overlap'
  | 'crossing'
  | 'missing-vertex'
  | 'too-near'
  | 'gap'
  | 'outline-differs'
  | 'bad-parent'
  | 'leaf-with-children'
  | 'no-children'

/** Something wrong with a coverage, and where. */
export interface Fault {
  readonly fault: FaultCode
  readonly grids: readonly string[]
  readonly place: Position | null
}
