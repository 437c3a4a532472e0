// soon
import type { Shape, Tally } from './model.ts'
import type { SplitPlan } from './plans.ts'
export interface Weights {
  readonly count: number
}
export const weightsOf = (_rows: {
  x: Int32Array
  y: Int32Array
  persons: Int32Array
  households: Int32Array
}): Weights => {
  throw new Error('soon')
}
export const tally = (_weights: Weights, _shape: Shape): Tally => {
  throw new Error('soon')
}
export const tallySplit = (_weights: Weights, _plan: SplitPlan): { left: Tally; right: Tally } => {
  throw new Error('soon')
}
