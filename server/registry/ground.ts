// What to count: everything whose point a piece of ground owns, by the half-open test, or the things nearest to a point.
import { type RawBuilder, sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'

/** Parts of a statement that counts things in one county. */
export interface Ground {
  readonly county: string
  /** `with … as (…)`, to stand before the statement; more may follow after a comma. */
  readonly before: RawBuilder<unknown>
  /** To stand after the last table of `from`. */
  readonly beside: RawBuilder<unknown>
  /** Whether the row of this alias is meant; it must have a `point`. */
  has(alias: string): RawBuilder<boolean>
}

export const envelope = ([west, south, east, north]: Box) =>
  sql`st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`

/**
 * `huage_covers` taken apart, so that a shape's border is made once and not for each point.
 * @param geom the shape, @param border its boundary, @param point in question: SQL expressions
 */
export const ownsPoint = (geom: string, border: string, point: string) => {
  const [shape, edge, at] = [sql.ref(geom), sql.ref(border), sql.ref(point)]
  return sql<boolean>`case when st_dwithin(${edge}, ${at}, 1e-6) then huage_covers_exactly(${shape}, ${at})
    else st_contains(${shape}, ${at}) end`
}

/**
 * The ground of a shape. Its box stands as constants in the statement, where the planner can see it.
 * @param geometry an expression. `st_setsrid` makes a value of its own: one that still lies in the table would be
 * unpacked again for every point.
 */
export const groundOf = (county: string, box: Box, geometry: RawBuilder<unknown>): Ground => ({
  county,
  before: sql`
  with ground as materialized (
    select geom, st_boundary(geom) as border from (select st_setsrid(${geometry}, 4326) as geom) as given
  )`,
  beside: sql`, ground`,
  has: alias => sql<boolean>`(${sql.ref(`${alias}.point`)} && ${envelope(box)}
    and ${ownsPoint('ground.geom', 'ground.border', `${alias}.point`)})`,
})
