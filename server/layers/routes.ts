// HTTP for the layer catalogue and the vector tiles.
import { LRUCache } from 'lru-cache'
import { Type } from 'typebox'
import { LayerCatalogue } from '../../core/contract/layers.ts'
import { problems } from '../../core/contract/problem.ts'
import { actorOf } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import type { Tx } from '../db/database.ts'
import { inScope, readInScope } from '../db/scope.ts'
import { demoPlaces } from '../demo/queries.ts'
import { ProblemError } from '../errors.ts'
import { planRow } from '../plans/queries.ts'
import { findLayer, LAYERS } from './layers.ts'
import { holdsOpenStreetMap, layerExtent, layerVersions, namedLayers } from './queries.ts'
import { buildTile, type Read, type Tile, type TilePlan } from './tile.ts'

const CACHE_BYTES = 128 * 1024 * 1024
const DEEPEST_ZOOM = 22
const YEAR = 'private, max-age=31536000, immutable'

const TileParams = Type.Object({
  layer: Type.String(),
  z: Type.Integer({ minimum: 0, maximum: DEEPEST_ZOOM }),
  x: Type.Integer({ minimum: 0 }),
  y: Type.Integer({ minimum: 0 }),
})
const TileQuery = Type.Object({
  v: Type.Optional(
    Type.Integer({ minimum: 0, description: 'content version; with grids the revision of the plan' }),
  ),
  plan: Type.Optional(Type.String({ format: 'uuid', description: 'with grids: which plan' })),
  level: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 4,
      description: 'with grids: levels 1 to this one, instead of those that suit the zoom',
    }),
  ),
})

export async function layerRoutes(app: App, { database }: AppOptions): Promise<void> {
  // The scope is part of the key: nobody is given a tile that was drawn for somebody who may see more.
  const cache = new LRUCache<string, Tile>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (tile, key) => tile.body.length + key.length + 100,
  })

  app.get(
    '/api/layers',
    {
      schema: {
        summary: 'What can be drawn',
        tags: ['layers'],
        response: { 200: LayerCatalogue, ...problems },
      },
    },
    async (request, reply) => {
      reply.header('Cache-Control', 'no-cache')
      return inScope(database, actorOf(request), async tx => {
        const versions = await layerVersions(tx)
        const { counts, bbox } = await layerExtent(tx)
        const demo = await demoPlaces(tx)
        return {
          layers: LAYERS.map(layer => ({
            layer: layer.name,
            version: versions.get(layer.name) ?? 0,
            count: counts.get(layer.name) ?? 0,
            minZoom: layer.minZoom,
            tiles: `/tiles/${layer.name}/{z}/{x}/{y}.mvt?v=${layer.name === 'grids' ? '{revision}&plan={plan}' : (versions.get(layer.name) ?? 0)}`,
          })),
          named: await namedLayers(tx),
          demo,
          bbox,
          attribution: [
            ...((await holdsOpenStreetMap(tx)) ? ['© OpenStreetMap contributors'] : []),
            ...(demo.length > 0 ? ['地名代码 Place names: Vonng/adcode, CC BY 4.0'] : []),
          ],
        }
      })
    },
  )

  app.get(
    '/tiles/:layer/:z/:x/:y.mvt',
    {
      schema: { summary: 'Mapbox Vector Tile', tags: ['layers'], params: TileParams, querystring: TileQuery },
    },
    async (request, reply) => {
      const { layer: name, z, x, y } = request.params
      const { v, level } = request.query
      const layer = findLayer(name)
      const plan = layer?.name === 'grids' ? request.query.plan : undefined
      if (!layer) throw new ProblemError('unknown-layer')
      if (x >= 2 ** z || y >= 2 ** z) throw new ProblemError('unknown-tile')
      if (layer.name === 'grids' && !plan) throw new ProblemError('unknown-plan', { where: 'plan=' })

      const actor = actorOf(request)
      const key = `${actor.scope.join(',')} ${name}/${z}/${x}/${y} ${plan ?? ''} ${level ?? ''} ${v}`
      const cached = v === undefined ? undefined : cache.get(key)
      const draw = (read: Read, tilePlan?: TilePlan) =>
        buildTile(database.engine, read, layer, { z, x, y }, tilePlan)
      const drawn =
        cached ??
        (plan || database.engine === 'embedded'
          ? await inScope(database, actor, async tx =>
              draw(
                async query => (await query.execute(tx)).rows,
                plan ? { ...(await planAt(tx, plan, v)), level } : undefined,
              ),
            )
          : await draw(query => readInScope(database, actor, query)))
      const current = drawn.version === v
      // Only what was drawn at the very version in its address may be kept: another one may come under that address.
      if (current && !cached) cache.set(key, drawn)
      reply.header('Cache-Control', current ? YEAR : 'no-store')
      reply.type('application/vnd.mapbox-vector-tile')
      return reply.send(drawn.body)
    },
  )
}

/** The plan at the revision asked for, at its present one when that is not there yet. */
async function planAt(tx: Tx, id: string, revision: number | undefined): Promise<TilePlan> {
  const plan = await planRow(tx, id, { lock: false })
  if (!plan) throw new ProblemError('unknown-plan')
  return { ...plan, revision: Math.min(revision ?? plan.revision, plan.revision) }
}
