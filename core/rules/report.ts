// The report on a plan: every rule once, then again only where an edit may have changed the answer.
import { boundsOf } from '../topology/coverage.ts'
import type { Shape } from '../topology/model.ts'
import type { Box } from '../topology/plans.ts'
import { bounds, boxesMeet } from '../topology/shape.ts'
import { judgeGrid } from './grid-rules.ts'
import { judgePlan } from './plan-rules.ts'
import type { DivisionFacts, Finding, GridFacts, PlanFacts, RuleSettings } from './rule.ts'
import { judgeSiblings, judgeVillage } from './sibling-rules.ts'

export interface RuleInput {
  readonly grids: ReadonlyMap<string, GridFacts>
  readonly divisions: readonly DivisionFacts[]
  readonly plan: PlanFacts
}

/** Findings by what they were found of: a grid, the grids of a parent, of a village, or the plan. */
export type Report = ReadonlyMap<string, readonly Finding[]>

export const findingsOf = (report: Report): Finding[] => [...report.values()].flat()

/** The whole report. */
export const judge = (input: RuleInput, settings: RuleSettings): Report =>
  judgeAgain(new Map(), input, settings, input.grids.keys())

/**
 * The report after an edit. `touched`: grids that came, went, or changed in anything; they, their siblings, old and new,
 * and their villages are judged again, and the plan.
 * @param input as it is now
 */
export const judgeAgain = (
  before: Report,
  input: RuleInput,
  settings: RuleSettings,
  touched: Iterable<string>,
  was: ReadonlyMap<string, GridFacts> = new Map(),
): Report => {
  const report = new Map(before)
  const set = (of: string, findings: readonly Finding[]) => {
    if (findings.length > 0) report.set(of, findings)
    else report.delete(of)
  }
  const parents = new Set<string | null>()
  const villages = new Set<string>()
  const grids = new Set<string>()
  for (const id of touched)
    for (const facts of [input.grids.get(id), was.get(id)]) {
      grids.add(id)
      if (!facts) continue
      parents.add(facts.grid.parent)
      if (facts.grid.parent !== null) grids.add(facts.grid.parent)
      if (facts.village !== null) villages.add(facts.village)
    }
  const childrenOf = new Map<string | null, GridFacts[]>()
  const ofVillage = new Map<string, GridFacts[]>()
  for (const facts of input.grids.values()) {
    const { parent, level, kind } = facts.grid
    push(childrenOf, parent, facts)
    if (level === 1 && kind === 'basic' && facts.village !== null) push(ofVillage, facts.village, facts)
  }
  for (const id of grids) {
    const facts = input.grids.get(id)
    if (!facts) {
      report.delete(`grid ${id}`)
      report.delete(`siblings ${id}`)
      continue
    }
    const box = boundsOf(facts.grid)
    const near = input.divisions.filter(({ shape }) => boxesMeet(box, boxOf(shape)))
    set(`grid ${id}`, [...judgeGrid(facts, childrenOf.get(id)?.length ?? 0, near, settings)])
  }
  for (const parent of parents)
    set(`siblings ${parent}`, [...judgeSiblings(childrenOf.get(parent) ?? [], settings)])
  for (const village of villages) set(`village ${village}`, judgeVillage(ofVillage.get(village) ?? []))
  set('plan', [...judgePlan(input.plan, settings)])
  return report
}

const boxes = new WeakMap<Shape, Box>()
const boxOf = (shape: Shape): Box => {
  const box = boxes.get(shape) ?? bounds(shape)
  boxes.set(shape, box)
  return box
}

const push = <K, V>(map: Map<K, V[]>, key: K, value: V) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
