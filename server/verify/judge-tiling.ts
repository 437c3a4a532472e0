// An independent judge of stored coverages: asks PostGIS, not the kernel, whether each level is a partition (I1).
//
// Every edge of the children has its reverse in a sibling, or stands in the parent. If that holds to the last vertex, and
// every outline is valid, then children and parent are the same ground counted once: no gap, no overlap, no vertex that
// only one side has. Level 1 has no parent: there grids are compared in pairs, and with the outline of their union.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import { type Fault, faultOf } from './faults.ts'
import { among, pagesOf, present, presentIds } from './present.ts'

const GRIDS_AT_ONCE = 1000
const FAMILIES_AT_ONCE = 200
/** Degrees: a tenth of a lattice step. */
const NOTHING = 1e-8
/** Degrees: overlays of borders that lie a step apart need a grid, or they end the statement. */
const LATTICE = 1e-7
/** Degrees: an outer ring bends by up to a step and a half on either side of where it was. */
const BENT = 2e-7

export async function judgeTiling(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const shapes: Fault[] = []
  for (const ids of pagesOf(await presentIds(tx, key, 'all'), GRIDS_AT_ONCE))
    shapes.push(...(await judgeShapes(tx, key, ids)))
  // Overlays of invalid polygons answer anything, or end the statement.
  if (shapes.length > 0) return shapes
  const faults: Fault[] = []
  for (const ids of pagesOf(await presentIds(tx, key, 'parents'), FAMILIES_AT_ONCE))
    for (const family of await openFamilies(tx, key, ids))
      faults.push(...(await describeFamily(tx, key, family)))
  faults.push(...(await topOverlaps(tx, key)), ...(await topSeams(tx, key)))
  return faults
}

async function judgeShapes(tx: Tx, key: PlanKey, ids: readonly string[]): Promise<Fault[]> {
  const { rows } = await sql<{ id: string; reason: string | null; off: string | null }>`
    select * from (
      select g.grid_id as id, case when not st_isvalid(g.geom) then st_isvalidreason(g.geom) end as reason,
        (select st_astext(v.geom) from st_dumppoints(g.geom) v
          where round(st_x(v.geom) * 1e7) / 1e7 <> st_x(v.geom) or round(st_y(v.geom) * 1e7) / 1e7 <> st_y(v.geom)
          limit 1) as off
      from grid_version g where ${present('g', key)} and ${among('g', ids)}) as judged
    where reason is not null or off is not null`.execute(tx)
  return rows.flatMap(({ id, reason, off }) => [
    ...(reason === null ? [] : [faultOf('invalid', { grids: [id], detail: reason })]),
    ...(off === null ? [] : [faultOf('off-lattice', { grids: [id], detail: off })]),
  ])
}

/** An edge without its reverse. */
interface OpenFamily {
  readonly parent: string
  readonly edges: number
  readonly x: number
  readonly y: number
}

const edgesOf = (shapes: ReturnType<typeof sql>) => sql`
  select family, sign, ax, ay, bx, "by", (ax, ay) < (bx, "by") as forward
  from (${shapes}) as shape, lateral st_dumpsegments(shape.geom) as segment,
    lateral (select st_x(a) as ax, st_y(a) as ay, st_x(b) as bx, st_y(b) as "by"
      from (select st_startpoint(segment.geom) as a, st_endpoint(segment.geom) as b) as ends) as edge`

const unmatched = (shapes: ReturnType<typeof sql>) => sql`
  select family, least(ax, bx) as x, case when forward then ay else "by" end as y,
    greatest(ax, bx) as x2, case when forward then "by" else ay end as y2
  from (${edgesOf(shapes)}) as edge
  group by 1, 2, 3, 4, 5 having sum(case when forward then sign else -sign end) <> 0`

async function openFamilies(tx: Tx, key: PlanKey, ids: readonly string[]): Promise<OpenFamily[]> {
  const shapes = sql`
    select g.grid_id as family, g.geom, -1 as sign from grid_version g where ${present('g', key)} and ${among('g', ids)}
    union all
    select c.parent_id, c.geom, 1 from grid_version c
    where ${present('c', key)} and c.parent_id = any (${[...ids]}::uuid[])`
  const { rows } = await sql<OpenFamily>`
    select family as parent, count(*)::integer as edges, min(x) as x, min(y) as y
    from (${unmatched(shapes)}) as open group by family`.execute(tx)
  return rows
}

