// SQL for the report on a plan: its grids without their ground, the lines and divisions around it, firms, posts.
import { sql } from 'kysely'
import type { LevelProfile } from '../../core/contract/plans.ts'
import type { Division, DivisionFacts } from '../../core/rules/rule.ts'
import { fromGeoJson, type Grid, LATTICE, type Shape } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { aliveAt, type PlanKey } from '../plans/queries.ts'
import { validOn } from '../staff/queries.ts'

export interface CheckedPlan extends PlanKey {
  name: string
  revision: number
  area_code: string
  levels: LevelProfile['levels']
  spread: boolean
}

/** A plan with the rules of its profile, and whether its people were spread from a total. */
export async function checkedPlan(tx: Tx, id: string): Promise<CheckedPlan | undefined> {
  const { rows } = await sql<CheckedPlan>`
    select p.county, p.plan_id, p.name, p.revision, p.area_code, l.levels, exists (
      select from building b
      where b.county = p.county and b.people_source = 'spread' and b.persons > 0 and b.point && a.geom) as spread
    from plan p
    join area a on a.county = p.county and a.code = p.area_code
    join level_profile l on l.profile = p.profile
    where p.plan_id = ${id}`.execute(tx)
  return rows[0]
}

/** Changes whenever something that the rules look at, other than grids and posts, may have changed. */
export async function groundVersion(tx: Tx, county: string): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select concat_ws(' ',
      (select string_agg(layer || version, ' ' order by layer) from layer_version
        where county = ${county} and layer in ('areas', 'roads', 'water', 'buildings')),
      (select concat_ws(' ', count(*), max(updated_at), max(id::text)) from organisation where county = ${county})
    ) as version`.execute(tx)
  return rows[0]!.version
}

export interface GridRow extends Omit<Grid, 'shape'> {
  readonly version: number
  readonly persons: number
  readonly households: number
  readonly buildings: number
  readonly areaSquareMetres: number
}

/** Every grid as it was at a revision, without its ground. */
export async function gridRows(tx: Tx, key: PlanKey, revision: number): Promise<GridRow[]> {
  const { rows } = await sql<GridRow>`
    select grid_id as id, level, parent_id as parent, leaf, code, name, kind, locked, from_revision as version,
      persons, households, buildings, area_m2 as "areaSquareMetres"
    from grid_version
    where county = ${key.county} and plan_id = ${key.plan_id} and ${aliveAt(revision)}
    order by code`.execute(tx)
  return rows
}

/** Roads and waters around an area: courses in lattice steps, and waters as shapes. */
export async function linesAround(
  tx: Tx,
  { county, area_code }: CheckedPlan,
): Promise<{ lines: number[][]; waters: Shape[] }> {
  const { rows } = await sql<{ geojson: string }>`
    select st_asgeojson(l.geom, 7) as geojson
    from area a join (
      select county, geom from road where not tunnel
      union all
      select county, geom from water
    ) l on l.county = a.county and l.geom && st_expand(a.geom, 0.001)
    where a.county = ${county} and a.code = ${area_code}`.execute(tx)
  const lines: number[][] = []
  const waters: Shape[] = []
  const flat = (line: readonly (readonly number[])[]) =>
    line.flatMap(([x = 0, y = 0]) => [Math.round(x * LATTICE), Math.round(y * LATTICE)])
  for (const { geojson } of rows) {
    const geometry = JSON.parse(geojson) as GeoJSON.MultiLineString | GeoJSON.MultiPolygon
    if (geometry.type === 'MultiPolygon') {
      waters.push(fromGeoJson(geometry))
      for (const polygon of geometry.coordinates) lines.push(...polygon.map(flat))
    } else lines.push(...geometry.coordinates.map(flat))
  }
  return { lines, waters }
}

const DIVISION: Readonly<Record<number, Division>> = { 6: 'county', 9: 'town', 12: 'village' }

/** The divisions that an area meets, itself among them. */
export async function divisionsAround(tx: Tx, { county, area_code }: CheckedPlan): Promise<DivisionFacts[]> {
  const { rows } = await sql<{ code: string; geojson: string }>`
    select other.code, st_asgeojson(other.geom, 7) as geojson
    from area a join area other on other.county = a.county and other.geom && a.geom
    where a.county = ${county} and a.code = ${area_code}
    order by other.code`.execute(tx)
  return rows.map(({ code, geojson }) => ({
    code,
    division: DIVISION[code.length]!,
    shape: fromGeoJson(JSON.parse(geojson)),
  }))
}

/** Where organisations are, in lattice steps. */
export async function firmPoints(
  tx: Tx,
  { county, area_code }: CheckedPlan,
): Promise<{ x: Int32Array; y: Int32Array }> {
  const { rows } = await sql<{ x: string | null; y: string | null }>`
    select string_agg(round(st_x(o.point) * 1e7)::bigint::text, ',' order by o.id) as x,
      string_agg(round(st_y(o.point) * 1e7)::bigint::text, ',' order by o.id) as y
    from organisation o join area a on a.county = o.county and o.point && a.geom
    where a.county = ${county} and a.code = ${area_code}`.execute(tx)
  const column = (text: string | null) => Int32Array.from(text ? text.split(',') : [], Number)
  return { x: column(rows[0]!.x), y: column(rows[0]!.y) }
}

export interface GridPosts {
  readonly roles: readonly string[]
  /** Workers who are workers of another grid of the plan as well. */
  readonly sharedWorkers: number
}

/** The posts on the grids of a plan, on a day. */
export async function postsOfPlan(
  tx: Tx,
  key: PlanKey,
  revision: number,
  on: string,
): Promise<Map<string, GridPosts>> {
  const { rows } = await sql<{ grid: string; roles: string[]; shared: number }>`
    with held as materialized (
      select p.grid_id, p.role, p.staff_id
      from post p join grid_version g on g.county = p.county and g.grid_id = p.grid_id
        and g.plan_id = ${key.plan_id} and ${aliveAt(revision)}
      where p.county = ${key.county} and p.grid_id is not null and ${validOn(on)}
    ), several as (
      select staff_id from held where role = 'worker' group by staff_id having count(distinct grid_id) > 1
    )
    select h.grid_id as grid, array_agg(h.role order by h.role) as roles,
      count(*) filter (where h.role = 'worker' and h.staff_id in (select staff_id from several))::integer as shared
    from held h group by h.grid_id`.execute(tx)
  return new Map(rows.map(({ grid, roles, shared }) => [grid, { roles, sharedWorkers: shared }]))
}
