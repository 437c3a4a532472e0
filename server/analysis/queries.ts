// SQL for spatial queries: whose ground a shape lies on.
import { sql } from 'kysely'
import type { Box, Place } from '../../core/contract/geometry.ts'
import type { Tx } from '../db/database.ts'
import { envelope } from '../registry/ground.ts'

/** The county whose area has the middle of a shape, else one that the shape's box meets; undefined: none is near. */
export async function countyNear(
  tx: Tx,
  box: Box | undefined,
  [lng, lat]: Place,
): Promise<string | undefined> {
  const middle = sql`st_setsrid(st_makepoint(${lng}::float8, ${lat}::float8), 4326)`
  const around = box ? envelope(box) : middle
  const { rows } = await sql<{ county: string }>`
    select county from area where geom && ${around}
    order by huage_covers(geom, ${middle}) desc, length(code) desc, code limit 1`.execute(tx)
  if (rows[0] || box) return rows[0]?.county
  // The nearest of something may lie where no area is.
  const nearest = await sql<{ county: string }>`
    select county from area order by geom <-> ${middle} limit 1`.execute(tx)
  return nearest.rows[0]?.county
}
