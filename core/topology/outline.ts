// soon
import type { Position, Refusal, Shape } from './model.ts'

/** Something that was put right in an outline, how often, and where it first was. */
export interface OutlineChange {
  readonly what:
    | 'closed'
    | 'snapped'
    | 'duplicate-dropped'
    | 'spike-dropped'
    | 'ring-dropped'
    | 'turned'
    | 'noded'
    | 'ring-split'
  readonly count: number
  readonly place: Position
}
export interface CleanOutline {
  readonly shape: Shape
  readonly changes: readonly OutlineChange[]
}
export const cleanOutline = (_geometry: unknown): CleanOutline | Refusal => {
  throw new Error('soon')
}
