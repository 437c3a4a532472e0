// HTTP for administrative divisions.
import { Type } from 'typebox'
import { Area, AreaCode, AreaDetail, NewArea } from '../../core/contract/areas.ts'
import { problems } from '../../core/contract/problem.ts'
import { actorOf, IDEMPOTENCY_HEADER, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { ProblemError, refusalProblem } from '../errors.ts'
import { createArea } from './create-area.ts'
import { findArea, listAreas } from './queries.ts'

export async function areaRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.get(
    '/api/areas',
    {
      schema: { summary: 'Areas by code', tags: ['areas'], response: { 200: Type.Array(Area), ...problems } },
    },
    request => inScope(database, actorOf(request), listAreas),
  )

  app.get(
    '/api/areas/:code',
    {
      schema: {
        summary: 'One area with outline and people',
        tags: ['areas'],
        params: Type.Object({ code: AreaCode }),
        response: { 200: AreaDetail, ...problems },
      },
    },
    async request => {
      const area = await inScope(database, actorOf(request), tx => findArea(tx, request.params.code))
      if (!area) throw new ProblemError('unknown-area')
      return area
    },
  )

  app.post(
    '/api/areas',
    {
      schema: {
        summary: 'Add an area that was drawn or uploaded',
        tags: ['areas'],
        headers: IDEMPOTENCY_HEADER,
        body: NewArea,
        response: { 201: AreaDetail, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 201, async tx => {
        const code = await createArea(tx, actorOf(request).name, request.body)
        if (typeof code !== 'string') throw refusalProblem(code)
        return (await findArea(tx, code))!
      }),
  )
}
