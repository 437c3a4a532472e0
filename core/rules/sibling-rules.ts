// Rules that compare grids of one parent with one another, or the grids of one village.
import { interiorPoint } from '../topology/shape.ts'
import { foundOf } from './grid-rules.ts'
import type { Finding, GridFacts, Limits, RuleSettings } from './rule.ts'

/** The work in a grid in people's worth of it (R3: people come first, R4: then the rest). */
export const workOf = (facts: GridFacts, { workOf: worth }: Limits): number =>
  facts.persons +
  facts.households * worth.household +
  facts.firms * worth.firm +
  (facts.areaSquareMetres / 1e6) * worth.squareKilometre

/**
 * `siblings`: all grids of one parent. Only pieces of ground can be made alike: a building or a courtyard is as it is, and
 * so is a village, at the top.
 */
export function* judgeSiblings(
  siblings: readonly GridFacts[],
  { levels, limits }: RuleSettings,
): Generator<Finding> {
  const alike = siblings.filter(({ grid }) => grid.kind === 'basic' && grid.parent !== null)
  const [first] = alike
  const level = first && levels[first.grid.level - 1]
  if (!level?.ground || alike.length < 2) return
  yield* judgeBalance(alike, allowedDeviation(level.band, limits), limits)
  for (const [measure, what, unit] of [
    ['areaSquareMetres', 'large', 'squareMetres'],
    ['firms', 'many-firms', 'firms'],
  ] as const) {
    const to = median(alike.map(facts => facts[measure])) * limits.times
    for (const facts of to > 0 ? alike : [])
      if (facts[measure] > to) yield foundOf(facts, ['R4', what, 'note'], { value: facts[measure], unit, to })
  }
}

/** Grids within their band may differ from one another as much as the band is wide. */
const allowedDeviation = (band: readonly [number, number] | null, { deviation }: Limits): number =>
  band ? Math.max(deviation, (band[1] - band[0]) / (band[1] + band[0])) : deviation

/** One finding for all siblings: the grid whose work is furthest from their mean. */
function* judgeBalance(alike: readonly GridFacts[], allowed: number, limits: Limits): Generator<Finding> {
  const mean = alike.reduce((sum, facts) => sum + workOf(facts, limits), 0) / alike.length
  if (mean === 0) return
  const off = (facts: GridFacts) => workOf(facts, limits) / mean - 1
  const worst = alike.reduce((most, facts) => (Math.abs(off(facts)) > Math.abs(off(most)) ? facts : most))
  if (Math.abs(off(worst)) <= allowed) return
  yield foundOf(worst, ['R7', 'unequal-work', 'note'], {
    value: off(worst),
    unit: 'share',
    from: -allowed,
    to: allowed,
  })
}

/** R2: one village, one grid, in principle. `ofVillage`: its basic grids of level 1. */
export const judgeVillage = (ofVillage: readonly GridFacts[]): Finding[] => {
  const [first, ...others] = ofVillage
  if (!first || others.length === 0) return []
  return [
    {
      rule: 'R2',
      what: 'village-divided',
      severity: 'note',
      grids: ofVillage.map(({ grid }) => grid.id),
      place: interiorPoint(first.grid.shape),
      value: ofVillage.length,
      unit: 'grids',
      from: null,
      to: 1,
    },
  ]
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
