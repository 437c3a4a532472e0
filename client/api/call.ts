// One call to the server: language, idempotency key, and every failure as a `Failure` with a sentence to show.
import type { Problem } from '../../core/contract/problem.ts'
import { type ProblemCode, sentence } from '../../core/contract/refusals.ts'
import { usePage } from '../app/state.ts'

/** Why a call gave nothing: a problem the server named, or no answer at all. */
export class Failure extends Error {
  constructor(
    readonly problem: Problem | null,
    readonly status: number,
    message: string,
  ) {
    super(message)
  }

  /** The same request may well succeed when sent again, with the same key. */
  get retry(): boolean {
    return this.status === 0 || this.status === 503 || this.status === 502 || this.status === 504
  }
}

export const acceptLanguage = (): string => (usePage.getState().language === 'zh' ? 'zh-CN' : 'en')

const OFFLINE = {
  zh: '连接不到服务器。请检查网络后重试；您的内容已保留。',
  en: 'The server cannot be reached. Check the connection and try again; nothing you did is lost.',
} as const

export const unreachable = (): Failure => new Failure(null, 0, OFFLINE[usePage.getState().language])

export async function failureOf(response: Response): Promise<Failure> {
  const { language } = usePage.getState()
  const body: unknown = await response.json().catch(() => null)
  const problem =
    body && typeof body === 'object' && 'code' in body && 'message' in body ? (body as Problem) : null
  const fallback: ProblemCode = response.status === 503 ? 'busy' : 'internal'
  return new Failure(problem, response.status, problem?.message ?? sentence(fallback, language))
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch(path, {
      ...init,
      headers: { 'Accept-Language': acceptLanguage(), ...(init.headers as Record<string, string>) },
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw unreachable()
  }
  if (!response.ok) throw await failureOf(response)
  return response
}

export const get = async <Reply>(path: string, signal?: AbortSignal): Promise<Reply> =>
  (await send(path, { signal: signal ?? null })).json() as Promise<Reply>

export const getBytes = async (path: string, signal?: AbortSignal): Promise<ArrayBuffer> =>
  (await send(path, { signal: signal ?? null })).arrayBuffer()

/** `key` makes a re-send harmless: the same key is one effect. */
export const post = async <Reply>(
  path: string,
  body: unknown,
  key: string = crypto.randomUUID(),
  signal?: AbortSignal,
): Promise<Reply> =>
  (
    await send(path, {
      method: 'POST',
      signal: signal ?? null,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify(body),
    })
  ).json() as Promise<Reply>

export async function remove<Reply>(path: string): Promise<Reply> {
  const response = await send(path, { method: 'DELETE' })
  return (response.status === 204 ? null : await response.json()) as Reply
}

/** Sets something; sent twice it is the same. */
export async function put(path: string, body: unknown): Promise<void> {
  await send(path, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** Brings an answer that is a file to the user, under the name that the server gives it; with a body it is a POST. */
export async function saveAsFile(path: string, body?: unknown): Promise<void> {
  const asked = {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await send(path, body === undefined ? {} : asked)
  const disposition = response.headers.get('Content-Disposition') ?? ''
  const [, coded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? []
  const [, plain = ''] = /filename="([^"]+)"/.exec(disposition) ?? []
  const address = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = address
  link.download = coded ? decodeURIComponent(coded) : plain
  link.click()
  URL.revokeObjectURL(address)
}
