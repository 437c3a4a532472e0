// SQL for one grid: which plan to look in, the grid whole, those above it and beside it, and where it went.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { GridName, GridSummary } from '../../core/contract/grids.ts'
import type { LevelProfile } from '../../core/contract/plans.ts'
import { fromGeoJson, type Shape } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { together } from '../db/together.ts'
import { clockFacts } from '../incidents/clock.ts'
import { boxOf, type PlanKey } from '../plans/queries.ts'
import { envelope, type Ground, groundOf } from '../registry/ground.ts'

/** The plan a card is of, with what it says of its levels. */
export interface CardPlan extends PlanKey {
  name: string
  revision: number
  area_code: string
  areaName: string
  levels: LevelProfile['levels']
}

/** `aliveAt` of plans with the revision as a parameter, so that a statement's text stays the same. */
export const aliveThen = (revision?: number, alias?: string) => {
  const column = (name: string) => sql.ref(alias ? `${alias}.${name}` : name)
  const [from, to] = [column('from_revision'), column('to_revision')]
  return revision === undefined
    ? sql<boolean>`${to} is null`
    : sql<boolean>`${from} <= ${revision}::integer and (${to} is null or ${to} > ${revision}::integer)`
}

const keyed = (key: PlanKey, revision?: number) =>
  sql`g.county = ${key.county} and g.plan_id = ${key.plan_id} and ${aliveThen(revision)}`

export interface WholeGrid extends GridSummary {
  tallied_at: string
  from_revision: number
  shape: Shape
}

/** What is known of a grid before the day is known. */
export interface Found {
  readonly plan: CardPlan
  /** Undefined when it is not alive at that revision. */
  readonly grid: WholeGrid | undefined
  /** Level 1 first, without the grid itself. */
  readonly above: GridName[]
  readonly clock: { readonly demo: boolean; readonly last: Date | string | null }
}

/**
 * In the plan named; else in the published one that holds the grid, else in the one last worked on. Undefined: in none.
 */
export async function gridInPlan(
  tx: Tx,
  id: string,
  plan?: string,
  revision?: number,
): Promise<Found | undefined> {
  const wanted = plan
    ? sql`p.plan_id = ${plan}`
    : sql`p.plan_id = (
        select g.plan_id from grid_version g join plan q on q.county = g.county and q.plan_id = g.plan_id
        where g.grid_id = ${id}
        order by q.state = 'published' desc, g.to_revision is null desc, q.changed_at desc limit 1)`
  const alive = sql`g.county = chosen.county and g.plan_id = chosen.plan_id and ${aliveThen(revision, 'g')}`
  const found = await together(
    tx,
    sql`with recursive chosen as materialized (
      select p.county, p.plan_id, p.name, p.revision, p.area_code, a.name as "areaName", l.levels
      from plan p
      join area a on a.county = p.county and a.code = p.area_code
      join level_profile l on l.profile = p.profile
      where ${wanted}
    ), whole as materialized (
      select g.* from chosen join grid_version g on ${alive} and g.grid_id = ${id}
    ), above as (
      select g.grid_id as id, g.level, g.code, g.name, g.parent_id
      from chosen cross join whole join grid_version g on ${alive} and g.grid_id = whole.parent_id
      union all
      select g.grid_id, g.level, g.code, g.name, g.parent_id
      from chosen cross join above join grid_version g on ${alive} and g.grid_id = above.parent_id
    )`,
    {
      plan: sql<CardPlan>`select * from chosen`,
      grid: sql<Omit<WholeGrid, 'shape'> & { geojson: GeoJsonShape }>`
        select grid_id as id, level, parent_id as parent, leaf, code, name, kind, locked, persons, households, buildings,
          area_m2 as "areaSquareMetres", tallied_at, from_revision, ${boxOf('geom')} as bbox,
          st_asgeojson(geom, 7)::json as geojson
        from whole`,
      above: sql<GridName>`select id, level, code, name from above order by level`,
      clock: clockFacts(sql`(select county from chosen)`),
    },
  )
  const [chosen] = found.plan
  if (!chosen) return undefined
  const { geojson, ...grid } = found.grid[0] ?? {}
  return {
    plan: chosen,
    grid: geojson && { ...(grid as Omit<WholeGrid, 'shape'>), shape: fromGeoJson(geojson) },
    above: found.above,
    clock: found.clock[0]!,
  }
}

