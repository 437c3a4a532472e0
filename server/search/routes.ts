// HTTP for search.
import { problems } from '../../core/contract/problem.ts'
import { SearchQuery, SearchReply } from '../../core/contract/search.ts'
import { actorOf } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { search } from './search.ts'

export async function searchRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.get(
    '/api/search',
    {
      schema: {
        summary:
          'Grids, addresses, buildings, facilities, organisations, staff, areas and incidents by what they are called',
        description:
          'Code or number, name or part of it, or the first letters of its pinyin; best first. Residents are never found.',
        tags: ['search'],
        querystring: SearchQuery,
        response: { 200: SearchReply, ...problems },
      },
    },
    request => inScope(database, actorOf(request), tx => search(tx, request.query)),
  )
}
