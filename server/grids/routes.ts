// HTTP for single grids.
import { Type } from 'typebox'
import { GridCard, GridStaff, Id } from '../../core/contract/grids.ts'
import { IncidentFilter, IncidentList, OnDay } from '../../core/contract/incidents.ts'
import { problems } from '../../core/contract/problem.ts'
import { LARGEST_REVISION } from '../../core/contract/text.ts'
import { actorOf } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { pageOfIncidents } from '../incidents/page.ts'
import { gridCard, gridStaff } from './card.ts'

const params = Type.Object({ id: Id })
const tags = ['grids']
const where = {
  plan: Type.Optional(Id),
  revision: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_REVISION })),
}
const {
  grid: _grid,
  plan: _plan,
  revision: _revision,
  county: _county,
  ...filter
} = IncidentFilter.properties

export async function gridRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.get(
    '/api/grids/:id',
    {
      schema: {
        summary: 'The card of a grid',
        description:
          'In the published plan that has it unless `plan` names another. Outline and totals are those of the revision; people, posts and incidents are those of the day. 410 with `successors` when the grid is no more.',
        tags,
        params,
        querystring: Type.Object({ ...where, on: OnDay }),
        response: { 200: GridCard, ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), tx => gridCard(tx, { ...request.params, ...request.query }), {
        keepPlans: true,
      }),
  )

  app.get(
    '/api/grids/:id/staff',
    {
      schema: {
        summary: 'Who has a post on a grid or below it, and who is responsible upward',
        tags,
        params,
        querystring: Type.Object({ ...where, on: OnDay }),
        response: { 200: GridStaff, ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), tx => gridStaff(tx, { ...request.params, ...request.query })),
  )

  app.get(
    '/api/grids/:id/incidents',
    {
      schema: {
        summary: 'Incidents in a grid, newest first',
        tags,
        params,
        querystring: Type.Object({ ...where, ...filter }),
        response: { 200: IncidentList, ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), tx =>
        pageOfIncidents(tx, { ...request.query, grid: request.params.id }),
      ),
  )
}
