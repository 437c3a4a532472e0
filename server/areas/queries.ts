// SQL for administrative divisions.
import { sql } from 'kysely'
import type { Area, AreaDetail } from '../../core/contract/areas.ts'
import type { Box, MultiPolygon } from '../../core/contract/geometry.ts'
import { fromGeoJson, tally, weightsOf } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { isDemo } from '../demo/queries.ts'
import { hasSpreadPeople, weightsWithin } from '../registry/queries.ts'

const boxOf = sql<Box>`jsonb_build_array(st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom))`

const summary = (tx: Tx) =>
  tx
    .selectFrom('area')
    .select(['code', 'name', 'county', 'local', 'source', 'parent_code as parent'])
    .select([boxOf.as('bbox'), sql<number>`st_area(geom::geography)`.as('areaSquareMetres')])
    .select(isDemo('area.county').as('demo'))

export const listAreas = (tx: Tx): Promise<Area[]> => summary(tx).orderBy('code').execute()

/** One area with its outline and the people in it, counted by the one-point-one-grid rule. */
export async function findArea(tx: Tx, code: string): Promise<AreaDetail | undefined> {
  const area = await summary(tx)
    .select(sql<MultiPolygon>`st_asgeojson(geom, 7)::jsonb`.as('geometry'))
    .where('county', '=', code.slice(0, 6))
    .where('code', '=', code)
    .executeTakeFirst()
  if (!area) return undefined
  // The kernel's test over one read of the points is ten times faster than the same test in SQL, point by point.
  const weights = weightsOf(await weightsWithin(tx, area.county, area.bbox))
  const people = tally(weights, fromGeoJson(area.geometry))
  return { ...area, ...people, synthetic: await hasSpreadPeople(tx, area.county, area.bbox) }
}

/** The county whose buildings stand in the outline, most of them; undefined where nothing stands. */
export async function countyUnder(tx: Tx, outline: MultiPolygon): Promise<string | undefined> {
  const geometry = sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(outline)}), 4326)`
  const row = await tx
    .selectFrom('building')
    .select('county')
    .where(sql<boolean>`point && ${geometry}`)
    .groupBy('county')
    .orderBy(sql`count(*)`, 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.county
}

/** Adds an area; false when its code is taken. */
export async function insertArea(
  tx: Tx,
  area: { code: string; name: string; local: boolean; source: string; actor: string; geometry: MultiPolygon },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('area')
    .values({
      county: area.code.slice(0, 6),
      code: area.code,
      name: area.name,
      local: area.local,
      source: area.source,
      source_key: null,
      created_by: area.actor,
      geom: sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(area.geometry)}), 4326)`,
    })
    .onConflict(conflict => conflict.columns(['county', 'code']).doNothing())
    .returning('code')
    .executeTakeFirst()
  return inserted !== undefined
}
