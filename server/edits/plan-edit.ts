// Decides what a requested edit does: runs the kernel on the grids around it, names what is new, counts every change.
import { uuidv7 } from 'uuidv7'
import { nextCode, sequenceOf, villageDigits } from '../../core/coding/grid-code.ts'
import type { EditRequest, Merge, Side, Split } from '../../core/contract/edits.ts'
import {
  type Change,
  type Coverage,
  commitMerge,
  commitSplit,
  coverageOf,
  type Grid,
  isRefusal,
  LATTICE,
  merge,
  type Position,
  type Refusal,
  split,
  type Tally,
  tallySplit,
} from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { codesGiven, loadAround, type PlanRow, type StoredGrid } from '../plans/queries.ts'
import type { Lineage, TalliedChange } from './queries.ts'
import { tallyChange, weightsAround } from './tally-change.ts'

/** What an edit would do, with every number: a preview shows it, a commit writes it. */
export interface PlannedEdit {
  readonly change: TalliedChange
  /** Split: which side of the line a part lies on. */
  readonly sides: ReadonlyMap<string, Side>
  /** Other grids whose border bends by about a lattice step. */
  readonly bent: readonly string[]
  readonly lineage: readonly Lineage[]
}

/** A plan's grids around an edit, as they are now. */
interface Around {
  readonly tx: Tx
  readonly plan: PlanRow
  readonly stored: ReadonlyMap<string, StoredGrid>
  readonly coverage: Coverage
}

export const targetsOf = (request: EditRequest): readonly string[] =>
  request.kind === 'split' ? [request.grid] : request.grids

const toLattice = ([x, y]: readonly [number, number]): Position => [
  Math.round(x * LATTICE),
  Math.round(y * LATTICE),
]

/** @returns the whole change, or why it cannot be done and where. Reads only. */
export async function planEdit(tx: Tx, plan: PlanRow, request: EditRequest): Promise<PlannedEdit | Refusal> {
  const grids = await loadAround(tx, plan, targetsOf(request))
  const around = {
    tx,
    plan,
    stored: new Map(grids.map(grid => [grid.id, grid])),
    coverage: coverageOf(grids.map(toKernel)),
  }
  return request.kind === 'split' ? planSplit(around, request) : planMerge(around, request)
}

/** Drops what only the store knows. */
export function toKernel({
  fromRevision: _r,
  persons: _p,
  households: _h,
  buildings: _b,
  ...grid
}: StoredGrid): Grid {
  return grid
}

async function planSplit(around: Around, request: Split): Promise<PlannedEdit | Refusal> {
  const { tx, plan, stored, coverage } = around
  const planned = split(coverage, { grid: request.grid, line: request.line.coordinates.map(toLattice) })
  if (isRefusal(planned)) return planned
  const target = stored.get(request.grid)!
  const weights = await weightsAround(tx, plan.county, [target.shape])
  const keep = request.keep ?? greaterSide(tallySplit(weights, planned))
  const name = await namer(around, target)
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
  return {
    change: tallyChange(weights, stored, change),
    sides,
    bent: planned.bent.map(bent => bent.grid),
    lineage,
  }
}

/** The side with more people keeps the identity; with equal people, the one with more buildings. */
const greaterSide = ({ left, right }: { left: Tally; right: Tally }): Side =>
  right.persons > left.persons || (right.persons === left.persons && right.buildings > left.buildings)
    ? 'right'
    : 'left'

/**
 * Gives codes and names to new grids: the next free number under the parent, never one that was given before.
 * @returns null where the digits are used up
 */
async function namer({ tx, plan, stored }: Around, target: StoredGrid) {
  const known = new Map<string | null, { code: string; name: string }>(stored)
  known.set(null, { code: villageDigits(plan.area_code), name: plan.areaName })
  const given = new Set(await codesGiven(tx, plan, known.get(target.parent)!.code))
  return (id: string, level: number, parent: string | null): { code: string; name: string } | null => {
    const under = known.get(parent)
    const code = under ? nextCode(under.code, level, given) : null
    if (code === null) return null
    given.add(code)
    const identity = { code, name: `${under!.name} ${sequenceOf(code, level)}` }
    known.set(id, identity)
    return identity
  }
}

async function planMerge(around: Around, request: Merge): Promise<PlannedEdit | Refusal> {
  const { tx, plan, stored, coverage } = around
  const targets = request.grids.flatMap(id => stored.get(id) ?? [])
  const keep = request.keep ?? targets.reduce((a, b) => (b.persons > a.persons ? b : a), targets[0]!).id
  const planned = merge(coverage, { grids: request.grids, keep })
  if (isRefusal(planned)) return planned
  const change: Change = commitMerge(coverage, planned)
  const weights = await weightsAround(
    tx,
    plan.county,
    targets.map(grid => grid.shape),
  )
  return {
    change: tallyChange(weights, stored, change),
    sides: new Map(),
    bent: planned.bent.map(bent => bent.grid),
    lineage: request.grids.filter(id => id !== keep).map(id => ({ from: id, to: keep })),
  }
}
