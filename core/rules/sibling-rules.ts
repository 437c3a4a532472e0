// Rules that compare grids of one parent with one another, or the grids of one village.
import type { Position } from '../topology/model.ts'
import type { Finding, GridFacts, Limits, RuleSettings, Severity } from './rule.ts'

/** The work in a grid in people's worth of it (R3: people come first, R4: then the rest). */
export const workOf = (facts: GridFacts, { workOf: worth }: Limits): number =>
  facts.persons +
  facts.households * worth.household +
  facts.firms * worth.firm +
  (facts.areaSquareMetres / 1e6) * worth.squareKilometre

/** `siblings`: all grids of one parent (or all of level 1). */
export function* judgeSiblings(siblings: readonly GridFacts[], { limits }: RuleSettings): Generator<Finding> {
  const alike = siblings.filter(({ grid }) => grid.kind === 'basic')
  if (alike.length < 2) return
  const found = (
    rule: Finding['rule'],
    severity: Severity,
    { grid }: GridFacts,
    numbers: Finding['numbers'],
  ): Finding => ({ rule, severity, grids: [grid.id], place: cornerOf(grid.shape), numbers })

  const mean = alike.reduce((sum, facts) => sum + workOf(facts, limits), 0) / alike.length
  if (mean > 0)
    for (const facts of alike) {
      const deviation = workOf(facts, limits) / mean - 1
      if (Math.abs(deviation) > limits.deviation)
        yield found('R7', 'warning', facts, { work: workOf(facts, limits), mean, deviation })
    }
  for (const measure of ['areaSquareMetres', 'firms'] as const) {
    const middle = median(alike.map(facts => facts[measure]))
    if (middle === 0) continue
    for (const facts of alike)
      if (facts[measure] > middle * limits.times)
        yield found('R4', 'note', facts, { [measure]: facts[measure], median: middle })
  }
}

/** R2: one village, one grid, in principle. `ofVillage`: its basic grids of level 1. */
export const judgeVillage = (ofVillage: readonly GridFacts[]): Finding[] =>
  ofVillage.length < 2
    ? []
    : [
        {
          rule: 'R2',
          severity: 'note',
          grids: ofVillage.map(({ grid }) => grid.id),
          place: cornerOf(ofVillage[0]!.grid.shape),
          numbers: { grids: ofVillage.length },
        },
      ]

const cornerOf = (shape: GridFacts['grid']['shape']): Position | null => {
  const ring = shape[0]?.[0]
  return ring ? [ring[0]!, ring[1]!] : null
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
