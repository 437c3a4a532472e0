// A judged plan as it is sent: findings in order with names, sentences and places, and how many of each rule.
import type { Box, Place } from '../../core/contract/geometry.ts'
import type { PlanReport, ReportFinding, RuleCount } from '../../core/contract/report.ts'
import { findingsOf } from '../../core/rules/report.ts'
import { type Finding, LIMITS, RULES, type Rule, SEVERITIES } from '../../core/rules/rule.ts'
import { howChecked, RULE_TITLES, sentenceOf } from '../../core/rules/sentences.ts'
import { type Grid, LATTICE } from '../../core/topology/index.ts'
import { bounds } from '../../core/topology/shape.ts'
import { ProblemError } from '../errors.ts'
import type { Judged } from './plan-reports.ts'

/** @throws a problem when the grid named is not in the plan */
export function writeReport(judged: Judged, within: string | undefined): PlanReport {
  const { plan, revision, clock, input, report } = judged
  const gridOf = (id: string) => input.grids.get(id)?.grid
  if (within !== undefined && !gridOf(within)) throw new ProblemError('unknown-grid')
  const isWithin = (id: string): boolean => {
    for (let at = gridOf(id); at; at = at.parent === null ? undefined : gridOf(at.parent))
      if (at.id === within) return true
    return false
  }
  const found = findingsOf(report).filter(({ grids }) => within === undefined || grids.some(isWithin))
  const findings = found.map(finding => writeFinding(finding, gridOf, judged.exceptions)).sort(inOrder)
  const { areaSquareMetres, coveredSquareMetres, buildingsOutside, personsOutside } = input.plan
  const judgedGrids = [...input.grids.values()].filter(
    ({ grid }) => within === undefined || isWithin(grid.id),
  )
  return {
    plan: plan.plan_id,
    planName: plan.name,
    revision,
    on: clock.on,
    demo: clock.demo,
    within: within ?? null,
    grids: judgedGrids.length,
    covered: {
      share: Math.min(1, coveredSquareMetres / areaSquareMetres),
      buildingsOutside,
      personsOutside,
    },
    onLines: judged.settings.levels.flatMap((_, index) => {
      const borders = judgedGrids.flatMap(({ grid, border }) =>
        grid.level === index + 1 && border ? [border] : [],
      )
      const metres = borders.reduce((sum, border) => sum + border.metres, 0)
      const onLines = borders.reduce((sum, border) => sum + border.onLines, 0)
      return metres > 0 ? [{ level: index + 1, share: onLines / metres }] : []
    }),
    rules: RULES.map(rule => countRule(rule, findings, judged)),
    findings,
  }
}

const steps = ([x, y]: readonly [number, number]): Place => [x / LATTICE, y / LATTICE]

function writeFinding(
  finding: Finding,
  gridOf: (id: string) => Grid | undefined,
  exceptions: Judged['exceptions'],
): ReportFinding {
  const { grids, place, ...rest } = finding
  const named = grids.flatMap(id => gridOf(id) ?? [])
  const [first] = named
  const above = first?.parent ? gridOf(first.parent) : undefined
  return {
    ...rest,
    grids: named.map(({ id, code, name, level }) => ({ id, code, name, level })),
    above: above ? above.name || above.code : null,
    sentence: sentenceOf(finding),
    place: place && steps(place),
    confirmed: (finding.rule === 'R1' && exceptions.get(grids[0]!)) || null,
    bbox: first ? (bounds(first.shape).map(step => step / LATTICE) as Box) : null,
  }
}

function inOrder(a: ReportFinding, b: ReportFinding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    RULES.indexOf(a.rule) - RULES.indexOf(b.rule) ||
    (a.grids[0]?.code ?? '').localeCompare(b.grids[0]?.code ?? '', 'en') ||
    a.what.localeCompare(b.what, 'en')
  )
}

function countRule(rule: Rule, findings: readonly ReportFinding[], judged: Judged): RuleCount {
  const own = findings.filter(finding => finding.rule === rule)
  const number = (severity: Finding['severity']) => own.filter(one => one.severity === severity).length
  return {
    rule,
    title: RULE_TITLES[rule],
    how: howChecked(rule, LIMITS),
    judged: isJudged(rule, judged),
    errors: number('error'),
    warnings: number('warning'),
    notes: number('note'),
  }
}

/** Whether the profile, or what is known, gives the rule anything to judge. */
function isJudged(rule: Rule, { settings: { levels }, input }: Judged): boolean {
  const { staffKnown } = input.plan
  switch (rule) {
    case 'R1':
      return levels.some(level => level.within !== null)
    case 'R5':
      return levels.some(level => level.ground)
    case 'R6':
      return levels.some(level => level.band !== null)
    case 'R10':
      return staffKnown && levels.some(({ staff }) => staff === 'one-worker' || staff === 'heads')
    case 'R11':
      return staffKnown && levels.some(({ staff }) => staff === '1+1+x')
    default:
      return true
  }
}
