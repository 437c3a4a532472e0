// Writes a plan that begins with many grids, with the people of each counted once.
import { bounds, type Grid, type Tally, tally } from '../../../core/topology/index.ts'
import type { Actor, Tx } from '../../db/database.ts'
import { weightsAround } from '../../edits/tally-change.ts'
import { keepTotals } from '../../grids/keep-totals.ts'
import { lockPeople } from '../../plans/people-lock.ts'
import { insertPlan, openVersions, type PlanKey } from '../../plans/queries.ts'

export async function writePlan(
  tx: Tx,
  actor: Actor,
  key: PlanKey,
  about: { readonly area: string; readonly profile: string; readonly name: string },
  grids: readonly Grid[],
): Promise<void> {
  await insertPlan(tx, {
    ...key,
    area_code: about.area,
    name: about.name,
    profile: about.profile,
    grids: grids.length,
    created_by: actor.name,
  })
  await lockPeople(tx, key.county, 'count')
  const weights = await weightsAround(
    tx,
    key.county,
    grids.filter(({ level }) => level === 1).map(({ shape }) => bounds(shape)),
  )
  const totals = new Map<string, Tally>()
  for (const grid of grids.filter(({ leaf }) => leaf)) totals.set(grid.id, tally(weights, grid.shape))
  for (const level of [4, 3, 2])
    for (const { id, parent } of grids.filter(grid => grid.level === level)) {
      const one = totals.get(id)!
      const sum = totals.get(parent!) ?? { persons: 0, households: 0, buildings: 0 }
      totals.set(parent!, {
        persons: sum.persons + one.persons,
        households: sum.households + one.households,
        buildings: sum.buildings + one.buildings,
      })
    }
  await openVersions(
    tx,
    key,
    grids.map(grid => ({ ...grid, ...totals.get(grid.id)! })),
    0,
  )
  await keepTotals(tx, { key })
}
