// soon
import type { Coverage } from '../coverage.ts'
import type { Change, Refusal } from '../model.ts'
import type { MergePlan } from '../plans.ts'
export const merge = (
  _coverage: Coverage,
  _request: { grids: readonly string[]; keep: string },
): MergePlan | Refusal => {
  throw new Error('soon')
}
export const commitMerge = (_coverage: Coverage, _plan: MergePlan): Change => {
  throw new Error('soon')
}
