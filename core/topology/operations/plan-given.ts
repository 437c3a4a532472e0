// The plan in which pieces of ground go to other grids.
import type { Coverage } from '../coverage.ts'
import { type Grid, isRefusal, type Refusal } from '../model.ts'
import type { Pieces } from '../pieces.ts'
import type { GroundPlan } from '../plans.ts'
import { reassign } from '../reassign.ts'
import type { Region } from '../region.ts'
import type { Snapped } from '../snap.ts'
import { drawnCut } from './draw-line.ts'
import { give, turnsOf } from './give.ts'
import { type Flow, groundPlan } from './ground-plan.ts'

/** `to` names the grid that each piece goes to; descendants of the donors may lose all their ground. */
export const planGiven = (
  coverage: Coverage,
  region: Region,
  snapped: Snapped,
  pieces: Pieces,
  to: readonly (string | null)[],
  kind: string,
  donors: readonly string[],
  whole: readonly Grid[] = [],
): GroundPlan | Refusal => {
  const { points } = snapped
  const given = give(coverage, region, points, pieces, to, donors)
  const shapes = reassign(region, points, pieces, given.owner)
  if (isRefusal(shapes)) return shapes
  const flows = flowsOf(region, pieces, given.owner)
  const drawn = drawnCut(snapped)
  const isWithin = (grid: Grid): boolean => {
    const above = coverage.ancestorsOf(grid.id)
    return whole.length > 0
      ? whole.some(one => one.id === grid.id || above.some(({ id }) => id === one.id))
      : above.some(({ id }) => donors.includes(id))
  }
  return groundPlan(coverage, {
    kind,
    turns: turnsOf(coverage, region, shapes, given.moved),
    flows,
    mayGo: isWithin,
    drawn,
    snapped,
    place: drawn[0]?.[0] ?? null,
  })
}

/** Ground that changes hands; new leaves are named by `newcomers`. */
export const flowsOf = (
  region: Region,
  { pieces }: Pieces,
  owner: readonly number[],
  newcomers: (owner: number) => string = String,
): Flow[] => {
  const flows: Flow[] = []
  pieces.forEach(({ leaf }, p) => {
    const to = owner[p]!
    if (to !== leaf)
      flows.push({ from: region.leaves[leaf]!.id, to: to >= 0 ? region.leaves[to]!.id : newcomers(to) })
  })
  return flows
}
