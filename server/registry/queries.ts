// SQL for what stands on the ground.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import { type Footprint, fromGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'

/** One row per building: its point in lattice steps, and who lives there. */
export interface WeightColumns {
  readonly x: Int32Array<ArrayBuffer>
  readonly y: Int32Array<ArrayBuffer>
  readonly persons: Int32Array<ArrayBuffer>
  readonly households: Int32Array<ArrayBuffer>
}

/** Footprints that some lines (degrees) run into or touch. */
export async function footprintsAt(
  tx: Tx,
  county: string,
  lines: readonly (readonly (readonly [number, number])[])[],
): Promise<Footprint[]> {
  if (lines.length === 0) return []
  const geometry = JSON.stringify({ type: 'MultiLineString', coordinates: lines })
  const { rows } = await sql<{ id: string; geojson: string }>`
    select id, st_asgeojson(geom, 7) as geojson
    from building
    where county = ${county} and geom && st_setsrid(st_geomfromgeojson(${geometry}), 4326)
      and st_intersects(geom, st_setsrid(st_geomfromgeojson(${geometry}), 4326))
    order by id`.execute(tx)
  return rows.map(row => ({ id: row.id, shape: fromGeoJson(JSON.parse(row.geojson)) }))
}

export interface NamedBuilding {
  id: string
  name: string | null
  kind: string | null
  persons: number
  at: [number, number]
}

/** Up to so many of some buildings, those with most people first. */
export async function nameBuildings(
  tx: Tx,
  county: string,
  ids: readonly string[],
  limit: number,
): Promise<NamedBuilding[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<NamedBuilding>`
    select id, name, kind, persons, json_build_array(st_x(point), st_y(point)) as at
    from building
    where county = ${county} and id in (${sql.join(ids.map(id => sql`${id}::uuid`))})
    order by persons desc, id limit ${limit}`.execute(tx)
  return rows
}

/** The courses of the roads in a box (degrees), flat lattice steps x0,y0,x1,y1,…, whole also where they leave it. */
export async function roadsWithin(
  tx: Tx,
  county: string,
  box: Box,
): Promise<{ class: string; line: number[] }[]> {
  const { rows } = await sql<{ class: string; line: number[] }>`
    select r.class, part.line
    from road r
    cross join lateral st_dump(r.geom) as piece
    cross join lateral (
      select jsonb_agg(v order by n, k) as line
      from st_dumppoints(piece.geom) with ordinality as point (path, geom, n),
        lateral (values (0, round(st_x(point.geom) * 1e7)), (1, round(st_y(point.geom) * 1e7))) as xy (k, v)
    ) as part
    where r.county = ${county} and r.geom && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)
    order by r.id, piece.path`.execute(tx)
  return rows
}

/**
 * The buildings whose point lies in a box (west, south, east, north in degrees).
 * Travels as one text per column: a tenth of the cost of a row per building.
 */
export async function weightsWithin(tx: Tx, county: string, box: Box): Promise<WeightColumns> {
  const { rows } = await sql<{ x: string; y: string; persons: string; households: string }>`
    select string_agg(round(st_x(point) * 1e7)::bigint::text, ',' order by id) as x,
      string_agg(round(st_y(point) * 1e7)::bigint::text, ',' order by id) as y,
      string_agg(persons::text, ',' order by id) as persons,
      string_agg(households::text, ',' order by id) as households
    from building
    where county = ${county} and point && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)
  `.execute(tx)
  const column = (text: string | null) => Int32Array.from(text ? text.split(',') : [], Number)
  const { x, y, persons, households } = rows[0]!
  return { x: column(x), y: column(y), persons: column(persons), households: column(households) }
}

/** People, households and buildings whose point the outline covers, by the one-point-one-grid rule. */
export async function countsWithin(
  tx: Tx,
  county: string,
  outline: { readonly type: string; readonly coordinates: readonly unknown[] },
): Promise<{ persons: number; households: number; buildings: number }> {
  const { rows } = await sql<{ persons: number; households: number; buildings: number }>`
    with outline as materialized (select st_setsrid(st_geomfromgeojson(${JSON.stringify(outline)}), 4326) as geom)
    select coalesce(sum(persons), 0)::integer as persons, coalesce(sum(households), 0)::integer as households,
      count(*)::integer as buildings
    from building b, outline
    where b.county = ${county} and b.point && outline.geom and huage_covers(outline.geom, b.point)`.execute(
    tx,
  )
  return rows[0]!
}

/** Whether people near were spread from a total and not counted. */
export async function hasSpreadPeople(tx: Tx, county: string, box: Box): Promise<boolean> {
  const row = await tx
    .selectFrom('building')
    .select('id')
    .where('county', '=', county)
    .where('people_source', '=', 'spread')
    .where('persons', '>', 0)
    .where(sql<boolean>`point && st_makeenvelope(${box[0]}, ${box[1]}, ${box[2]}, ${box[3]}, 4326)`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
