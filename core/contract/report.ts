// The report on a plan 检查: what the division rules R1–R13 find, each finding with its place, sentence and measure.
import { type Static, Type } from 'typebox'
import { RULES, SEVERITIES, UNITS, WHATS } from '../rules/rule.ts'
import { Box, Place } from './geometry.ts'
import { GridName, Id } from './grids.ts'
import { Day, Line, orNull } from './text.ts'

const Sentence = Type.Object({ zh: Type.String(), en: Type.String() })

export const RuleException = Type.Object({
  by: Type.String(),
  at: Type.String({ format: 'date-time' }),
  note: Type.String(),
})
export type RuleException = Static<typeof RuleException>

/** R1: a crossing is shown, and somebody has to confirm that it is meant. */
export const NewException = Type.Object(
  {
    grid: Id,
    rule: Type.Enum(['R1']),
    confirmed: Type.Boolean({ description: 'false: takes the confirmation back' }),
    note: Line,
  },
  { additionalProperties: false },
)
export type NewException = Static<typeof NewException>

export const ReportFinding = Type.Object({
  rule: Type.Enum([...RULES]),
  what: Type.Enum([...WHATS], { description: 'stable; the sentence is for people' }),
  severity: Type.Enum([...SEVERITIES], {
    description: 'error: the plan is not sound; warning: against a rule; note: worth a look',
  }),
  grids: Type.Array(GridName, { description: 'the one to look at first; none: the whole plan' }),
  above: orNull(Type.String({ description: 'name of the grid that the first one lies in' })),
  sentence: Sentence,
  place: orNull(Place),
  bbox: orNull(Box),
  value: orNull(Type.Number({ description: 'what was measured' })),
  unit: orNull(Type.Enum([...UNITS])),
  from: orNull(Type.Number({ description: 'it should be this at least' })),
  to: orNull(Type.Number({ description: 'it should be this at most' })),
  confirmed: orNull(
    Type.Object(RuleException.properties, {
      description: 'R1: who has confirmed that this grid crosses; holds until its ground changes',
    }),
  ),
})
export type ReportFinding = Static<typeof ReportFinding>

export const RuleCount = Type.Object({
  rule: Type.Enum([...RULES]),
  title: Sentence,
  how: Type.Object(Sentence.properties, { description: 'how it is checked in this plan' }),
  judged: Type.Boolean({ description: 'false: the level profile asks nothing of the kind' }),
  errors: Type.Integer(),
  warnings: Type.Integer(),
  notes: Type.Integer(),
})
export type RuleCount = Static<typeof RuleCount>

export const PlanReport = Type.Object({
  plan: Id,
  planName: Type.String(),
  revision: Type.Integer({ description: 'of the plan, at which the report is true' }),
  on: Type.Unsafe<string>({ ...Day, description: 'the day of the posts' }),
  demo: Type.Boolean({ description: 'of a generated place: show 演示数据' }),
  within: orNull(Id),
  grids: Type.Integer({ description: 'how many were judged' }),
  covered: Type.Object(
    { share: Type.Number(), buildingsOutside: Type.Integer(), personsOutside: Type.Integer() },
    { description: 'R12: ground that grids cover, and who is left out' },
  ),
  onLines: Type.Array(Type.Object({ level: Type.Integer(), share: Type.Number() }), {
    description: 'R5: share of all borders of a level that lie on roads, waters or edges of villages',
  }),
  rules: Type.Array(RuleCount),
  findings: Type.Array(ReportFinding, { description: 'by severity, then by rule and code of the grid' }),
})
export type PlanReport = Static<typeof PlanReport>
