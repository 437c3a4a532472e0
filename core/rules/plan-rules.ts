// Rules about the plan as a whole: cover, seams, where the people's numbers come from.
import type { Finding, PlanFacts, RuleSettings } from './rule.ts'

export function* judgePlan(plan: PlanFacts, { limits }: RuleSettings): Generator<Finding> {
  for (const { grids, place } of plan.faults)
    yield { rule: 'R9', severity: 'error', grids, place, numbers: {} }
  const uncovered = 1 - plan.coveredSquareMetres / plan.areaSquareMetres
  if (uncovered > limits.uncovered || plan.buildingsOutside > 0)
    yield {
      rule: 'R12',
      severity: 'warning',
      grids: [],
      place: null,
      numbers: { uncovered, buildingsOutside: plan.buildingsOutside },
    }
  if (plan.spread) yield { rule: 'R3', severity: 'note', grids: [], place: null, numbers: {} }
}
