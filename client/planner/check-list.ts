// Which findings of the report are listed: by rule, level and how grave they are.
import type { PlanReport, ReportFinding } from '../../core/contract/report.ts'

export interface CheckFilter {
  readonly rule: ReportFinding['rule'] | null
  readonly level: number | null
  readonly severity: ReportFinding['severity'] | null
}
export const EVERYTHING: CheckFilter = { rule: null, level: null, severity: null }

const isMeant = (finding: ReportFinding, { rule, level, severity }: CheckFilter): boolean =>
  (rule === null || finding.rule === rule) &&
  (level === null || finding.grids[0]?.level === level) &&
  (severity === null || finding.severity === severity)

export const listed = ({ findings }: PlanReport, filter: CheckFilter): ReportFinding[] =>
  findings.filter(finding => isMeant(finding, filter))

/** How many of each rule there are at the level and of the severity that are asked for. */
export function countsOf(report: PlanReport, filter: CheckFilter): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { rule } of listed(report, { ...filter, rule: null }))
    counts.set(rule, (counts.get(rule) ?? 0) + 1)
  return counts
}
