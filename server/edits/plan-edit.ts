// Decides what a requested edit does: runs the kernel on the grids around it, names what is new, counts every change.
import { uuidv7 } from 'uuidv7'
import type { EditRequest, Merge, Side, Split } from '../../core/contract/edits.ts'
import {
  bounds,
  type Change,
  commitMerge,
  commitSplit,
  cutsBuilding,
  isRefusal,
  LATTICE,
  merge,
  type Position,
  type Refusal,
  split,
  type Tally,
  tallySplit,
  type Warning,
} from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import type { PlanRow } from '../plans/queries.ts'
import { footprintsAt } from '../registry/queries.ts'
import { type Around, loadFor, toLattice } from './around.ts'
import { namer } from './name-created.ts'
import { isGroundRequest, planGround } from './plan-ground.ts'
import { planLabel } from './plan-labels.ts'
import { planRenumber } from './plan-renumber.ts'
import type { Lineage, TalliedChange } from './queries.ts'
import { tallyChange, weightsAround, weightsOfChange } from './tally-change.ts'

/** What an edit would do, with every number: a preview shows it, a commit writes it. */
export interface PlannedEdit {
  readonly change: TalliedChange
  /** Split: which side of the line a part lies on. */
  readonly sides: ReadonlyMap<string, Side>
  /** Other grids whose border bends by about a lattice step. */
  readonly bent: readonly string[]
  readonly lineage: readonly Lineage[]
  /** Leaves that win or lose ground: they must be as the caller saw them. */
  readonly reads: readonly string[]
  readonly warnings: readonly Warning[]
  /** The new borders. */
  readonly drawn: readonly (readonly Position[])[]
}

/** @returns the whole change, or why it cannot be done and where. Reads only. */
export async function planEdit(
  tx: Tx,
  plan: PlanRow,
  request: EditRequest,
): Promise<(PlannedEdit & { around: Around }) | Refusal> {
  const around = await loadFor(tx, plan, request)
  const planned = await planKind(around, request)
  if (isRefusal(planned)) return planned
  const lines = planned.drawn.map(line => line.map(([x, y]) => [x / LATTICE, y / LATTICE] as const))
  const warning = cutsBuilding(planned.drawn, await footprintsAt(tx, plan.county, lines))
  return { ...planned, around, warnings: warning ? [...planned.warnings, warning] : planned.warnings }
}

const planKind = (around: Around, request: EditRequest): Promise<PlannedEdit | Refusal> => {
  if (isGroundRequest(request)) return planGround(around, request)
  switch (request.kind) {
    case 'split':
      return planSplit(around, request)
    case 'merge':
      return planMerge(around, request)
    case 'renumber':
      return planRenumber(around, request)
    default:
      return planLabel(around, request)
  }
}

async function planSplit(around: Around, request: Split): Promise<PlannedEdit | Refusal> {
  const { tx, plan, stored, coverage } = around
  const planned = split(coverage, { grid: request.grid, line: request.line.coordinates.map(toLattice) })
  if (isRefusal(planned)) return planned
  const target = stored.get(request.grid)!
  const box = bounds(target.shape)
  const own = await weightsAround(tx, plan.county, [box])
  const keep = request.keep ?? greaterSide(tallySplit(own, planned))
  const name = await namer(around, target.parent, [target.code])
  const sides = new Map<string, Side>([[target.id, keep]])
  const lineage: Lineage[] = []
  let exhausted = false
  const change = commitSplit(coverage, planned, {
    keep,
    created: part => {
      const id = uuidv7()
      const identity = name(id, part.level, part.parent)
      if (!identity) exhausted = true
      sides.set(id, part.side)
      lineage.push({ from: part.from, to: id })
      return { id, code: identity?.code ?? '', name: identity?.name ?? '' }
    },
  })
  if (exhausted) return { refused: 'codes-exhausted', place: null, grid: target.id }
  const weights = await weightsOfChange(tx, plan.county, change, { box, weights: own })
  const divided = new Set(planned.parts.flatMap(({ grid, left, right }) => (left && right ? [grid] : [])))
  return {
    change: tallyChange(weights, stored, change),
    sides,
    bent: planned.bent.map(bent => bent.grid),
    lineage,
    reads: change.before.flatMap(({ id, leaf }) => (leaf && divided.has(id) ? [id] : [])),
    warnings: [],
    drawn: planned.cut,
  }
}

/** The side with more people keeps the identity; with equal people, the one with more buildings. */
const greaterSide = ({ left, right }: { left: Tally; right: Tally }): Side =>
  right.persons > left.persons || (right.persons === left.persons && right.buildings > left.buildings)
    ? 'right'
    : 'left'

async function planMerge(around: Around, request: Merge): Promise<PlannedEdit | Refusal> {
  const { tx, plan, stored, coverage } = around
  const targets = request.grids.flatMap(id => stored.get(id) ?? [])
  const keep = request.keep ?? targets.reduce((a, b) => (b.persons > a.persons ? b : a), targets[0]!).id
  const planned = merge(coverage, { grids: request.grids, keep })
  if (isRefusal(planned)) return planned
  const change: Change = commitMerge(coverage, planned)
  const weights = await weightsOfChange(tx, plan.county, change)
  return {
    change: tallyChange(weights, stored, change),
    sides: new Map(),
    bent: planned.bent.map(bent => bent.grid),
    lineage: request.grids.filter(id => id !== keep).map(id => ({ from: id, to: keep })),
    reads: [],
    warnings: [],
    drawn: [],
  }
}
