// Finds a grid in its plan, or says what became of it.
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { type Found, gridInPlan, successorsOf, type WholeGrid } from './queries.ts'

/** Which grid, in which plan, as of which revision and day. */
export interface CardAddress {
  readonly id: string
  readonly plan?: string | undefined
  readonly revision?: number | undefined
  readonly on?: string | undefined
}

/** The grid and its plan, or a problem that says what became of it. */
export async function findGrid(tx: Tx, address: CardAddress): Promise<Found & { grid: WholeGrid }> {
  const { id, revision } = address
  const found = await gridInPlan(tx, id, address.plan, revision)
  if (!found) throw new ProblemError(address.plan ? 'unknown-plan' : 'unknown-grid')
  const { plan, grid } = found
  if (revision !== undefined && revision > plan.revision) throw new ProblemError('unknown-revision')
  if (grid) return { ...found, grid }
  const successors = revision === undefined ? await successorsOf(tx, plan, id) : null
  if (successors === null) throw new ProblemError('unknown-grid')
  throw new ProblemError('grid-gone', { successors })
}
