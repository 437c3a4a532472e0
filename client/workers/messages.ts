// What the page asks the kernel worker, and what it answers. Degrees outside, lattice steps inside.
import type { MultiPolygon, Place } from '../../core/contract/geometry.ts'
import type { RefusalCode, Tally } from '../../core/topology/model.ts'

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

export interface SideAnswer extends Tally {
  geometry: MultiPolygon
  /** A point well inside its largest face. */
  at: Place
}

export type Outcome =
  | { sides: { left: SideAnswer; right: SideAnswer }; grids: number }
  | { refused: RefusalCode; place: Place | null }

export type Request =
  | { ask: 'load'; number: number; grid: string; coverage: ArrayBuffer; weights: ArrayBuffer }
  | { ask: 'look'; number: number; points: readonly Place[]; pointer: PointerAt | null; done: boolean }

export type Answer =
  | { tell: 'loaded'; number: number }
  | { tell: 'looked'; number: number; snapped: Snapped | null; outcome: Outcome | null }
  | { tell: 'failed'; number: number; why: string }
