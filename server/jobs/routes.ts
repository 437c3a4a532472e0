// HTTP for jobs: how far one is, its progress as events, and cancelling it.
import { Type } from 'typebox'
import { ImportJob } from '../../core/contract/imports.ts'
import { problems } from '../../core/contract/problem.ts'
import { Id } from '../../core/contract/text.ts'
import { actorOf } from '../actor.ts'
import type { App } from '../app.ts'
import { languageOf, ProblemError } from '../errors.ts'
import { jobReply } from './job-reply.ts'
import type { Job, Jobs } from './jobs.ts'

const tags = ['jobs']
const params = Type.Object({ id: Id })

export async function jobRoutes(app: App, { jobs }: { jobs: Jobs }): Promise<void> {
  /** Whoever started it. */
  const find = (id: string, actor: string): Job => {
    const job = jobs.find(id)
    if (job?.actor !== actor) throw new ProblemError('unknown-job')
    return job
  }

  app.get(
    '/api/jobs/:id',
    { schema: { summary: 'How far a job is', tags, params, response: { 200: ImportJob, ...problems } } },
    async request => jobReply(find(request.params.id, actorOf(request).name), languageOf(request)),
  )

  app.delete(
    '/api/jobs/:id',
    {
      schema: {
        summary: 'Cancel a job; nothing of it stays',
        tags,
        params,
        response: { 200: ImportJob, ...problems },
      },
    },
    async request => {
      const job = find(request.params.id, actorOf(request).name)
      jobs.cancel(job.id)
      return jobReply(job, languageOf(request))
    },
  )

  app.get(
    '/api/jobs/:id/events',
    {
      sse: 'only',
      schema: {
        summary: 'Server-sent events: `job` with the job as it is, until it has ended',
        tags,
        params,
      },
    },
    async (request, reply) => {
      const job = find(request.params.id, actorOf(request).name)
      const gone = new AbortController()
      reply.sse.onClose(() => gone.abort())
      for await (const now of jobs.listen(job, gone.signal))
        await reply.sse.send({ event: 'job', data: jobReply(now, languageOf(request)) })
    },
  )
}
