import { expect, test } from 'vitest'
import type { PlanReport, ReportFinding } from '../../core/contract/report.ts'
import { countsOf, EVERYTHING, listed } from './check-list.ts'

const finding = (rule: ReportFinding['rule'], severity: ReportFinding['severity'], level?: 1 | 2) =>
  ({ rule, severity, grids: level ? [{ id: `${rule}${level}`, level }] : [] }) as unknown as ReportFinding
const report = {
  findings: [
    finding('R6', 'warning', 1),
    finding('R6', 'warning', 2),
    finding('R5', 'note', 2),
    finding('R3', 'note'),
  ],
} as unknown as PlanReport

test('findings by rule, level and severity; counts are of what the other filters leave', () => {
  expect(listed(report, EVERYTHING)).toHaveLength(4)
  expect(listed(report, { ...EVERYTHING, rule: 'R6', level: 2 }).map(one => one.grids[0]?.id)).toEqual([
    'R62',
  ])
  expect(listed(report, { ...EVERYTHING, severity: 'note' }).map(one => one.rule)).toEqual(['R5', 'R3'])
  // The plan as a whole has no level.
  expect([...countsOf(report, { rule: 'R3', level: 2, severity: null })]).toEqual([
    ['R6', 1],
    ['R5', 1],
  ])
})
