// The n things nearest to a point, exactly by metres: the index orders by degrees, which are shorter from west to east.
import { type RawBuilder, sql } from 'kysely'
import type { Place } from '../../core/contract/geometry.ts'
import type { Tx } from '../db/database.ts'
import type { Ground } from '../registry/ground.ts'

export interface Near {
  readonly place: Place
  readonly n: number
}

export interface Found {
  readonly id: string
  readonly metres: number
}

/**
 * @param table with a `point`, called `i` in `condition`
 * @returns nearest first; of two equally near the one with the smaller id
 */
export async function nearest(
  tx: Tx,
  county: string,
  table: string,
  { place: [lng, lat], n }: Near,
  condition: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<Found[]> {
  const from = sql`st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)`
  const meant = sql`i.county = ${county} and i.point is not null and ${condition}`
  // The n nearest by degrees are within some metres; nothing nearer in metres lies further away than that in degrees.
  const { rows: first } = await sql<{ metres: number | null }>`
    select max(st_distancesphere(point, ${from})) as metres from (
      select i.point from ${sql.table(table)} i where ${meant} order by i.point <-> ${from} limit ${n}
    ) as by_degrees`.execute(tx)
  const reach = first[0]!.metres
  if (reach === null) return []
  // A metre is at least this many degrees to the north, and more to the east.
  const up = reach / 111_000 + 1e-6
  const across = up / Math.max(Math.cos((Math.min(Math.abs(lat) + up, 89.9) * Math.PI) / 180), 1e-3)
  const { rows } = await sql<Found>`
    select i.id, st_distancesphere(i.point, ${from}) as metres from ${sql.table(table)} i
    where ${meant} and i.point && st_makeenvelope(${lng - across}::float8, ${lat - up}::float8,
      ${lng + across}::float8, ${lat + up}::float8, 4326)
    order by metres, i.id limit ${n}`.execute(tx)
  return rows
}

/** As a ground for counting: the rows found, households by their building. */
export function groundOfFound(county: string, found: readonly Found[]): Ground {
  const ids = found.map(({ id }) => id)
  return {
    county,
    before: sql`with chosen as materialized (
      select id, metres from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as found (id uuid, metres float8))`,
    beside: sql``,
    has: alias => {
      if (ids.length === 0) return sql<boolean>`false`
      return sql<boolean>`${sql.ref(alias === 'h' ? 'h.building_id' : `${alias}.id`)} in (select id from chosen)`
    },
  }
}
