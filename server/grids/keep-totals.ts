// Counts what lies in grids and keeps it, where it is not kept yet: leaves from points, a parent as the sum of its children.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import { ownsPoint } from '../registry/ground.ts'
import { withBelow } from '../staff/queries.ts'
import { aliveThen } from './queries.ts'

/** As in the migration: whoever writes things holds it alone, whoever counts them shared. */
const TOTALS = 0x68756174

/** Which grids: those of a revision, the present when none is named; one of them with all below it, or all. */
export interface Kept {
  readonly key: PlanKey
  readonly revision?: number | undefined
  readonly under?: string | undefined
}

/**
 * @returns false when nothing may be kept now, because things are being written or the database is only read; whoever
 * asked counts for themselves then
 */
export async function keepTotals(tx: Tx, kept: Kept): Promise<boolean> {
  const { key, revision, under } = kept
  // Each statement after this one sees what was committed before the lock was had, unless all see the same.
  const { rows } = await sql<{ free: boolean }>`
    select current_setting('transaction_isolation') = 'read committed'
      and current_setting('transaction_read_only') = 'off'
      and pg_try_advisory_xact_lock_shared(${sql.lit(TOTALS)}, hashtext(${key.county})) as free`.execute(tx)
  if (!rows[0]!.free) return false
  const wanted = (leaf: boolean) => sql`
    select g.county, g.plan_id, g.grid_id, g.from_revision, g.level, g.geom from grid_version g
    where g.county = ${key.county} and g.plan_id = ${key.plan_id} and ${aliveThen(revision)} and g.leaf = ${sql.lit(leaf)}
      ${under === undefined ? sql`` : sql`and g.grid_id in (select grid_id from below)`}
      and not exists (select from grid_totals t where t.county = g.county and t.plan_id = g.plan_id
        and t.grid_id = g.grid_id and t.from_revision = g.from_revision)`
  const before = under === undefined ? sql`with recursive` : sql`${withBelow(key, under, revision)},`
  const keep = (counted: RawBuilder<unknown>) =>
    sql`
      insert into grid_totals (county, plan_id, grid_id, from_revision, box, totals, birthdays) ${counted}
      order by grid_id on conflict do nothing`.execute(tx)
  await keep(countedLeaves(before, wanted(true), key.county))
  for (const level of [3, 2, 1])
    await keep(
      summedParents(before, sql`select * from (${wanted(false)}) as g where level = ${level}`, revision),
    )
  return true
}

/** After things were written in bulk: for every plan that is still worked with. */
export async function keepCountyTotals(tx: Tx, county: string): Promise<void> {
  const plans = await tx
    .selectFrom('plan')
    .select(['county', 'plan_id'])
    .where('county', '=', county)
    .where('state', '!=', 'archived')
    .execute()
  for (const key of plans) await keepTotals(tx, { key })
}

/**
 * Rows as they are kept.
 * @param before `with recursive`, and tables before which another may stand
 * @param wanted leaves: rows of `grid_version`
 */
