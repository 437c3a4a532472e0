// People of a building as its households say: their residents where those are listed, else the number of each household.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'

/** @returns how many buildings have other numbers than before */
export async function countHouseholds(tx: Tx, county: string, buildings: readonly string[]): Promise<number> {
  if (buildings.length === 0) return 0
  const result = await sql`
    update building b
    set persons = counted.persons, households = counted.households,
      people_source = case when counted.households > 0 then 'column' else 'none' end, updated_at = now()
    from (
      select one.id, count(h.id)::integer as households,
        coalesce(sum(case when r.residents > 0 then r.residents else h.persons end), 0)::integer as persons
      from unnest(${[...buildings]}::uuid[]) as one(id)
      left join household h on h.county = ${county} and h.building_id = one.id
      left join lateral (
        select count(*)::integer as residents from resident r where r.county = h.county and r.household_id = h.id
      ) r on true
      group by one.id
    ) counted
    where b.county = ${county} and b.id = counted.id
      and (b.persons, b.households) is distinct from (counted.persons, counted.households)`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
