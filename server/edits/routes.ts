// HTTP for edits: preview, commit, undo, redo, journal.
import { Type } from 'typebox'
import {
  EditPreview,
  EditReply,
  EditRequest,
  EditSummary,
  RedoRequest,
  UndoRequest,
} from '../../core/contract/edits.ts'
import { Id } from '../../core/contract/grids.ts'
import { Presence, Touch } from '../../core/contract/presence.ts'
import { problems } from '../../core/contract/problem.ts'
import { LARGEST_REVISION } from '../../core/contract/text.ts'
import { isRefusal } from '../../core/topology/index.ts'
import { actorOf, IDEMPOTENCY_HEADER, idempotencyKey, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { languageOf, ProblemError, refusalProblem } from '../errors.ts'
import { planRow } from '../plans/queries.ts'
import { commitEdit } from './commit-edit.ts'
import { PlanEvents } from './events.ts'
import { previewEdit } from './preview-edit.ts'
import { listEdits } from './queries.ts'
import { reverseEdit } from './reverse-edit.ts'

const params = Type.Object({ id: Id })
const tags = ['edits']

const LAST_EVENT = Type.Object({
  'last-event-id': Type.Optional(
    Type.String({ pattern: '^[0-9]{1,10}$', description: 'the revision of the last edit that is known' }),
  ),
})

export async function editRoutes(app: App, { database }: AppOptions): Promise<void> {
  const events = new PlanEvents(database)
  app.addHook('preClose', async () => events.close())

  app.get(
    '/api/plans/:id/events',
    {
      sse: 'only',
      schema: {
        summary:
          'Server-sent events: `ready`, then `edit` with each edit and `presence` with who has the plan open; Last-Event-ID goes on where it broke off',
        tags,
        params,
        headers: LAST_EVENT,
        querystring: Type.Object({
          desk: Type.Optional(
            Type.Unsafe<string>({ ...Id, description: 'an id of the page that listens, its own' }),
          ),
        }),
      },
    },
    async (request, reply) => {
      const gone = new AbortController()
      const last = reply.sse.lastEventId
      const told = await events.listen(
        actorOf(request),
        request.params.id,
        last === null ? null : Number(last),
        gone.signal,
        request.query.desk,
      )
      if (!told) throw new ProblemError('unknown-plan')
      reply.sse.onClose(() => gone.abort())
      for await (const one of told) {
        if (!reply.sse.isConnected) break
        if ('presence' in one) await reply.sse.send({ event: 'presence', data: one.presence })
        else {
          const { revision, edit } = one
          await reply.sse.send({
            id: String(revision),
            event: edit ? 'edit' : 'ready',
            data: edit ?? { revision },
          })
        }
      }
    },
  )

  app.put(
    '/api/plans/:id/desks/:desk',
    {
      schema: {
        summary: 'Tell the others which tool and grids an open page has in hand',
        description: '`desks` is empty when the page does not listen to the events of the plan.',
        tags,
        params: Type.Object({ id: Id, desk: Id }),
        body: Touch,
        response: { 200: Presence, ...problems },
      },
    },
    async request => {
      const { id, desk } = request.params
      const plan = await inScope(database, actorOf(request), tx => planRow(tx, id, { lock: false }))
      if (!plan) throw new ProblemError('unknown-plan')
      return { desks: events.touch(id, desk, request.body) ? events.desksOf(id) : [] }
    },
  )

  app.get(
    '/api/plans/:id/edits',
    {
      schema: {
        summary: 'The journal, newest first',
        tags,
        params,
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
          before: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: LARGEST_REVISION,
              description: 'only revisions below this one',
            }),
          ),
        }),
        response: { 200: Type.Array(EditSummary), ...problems },
      },
    },
    request =>
      inScope(database, actorOf(request), async tx => {
        const plan = await planRow(tx, request.params.id, { lock: false })
        if (!plan) throw new ProblemError('unknown-plan')
        return listEdits(tx, plan, request.query)
      }),
  )

  app.post(
    '/api/plans/:id/edits/preview',
    {
      schema: {
        summary: 'What an edit would do: the same function as the edit itself, nothing written',
        tags,
        params,
        body: EditRequest,
        response: { 200: EditPreview, ...problems },
      },
    },
    async request => {
      const preview = await inScope(database, actorOf(request), tx =>
        previewEdit(tx, request.params.id, request.body, languageOf(request)),
      )
      if (isRefusal(preview)) throw refusalProblem(preview, request.body.kind)
      return preview
    },
  )

  app.post(
    '/api/plans/:id/edits',
    {
      schema: {
        summary: 'Make an edit',
        description:
          '409 when a grid it reads changed after `base`; 422 when the kernel refuses, with code and place.',
        tags,
        params,
        headers: IDEMPOTENCY_HEADER,
        body: EditRequest,
        response: { 201: EditReply, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 201, async tx => {
        const by = { actor: actorOf(request).name, idempotencyKey: idempotencyKey(request) }
        const result = await commitEdit(tx, request.params.id, request.body, by)
        if (isRefusal(result)) throw refusalProblem(result, request.body.kind)
        return result
      }).finally(() => events.wake(request.params.id)),
  )

  for (const [kind, body, summary] of [
    ['undo', UndoRequest, 'Reverse your latest edit, or the one named'],
    ['redo', RedoRequest, 'Reverse your latest undo'],
  ] as const) {
    app.post(
      `/api/plans/:id/${kind}`,
      {
        schema: {
          summary,
          tags,
          params,
          headers: IDEMPOTENCY_HEADER,
          body,
          response: { 201: EditReply, ...problems },
        },
      },
      (request, reply) =>
        write(database, request, reply, 201, tx => {
          const by = { actor: actorOf(request).name, idempotencyKey: idempotencyKey(request) }
          return reverseEdit(tx, request.params.id, kind, request.body, by)
        }).finally(() => events.wake(request.params.id)),
    )
  }
}
