// Whether the posts on a grid meet the staff rule that the profile sets for its level (R10, R11).
import { STAFF_NEEDS, type StaffNeed, type StaffRule, type StaffRuleKind } from '../../core/contract/staff.ts'

/** Who leads a grid, who works in it; every other role is one of the others, the X of 1+1+X. */
export const HEAD = 'head'
export const CADRE = 'cadre'
export const WORKER = 'worker'

const LEAST: Record<StaffRuleKind, Record<StaffNeed, number>> = {
  'one-worker': { head: 0, worker: 1, others: 0 },
  '1+1+x': { head: 1, worker: 1, others: 1 },
  heads: { head: 1, worker: 0, others: 0 },
}

/**
 * @param roles of the posts on this very grid. A cadre heads a grid that has no other head.
 * @param needs how many the profile wants at least, where it says so
 */
export function judgeRule(
  kind: StaffRuleKind,
  roles: readonly string[],
  needs: { readonly heads: number; readonly workers: number } | null = null,
): StaffRule {
  const number = (role: string) => roles.filter(one => one === role).length
  const named = number(HEAD)
  const cadres = number(CADRE)
  const heads = named > 0 ? named : Math.min(cadres, 1)
  const workers = number(WORKER)
  const others = roles.length - heads - workers
  const present: Record<StaffNeed, number> = { head: heads, worker: workers, others }
  const least = { ...LEAST[kind], ...(needs && { head: needs.heads, worker: needs.workers }) }
  const missing = STAFF_NEEDS.filter(need => present[need] < least[need])
  return { kind, complete: missing.length === 0, heads, workers, others, missing }
}