export function countedLeaves(
  before: RawBuilder<unknown>,
  wanted: RawBuilder<unknown>,
  county: string,
): RawBuilder<unknown> {
  const inside = (table: string) => sql`leaf join ${sql.table(table)} i on i.county = ${county}
    and i.point && leaf.geom and ${ownsPoint('leaf.geom', 'leaf.border', 'i.point')}`
  /** Several counts of the things of one table. */
  const counts = (from: RawBuilder<unknown>, numbers: Readonly<Record<string, RawBuilder<unknown>>>) => {
    const names = Object.keys(numbers)
    return sql`
      select counted.grid_id, each.name, each.number from (
        select grid_id, ${sql.join(names.map(name => sql`${numbers[name]!} as ${sql.ref(name)}`))}
        from ${from} group by grid_id
      ) as counted, lateral (values ${sql.join(names.map(name => sql`(${sql.lit(name)}, counted.${sql.ref(name)})`))}
      ) as each (name, number)`
  }
  const all = sql`count(*)`
  const where = (condition: RawBuilder<unknown>) => sql`count(*) filter (where ${condition})`
  const kinds = (name: string, table: string) => sql`
    select grid_id, case when grouping(category) = 1 then ${sql.lit(name)}
      else jsonb_build_array(${sql.lit(name)}, category, kind)::text end, count(*)
    from ${inside(table)} group by grouping sets ((grid_id), (grid_id, category, kind))`
  return sql`
    ${before} leaf as materialized (
      select county, plan_id, grid_id, from_revision, geom, st_boundary(geom) as border
      from (select county, plan_id, grid_id, from_revision, st_setsrid(geom, 4326) as geom from (${wanted}) as wanted
      ) as given
    ), home as materialized (select leaf.grid_id, i.id from ${inside('household')}),
    resident_of as materialized (
      select home.grid_id, r.* from home join resident r on r.county = ${county} and r.household_id = home.id
    ), counted (grid_id, name, number) as (
      ${counts(inside('building'), {
        buildings: all,
        graded: sql`count(i.dangerous)`,
        dangerous: where(sql`i.dangerous in ('C', 'D')`),
        spread: where(sql`i.people_source = 'spread' and i.persons > 0`),
      })}
      union all ${counts(sql`resident_of as r`, {
        residents: all,
        registered: where(sql`r.registration = 'registered'`),
        floating: where(sql`r.registration = 'floating'`),
        pregnant: where(sql`r.pregnant`),
        disabled: where(sql`r.disabled`),
        chronicallyIll: where(sql`r.chronically_ill`),
        alone: where(sql`r.lives_alone`),
      })}
      union all ${counts(inside('address'), { addresses: all })}
      union all ${counts(inside('organisation'), {
        organisations: all,
        factoryPremises: where(sql`i.factory_premises`),
        employees: sql`sum(i.employees)`,
        keyPlaces: sql`count(i.key_place)`,
        specialEquipment: sql`sum(i.special_equipment)`,
      })}
      union all ${kinds('facilities', 'facility')}
      union all ${kinds('objects', 'object')}
    ), born as (select grid_id, array_agg(born order by born) as birthdays from resident_of group by grid_id)
    select leaf.county, leaf.plan_id, leaf.grid_id, leaf.from_revision, st_envelope(leaf.geom) as box,
      coalesce(summed.totals, '{}') as totals, coalesce(born.birthdays, '{}') as birthdays
    from leaf left join (
      select grid_id, jsonb_object_agg(name, number) as totals from counted where number > 0 group by grid_id
    ) as summed on summed.grid_id = leaf.grid_id
    left join born on born.grid_id = leaf.grid_id`
}

/** What the children have together. A grid whose children are not all kept is left out. */
export function summedParents(
  before: RawBuilder<unknown>,
  wanted: RawBuilder<unknown>,
  revision?: number,
): RawBuilder<unknown> {
  const children = sql`
    from grid_version c left join grid_totals t on t.county = c.county and t.plan_id = c.plan_id
      and t.grid_id = c.grid_id and t.from_revision = c.from_revision
    where c.county = p.county and c.plan_id = p.plan_id and c.parent_id = p.grid_id and ${aliveThen(revision, 'c')}`
  return sql`
    ${before} parent as materialized (${wanted})
    select p.county, p.plan_id, p.grid_id, p.from_revision, st_envelope(p.geom) as box,
      coalesce((select jsonb_object_agg(name, number) from (
        select each.key as name, sum(each.value::bigint) as number
        from (select t.totals ${children}) as child, jsonb_each_text(child.totals) as each group by each.key
      ) as summed), '{}') as totals,
      array(select unnest(t.birthdays) ${children} order by 1) as birthdays
    from parent p
    where not exists (select ${children} and t.grid_id is null)`
}
