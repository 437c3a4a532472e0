// SQL for posts: on grids, on areas, and on the roads and waters near a grid.
import { type RawBuilder, sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { StaffPost } from '../../core/contract/staff.ts'
import type { Tx } from '../db/database.ts'
import { kept } from '../db/kept.ts'
import { aliveThen } from '../grids/queries.ts'
import type { PlanKey } from '../plans/queries.ts'
import { envelope } from '../registry/ground.ts'

interface PostRow {
  id: string
  role: string
  from: string
  to: string | null
  staff_id: string
  name: string
  phone: string | null
  force: StaffPost['staff']['force']
  force_kind: string | null
  team: string | null
  party_member: boolean
  body: string | null
}

const postColumns = sql`p.id, p.role, p.from_date::text as "from", p.to_date::text as "to", s.id as staff_id, s.name,
  s.phone, s.force, s.force_kind, s.team, s.party_member, b.name as body`

const joined = sql`join staff s on s.county = p.county and s.id = p.staff_id
  left join body b on b.county = s.county and b.id = s.body_id`

export const validOn = (on: string) =>
  sql<boolean>`p.from_date <= ${on}::date and (p.to_date is null or p.to_date >= ${on}::date)`

// Heads first, then cadres and workers, then the rest by name.
const byRank = sql`case p.role when 'head' then 0 when 'cadre' then 1 when 'worker' then 2 else 3 end, p.role, s.name, p.id`

const postOf = (row: PostRow): StaffPost => ({
  id: row.id,
  role: row.role,
  from: row.from,
  to: row.to,
  staff: {
    id: row.staff_id,
    name: row.name,
    phone: row.phone,
    force: row.force,
    forceKind: row.force_kind,
    team: row.team,
    partyMember: row.party_member,
    body: row.body,
  },
})

/** Posts on a key, each with the key it is on: `grid_id` or `area_code`. */
export async function postsOn(
  tx: Tx,
  county: string,
  column: 'grid_id' | 'area_code',
  keys: readonly string[],
  on: string,
): Promise<Map<string, StaffPost[]>> {
  const found = new Map<string, StaffPost[]>()
  if (keys.length === 0) return found
  const { rows } = await sql<PostRow & { key: string }>`${kept}
    select ${sql.ref(`p.${column}`)}::text as key, ${postColumns}
    from post p ${joined}
    where p.county = ${county} and ${sql.ref(`p.${column}`)} in (${sql.join(keys)}) and ${validOn(on)}
    order by ${byRank}`.execute(tx)
  for (const row of rows) {
    const list = found.get(row.key)
    if (list) list.push(postOf(row))
    else found.set(row.key, [postOf(row)])
  }
  return found
}

/** Of a street or river chief: which road or water, and how far it runs. */
export interface LinePost {
  readonly kind: 'road' | 'water'
  readonly id: string
  readonly name: string
  readonly post: StaffPost
}

/** Of latitude, and of longitude once it is scaled by the cosine of the latitude. */
const METRES_OF_A_DEGREE = 111_195
/** Bends smaller than this do not count: without them a winding road is a tenth of the work. */
const COARSE_METRES = 2

/**
 * Posts on roads and waters that come within some metres of a shape, which stays in the database. Measured in the plane at
 * the shape's latitude: within a thousandth of the truth, and a hundred times as quick as on the globe.
 */
export async function postsNear(
  tx: Tx,
  county: string,
  shape: { readonly geometry: RawBuilder<unknown>; readonly box: Box },
  metres: number,
  on: string,
): Promise<LinePost[]> {
  const [west, south, east, north] = shape.box
  const scale = Math.max(Math.cos((((south + north) / 2) * Math.PI) / 180), 0.01)
  const reach = metres / METRES_OF_A_DEGREE
  const near = envelope([west - reach / scale, south - reach, east + reach / scale, north + reach])
  const coarse = (geometry: RawBuilder<unknown>) =>
    sql`st_simplify(st_scale(${geometry}, ${scale}::float8, 1), ${COARSE_METRES / METRES_OF_A_DEGREE}::float8)`
  const within = (line: RawBuilder<unknown>) =>
    sql`${line} && ${near} and st_dwithin(${coarse(line)}, shape.geom, ${reach}::float8)`
  const { rows } = await sql<PostRow & { kind: 'road' | 'water'; line: string; line_name: string }>`${kept}
    with shape as materialized (select ${coarse(shape.geometry)} as geom),
    line as (
      select p.id as post_id, 'road' as kind, r.id as line_id, coalesce(r.name, '') as line_name
      from road r join post p on p.county = r.county and p.road_id = r.id, shape
      where r.county = ${county} and p.road_id is not null and ${validOn(on)} and ${within(sql`r.geom`)}
      union all
      select p.id, 'water', w.id, coalesce(w.name, '')
      from water w join post p on p.county = w.county and p.water_id = w.id, shape
      where w.county = ${county} and p.water_id is not null and ${validOn(on)} and ${within(sql`w.geom`)}
    )
    select line.kind, line.line_id as line, line.line_name, ${postColumns}
    from line join post p on p.county = ${county} and p.id = line.post_id ${joined}
    order by line.kind, line.line_name, ${byRank}`.execute(tx)
  return rows.map(row => ({ kind: row.kind, id: row.line, name: row.line_name, post: postOf(row) }))
}

/** A grid and all grids below it, at a revision: a table `below (grid_id, level, code, name)`. */
export const withBelow = (key: PlanKey, grid: string, revision?: number) => sql`
  with recursive below as (
    select grid_id, level, code, name from grid_version
    where county = ${key.county} and plan_id = ${key.plan_id} and grid_id = ${grid} and ${aliveThen(revision)}
    union all
    select g.grid_id, g.level, g.code, g.name from below
    join grid_version g on g.county = ${key.county} and g.plan_id = ${key.plan_id} and g.parent_id = below.grid_id
      and ${aliveThen(revision)}
  )`

/** How many posts there are on a grid and all below it, and how many people hold them. */
export async function staffBelow(
  tx: Tx,
  key: PlanKey,
  grid: string,
  revision: number | undefined,
  on: string,
): Promise<{ posts: number; people: number }> {
  const { rows } = await sql<{ posts: number; people: number }>`${kept}
    ${withBelow(key, grid, revision)}
    select count(*)::integer as posts, count(distinct p.staff_id)::integer as people
    from below join post p on p.county = ${key.county} and p.grid_id = below.grid_id
    where ${validOn(on)}`.execute(tx)
  return rows[0]!
}

const MOST_POSTS = 5000

/** Those posts themselves, each with its grid. */
export async function postsBelow(
  tx: Tx,
  key: PlanKey,
  grid: string,
  revision: number | undefined,
  on: string,
) {
  const { rows } = await sql<
    PostRow & { grid_id: string; grid_code: string; grid_name: string; grid_level: 1 | 2 | 3 | 4 }
  >`
    ${withBelow(key, grid, revision)}
    select below.grid_id, below.code as grid_code, below.name as grid_name, below.level as grid_level, ${postColumns}
    from below join post p on p.county = ${key.county} and p.grid_id = below.grid_id ${joined}
    where ${validOn(on)}
    order by below.code, ${byRank}
    limit ${MOST_POSTS}`.execute(tx)
  return rows.map(row => ({
    ...postOf(row),
    grid: { id: row.grid_id, code: row.grid_code, name: row.grid_name, level: row.grid_level },
  }))
}

/**
 * Posts on placed grids: by distance, else by code of the grid.
 * @param before ends with a table `placed (grid_id, code, name, level, inner_point)`
 */
export async function postsAt(
  tx: Tx,
  county: string,
  before: RawBuilder<unknown>,
  {
    on,
    where,
    metres,
    limit,
  }: { on: string; where: RawBuilder<unknown>; metres: RawBuilder<unknown>; limit: number },
) {
  const { rows } = await sql<
    PostRow & {
      grid_id: string
      grid_code: string
      grid_name: string
      grid_level: 1 | 2 | 3 | 4
      lng: number
      lat: number
      metres: number | null
    }
  >`
    ${before}
    select placed.grid_id, placed.code as grid_code, placed.name as grid_name, placed.level as grid_level,
      st_x(placed.inner_point) as lng, st_y(placed.inner_point) as lat, ${metres} as metres, ${postColumns}
    from placed join post p on p.county = ${county} and p.grid_id = placed.grid_id ${joined}
    where ${validOn(on)} and ${where}
    order by metres, placed.code, ${byRank} limit ${limit}`.execute(tx)
  return rows.map(row => ({
    post: postOf(row),
    grid: { id: row.grid_id, code: row.grid_code, name: row.grid_name, level: row.grid_level },
    place: [row.lng, row.lat] as [number, number],
    metres: row.metres,
  }))
}
