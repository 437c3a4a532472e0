// soon
import type { Coverage } from '../coverage.ts'
import type { Change, Position, Refusal } from '../model.ts'
import type { CreatedPart, Identity, Side, SplitPlan } from '../plans.ts'
export const split = (
  _coverage: Coverage,
  _request: { grid: string; line: readonly Position[] },
): SplitPlan | Refusal => {
  throw new Error('soon')
}
export const commitSplit = (
  _coverage: Coverage,
  _plan: SplitPlan,
  _choice: { keep: Side; created: (part: CreatedPart) => Identity },
): Change => {
  throw new Error('soon')
}
