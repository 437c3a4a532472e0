// One vector tile, from either engine: PostGIS encodes it where it can, Node where the engine cannot.
import { sql } from 'kysely'
import type { Database, Tx } from '../db/database.ts'
import { aliveAt } from '../plans/queries.ts'
import { encodeTile, type TileRow } from './encode-tile.ts'
import type { Layer } from './layers.ts'
import { layerVersion } from './queries.ts'

export interface TileAddress {
  readonly z: number
  readonly x: number
  readonly y: number
}

/** Units across a tile, and how far features reach past its edge (in the same units). */
export const EXTENT = 4096
export const BUFFER = 64

/** A plan's grids at one revision. */
export interface TilePlan {
  readonly county: string
  readonly plan_id: string
  readonly revision: number
}

/** A tile holds at most so many features; more than the eye can tell apart, and a bound on what a request costs. */
const MOST_FEATURES = 30_000

export interface Tile {
  /** Mapbox Vector Tile 2.1, empty where there is nothing to show. */
  readonly body: Buffer
  /** The content version it was drawn at; of grids the revision. */
  readonly version: number
}

export async function buildTile(
  database: Database,
  tx: Tx,
  layer: Layer,
  tile: TileAddress,
  plan?: TilePlan,
): Promise<Tile> {
  const version = plan ? sql`${plan.revision}::integer` : layerVersion(layer.name)
  if (tile.z < layer.minZoom) {
    const { rows } = await sql<{ version: number }>`select ${version} as version`.execute(tx)
    return { body: Buffer.alloc(0), version: rows[0]!.version }
  }
  const geometry = sql.ref(layer.geometry)
  const envelope = sql`st_tileenvelope(${sql.lit(tile.z)}, ${sql.lit(tile.x)}, ${sql.lit(tile.y)})`
  const reach = sql`st_transform(st_tileenvelope(${sql.lit(tile.z)}, ${sql.lit(tile.x)}, ${sql.lit(tile.y)},
    margin => ${sql.lit(BUFFER / EXTENT)}), 4326)`
  const conditions = [sql<boolean>`${geometry} && ${reach}`]
  const thin = layer.thin?.(tile.z)
  if (thin) conditions.push(thin)
  if (plan) {
    conditions.push(sql`county = ${plan.county}`, sql`plan_id = ${plan.plan_id}`, aliveAt(plan.revision))
  }
  const properties = sql.join(
    layer.properties.map(property => {
      const [column, name] = property.split(' as ')
      return name ? sql`${sql.ref(column!)} as ${sql.ref(name)}` : sql.ref(column!)
    }),
  )
  const where = sql.join(conditions, sql` and `)
  const source = sql`from ${sql.table(layer.table)} where ${where} limit ${sql.lit(MOST_FEATURES)}`

  if (database.engine === 'server') {
    const { rows } = await sql<{ mvt: Buffer; version: number }>`
      with feature as (
        select ${properties},
          st_asmvtgeom(st_transform(${geometry}, 3857), ${envelope}, ${sql.lit(EXTENT)}, ${sql.lit(BUFFER)}, true) as shape
        ${source}
      )
      select st_asmvt(feature, ${layer.name}, ${sql.lit(EXTENT)}, 'shape') as mvt, ${version} as version
      from feature where shape is not null
    `.execute(tx)
    return { body: rows[0]!.mvt, version: rows[0]!.version }
  }
  // Clipping in the engine keeps a lake of ten thousand vertices from travelling whole into every tile.
  const at = await sql<{ version: number }>`select ${version} as version`.execute(tx)
  const { rows } = await sql<TileRow>`
    select ${properties}, st_asgeojson(
      case when ${geometry} @ ${reach} then ${geometry} else st_clipbybox2d(${geometry}, box2d(${reach})) end,
      7) as geojson
    ${source}`.execute(tx)
  return { body: encodeTile(layer.name, tile, rows), version: at.rows[0]!.version }
}
