// Opens a file in a thread of its own, within limits, and yields its features in batches.
import { existsSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename } from 'node:path'
import { Worker } from 'node:worker_threads'
import { makeOwnFolder, removeLeftBehind } from './left-behind.ts'
import { LIMITS, type Limits } from './limits.ts'
import type { RowBatch, RowsOrder } from './map-rows.ts'
import type { ReadSettings } from './open-source.ts'
import type { ReadOrder, ReadReply, ReadRequest } from './read-thread.ts'
import type { SourceFeature, SourceFile } from './source-feature.ts'
import { refusedBySystem, UnreadableFile } from './unreadable.ts'
import type { RejectsFile, RejectsOrder } from './write-rejects.ts'

export interface ReadOptions {
  readonly settings?: Partial<ReadSettings>
  /** To look at a file: at most so many features of each layer. */
  readonly most?: number
  readonly limits?: Partial<Limits>
  readonly signal?: AbortSignal
}

/** How the folders are called that files are unpacked into. */
const READING = 'huage-import-'

const AS_FOUND: ReadSettings = {
  crs: null,
  datum: 'wgs84',
  encoding: null,
  swapAxes: null,
  sourceLayer: null,
  columns: {},
  near: null,
}

export interface OpenFile {
  readonly file: SourceFile
  /** From the first feature; may be called again. Throws `UnreadableFile` when the file breaks off on the way. */
  features(): AsyncGenerator<readonly SourceFeature[], void, undefined>
  /** The same as rows of layers, ready to be written. */
  rows(order: RowsOrder): AsyncGenerator<RowBatch, void, undefined>
  /** Those rows as a file of the same format, which is gone when this one is closed. */
  rejects(order: RejectsOrder): Promise<RejectsFile>
  close(): Promise<void>
}

/** The build bundles `read-thread.ts` to `read-thread.js` beside the server's bundle. */
function threadEntry(): URL {
  const bundled = new URL('./read-thread.js', import.meta.url)
  return existsSync(bundled) ? bundled : new URL('./read-thread.mjs', import.meta.url)
}

export async function openFile(path: string, options: ReadOptions = {}): Promise<OpenFile> {
  const limits = { ...LIMITS, ...options.limits }
  removeLeftBehind(tmpdir(), READING)
  const folder = makeOwnFolder(tmpdir(), READING)
  const request: ReadRequest = {
    path,
    folder,
    limits,
    most: options.most ?? null,
    ...AS_FOUND,
    ...options.settings,
  }
  const worker = new Worker(threadEntry(), {
    workerData: request,
    // Rows live as long as their batch: with more room for the young, few of them are ever copied.
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMegabytes, maxYoungGenerationSizeMb: 128 },
  })
  const replies: ReadReply[] = []
  let failure: Error | null = null
  let wake: (() => void) | null = null
  const stop = (error: Error) => {
    failure ??= error
    wake?.()
    void worker.terminate()
  }
  worker.on('message', (reply: ReadReply) => {
    if ('unreadable' in reply) stop(new UnreadableFile(reply.unreadable.code, reply.unreadable.sentence))
    else if ('failed' in reply) stop(new Error(reply.failed))
    else replies.push(reply)
    wake?.()
  })
  worker.on('error', error => stop(refusedBySystem(error, basename(path)) ?? asRefusal(error, limits)))
  worker.on('exit', code => stop(new Error(`The reading thread ended with code ${code}.`)))
  const timer = setTimeout(() => stop(tooSlow(limits)), limits.milliseconds)
  const abort = () =>
    stop(options.signal?.reason instanceof Error ? options.signal.reason : new Error('cancelled'))
  options.signal?.addEventListener('abort', abort, { once: true })
  if (options.signal?.aborted) abort()

  const next = async (): Promise<ReadReply> => {
    for (;;) {
      if (failure !== null) throw failure
      const reply = replies.shift()
      if (reply !== undefined) return reply
      await new Promise<void>(resolve => (wake = resolve))
    }
  }
  const close = async () => {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', abort)
    failure ??= new Error('The file is closed.')
    await worker.terminate()
    rmSync(folder, { recursive: true, force: true })
  }
  const order = (message: ReadOrder) => worker.postMessage(message)

  let run = 0
  async function* stream<T>(as: RowsOrder | null, of: (reply: ReadReply) => T | undefined) {
    const mine = ++run
    order({ start: mine, as })
    for (;;) {
      const reply = await next()
      if (!('run' in reply) || reply.run !== mine) continue
      if ('done' in reply) return
      yield of(reply)!
      order({ more: mine })
    }
  }
  const features = () => stream(null, reply => ('features' in reply ? reply.features : undefined))
  const rows = (as: RowsOrder) => stream(as, reply => ('rows' in reply ? reply.rows : undefined))
  const rejects = async (wanted: RejectsOrder): Promise<RejectsFile> => {
    order({ rejects: wanted })
    for (;;) {
      const reply = await next()
      if ('rejects' in reply) return reply.rejects
    }
  }
  try {
    const first = await next()
    if (!('opened' in first)) throw new Error('The reading thread spoke out of turn.')
    return { file: first.opened, features, rows, rejects, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

const tooSlow = (limits: Limits) =>
  new UnreadableFile('too-slow', {
    zh: `读取文件超过 ${Math.round(limits.milliseconds / 1000)} 秒，已停止。请拆分文件。`,
    en: `Reading the file took more than ${Math.round(limits.milliseconds / 1000)} seconds and was stopped. Split it.`,
  })

function asRefusal(error: Error & { code?: string }, limits: Limits): Error {
  const outOfMemory =
    error.code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    /out of memory|Cannot enlarge memory|OOM/i.test(error.message)
  if (!outOfMemory) return error
  return new UnreadableFile('too-large', {
    zh: `读取文件需要的内存超过上限(${limits.heapMegabytes} MB)。请拆分文件。`,
    en: `Reading the file needs more memory than allowed (${limits.heapMegabytes} MB). Split it.`,
  })
}
