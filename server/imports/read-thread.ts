// The reading thread: unpacks a file, lets GDAL or our own readers cut it into features, and hands them over in batches.
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { metresWithoutCrs } from './coordinates.ts'
import { openSource, type SourceRequest } from './open-source.ts'
import type { SourceFeature, SourceFile } from './source-feature.ts'
import { unpack } from './unpack.ts'
import { type Sentence, type UnreadableCode, UnreadableFile } from './unreadable.ts'
import { type RejectsFile, type RejectsOrder, writeRejects } from './write-rejects.ts'

export interface ReadRequest extends SourceRequest {
  readonly path: string
}
export type ReadReply =
  | { readonly opened: SourceFile }
  | { readonly run: number; readonly features: SourceFeature[] }
  | { readonly run: number; readonly done: true }
  | { readonly rejects: RejectsFile }
  | { readonly unreadable: { readonly code: UnreadableCode; readonly sentence: Sentence } }
  | { readonly failed: string }
/** `start` begins at the first feature; `more` allows one batch more. */
export type ReadOrder =
  | { readonly start: number }
  | { readonly more: number }
  | { readonly rejects: RejectsOrder }

const BATCH = 1000
const AHEAD = 4
const request = workerData as ReadRequest
const port = parentPort!

interface Opened {
  readonly file: SourceFile
  features(): Generator<SourceFeature>
  rejects(order: RejectsOrder): Promise<RejectsFile>
}

async function open(): Promise<Opened> {
  const unpacked = await unpack(request.path, request.folder, request.limits)
  const { format, hash, bytes } = unpacked
  const source = await openSource(unpacked, request)
  return {
    file: { name: basename(request.path), format, hash, bytes, ...source.file },
    features: source.features,
    rejects: order => writeRejects(unpacked, source, request.folder, order),
  }
}

let credit = 0
let wake: (() => void) | null = null
let current = 0

async function stream(run: number, source: Opened): Promise<void> {
  let batch: SourceFeature[] = []
  let read = 0
  let outside = 0
  const send = async () => {
    while (credit === 0 && run === current) await new Promise<void>(resolve => (wake = resolve))
    if (run !== current) return
    credit--
    port.postMessage({ run, features: batch } satisfies ReadReply)
    batch = []
  }
  for (const feature of source.features()) {
    batch.push(feature)
    read++
    if (feature.problem?.code === 'outside-world') outside++
    if (batch.length === BATCH) await send()
    if (run !== current) return
  }
  if (read > 0 && outside === read && request.crs === null && request.most === null) throw metresWithoutCrs()
  if (batch.length > 0) await send()
  port.postMessage({ run, done: true } satisfies ReadReply)
}

function fail(cause: unknown): void {
  if (cause instanceof UnreadableFile)
    port.postMessage({ unreadable: { code: cause.code, sentence: cause.sentence } } satisfies ReadReply)
  else
    port.postMessage({
      failed: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
    } satisfies ReadReply)
}

open().then(source => {
  port.on('message', (order: ReadOrder) => {
    if ('start' in order) {
      current = order.start
      credit = AHEAD
      stream(order.start, source).catch(fail)
    } else if ('rejects' in order)
      source.rejects(order.rejects).then(
        rejects => port.postMessage({ rejects } satisfies ReadReply),
        (cause: unknown) => fail(cause),
      )
    else if (order.more === current) credit++
    wake?.()
  })
  port.postMessage({ opened: source.file } satisfies ReadReply)
}, fail)
