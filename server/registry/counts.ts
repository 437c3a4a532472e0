// How many of everything on the ground lie in a piece of ground; people as counts, never a name.
import { sql } from 'kysely'
import type { KindCount, OrganisationCounts, Residents } from '../../core/contract/grids.ts'
import { yearsBefore } from '../../core/measures/local-day.ts'
import type { Tx } from '../db/database.ts'
import { kept } from '../db/kept.ts'
import type { Ground } from './ground.ts'

const SIXTY = 60
const OF_AGE = 18

/** Who was born on these days or before is sixty, or of age, on a day. */
export const turnedOn = (on: string) => ({ sixty: yearsBefore(on, SIXTY), ofAge: yearsBefore(on, OF_AGE) })

/** The groups of residents as SQL conditions on `resident r`, as of a day. */
export const residentGroups = (on: string) => ({
  registered: sql<boolean>`r.registration = 'registered'`,
  floating: sql<boolean>`r.registration = 'floating'`,
  over60: sql<boolean>`r.born <= ${turnedOn(on).sixty}::date`,
  minors: sql<boolean>`r.born > ${turnedOn(on).ofAge}::date`,
  pregnant: sql<boolean>`r.pregnant`,
  disabled: sql<boolean>`r.disabled`,
  chronicallyIll: sql<boolean>`r.chronically_ill`,
  alone: sql<boolean>`r.lives_alone`,
})

/** Residents by group. `known`: somebody is registered by name in the county at all. */
export async function residentsIn(
  tx: Tx,
  ground: Ground,
  on: string,
): Promise<Residents & { known: boolean }> {
  const groups = Object.entries(residentGroups(on)).map(
    ([name, is]) => sql`count(*) filter (where ${is})::integer as ${sql.ref(name)}`,
  )
  const { rows } = await sql<Residents & { known: boolean }>`${kept}
    ${ground.before},
    home as materialized (
      select h.id from household h ${ground.beside} where h.county = ${ground.county} and ${ground.has('h')}
    )
    select count(*)::integer as total, ${sql.join(groups)},
      exists (select from resident where county = ${ground.county}) as known
    from home, lateral (
      -- by the index for each home; the planner does not know how few they are and would read everybody
      select * from resident where county = ${ground.county} and household_id = home.id offset 0
    ) as r`.execute(tx)
  return rows[0]!
}

/**
 * What a card says of residents: nothing, where people are only known as totals of buildings.
 * @param persons by those totals
 */
export function residentsOrNull(
  { known, ...residents }: Residents & { known: boolean },
  persons: number,
): Residents | null {
  const nobodyByName = residents.total === 0 && persons > 0
  return known && !nobodyByName ? residents : null
}

export interface BuildingCounts {
  readonly persons: number
  readonly households: number
  readonly buildings: number
  /** Of grade C or D; null: nobody has looked. */
  readonly dangerous: number | null
  /** Whose people were spread from a total and not counted. */
  readonly spread: number
}

export async function buildingsIn(tx: Tx, ground: Ground): Promise<BuildingCounts> {
  const { rows } = await sql<{
    persons: number
    households: number
    buildings: number
    dangerous: number
    graded: number
    spread: number
  }>`${kept}
    ${ground.before}
    select coalesce(sum(b.persons), 0)::integer as persons, coalesce(sum(b.households), 0)::integer as households,
      count(*)::integer as buildings, count(b.dangerous)::integer as graded,
      count(*) filter (where b.dangerous in ('C', 'D'))::integer as dangerous,
      count(*) filter (where b.people_source = 'spread' and b.persons > 0)::integer as spread
    from building b ${ground.beside} where b.county = ${ground.county} and ${ground.has('b')}`.execute(tx)
  const { graded, ...counts } = rows[0]!
  return { ...counts, dangerous: graded === 0 && counts.buildings > 0 ? null : counts.dangerous }
}

export async function addressesIn(tx: Tx, ground: Ground): Promise<number> {
  const { rows } = await sql<{ count: number }>`${kept}
    ${ground.before}
    select count(*)::integer as count
    from address a ${ground.beside} where a.county = ${ground.county} and ${ground.has('a')}`.execute(tx)
  return rows[0]!.count
}

export async function organisationsIn(tx: Tx, ground: Ground): Promise<OrganisationCounts> {
  const { rows } = await sql<OrganisationCounts>`${kept}
    ${ground.before}
    select count(*)::integer as total,
      count(*) filter (where o.factory_premises)::integer as "factoryPremises",
      coalesce(sum(o.employees), 0)::integer as employees,
      count(o.key_place)::integer as "keyPlaces",
      coalesce(sum(o.special_equipment), 0)::integer as "specialEquipment"
    from organisation o ${ground.beside} where o.county = ${ground.county} and ${ground.has('o')}`.execute(tx)
  return rows[0]!
}

/** Facilities or objects, most of a kind first. */
export async function kindsIn(tx: Tx, ground: Ground, table: 'facility' | 'object'): Promise<KindCount[]> {
  const { rows } = await sql<KindCount>`${kept}
    ${ground.before}
    select t.category, t.kind, count(*)::integer as count
    from ${sql.table(table)} t ${ground.beside}
    where t.county = ${ground.county} and ${ground.has('t')}
    group by t.category, t.kind order by count(*) desc, t.category, t.kind`.execute(tx)
  return rows
}
