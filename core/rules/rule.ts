// The words of the division rules R1–R13: what a profile sets, what is known of a grid, what is found.

import type { Grid, GridKind, Position, Shape } from '../topology/model.ts'
import type { Fault } from '../topology/plans.ts'

export const RULES = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
] as const
export type Rule = (typeof RULES)[number]

/** error: the plan is not sound; warning: against a rule; note: worth a look. */
export const SEVERITIES = ['error', 'warning', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** What exactly is found; each has its own sentence. */
export const WHATS = [
  'crosses-division',
  'village-divided',
  'people-spread',
  'large',
  'many-firms',
  'off-lines',
  'few-people',
  'many-people',
  'unequal-work',
  'in-pieces',
  'not-compact',
  'unsound',
  'no-staff-known',
  'few-heads',
  'few-workers',
  'no-others',
  'shared-worker',
  'ground-left-out',
  'people-left-out',
  'kind-not-allowed',
  'enterprise-area',
] as const
export type What = (typeof WHATS)[number]

export const UNITS = [
  'persons',
  'firms',
  'grids',
  'pieces',
  'heads',
  'workers',
  'others',
  'borders',
  'share',
  'ratio',
  'squareMetres',
] as const
export type Unit = (typeof UNITS)[number]

export interface Finding {
  readonly rule: Rule
  readonly what: What
  readonly severity: Severity
  /** Grids it is about, the one to look at first; none: the whole plan. */
  readonly grids: readonly string[]
  readonly place: Position | null
  /** What was measured, and between what it should lie; null: no measure, no bound. */
  readonly value: number | null
  readonly unit: Unit | null
  readonly from: number | null
  readonly to: number | null
}

export type Division = 'village' | 'town' | 'county'

/** What a profile sets for one level. */
export interface LevelSettings {
  readonly band: readonly [from: number, to: number] | null
  readonly kinds: readonly GridKind[]
  readonly within: Division | null
  readonly staff: 'one-worker' | '1+1+x' | 'heads' | null
  readonly needs: { readonly heads: number; readonly workers: number; readonly shared: boolean } | null
  /** Its grids are pieces of ground; a building or a courtyard has no border on a road. */
  readonly ground: boolean
}

/** Limits that no profile sets; a deployment may. */
export interface Limits {
  /** R4: this many times the median of its siblings is out of the common. */
  readonly times: number
  /** R5: share of a border that should lie on roads, waters or edges of villages. */
  readonly shareOnLines: number
  /** R7: how far the work in a grid may be from the mean of its siblings; a wider band of the profile allows more. */
  readonly deviation: number
  /** R8: least compactness (Polsby–Popper). */
  readonly compactness: number
  /** R11: one more worker for every so many grids below. */
  readonly gridsPerWorker: number
  /** R12: ground that may be left out, as a share of the area (2 cm along its border). */
  readonly uncovered: number
  /** R13: this many firms are an enterprise area. */
  readonly firms: number
  /** R4, R7: people that a household, a firm and a square kilometre count for as work. */
  readonly workOf: { readonly household: number; readonly firm: number; readonly squareKilometre: number }
}

export const LIMITS: Limits = {
  times: 3,
  shareOnLines: 0.5,
  deviation: 0.3,
  compactness: 0.2,
  gridsPerWorker: 10,
  uncovered: 1e-4,
  firms: 50,
  workOf: { household: 0, firm: 5, squareKilometre: 0 },
}

/** The posts on a grid, and what the staff rule of its level misses. */
export interface StaffFacts {
  readonly heads: number
  readonly workers: number
  readonly others: number
  readonly missing: readonly ('head' | 'worker' | 'others')[]
  /** Workers who also serve another grid, where the profile wants one of the grid's own. */
  readonly sharedWorkers: number
}

/** Everything that rules ask of one grid. */
export interface GridFacts {
  readonly grid: Grid
  readonly persons: number
  readonly households: number
  readonly firms: number
  readonly areaSquareMetres: number
  /** The whole outline, what of it lies on roads, waters or edges of villages, and the middle of the longest stretch that does not. */
  readonly border: {
    readonly metres: number
    readonly onLines: number
    readonly off: Position | null
  } | null
  readonly staff: StaffFacts | null
  /** The village that its middle lies in; null: unknown. */
  readonly village: string | null
  /** R1: it may cross a division: it, or a grid above it, is of a kind that is made to, or was confirmed to. */
  readonly exception: boolean
}

/** An administrative division near the grids in question. */
export interface DivisionFacts {
  readonly code: string
  readonly division: Division
  readonly shape: Shape
}

export interface PlanFacts {
  readonly areaSquareMetres: number
  readonly coveredSquareMetres: number
  /** Buildings of the area that no grid covers, the people in them, and where one stands. */
  readonly buildingsOutside: number
  readonly personsOutside: number
  readonly placeOutside: Position | null
  /** People were spread from a total, not counted. */
  readonly spread: boolean
  /** Somebody has a post on a grid of the plan; without any, R10 and R11 have nothing to judge. */
  readonly staffKnown: boolean
  /** What the kernel or the referee finds at fault. */
  readonly faults: readonly Fault[]
}

export interface RuleSettings {
  readonly levels: readonly LevelSettings[]
  readonly limits: Limits
}
