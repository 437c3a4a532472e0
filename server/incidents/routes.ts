// HTTP for incidents: lists, one with its steps, all of a county as columns, reports, and the stream of what happens.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Id } from '../../core/contract/grids.ts'
import {
  Body,
  IncidentCategory,
  IncidentDetail,
  IncidentFilter,
  IncidentList,
  NewIncident,
  NewIncidentStep,
  OnDay,
} from '../../core/contract/incidents.ts'
import { problems } from '../../core/contract/problem.ts'
import { County, LARGEST_REVISION } from '../../core/contract/text.ts'
import { actorOf, IDEMPOTENCY_HEADER, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { ProblemError } from '../errors.ts'
import { planRow } from '../plans/queries.ts'
import { listBodies } from './bodies.ts'
import { columnsOf, type Packed, packedOnce, stateOf } from './columns.ts'
import { countyAsked } from './county-asked.ts'
import { IncidentEvents } from './events.ts'
import { incidentDetail } from './incident-detail.ts'
import { leavesOf } from './leaves.ts'
import { pageOfIncidents } from './page.ts'
import { listCategories } from './queries.ts'
import { reportIncident } from './report-incident.ts'
import { takeStep } from './take-step.ts'

const tags = ['incidents']
const ofCounty = {
  county: Type.Optional(County),
  plan: Type.Optional(Type.String({ format: 'uuid', description: 'its county' })),
}
const LAST_EVENT = {
  type: 'object',
  properties: {
    'last-event-id': { type: 'string', maxLength: 8000, description: 'go on after this event' },
    'if-none-match': { type: 'string', maxLength: 1000 },
  },
} as const

export async function incidentRoutes(app: App, { database }: AppOptions): Promise<void> {
  const packed = packedOnce()
  const events = new IncidentEvents(database)
  app.addHook('preClose', async () => events.close())

  app.get(
    '/api/incident-categories',
    {
      schema: {
        summary: 'Categories of incidents: two trees',
        tags,
        response: { 200: Type.Array(IncidentCategory), ...problems },
      },
    },
    request => inScope(database, actorOf(request), listCategories),
  )

  app.get(
    '/api/bodies',
    {
      schema: {
        summary: 'Bodies that incidents can be dispatched to',
        tags,
        querystring: Type.Object(ofCounty),
        response: { 200: Type.Array(Body), ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), async tx => listBodies(tx, await countyAsked(tx, request.query))),
  )

  app.get(
    '/api/incidents',
    {
      schema: {
        summary: 'Incidents, newest first',
        tags,
        querystring: IncidentFilter,
        response: { 200: IncidentList, ...problems },
      },
    },
    request => inScope(database, actorOf(request), tx => pageOfIncidents(tx, request.query)),
  )

  app.get(
    '/api/incidents/columns',
    {
      schema: {
        summary: 'Apache Arrow stream: every incident of a county that has a place, in order of time',
        description:
          'Packed as core/contract/incident-columns.ts describes and reads. The answer has an ETag; a part of it, the version, is in the metadata too.',
        tags,
        querystring: Type.Object({ ...ofCounty, on: OnDay }),
        headers: LAST_EVENT,
      },
    },
    async (request, reply) => {
      const answer = await inScope(database, actorOf(request), async tx => {
        const state = await stateOf(tx, await countyAsked(tx, request.query), request.query.on)
        return unlessKnown(request, state.tag, () => columnsOf(tx, state))
      })
      return sendPacked(request, reply, answer)
    },
  )

  app.get(
    '/api/incidents/leaves',
    {
      schema: {
        summary: 'Apache Arrow stream: the leaf of a plan that each incident of the columns lies in',
        description:
          'In the order of the columns whose `version` it names; core/contract/incident-columns.ts reads it. By the half-open test on the exact place, so sums over grids equal those of `/api/analysis/counts`.',
        tags,
        querystring: Type.Object({
          plan: Id,
          revision: Type.Optional(Type.Integer({ minimum: 0, maximum: LARGEST_REVISION })),
        }),
        headers: LAST_EVENT,
      },
    },
    async (request, reply) => {
      const answer = await inScope(database, actorOf(request), async tx => {
        const plan = await planRow(tx, request.query.plan, { lock: false })
        if (!plan) throw new ProblemError('unknown-plan')
        const revision = request.query.revision ?? plan.revision
        if (revision > plan.revision) throw new ProblemError('unknown-revision')
        const state = await stateOf(tx, plan.county)
        const tag = `${state.tag}-${plan.plan_id}-${revision}`
        return unlessKnown(request, tag, () => leavesOf(tx, plan, revision, state))
      })
      return sendPacked(request, reply, answer)
    },
  )

  /** The body, unless the caller has it already. */
  async function unlessKnown(request: FastifyRequest, tag: string, pack: () => Promise<Uint8Array>) {
    const same = request.headers['if-none-match']?.includes(`"${tag}"`)
    return { tag, body: same ? null : await packed(tag, pack) }
  }

  app.get(
    '/api/incidents/events',
    {
      sse: 'only',
      schema: {
        summary:
          'Server-sent events: `ready`, then `reported` with each new incident and `stepped` with each step of one; Last-Event-ID goes on where it broke off',
        tags,
        querystring: Type.Object({ county: Type.Optional(County) }),
        headers: LAST_EVENT,
      },
    },
    async (request, reply) => {
      const gone = new AbortController()
      reply.sse.onClose(() => gone.abort())
      const actor = actorOf(request)
      const told = events.listen(actor, request.query.county, reply.sse.lastEventId, gone.signal)
      for await (const { id, event } of told) {
        await reply.sse.send({ id, event: event?.kind ?? 'ready', data: event ?? {} })
      }
    },
  )

  app.get(
    '/api/incidents/:id',
    {
      schema: {
        summary: 'One incident with its steps; who reported it is masked',
        tags,
        params: Type.Object({ id: Id }),
        querystring: Type.Object({ plan: Type.Optional(Id) }),
        response: { 200: IncidentDetail, ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), tx => incidentDetail(tx, request.params.id, request.query.plan)),
  )

  app.post(
    '/api/incidents',
    {
      schema: {
        summary: 'Report an incident at a place',
        tags,
        headers: IDEMPOTENCY_HEADER,
        body: NewIncident,
        response: { 201: IncidentDetail, ...problems },
      },
    },
    async (request, reply) => {
      const detail = await write(database, request, reply, 201, async tx => {
        const { id } = await reportIncident(tx, actorOf(request).name, request.body)
        return incidentDetail(tx, id, request.body.plan)
      })
      events.wake()
      return detail
    },
  )

  app.post(
    '/api/incidents/:id/steps',
    {
      schema: {
        summary: 'Take the next of the seven steps of an incident',
        description:
          'What may follow is in `nextSteps` of the incident. Going back, or up to a higher level, needs a reason in `note`.',
        tags,
        headers: IDEMPOTENCY_HEADER,
        params: Type.Object({ id: Id }),
        body: NewIncidentStep,
        response: { 201: IncidentDetail, ...problems },
      },
    },
    async (request, reply) => {
      const detail = await write(database, request, reply, 201, async tx => {
        await takeStep(tx, request.params.id, actorOf(request).name, request.body)
        return incidentDetail(tx, request.params.id, undefined)
      })
      events.wake()
      return detail
    },
  )
}

function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  { tag, body }: { tag: string; body: Packed | null },
): FastifyReply {
  reply.header('ETag', `"${tag}"`).header('Cache-Control', 'private, no-cache')
  reply.header('Vary', 'Accept-Encoding')
  if (!body) return reply.status(304).send()
  reply.type('application/vnd.apache.arrow.stream')
  const gzips = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')
  if (gzips) reply.header('Content-Encoding', 'gzip')
  return reply.send(Buffer.from(gzips ? body.gzipped : body.plain))
}
