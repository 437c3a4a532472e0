// HTTP for bringing data in: upload and look, look again with other settings, import as a job, list, withdraw.
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { Type } from 'typebox'
import {
  FileExtent,
  ImportJob,
  ImportRecord,
  ImportSettings,
  ImportWithdrawn,
  Inspection,
  NewImport,
} from '../../core/contract/imports.ts'
import { problems } from '../../core/contract/problem.ts'
import { Id } from '../../core/contract/text.ts'
import { actorOf, IDEMPOTENCY_HEADER, idempotencyKey, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { inScope } from '../db/scope.ts'
import { languageOf, ProblemError } from '../errors.ts'
import { jobReply } from '../jobs/job-reply.ts'
import type { Jobs } from '../jobs/jobs.ts'
import { inspectUpload } from './inspect-upload.ts'
import { LIMITS } from './limits.ts'
import { measureFile } from './measure-file.ts'
import { listImports, nearOf, rejectsOf, repairsOf } from './queries.ts'
import { startImport } from './start-import.ts'
import { type Upload, Uploads } from './uploads.ts'
import { withdrawImport } from './withdraw-import.ts'

const tags = ['imports']
const params = Type.Object({ id: Id })
/** A shapefile has a handful of parts. */
const MOST_FILES = 12

export async function importRoutes(
  app: App,
  { database, jobs, uploadFolder }: AppOptions & { jobs: Jobs },
): Promise<void> {
  const uploads = new Uploads(uploadFolder ?? join(tmpdir(), 'huage-uploads'))
  app.addHook('preClose', async () => {
    await jobs.close()
    uploads.close()
  })
  const findUpload = (id: string, actor: string): Upload => {
    const upload = uploads.find(id, actor)
    if (!upload) throw new ProblemError('unknown-upload')
    return upload
  }

  app.post(
    '/api/uploads',
    {
      schema: {
        summary: 'Upload a file and look at it; nothing is imported yet',
        description:
          'multipart/form-data with one file, or the parts of one shapefile. It is kept for an hour, and not over a restart.',
        tags,
        consumes: ['multipart/form-data'],
        headers: IDEMPOTENCY_HEADER,
        response: { 201: Inspection, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const key = idempotencyKey(request)
      const parts = request.files({ limits: { fileSize: LIMITS.unpackedBytes, files: MOST_FILES } })
      const named = (async function* () {
        for await (const { filename, file } of parts) yield { name: filename, stream: file }
      })()
      const upload = uploads.byKey(actor.name, key) ?? (await uploads.receive(actor.name, key, named))
      try {
        reply.status(201)
        return await inspectUpload(database, actor, upload, null, languageOf(request))
      } catch (cause) {
        uploads.drop(upload)
        throw cause
      }
    },
  )

  app.post(
    '/api/uploads/:id/preview',
    {
      schema: {
        summary: 'Look at an uploaded file again, with other settings',
        tags,
        params,
        headers: IDEMPOTENCY_HEADER,
        body: ImportSettings,
        response: { 200: Inspection, ...problems },
      },
    },
    async request => {
      const actor = actorOf(request)
      const upload = findUpload(request.params.id, actor.name)
      return inspectUpload(database, actor, upload, request.body, languageOf(request))
    },
  )

  app.post(
    '/api/uploads/:id/extent',
    {
      schema: {
        summary:
          'How many rows the whole file holds and where they lie; read to its end while somebody waits',
        tags,
        params,
        headers: IDEMPOTENCY_HEADER,
        body: ImportSettings,
        response: { 200: FileExtent, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const upload = findUpload(request.params.id, actor.name)
      const near = await inScope(database, actor, tx => nearOf(tx, request.body.area))
      const gone = new AbortController()
      reply.raw.on('close', () => gone.abort(new Error('gone')))
      upload.readers++
      try {
        return await measureFile(upload.path, request.body, near, gone.signal)
      } catch (cause) {
        // Nobody hears it.
        if (gone.signal.aborted) return { rows: 0, bbox: null }
        throw cause
      } finally {
        upload.readers--
      }
    },
  )

  app.delete(
    '/api/uploads/:id',
    {
      schema: {
        summary: 'Forget an uploaded file',
        tags,
        params,
        response: { 204: Type.Null(), ...problems },
      },
    },
    async (request, reply) => {
      const upload = findUpload(request.params.id, actorOf(request).name)
      if (upload.readers === 0) uploads.drop(upload)
      return reply.status(204).send(null)
    },
  )

  app.post(
    '/api/imports',
    {
      schema: {
        summary: 'Import an uploaded file: a job, all or nothing',
        tags,
        headers: IDEMPOTENCY_HEADER,
        body: NewImport,
        response: { 202: ImportJob, ...problems },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const upload = findUpload(request.body.upload, actor.name)
      const key = idempotencyKey(request)
      const job = startImport(
        { database, jobs, actor, key, language: languageOf(request) },
        upload,
        request.body,
      )
      reply.status(202)
      return jobReply(job, languageOf(request))
    },
  )

  app.get(
    '/api/imports',
    {
      schema: {
        summary: 'What was imported, newest first',
        tags,
        response: { 200: Type.Array(ImportRecord), ...problems },
      },
    },
    request => inScope(database, actorOf(request), tx => listImports(tx)),
  )

  app.get(
    '/api/imports/:id',
    { schema: { summary: 'One import', tags, params, response: { 200: ImportRecord, ...problems } } },
    async request => {
      const [record] = await inScope(database, actorOf(request), tx => listImports(tx, request.params.id))
      if (!record) throw new ProblemError('unknown-import')
      return record
    },
  )

  app.get(
    '/api/imports/:id/rejects',
    {
      schema: {
        summary: 'The rejected rows as a file of the same format, each with its reason',
        tags,
        params,
      },
    },
    async (request, reply) => {
      const file = await inScope(database, actorOf(request), tx => rejectsOf(tx, request.params.id))
      if (!file) throw new ProblemError('no-rejects')
      const name = encodeURIComponent(basename(file.file_name))
      reply.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`)
      reply.header('Cache-Control', 'no-store').type(file.media_type)
      return reply.send(Buffer.from(file.body))
    },
  )

  app.get(
    '/api/imports/:id/repairs',
    {
      schema: {
        summary: 'Outlines that were put right, with the area before and after, as CSV',
        tags,
        params,
      },
    },
    async (request, reply) => {
      const language = languageOf(request)
      const found = await inScope(database, actorOf(request), tx =>
        repairsOf(tx, request.params.id, language),
      )
      if (!found) throw new ProblemError('no-repairs')
      const name = encodeURIComponent(`${basename(found.file)}.repairs.csv`)
      reply.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`)
      reply.header('Cache-Control', 'no-store').type('text/csv; charset=utf-8')
      return reply.send(found.table)
    },
  )

  app.delete(
    '/api/imports/:id',
    {
      schema: {
        summary: 'Withdraw an import whole: what it added goes, what it changed is as it was',
        tags,
        params,
        headers: IDEMPOTENCY_HEADER,
        response: { 200: ImportWithdrawn, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 200, tx => withdrawImport(tx, actorOf(request), request.params.id)),
  )
}
