// Posts on the grids of a plan, each at the inner point of its grid: in a shape, in a grid and below it, or nearest.
import { type RawBuilder, sql } from 'kysely'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridName } from '../../core/contract/grids.ts'
import type { StaffPost } from '../../core/contract/staff.ts'
import type { Tx } from '../db/database.ts'
import { aliveAt, type PlanKey } from '../plans/queries.ts'
import { postsAt } from './queries.ts'

export interface PlacedPost {
  readonly post: StaffPost
  readonly grid: GridName
  readonly place: Place
  /** From the point asked for. */
  readonly metres: number | null
}

/** Which grids: an expression for a shape, one grid with all below it, or the posts nearest to a point. */
export type Whose =
  | { readonly shape: RawBuilder<unknown> }
  | { readonly grid: string }
  | { readonly near: Place; readonly n: number }

/** More than any district has; a bound on what a request costs. */
const MOST_POSTS = 100_000

export async function postsOnGround(
  tx: Tx,
  key: PlanKey,
  whose: Whose,
  revision: number | undefined,
  on: string,
): Promise<PlacedPost[]> {
  const alive = sql`g.county = ${key.county} and g.plan_id = ${key.plan_id} and ${aliveAt(revision)}`
  // An inner point costs more than all the rest, so only grids that somebody has a post on get one.
  const manned = sql`exists (select from post p where p.county = ${key.county} and p.grid_id = g.grid_id)`
  const inner = sql`st_snaptogrid(st_pointonsurface(g.geom), 1e-7)`
  const placed = (where: RawBuilder<unknown>) => sql`
    placed as materialized (
      select g.grid_id, g.code, g.name, g.level, ${inner} as inner_point from grid_version g
      where ${alive} and ${manned} and ${where}
    )`
  if ('grid' in whose) {
    return postsAt(
      tx,
      key.county,
      sql`with recursive below as (
        select g.grid_id from grid_version g where ${alive} and g.grid_id = ${whose.grid}
        union all
        select g.grid_id from below join grid_version g on ${alive} and g.parent_id = below.grid_id
      ), ${placed(sql`g.grid_id in (select grid_id from below)`)}`,
      { on, where: sql`true`, metres: sql`null::float8`, limit: MOST_POSTS },
    )
  }
  if ('near' in whose) {
    const [lng, lat] = whose.near
    return postsAt(tx, key.county, sql`with ${placed(sql`true`)}`, {
      on,
      where: sql`true`,
      metres: sql`st_distancesphere(placed.inner_point, st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326))`,
      limit: whose.n,
    })
  }
  return postsAt(
    tx,
    key.county,
    sql`with asked as materialized (select st_setsrid(${whose.shape}, 4326) as geom),
      ${placed(sql`g.geom && (select geom from asked)`)}`,
    {
      on,
      where: sql`huage_covers((select geom from asked), placed.inner_point)`,
      metres: sql`null::float8`,
      limit: MOST_POSTS,
    },
  )
}