/** What is wrong where the edges of a family do not cancel: by overlay, of this family only. */
async function describeFamily(tx: Tx, key: PlanKey, { parent, edges, x, y }: OpenFamily): Promise<Fault[]> {
  const overlaps = await sql<{ a: string; b: string }>`
    select a.grid_id as a, b.grid_id as b from grid_version a
    join grid_version b on a.grid_id < b.grid_id and a.geom && b.geom
    where ${present('a', key)} and ${present('b', key)} and a.parent_id = ${parent} and b.parent_id = ${parent}
      and st_relate(a.geom, b.geom, '2********')`.execute(tx)
  const { rows } = await sql<{ missing: number; outside: number }>`
    select st_area(st_difference(p.geom, c.geom)) as missing, st_area(st_difference(c.geom, p.geom)) as outside
    from grid_version p, lateral (
      select coalesce(st_union(c.geom), st_geomfromtext('POLYGON EMPTY', 4326)) as geom
      from grid_version c where ${present('c', key)} and c.parent_id = p.grid_id) c
    where ${present('p', key)} and p.grid_id = ${parent}`.execute(tx)
  const { missing = 0, outside = 0 } = rows[0] ?? {}
  const place = [x, y] as const
  const found = [
    ...overlaps.rows.map(({ a, b }) => faultOf('overlap', { grids: [a, b], detail: '', place })),
    ...(missing > 0 ? [faultOf('gap', { grids: [parent], detail: `${missing} square degrees`, place })] : []),
    ...(outside > 0
      ? [faultOf('outside-parent', { grids: [parent], detail: `${outside} square degrees`, place })]
      : []),
  ]
  if (found.length > 0) return found
  return [
    faultOf('missing-vertex', { grids: [parent], detail: `${edges} edges without their reverse`, place }),
  ]
}

async function topOverlaps(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const { rows } = await sql<{ a: string; b: string }>`
    select a.grid_id as a, b.grid_id as b from grid_version a
    join grid_version b on a.grid_id < b.grid_id and a.geom && b.geom
    where ${present('a', key)} and ${present('b', key)} and a.level = 1 and b.level = 1
      and st_relate(a.geom, b.geom, '2********')`.execute(tx)
  return rows.map(({ a, b }) => faultOf('overlap', { grids: [a, b], detail: 'level 1' }))
}

/**
 * Edges of level 1 without their reverse must be the outer border; what the union leaves open inside the area is a gap: a
 * hole, or a bay of the outer border wider than what a bent ring explains. Grids that somebody brought need not fill the
 * area: where some were imported, a plan must fill what it filled at first.
 */
async function topSeams(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const top = sql`select 1 as family, g.geom, 1 as sign from grid_version g where ${present('g', key)} and g.level = 1`
  const { rows } = await sql<{ what: 'gap' | 'missing-vertex'; detail: string; x: number; y: number }>`
    with ground as materialized (
      select st_union(g.geom) as geom from grid_version g where ${present('g', key)} and g.level = 1
    ), border as materialized (
      select st_dump(st_boundary(geom)) as part from ground
    ), hole as (
      select ring.geom
      from ground, lateral st_dump(ground.geom) as part, lateral st_dumprings(part.geom) as ring where ring.path[1] > 0
    ), area as (
      select a.geom from plan p join area a on a.county = p.county and a.code = p.area_code
      where p.county = ${key.county} and p.plan_id = ${key.plan_id}
    ), whole as (
      select case when exists (select from import i where i.county = ${key.county} and i.layer = 'grids')
        then st_intersection(area.geom, (select st_union(g.geom) from grid_version g
          where g.county = ${key.county} and g.plan_id = ${key.plan_id} and g.level = 1 and g.from_revision = 0), ${LATTICE})
        else area.geom end as geom
      from area
    ), bay as (
      select part.geom, st_pointonsurface(part.geom) as inside
      from whole, ground, lateral st_dump(st_difference(whole.geom, ground.geom, ${LATTICE})) as part
      where st_dimension(part.geom) = 2 and not st_isempty(st_buffer(part.geom, -${BENT}::float8))
    )
    select 'missing-vertex' as what, '' as detail, x, y from (${unmatched(top)}) as open
    where not exists (
      select from border
      where st_dwithin((border.part).geom, st_setsrid(st_makepoint((x + x2) / 2, (y + y2) / 2), 4326), ${NOTHING}))
    union all
    select 'gap', st_area(hole.geom) || ' square degrees', st_x(inside), st_y(inside)
    from hole, area, lateral st_pointonsurface(hole.geom) as inside
    where st_contains(area.geom, inside)
    union all
    select 'gap', st_area(bay.geom) || ' square degrees', st_x(inside), st_y(inside)
    from bay where not exists (select from hole where st_contains(hole.geom, inside))`.execute(tx)
  return rows.map(({ what, detail, x, y }) => faultOf(what, { detail: detail || 'level 1', place: [x, y] }))
}
