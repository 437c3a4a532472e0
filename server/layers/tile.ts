// One vector tile, from either engine: PostGIS encodes it where it can, Node where the engine cannot.
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from '../db/database.ts'
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
  /** Down to which level, where the zoom shall not decide. */
  readonly level?: number
}

/** A tile holds at most so many features; more than the eye can tell apart, and a bound on what a request costs. */
const MOST_FEATURES = 30_000

export interface Tile {
  /** Mapbox Vector Tile 2.1, empty where there is nothing to show. */
  readonly body: Buffer
  /** The content version it was drawn at; of grids the revision. */
  readonly version: number
}

/** Runs one statement of literals in the caller's scope. */
export type Read = <R>(query: RawBuilder<R>) => Promise<R[]>

export async function buildTile(
  engine: Engine,
  read: Read,
  layer: Layer,
  tile: TileAddress,
  plan?: TilePlan,
): Promise<Tile> {
  const version = plan
    ? sql<number>`${sql.lit(plan.revision)}::integer`
    : layerVersion(layer.versionOf ?? layer.name)
  const readVersion = async () =>
    (await read(sql<{ version: number }>`select ${version} as version`))[0]!.version
  if (tile.z < layer.minZoom) return { body: Buffer.alloc(0), version: await readVersion() }
  const geometry = sql.ref(layer.geometry)
  const envelope = sql`st_tileenvelope(${sql.lit(tile.z)}, ${sql.lit(tile.x)}, ${sql.lit(tile.y)})`
  const reach = sql`st_transform(st_tileenvelope(${sql.lit(tile.z)}, ${sql.lit(tile.x)}, ${sql.lit(tile.y)},
    margin => ${sql.lit(BUFFER / EXTENT)}), 4326)`
  const conditions = [sql<boolean>`${geometry} && ${reach}`]
  if (layer.only) conditions.push(layer.only)
  const thin = layer.thin?.(tile.z, plan?.level)
  if (thin) conditions.push(thin)
  if (plan) {
    conditions.push(
      sql`county = ${sql.lit(plan.county)}`,
      sql`plan_id = ${sql.lit(plan.plan_id)}`,
      aliveAt(plan.revision),
    )
  }
  const properties = sql.join(
    layer.properties.map(property => {
      const [column, name] = property.split(' as ')
      return name ? sql`${sql.ref(column!)} as ${sql.ref(name)}` : sql.ref(column!)
    }),
  )
  const where = sql.join(conditions, sql` and `)
  const source = sql`from ${sql.table(layer.table)} where ${where} limit ${sql.lit(MOST_FEATURES)}`

  if (engine === 'server') {
    const [drawn] = await read(sql<{ mvt: Buffer; version: number }>`
      with feature as (
        select ${properties},
          st_asmvtgeom(st_transform(${geometry}, 3857), ${envelope}, ${sql.lit(EXTENT)}, ${sql.lit(BUFFER)}, true) as shape
        ${source}
      )
      select st_asmvt(feature, ${sql.lit(layer.name)}, ${sql.lit(EXTENT)}, 'shape') as mvt, ${version} as version
      from feature where shape is not null`)
    return { body: drawn!.mvt, version: drawn!.version }
  }
  // Clipping in the engine keeps a lake of ten thousand vertices from travelling whole into every tile.
  const at = await readVersion()
  const rows = await read(sql<TileRow>`
    select ${properties}, st_asgeojson(
      case when ${geometry} @ ${reach} then ${geometry} else st_clipbybox2d(${geometry}, box2d(${reach})) end,
      7) as geojson
    ${source}`)
  return { body: encodeTile(layer.name, tile, rows), version: at }
}
