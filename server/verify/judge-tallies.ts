// Compares every grid's totals with the points on its ground, and with the sum of its children.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import { type Fault, faultOf } from './faults.ts'
import { among, pagesOf, present, presentIds } from './present.ts'

const GRIDS_AT_ONCE = 500

interface Wrong {
  readonly id: string
  readonly said: string
  readonly counted: string
}

export async function judgeTallies(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const faults: Fault[] = []
  for (const ids of pagesOf(await presentIds(tx, key, 'all'), GRIDS_AT_ONCE))
    for (const { id, said, counted } of await pointsDiffer(tx, key, ids))
      faults.push(faultOf('tally', { grids: [id], detail: `${said} said, ${counted} counted` }))
  for (const { id, said, counted } of await sumsDiffer(tx, key))
    faults.push(faultOf('sum', { grids: [id], detail: `${said} said, children sum to ${counted}` }))
  return faults
}

/** Each level by itself, with the function that decides which grid a point lies in. */
async function pointsDiffer(tx: Tx, key: PlanKey, ids: readonly string[]): Promise<Wrong[]> {
  const { rows } = await sql<Wrong>`
    select g.grid_id as id, g.persons || '/' || g.households || '/' || g.buildings as said,
      counted.persons || '/' || counted.households || '/' || counted.buildings as counted
    from grid_version g
    cross join lateral (
      select coalesce(sum(b.persons), 0) as persons, coalesce(sum(b.households), 0) as households,
        count(b.id) as buildings
      from building b
      where b.county = g.county and g.geom && b.point and huage_covers(g.geom, b.point)
    ) counted
    where ${present('g', key)} and ${among('g', ids)} and (g.persons, g.households, g.buildings)
      is distinct from (counted.persons, counted.households, counted.buildings)`.execute(tx)
  return rows
}

async function sumsDiffer(tx: Tx, key: PlanKey): Promise<Wrong[]> {
  const { rows } = await sql<Wrong>`
    select p.grid_id as id, p.persons || '/' || p.households || '/' || p.buildings as said,
      sum(c.persons) || '/' || sum(c.households) || '/' || sum(c.buildings) as counted
    from grid_version p
    join grid_version c on c.county = p.county and c.plan_id = p.plan_id and c.parent_id = p.grid_id
      and c.to_revision is null
    where ${present('p', key)}
    group by p.grid_id, p.persons, p.households, p.buildings
    having (p.persons, p.households, p.buildings)
      is distinct from (sum(c.persons), sum(c.households), sum(c.buildings))`.execute(tx)
  return rows
}
