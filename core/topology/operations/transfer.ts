// Gives a drawn area, or whole grids, to another grid.
import type { Coverage } from '../coverage.ts'
import { type Grid, isRefusal, type Position, type Refusal } from '../model.ts'
import { tracePieces } from '../pieces.ts'
import type { GroundPlan } from '../plans.ts'
import { leavesUnder, regionAround } from '../region.ts'
import { undrawn } from '../snap.ts'
import { closedLine, cutOutline } from './cut-outline.ts'
import { placeOf } from './ground-plan.ts'
import { leavesOf } from './on-region.ts'
import { planGiven } from './plan-given.ts'

/**
 * Gives what lies inside a closed line from one grid to another of the same level, under any parents. Descendants that
 * lie whole inside move with their identity; parts join the leaf of the receiver that they border most.
 *
 * Refuses with `unknown-grid`, `different-depths` (levels), `no-effect`, `bad-geometry` (no closed line), `misses-grid`,
 * `touches-only`, `self-crossing`, `too-narrow`, `would-empty`, `locked`; warns with `would-disconnect`.
 */
export const transferArea = (
  coverage: Coverage,
  request: { from: string; to: string; line: readonly Position[] },
): GroundPlan | Refusal => {
  const outline = closedLine(request.line)
  return isRefusal(outline) ? outline : transferInside(coverage, { ...request, outlines: [outline] })
}

/** The same for what lies inside an odd number of outlines that do not cross. */
export const transferInside = (
  coverage: Coverage,
  request: { from: string; to: string; outlines: readonly (readonly Position[])[] },
): GroundPlan | Refusal => {
  const from = coverage.grid(request.from)
  const to = coverage.grid(request.to)
  if (!from || !to) return { refused: 'unknown-grid', place: null, grid: from ? request.to : request.from }
  if (from === to) return { refused: 'no-effect', place: placeOf(from.shape) }
  if (from.level !== to.level) return { refused: 'different-depths', place: placeOf(from.shape) }
  const ids = [from.id, to.id]
  const donor = new Set(leavesUnder(coverage, from.id).map(leaf => leaf.id))
  const receiver = new Set(leavesUnder(coverage, to.id).map(leaf => leaf.id))
  const cut = cutOutline(
    coverage,
    request.outlines,
    ids,
    leaf => donor.has(leaf),
    leaf => receiver.has(leaf),
  )
  if (isRefusal(cut)) return cut
  const { region, snapped, pieces, inside } = cut
  const goes = inside.map(one => (one ? to.id : null))
  if (goes.every((one, p) => one || !donor.has(region.leaves[pieces.pieces[p]!.leaf]!.id)))
    return { refused: 'would-empty', place: placeOf(from.shape), grid: from.id }
  return planGiven(coverage, region, snapped, pieces, goes, 'transfer', [from.id])
}

/**
 * Gives whole grids to another one: they move under it where it is their level's parent and has children; else their
 * ground joins the leaves of the receiver that it borders most.
 */
export const transferGrids = (
  coverage: Coverage,
  request: { grids: readonly string[]; to: string },
): GroundPlan | Refusal => {
  const to = coverage.grid(request.to)
  if (!to) return { refused: 'unknown-grid', place: null, grid: request.to }
  const grids: Grid[] = []
  for (const id of new Set(request.grids)) {
    const grid = coverage.grid(id)
    if (!grid) return { refused: 'unknown-grid', place: null, grid: id }
    const line = [grid, ...coverage.ancestorsOf(id)]
    if (line.includes(to) || coverage.ancestorsOf(to.id).includes(grid))
      return { refused: 'no-effect', place: placeOf(grid.shape), grid: id }
    if (grid.parent === null) return { refused: 'would-empty', place: placeOf(grid.shape), grid: id }
    grids.push(grid)
  }
  if (grids.length === 0) return { refused: 'no-effect', place: placeOf(to.shape) }
  const ids = [...grids.map(grid => grid.id), to.id]
  const region = regionAround(coverage, ids, [])
  if (region.broken) return { refused: 'bad-geometry', place: region.broken }
  const snapped = undrawn(region)
  const pieces = tracePieces(region, leavesOf(coverage, region, ids), snapped)
  if (isRefusal(pieces)) return pieces
  const given = leavesOf(coverage, region, request.grids)
  const goes = pieces.pieces.map(({ leaf }) => (given[leaf] === 1 ? to.id : null))
  const donors = new Set(grids.map(grid => grid.parent!))
  return planGiven(coverage, region, snapped, pieces, goes, 'transfer', [...donors], grids)
}
