// An independent judge of stored coverages: asks PostGIS, not the kernel, whether each level is a partition (I1).
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'

export interface StoredFault {
  readonly fault: 'overlap' | 'gap' | 'outside-parent' | 'missing-vertex' | 'tally' | 'sum'
  readonly grids: readonly string[]
  readonly detail: string
}

const present = (alias: string, key: PlanKey) => {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql`${column('county')} = ${key.county} and ${column('plan_id')} = ${key.plan_id}
    and ${column('to_revision')} is null`
}

/** Overlaps between grids of one level, gaps between children and parent, vertices that only one side has, wrong totals. */
export async function judgePlan(tx: Tx, key: PlanKey): Promise<StoredFault[]> {
  const overlaps = await sql<{ a: string; b: string }>`
    select a.grid_id as a, b.grid_id as b
    from grid_version a
    join grid_version b on a.level = b.level and a.grid_id < b.grid_id and a.geom && b.geom
    where ${present('a', key)} and ${present('b', key)} and st_relate(a.geom, b.geom, '2********')`.execute(
    tx,
  )

  // The symmetric difference finds gaps and children that stick out; both are areas, so borders do not count.
  const gaps = await sql<{ parent: string; area: number }>`
    select p.grid_id as parent,
      st_area(st_symdifference(p.geom, (
        select st_union(c.geom) from grid_version c where ${present('c', key)} and c.parent_id = p.grid_id))) as area
    from grid_version p
    where ${present('p', key)} and not p.leaf`.execute(tx)

  // A vertex of one grid that lies on another's border must be a vertex there too.
  const vertices = await sql<{ a: string; b: string; at: string }>`
    select a.grid_id as a, b.grid_id as b, st_astext(v.geom) as at
    from grid_version a
    join grid_version b on a.level = b.level and a.grid_id <> b.grid_id and a.geom && b.geom
    cross join lateral st_dumppoints(a.geom) v
    where ${present('a', key)} and ${present('b', key)}
      and st_dwithin(v.geom, st_boundary(b.geom), 3e-8)
      and not exists (
        select from st_dumppoints(b.geom) w where st_dwithin(v.geom, w.geom, 1e-9))`.execute(tx)

  const tallies = await sql<{ grid: string; said: string; counted: string }>`
    select g.grid_id as grid, g.persons || '/' || g.households || '/' || g.buildings as said,
      counted.persons || '/' || counted.households || '/' || counted.buildings as counted
    from grid_version g
    cross join lateral (
      select coalesce(sum(b.persons), 0) as persons, coalesce(sum(b.households), 0) as households,
        count(b.id) as buildings
      from building b
      where b.county = g.county and g.geom && b.point and huage_covers(g.geom, b.point)
    ) counted
    where ${present('g', key)} and (g.persons, g.households, g.buildings)
      is distinct from (counted.persons, counted.households, counted.buildings)`.execute(tx)

  const sums = await sql<{ parent: string; said: number; summed: number }>`
    select p.grid_id as parent, p.persons as said, sum(c.persons)::integer as summed
    from grid_version p
    join grid_version c on c.county = p.county and c.plan_id = p.plan_id and c.parent_id = p.grid_id
      and c.to_revision is null
    where ${present('p', key)}
    group by p.grid_id, p.persons
    having p.persons <> sum(c.persons)`.execute(tx)

  return [
    ...overlaps.rows.map(row => ({ fault: 'overlap' as const, grids: [row.a, row.b], detail: '' })),
    ...gaps.rows
      .filter(row => row.area > 0)
      .map(row => ({ fault: 'gap' as const, grids: [row.parent], detail: `${row.area} square degrees` })),
    ...vertices.rows.map(row => ({
      fault: 'missing-vertex' as const,
      grids: [row.a, row.b],
      detail: row.at,
    })),
    ...tallies.rows.map(row => ({
      fault: 'tally' as const,
      grids: [row.grid],
      detail: `${row.said} said, ${row.counted} counted (people/households/buildings)`,
    })),
    ...sums.rows.map(row => ({
      fault: 'sum' as const,
      grids: [row.parent],
      detail: `${row.said} said, children sum to ${row.summed}`,
    })),
  ]
}
