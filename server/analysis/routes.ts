// HTTP for spatial queries and counts by grid.
import { Type } from 'typebox'
import {
  CountsRequest,
  GridCounts,
  QUERY_LIMITS,
  QueryReply,
  QueryRequest,
} from '../../core/contract/analysis.ts'
import { problems } from '../../core/contract/problem.ts'
import { actorOf } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { languageOf, ProblemError } from '../errors.ts'
import { countByGrid } from './count-by-grid.ts'
import { runQuery } from './run-query.ts'
import { csvOf, geoJsonOf } from './write-file.ts'

const tags = ['analysis']
const Format = Type.Enum(['json', 'csv', 'geojson'])

export async function analysisRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.post(
    '/api/analysis/query',
    {
      schema: {
        summary: 'What lies in a shape, in a grid, along a line, or nearest to a point',
        description:
          'Counts of the layers named, rows of one of them, and the very shape that was counted in. People are counts only. A point on a border belongs to one side. `format` gives all rows of `table.layer` as a file.',
        tags,
        querystring: Type.Object({ format: Type.Optional(Format) }),
        body: QueryRequest,
        response: { 200: QueryReply, ...problems },
      },
    },
    async (request, reply) => {
      const language = languageOf(request)
      const { format = 'json' } = request.query
      const ask = (asked: QueryRequest) =>
        inScope(database, actorOf(request), tx => runQuery(tx, asked, language))
      if (format === 'json') return ask(request.body)
      const layer = request.body.table?.layer ?? request.body.layers[0]
      if (!layer) throw new ProblemError('nothing-selected')
      const { table, demo } = await ask({
        ...request.body,
        layers: [layer],
        table: { layer, limit: QUERY_LIMITS.mostRows, offset: 0 },
      })
      const all = table ?? { layer, columns: [], rows: [], total: 0, offset: 0 }
      if (all.total > QUERY_LIMITS.mostRows) throw new ProblemError('too-many-rows')
      reply.header('Content-Disposition', `attachment; filename="huage-${layer}.${format}"`)
      if (format === 'csv') return sendText(reply, 'text/csv; charset=utf-8', csvOf(all, demo, language))
      return sendText(reply, 'application/geo+json', geoJsonOf(all, demo))
    },
  )

  app.post(
    '/api/analysis/counts',
    {
      schema: {
        summary: 'How many of something lie in each grid of a level, per 1,000 people and per km²',
        description: 'A shallow leaf stands in for itself. `total` is the sum over the grids.',
        tags,
        body: CountsRequest,
        response: { 200: GridCounts, ...problems },
      },
    },
    request => inScope(database, actorOf(request), tx => countByGrid(tx, request.body)),
  )
}

/** Past the serializer of the JSON answer. */
function sendText(
  reply: { type(type: string): { send(payload: unknown): unknown } },
  type: string,
  text: string,
): never {
  return reply.type(type).send(Buffer.from(text)) as never
}
