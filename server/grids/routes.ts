// HTTP for single grids.
import { Type } from 'typebox'
import { GridCard, Id } from '../../core/contract/grids.ts'
import { problems } from '../../core/contract/problem.ts'
import { LARGEST_REVISION } from '../../core/contract/text.ts'
import { actorOf } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { ProblemError } from '../errors.ts'
import { gridCard } from './card.ts'

export async function gridRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.get(
    '/api/grids/:id',
    {
      schema: {
        summary: 'The card of a grid',
        description: 'In the published plan unless `plan` names another.',
        tags: ['grids'],
        params: Type.Object({ id: Id }),
        querystring: Type.Object({
          plan: Type.Optional(Id),
          revision: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_REVISION })),
        }),
        response: { 200: GridCard, ...problems },
      },
    },
    async request => {
      const actor = actorOf(request)
      const card = await inScope(database, actor, tx =>
        gridCard(tx, actor.name, request.params.id, request.query),
      )
      if (!card) throw new ProblemError('unknown-grid')
      return card
    },
  )
}
