// A piece of ground to count in: its box as constants for the index, its geometry once, the half-open test for a point.
import { type RawBuilder, sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'

export interface Ground {
  readonly county: string
  readonly box: Box
  /** An expression for its geometry, */
  readonly geometry: RawBuilder<unknown>
}

/**
 * To stand before a statement that uses `covered`. `st_setsrid` makes a value of its own: one that still lies in the
 * table would be unpacked again for every point.
 */
export const withGround = (ground: Ground) => sql`
  with ground as materialized (
    select geom, st_boundary(geom) as border from (select st_setsrid(${ground.geometry}, 4326) as geom) as given
  )`

const envelope = ([west, south, east, north]: Box) =>
  sql`st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`

/**
 * Whether the ground owns the point: `huage_covers`, taken apart so that the border is made once and not for each point.
 * The statement must have `ground` among its tables.
 */
export const covered = (ground: Ground, point: string) => {
  const column = sql.ref(point)
  return sql<boolean>`(${column} && ${envelope(ground.box)} and case
    when st_intersects(ground.border, st_expand(${column}, 1e-6)) then huage_covers_exactly(ground.geom, ${column})
    else st_contains(ground.geom, ${column})
  end)`
}
