// SQL for posts: on grids, on areas, and on the roads and waters near a grid.
import { type RawBuilder, sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { Chain, StaffPost } from '../../core/contract/staff.ts'
import type { Tx } from '../db/database.ts'
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

/** Posts on some keys, each with the key it is on: `grid_id` or `area_code`. */
export const postsOn = (
  county: string,
  column: 'grid_id' | 'area_code',
  keys: readonly string[],
  on: string,
) =>
  sql<PostRow & { key: string }>`
    select ${sql.ref(`p.${column}`)}::text as key, ${postColumns}
    from post p ${joined}
    where p.county = ${county} and ${validOn(on)} and ${
      column === 'grid_id'
        ? sql`p.grid_id = any (${[...keys]}::uuid[])`
        : sql`p.area_code = any (${[...keys]}::text[])`
    }
    order by ${byRank}`

/** Posts by the key they are on. */
export function postsByKey(rows: readonly (PostRow & { key: string })[]): Map<string, StaffPost[]> {
  const found = new Map<string, StaffPost[]>()
  for (const row of rows) {
    const list = found.get(row.key)
    if (list) list.push(postOf(row))
    else found.set(row.key, [postOf(row)])
  }
  return found
}

/** Of latitude, and of longitude once it is scaled by the cosine of the latitude. */
const METRES_OF_A_DEGREE = 111_195

type LineRow = PostRow & { kind: 'road' | 'water'; line: string; line_name: string }

/**
 * Posts on roads and waters that come within some metres of the table `ground`, whose box is given; by line. Measured in
 * the plane at the ground's latitude, which is within a thousandth of the truth, and of the part of a line that is near.
 */
export const postsNear = (county: string, [west, south, east, north]: Box, metres: number, on: string) => {
  const scale = Math.max(Math.cos((((south + north) / 2) * Math.PI) / 180), 0.01)
  const reach = metres / METRES_OF_A_DEGREE
  const near = envelope([west - reach / scale, south - reach, east + reach / scale, north + reach])
  const inPlane = (geometry: RawBuilder<unknown>) => sql`st_scale(${geometry}, ${scale}::float8, 1)`
  const manned = (kind: 'road' | 'water') => sql`
    select ${sql.lit(kind)} as kind, l.id, coalesce(l.name, '') as name from ${sql.table(kind)} l, ground
    where l.county = ${county} and l.geom && ${near}
      and exists (select from post p where p.county = ${county} and ${sql.ref(`p.${kind}_id`)} = l.id and ${validOn(on)})
      and st_dwithin(${inPlane(sql`st_clipbybox2d(l.geom, ${near})`)}, ${inPlane(sql`ground.geom`)}, ${reach}::float8)`
  const posts = (kind: 'road' | 'water') => sql`
    select * from post where line.kind = ${sql.lit(kind)} and county = ${county} and ${sql.ref(`${kind}_id`)} = line.id`
  return sql<LineRow>`
    with line as materialized (${manned('road')} union all ${manned('water')})
    select line.kind, line.id as line, line.name as line_name, ${postColumns}
    from line cross join lateral (${posts('road')} union all ${posts('water')} offset 0) as p ${joined}
    where ${validOn(on)}
    order by line.kind, line.name, line.id, ${byRank}`
}

/** The roads and waters with their chiefs. */
export function linesOf(rows: readonly LineRow[]): Chain[] {
  const lines: Chain[] = []
  for (const row of rows) {
    const last = lines.at(-1)
    if (last?.kind === row.kind && last.id === row.line) last.posts.push(postOf(row))
    else lines.push({ kind: row.kind, id: row.line, name: row.line_name, level: null, posts: [postOf(row)] })
  }
  return lines
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
export const staffBelow = (key: PlanKey, grid: string, revision: number | undefined, on: string) =>
  sql<{ posts: number; people: number }>`
    ${withBelow(key, grid, revision)}
    select count(*)::integer as posts, count(distinct p.staff_id)::integer as people
    from below cross join lateral (
      -- by the index for each grid; the planner does not know how few they are and would read everybody
      select * from post where county = ${key.county} and grid_id = below.grid_id offset 0
    ) as p
    where ${validOn(on)}`

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
