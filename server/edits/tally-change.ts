// Counts people, households and buildings of every grid that a change touches, with the kernel's own test.
import {
  type Box,
  type Change,
  changedBox,
  LATTICE,
  tally,
  type Weights,
  weightsOf,
} from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import type { TalliedGrid } from '../plans/queries.ts'
import { weightsWithin } from '../registry/queries.ts'
import type { TalliedChange } from './queries.ts'

/** A bent border moves by less than this; lattice steps. */
const REACH = 50

const NOBODY = new Int32Array(0)

/** The building points in some boxes (lattice steps) and just around them. */
export async function weightsAround(tx: Tx, county: string, boxes: readonly Box[]): Promise<Weights> {
  if (boxes.length === 0) return weightsOf({ x: NOBODY, y: NOBODY, persons: NOBODY, households: NOBODY })
  const box = [
    Math.min(...boxes.map(b => b[0])) - REACH,
    Math.min(...boxes.map(b => b[1])) - REACH,
    Math.max(...boxes.map(b => b[2])) + REACH,
    Math.max(...boxes.map(b => b[3])) + REACH,
  ].map(steps => steps / LATTICE) as [number, number, number, number]
  return weightsOf(await weightsWithin(tx, county, box))
}

/**
 * The building points on all ground that changes hands, at any level.
 * @param known points that are there already, and the box they were asked for
 */
export async function weightsOfChange(
  tx: Tx,
  county: string,
  change: Change,
  known?: { readonly box: Box; readonly weights: Weights },
): Promise<Weights> {
  const box = changedBox(change)
  if (known && box && isWithin(box, known.box)) return known.weights
  return weightsAround(tx, county, box ? [box] : [])
}

const isWithin = (inner: Box, outer: Box): boolean =>
  inner[0] >= outer[0] - REACH &&
  inner[1] >= outer[1] - REACH &&
  inner[2] <= outer[2] + REACH &&
  inner[3] <= outer[3] + REACH

/**
 * Adds totals to a change. A grid that lived on gets its old total plus what the changed ground brings or takes, so a
 * bent neighbour or an ancestor of any size costs no more than the ground around the edit.
 * @param weights every building on ground that changes hands
 */
export function tallyChange(
  weights: Weights,
  stored: ReadonlyMap<string, TalliedGrid>,
  change: Change,
): TalliedChange {
  const before = change.before.map(grid => withTotals(grid, stored.get(grid.id)!))
  const after = change.after.map(grid => {
    const old = stored.get(grid.id)
    if (old?.shape === grid.shape) return withTotals(grid, old)
    const now = tally(weights, grid.shape)
    if (!old) return withTotals(grid, now)
    const then = tally(weights, old.shape)
    return withTotals(grid, {
      persons: old.persons + now.persons - then.persons,
      households: old.households + now.households - then.households,
      buildings: old.buildings + now.buildings - then.buildings,
    })
  })
  return { before, after }
}

const withTotals = (
  grid: Change['before'][number],
  { persons, households, buildings }: { persons: number; households: number; buildings: number },
): TalliedGrid => ({ ...grid, persons, households, buildings })
