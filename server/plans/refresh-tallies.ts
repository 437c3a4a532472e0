// Counts the people of every present grid of a county again, after buildings or people changed.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { lockPeople } from './people-lock.ts'

/** Leaves are counted from points; a parent is the sum of its children, so every level agrees. */
export async function refreshTallies(tx: Tx, county: string): Promise<void> {
  await lockPeople(tx, county, 'move')
  await sql`
    update grid_version g
    set persons = counted.persons, households = counted.households, buildings = counted.buildings, tallied_at = now()
    from (
      select leaf.plan_id, leaf.grid_id,
        coalesce(sum(b.persons), 0)::integer as persons,
        coalesce(sum(b.households), 0)::integer as households,
        count(b.id)::integer as buildings
      from grid_version leaf
      left join building b on b.county = leaf.county and leaf.geom && b.point and huage_covers(leaf.geom, b.point)
      where leaf.county = ${county} and leaf.to_revision is null and leaf.leaf
      group by leaf.plan_id, leaf.grid_id
    ) counted
    where g.county = ${county} and g.plan_id = counted.plan_id and g.grid_id = counted.grid_id and g.to_revision is null
  `.execute(tx)
  for (const level of [3, 2, 1]) {
    await sql`
      update grid_version g
      set persons = summed.persons, households = summed.households, buildings = summed.buildings, tallied_at = now()
      from (
        select plan_id, parent_id, sum(persons)::integer as persons, sum(households)::integer as households,
          sum(buildings)::integer as buildings
        from grid_version
        where county = ${county} and to_revision is null and level = ${level + 1}
        group by plan_id, parent_id
      ) summed
      where g.county = ${county} and g.plan_id = summed.plan_id and g.grid_id = summed.parent_id
        and g.to_revision is null and g.level = ${level}`.execute(tx)
  }
}
