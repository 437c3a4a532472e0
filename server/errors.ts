// Errors on their way out: a closed set of codes with a status each, written as problem documents in the user's language.
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Place } from '../core/contract/geometry.ts'
import type { GridName } from '../core/contract/grids.ts'
import type { Problem } from '../core/contract/problem.ts'
import { type Language, type ProblemCode, sentence } from '../core/contract/refusals.ts'
import { LATTICE, type Refusal } from '../core/topology/model.ts'

const STATUS: Partial<Record<ProblemCode, number>> = {
  'unknown-plan': 404,
  'unknown-area': 404,
  'unknown-layer': 404,
  'unknown-tile': 404,
  'unknown-route': 404,
  'unknown-edit': 404,
  'unknown-grid': 404,
  'unknown-incident': 404,
  'unknown-job': 404,
  'unknown-upload': 404,
  'unknown-import': 404,
  'no-repairs': 404,
  'no-rejects': 404,
  'needed-later': 409,
  'withdrawn-already': 409,
  'not-a-form': 415,
  'grid-gone': 410,
  stale: 409,
  'step-taken': 409,
  'unknown-revision': 409,
  'nothing-to-undo': 409,
  'nothing-to-redo': 409,
  'area-exists': 409,
  'plan-closed': 409,
  'bad-request': 400,
  'which-county': 400,
  'bad-time': 400,
  'bad-box': 400,
  'bad-page': 400,
  'not-json': 400,
  'too-large': 413,
  'unsupported-media-type': 415,
  'cross-site': 403,
  busy: 503,
  'database-unavailable': 503,
  internal: 500,
}
const REFUSED = 422

/** What may be added to a problem: where, and who came in between. */
export interface ProblemDetails {
  place?: Place | null
  revision?: number
  actor?: string
  at?: string
  /** Where the ground of a grid that is gone went to. */
  successors?: GridName[]
  /** Of the edit that was refused: some sentences depend on it. */
  kind?: string
  /** Which part of the request is meant, for people. */
  where?: string
  /** What is to be said instead of the code's own sentence. */
  sentence?: { readonly zh: string; readonly en: string }
}

/** The only error that routes throw on purpose; everything else is a bug or a broken connection. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(code)
  }
}

/** @param kind of the edit that was refused */
export const refusalProblem = (refusal: Refusal, kind?: string): ProblemError =>
  new ProblemError(refusal.refused, {
    ...(kind && { kind }),
    place: refusal.place && [refusal.place[0] / LATTICE, refusal.place[1] / LATTICE],
    ...(refusal.grid && { grid: refusal.grid }),
    ...(refusal.buildings && { buildings: [...refusal.buildings] }),
  })

/** Chinese unless the client prefers English. */
export function languageOf(request: FastifyRequest): Language {
  const wanted = request.headers['accept-language'] ?? ''
  const zh = wanted.search(/\bzh\b/i)
  const en = wanted.search(/\ben\b/i)
  return en >= 0 && (zh < 0 || en < zh) ? 'en' : 'zh'
}

const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'engine-lost'])
const OVERLOADED = new Set(['database-busy', 'statement-deadline', '57014'])

/** A database that is away or restarting: worth another try. */
function isUnavailable(error: { code?: unknown; message?: string }): boolean {
  const code = String(error.code ?? '')
  return (
    /^(08|57P0|53)/.test(code) ||
    AWAY.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(error.message ?? '')
  )
}

function problemOf(error: FastifyError | ProblemError): { code: ProblemCode; details: ProblemDetails } {
  if (error instanceof ProblemError) return error
  if (error.validation) {
    const first = error.validation[0]
    // A pattern says nothing to people.
    const what = first?.keyword === 'pattern' ? 'is not of the right form' : (first?.message ?? '')
    const where = `${error.validationContext ?? 'body'}${first?.instancePath ?? ''}: ${what}`
    return { code: 'bad-request', details: { where } }
  }
  // Named, not classed: the database door owns the error, this file must not depend on it.
  if (error.name === 'IdempotencyKeyReusedError') return { code: 'idempotency-key-reused', details: {} }
  if (error.name === 'UnreadableFile' && 'sentence' in error)
    return { code: 'unreadable-file', details: { sentence: error.sentence as ProblemDetails['sentence'] } }
  if (error.name === 'QueueFull') return { code: 'busy', details: {} }
  if (OVERLOADED.has(error.code)) return { code: 'busy', details: {} }
  if (isUnavailable(error)) return { code: 'database-unavailable', details: {} }
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return { code: 'not-json', details: {} }
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return { code: 'too-large', details: {} }
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return { code: 'not-a-form', details: {} }
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return { code: 'unsupported-media-type', details: {} }
  }
  if (error instanceof SyntaxError && error.statusCode === 400) return { code: 'not-json', details: {} }
  if (error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return { code: 'bad-request', details: { where: error.message } }
  }
  return { code: 'internal', details: {} }
}

/** The one error handler of the application. */
export function sendProblem(
  error: FastifyError | ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { code, details } = problemOf(error)
  const status = STATUS[code] ?? REFUSED
  const { where, kind, sentence: own, ...rest } = details
  const text = own?.[languageOf(request)] ?? sentence(code, languageOf(request), kind)
  const detail = where ? `${text} (${where})` : text
  if (status >= 500) request.log.error({ err: error }, code)
  if (status === 503) reply.header('Retry-After', '2')
  const problem: Problem = {
    type: `urn:huage:problem:${code}`,
    title: code,
    status,
    detail,
    code,
    message: detail,
    ...rest,
  }
  reply.status(status).header('Content-Language', languageOf(request) === 'zh' ? 'zh-CN' : 'en')
  reply.type('application/problem+json').serializer(JSON.stringify).send(problem)
}
