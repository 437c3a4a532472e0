// Rules about the plan as a whole: cover, seams, where the people's numbers come from, whether staff is known.
import type { Finding, PlanFacts, RuleSettings } from './rule.ts'

const WHOLE = { grids: [], place: null, value: null, unit: null, from: null, to: null } as const

export function* judgePlan(plan: PlanFacts, { levels, limits }: RuleSettings): Generator<Finding> {
  for (const { grids, place } of plan.faults)
    yield { ...WHOLE, rule: 'R9', what: 'unsound', severity: 'error', grids, place }
  const left = plan.areaSquareMetres - plan.coveredSquareMetres
  if (left > plan.areaSquareMetres * limits.uncovered)
    yield {
      ...WHOLE,
      rule: 'R12',
      what: 'ground-left-out',
      severity: 'warning',
      value: left,
      unit: 'squareMetres',
      to: 0,
    }
  if (plan.buildingsOutside > 0)
    yield {
      ...WHOLE,
      rule: 'R12',
      what: 'people-left-out',
      severity: 'warning',
      place: plan.placeOutside,
      value: plan.personsOutside,
      unit: 'persons',
      to: 0,
    }
  if (plan.spread) yield { ...WHOLE, rule: 'R3', what: 'people-spread', severity: 'note' }
  if (!plan.staffKnown && levels.some(level => level.staff !== null))
    yield { ...WHOLE, rule: 'R10', what: 'no-staff-known', severity: 'note' }
}