type GeoJsonShape = Parameters<typeof fromGeoJson>[0]

/** Its ground, as it lies in the table. */
export const groundOfGrid = (key: PlanKey, grid: GridAddress): Ground =>
  groundOf(key.county, grid.bbox, geometryOfGrid(key, grid))

interface GridAddress {
  readonly id: string
  readonly bbox: Box
  readonly from_revision: number
}

export const geometryOfGrid = (key: PlanKey, grid: GridAddress) => sql`(
  select geom from grid_version where county = ${key.county} and plan_id = ${key.plan_id}
    and grid_id = ${grid.id} and from_revision = ${grid.from_revision})`

/** About half a metre. */
const REACH = 5e-6

/** The other grids of its level whose box comes near a grid's, with their shapes. */
export const gridsBeside = (key: PlanKey, grid: GridSummary, revision?: number) => {
  const [west, south, east, north] = grid.bbox
  return sql<{ id: string; code: string; name: string; twkb: string }>`
    select g.grid_id as id, g.code, g.name, encode(st_astwkb(g.geom, 7), 'base64') as twkb
    from grid_version g
    where ${keyed(key, revision)} and g.level = ${grid.level} and g.grid_id <> ${grid.id}
      and g.geom && ${envelope([west - REACH, south - REACH, east + REACH, north + REACH])}`
}

export const gridsUnder = (key: PlanKey, parent: string, revision?: number) => sql<GridSummary>`
  select g.grid_id as id, g.level, g.parent_id as parent, g.leaf, g.code, g.name, g.kind, g.locked, g.persons,
    g.households, g.buildings, g.area_m2 as "areaSquareMetres", ${boxOf('g.geom')} as bbox
  from grid_version g where ${keyed(key, revision)} and g.parent_id = ${parent} order by g.code`

/** The grids at one place, level 1 first: by the half-open test, so one of each level. */
export async function gridsAt(tx: Tx, key: PlanKey, [lng, lat]: readonly [number, number]) {
  const { rows } = await sql<GridName & { plan: string }>`
    with place as (select st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326) as point)
    select g.grid_id as id, g.plan_id as plan, g.level, g.code, g.name
    from grid_version g, place
    where ${keyed(key)} and g.geom && st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)
      and huage_covers(g.geom, place.point)
    order by g.level`.execute(tx)
  return rows
}

/** The published plan of a county that holds a place, else the one last worked on; undefined: none holds it. */
export async function planAtPlace(
  tx: Tx,
  county: string,
  [lng, lat]: readonly [number, number],
): Promise<PlanKey | undefined> {
  const { rows } = await sql<PlanKey>`
    with place as (select st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326) as point)
    select p.county, p.plan_id
    from grid_version g join plan p on p.county = g.county and p.plan_id = g.plan_id, place
    where g.county = ${county} and g.level = 1 and g.to_revision is null and p.state <> 'archived'
      and g.geom && st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)
      and huage_covers(g.geom, place.point)
    order by p.state = 'published' desc, p.changed_at desc limit 1`.execute(tx)
  return rows[0]
}

/** What became of a grid that is no more, followed through later edits; null: the plan never had it. */
export async function successorsOf(tx: Tx, key: PlanKey, grid: string): Promise<GridName[] | null> {
  const { rows } = await sql<{ known: boolean }>`
    select exists (select from grid_version g
      where g.county = ${key.county} and g.plan_id = ${key.plan_id} and g.grid_id = ${grid}) as known`.execute(
    tx,
  )
  if (!rows[0]!.known) return null
  const found = await sql<GridName>`
    with recursive later as (
      select ${grid}::uuid as grid_id
      union
      select l.to_grid from later join grid_lineage l
        on l.county = ${key.county} and l.plan_id = ${key.plan_id} and l.from_grid = later.grid_id
    )
    select g.grid_id as id, g.level, g.code, g.name
    from later join grid_version g on g.grid_id = later.grid_id and ${keyed(key)}
    order by g.code`.execute(tx)
  return found.rows
}
