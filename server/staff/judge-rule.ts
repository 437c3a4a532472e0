// Whether the posts on a grid meet the staff rule that the profile sets for its level (R10, R11).
import type { StaffNeed, StaffRule, StaffRuleKind } from '../../core/contract/staff.ts'

/** Who leads a grid, who works in it; every other role is one of the others, the X of 1+1+X. */
export const HEAD = 'head'
export const CADRE = 'cadre'
export const WORKER = 'worker'

const NEEDS: Record<StaffRuleKind, readonly StaffNeed[]> = {
  'one-worker': ['worker'],
  '1+1+x': ['head', 'worker', 'others'],
  heads: ['head'],
}

/** @param roles of the posts on this very grid. A cadre heads a grid that has no other head. */
export function judgeRule(kind: StaffRuleKind, roles: readonly string[]): StaffRule {
  const number = (role: string) => roles.filter(one => one === role).length
  const named = number(HEAD)
  const cadres = number(CADRE)
  const heads = named > 0 ? named : Math.min(cadres, 1)
  const workers = number(WORKER)
  const others = roles.length - heads - workers
  const present: Record<StaffNeed, number> = { head: heads, worker: workers, others }
  const missing = NEEDS[kind].filter(need => present[need] === 0)
  return { kind, complete: missing.length === 0, heads, workers, others, missing: [...missing] }
}
