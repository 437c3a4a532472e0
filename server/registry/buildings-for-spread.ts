// What spreading people needs to know of each building: its size and kind, its addresses, the land it stands on.
import Flatbush from 'flatbush'
import type { MultiPolygon } from 'geojson'
import { sql } from 'kysely'
import { bounds, covers, fromGeoJson, type Shape } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'

export interface SpreadBuilding {
  readonly id: string
  readonly kind: string | null
  readonly storeys: number | null
  readonly floor: number
  readonly persons: number
  readonly households: number
  readonly source: 'none' | 'column' | 'spread'
  readonly addresses: number
  /** Stands in allotments, garages, industry, commerce, barracks or a quarry. */
  readonly working: boolean
}

/** Lattice steps, about 3 m: entrances are mapped on the wall. */
const ADDRESS_REACH = 300
const WORKING_LAND = ['allotments', 'garages', 'industrial', 'commercial', 'military', 'quarry']

type Cells = [
  id: string,
  kind: string | null,
  storeys: number | null,
  floor: number,
  persons: number,
  households: number,
  source: SpreadBuilding['source'],
  x: number,
  y: number,
  west: number,
  south: number,
  east: number,
  north: number,
]

/** Rows as one text: a tenth of the cost of a row each. Which point lies where is decided here, by the kernel's own test. */
async function rowsOf<T>(tx: Tx, query: ReturnType<typeof sql>): Promise<T[]> {
  const { rows } = await sql<{
    all: string | null
  }>`select json_agg(cells)::text as "all" from (${query}) q(cells)`.execute(tx)
  return JSON.parse(rows[0]?.all ?? '[]') as T[]
}

const steps = (degrees: ReturnType<typeof sql>) => sql`round((${degrees}) * 1e7)::bigint`

async function outlineOf(
  tx: Tx,
  { county, areaCode, within }: { county: string; areaCode?: string; within?: object },
): Promise<Shape | null> {
  if (areaCode === undefined) return within === undefined ? null : fromGeoJson(multi(within))
  const [outline] = await rowsOf<MultiPolygon>(
    tx,
    sql`select st_asgeojson(geom, 7)::json from area where county = ${county} and code = ${areaCode}`,
  )
  return outline === undefined ? [] : fromGeoJson(outline)
}

function multi(geometry: object): MultiPolygon {
  const { type, coordinates } = geometry as { type: string; coordinates: MultiPolygon['coordinates'] }
  return { type: 'MultiPolygon', coordinates: type === 'Polygon' ? ([coordinates] as never) : coordinates }
}

/** In the order of their source's identity, so that the same town gives the same people. */
export async function buildingsForSpread(
  tx: Tx,
  where: { county: string; areaCode?: string; within?: object },
): Promise<SpreadBuilding[]> {
  const { county } = where
  const outline = await outlineOf(tx, where)
  const all = await rowsOf<Cells>(
    tx,
    sql`select json_build_array(id, kind, storeys, floor_area_m2, persons, households, people_source,
        ${steps(sql`st_x(point)`)}, ${steps(sql`st_y(point)`)},
        ${steps(sql`st_xmin(geom)`)}, ${steps(sql`st_ymin(geom)`)}, ${steps(sql`st_xmax(geom)`)}, ${steps(sql`st_ymax(geom)`)})
      from building where county = ${county} order by source_key`,
  )
  const addresses = await rowsOf<[number, number]>(
    tx,
    sql`select json_build_array(${steps(sql`st_x(point)`)}, ${steps(sql`st_y(point)`)}) from address where county = ${county}`,
  )
  const land = await rowsOf<MultiPolygon>(
    tx,
    sql`select st_asgeojson(geom, 7)::json from green where county = ${county} and kind = any(${WORKING_LAND}::text[])`,
  )
  const addressesAt = indexOf(addresses.map(([x, y]) => [x, y, x, y]))
  const shapes = land.map(fromGeoJson)
  const landAt = indexOf(shapes.map(bounds))
  const box = outline === null ? null : bounds(outline)
  const inside = (x: number, y: number) =>
    box === null || (x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && covers(outline!, [x, y]))
  return all.flatMap(
    ([id, kind, storeys, floor, persons, households, source, x, y, west, south, east, north]) => {
      if (!inside(x, y)) return []
      const near = addressesAt(
        west - ADDRESS_REACH,
        south - ADDRESS_REACH,
        east + ADDRESS_REACH,
        north + ADDRESS_REACH,
      )
      const working = landAt(x, y, x, y).some(at => covers(shapes[at]!, [x, y]))
      return [{ id, kind, storeys, floor, persons, households, source, addresses: near.length, working }]
    },
  )
}

function indexOf(boxes: readonly (readonly [number, number, number, number])[]) {
  if (boxes.length === 0) return (): number[] => []
  const index = new Flatbush(boxes.length)
  for (const box of boxes) index.add(...box)
  index.finish()
  return (west: number, south: number, east: number, north: number) => index.search(west, south, east, north)
}
