// The reading thread: unpacks a file, lets GDAL or our own readers cut it into features, and hands them over in batches.
import { basename } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { metresWithoutCrs } from './coordinates.ts'
import { mapRows, type RowBatch, type RowsOrder } from './map-rows.ts'
import { openSource, type SourceRequest } from './open-source.ts'
import type { SourceFeature, SourceFile } from './source-feature.ts'
import { unpack } from './unpack.ts'
import { refusedBySystem, type Sentence, type UnreadableCode, UnreadableFile } from './unreadable.ts'
import type { RejectsFile, RejectsOrder } from './write-rejects.ts'

export interface ReadRequest extends SourceRequest {
  readonly path: string
}
export type ReadReply =
  | { readonly opened: SourceFile }
  | { readonly run: number; readonly features: SourceFeature[] }
  | { readonly run: number; readonly rows: RowBatch }
  | { readonly run: number; readonly done: true }
  | { readonly rejects: RejectsFile }
  | { readonly unreadable: { readonly code: UnreadableCode; readonly sentence: Sentence } }
  | { readonly failed: string }
/** `start` begins at the first feature, which come as they are or `as` rows of layers; `more` allows one batch more. */
export type ReadOrder =
  | { readonly start: number; readonly as: RowsOrder | null }
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
    rejects: async order =>
      (await import('./write-rejects.ts')).writeRejects(unpacked, source, request.folder, order),
  }
}

let credit = 0
let wake: (() => void) | null = null
let current = 0

async function stream(run: number, source: Opened, as: RowsOrder | null): Promise<void> {
  const send = async (reply: ReadReply, moved: readonly ArrayBuffer[] = []) => {
    while (credit === 0 && run === current) await new Promise<void>(resolve => (wake = resolve))
    if (run !== current) return
    credit--
    port.postMessage(reply, moved)
  }
  if (as === null)
    for (const features of inBatches(placedSomewhere(source))) {
      await send({ run, features })
      if (run !== current) return
    }
  else
    for await (const rows of mapRows(source.features, placedSomewhere(source), as)) {
      await send(
        { run, rows },
        rows.layers.flatMap(({ text }) => text?.buffer ?? []),
      )
      if (run !== current) return
    }
  port.postMessage({ run, done: true } satisfies ReadReply)
}

/** Where every place of a file is outside the world, it is the coordinate system that is wrong. */
function* placedSomewhere(source: Opened): Generator<SourceFeature> {
  let read = 0
  let outside = 0
  for (const feature of source.features()) {
    read++
    if (feature.problem?.code === 'outside-world') outside++
    yield feature
  }
  if (read > 0 && outside === read && request.crs === null && request.most === null) throw metresWithoutCrs()
}

function* inBatches(features: Generator<SourceFeature>): Generator<SourceFeature[]> {
  let batch: SourceFeature[] = []
  for (const feature of features) {
    batch.push(feature)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function fail(cause: unknown): void {
  const refusal = cause instanceof UnreadableFile ? cause : refusedBySystem(cause, basename(request.path))
  if (refusal !== null)
    port.postMessage({ unreadable: { code: refusal.code, sentence: refusal.sentence } } satisfies ReadReply)
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
      stream(order.start, source, order.as).catch(fail)
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
