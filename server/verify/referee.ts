// The independent judge of a stored plan: PostGIS on its ground, SQL on its totals.
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import type { Fault } from './faults.ts'
import { judgeTallies } from './judge-tallies.ts'
import { judgeTiling } from './judge-tiling.ts'

/** Overlaps, gaps, vertices that only one side has, at every level; wrong totals. */
export async function judgePlan(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const tiling = await judgeTiling(tx, key)
  // Points on ground that is no valid polygon may be counted anyhow.
  const broken = tiling.some(({ fault }) => fault === 'invalid')
  return broken ? tiling : [...tiling, ...(await judgeTallies(tx, key))]
}
