// The reading thread: unpacks a file, lets GDAL or our own readers cut it into features, and hands them over in batches.
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { type Datum, metresWithoutCrs, onLattice, toDegrees } from './coordinates.ts'
import { csvRows, delimiterOf, UnclosedQuote } from './csv-rows.ts'
import { truncated } from './file-format.ts'
import { GdalFailure, translate } from './gdal.ts'
import { crsOfFrame, cutFeatures, featureOf } from './geojson-features.ts'
import type { Limits } from './limits.ts'
import { OSM_CONFIGURATION, OSM_LAYERS, osmFeature } from './osm-features.ts'
import type { SourceFeature, SourceFile } from './source-feature.ts'
import { tableFeature } from './table-features.ts'
import { decoderFor, pieces, textPieces } from './text-pieces.ts'
import { unpack } from './unpack.ts'
import { type Sentence, type UnreadableCode, UnreadableFile } from './unreadable.ts'

export interface ReadRequest {
  readonly path: string
  readonly folder: string
  readonly limits: Limits
  readonly crs: string | null
  readonly datum: Datum
  readonly encoding: string | null
}
export type ReadReply =
  | { readonly opened: SourceFile }
  | { readonly run: number; readonly features: SourceFeature[] }
  | { readonly run: number; readonly done: true }
  | { readonly unreadable: { readonly code: UnreadableCode; readonly sentence: Sentence } }
  | { readonly failed: string }
/** `start` begins at the first feature; `more` allows one batch more. */
export type ReadOrder = { readonly start: number } | { readonly more: number }

const BATCH = 1000
const AHEAD = 4
const request = workerData as ReadRequest
const port = parentPort!

interface Opened {
  readonly file: SourceFile
  features(): Generator<SourceFeature>
}

async function open(): Promise<Opened> {
  const unpacked = await unpack(request.path, request.folder, request.limits)
  const { format, path } = unpacked
  const file = { name: basename(request.path), format, hash: unpacked.hash, bytes: unpacked.bytes }
  if (format === 'geojson') {
    const crs = request.crs ?? crsBefore(path)
    toDegrees(crs, request.datum)
    return { file: { ...file, crs }, features: () => geoJson(path, crs) }
  }
  if (format === 'csv') return { file: { ...file, crs: request.crs }, features: () => csv(path) }
  const osm = format === 'osm-xml' || format === 'osm-pbf'
  if (osm) writeFileSync(join(request.folder, 'osmconf.ini'), OSM_CONFIGURATION)
  const openOptions = osm ? ['CONFIG_FILE=/input/osmconf.ini'] : []
  if (format === 'shp' && request.encoding !== null) openOptions.push(`ENCODING=${request.encoding}`)
  const result = await translate(request.folder, path, {
    openOptions,
    layers: osm ? OSM_LAYERS : [],
    sourceCrs: osm ? null : request.crs,
    convert: crs => !osm && (request.crs !== null || crs !== null),
  }).catch((cause: unknown) => {
    if (cause instanceof GdalFailure) throw unreadableByGdal(cause.message)
    throw cause
  })
  const crs = osm ? 'EPSG:4326' : (request.crs ?? result.crs)
  const outside = result.extent?.some((bound, i) => Math.abs(bound) > (i % 2 === 0 ? 180 : 90)) ?? false
  if (crs === null && outside) throw metresWithoutCrs()
  const convert =
    request.datum === 'gcj02' || request.datum === 'bd09' ? toDegrees(null, request.datum) : null
  const table = function* () {
    let count = 0
    for (const csvFile of result.files) {
      const layer =
        basename(csvFile, '.csv') === 'first' ? (osm ? OSM_LAYERS[0]! : 'first') : basename(csvFile, '.csv')
      let header: string[] | null = null
      for (const row of csvRows(textPieces(csvFile, decoderFor(csvFile, null)))) {
        if (header === null) header = row
        else if (osm) yield placed(osmFeature(row, header, layer, ++count), convert)
        else yield placed(tableFeature(row, header, layer, ++count), convert)
      }
    }
  }
  return { file: { ...file, crs }, features: table }
}

function unreadableByGdal(message: string): UnreadableFile {
  if (/no element found|unclosed token|premature|unexpected end|EOF/i.test(message))
    return truncated({ zh: message, en: message })
  return new UnreadableFile('damaged', {
    zh: `无法读取文件:${message}。请检查或重新导出文件。`,
    en: `The file cannot be read: ${message}. Check it, or export it again.`,
  })
}

function placed(feature: SourceFeature, convert: ReturnType<typeof toDegrees> | null): SourceFeature {
  if (feature.shape === null) return feature
  const shape = onLattice(feature.shape, convert)
  return 'kind' in shape ? { ...feature, shape } : { ...feature, shape: null, problem: shape }
}

/** The `crs` member, looked for in the first megabyte: every writer puts it before the features. */
function crsBefore(path: string): string | null {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(1 << 20)
    const text = head.toString('utf8', 0, readSync(file, head, 0, head.length, 0))
    const before = /"features"\s*:\s*\[/.exec(text)
    return before === null
      ? null
      : crsOfFrame(`${text.slice(0, before.index)}"features":[]}`.replace(/^\ufeff/, ''))
  } finally {
    closeSync(file)
  }
}

function* geoJson(path: string, crs: string | null): Generator<SourceFeature> {
  const convert = toDegrees(crs, request.datum)
  const decoder = decoderFor(path, request.encoding)
  let count = 0
  for (const { feature, frame } of cutFeatures(pieces(path), bytes => decoder.decode(bytes))) {
    if (feature !== undefined) yield placed(featureOf(feature, ++count), convert)
    else if (frame !== undefined) crsOfFrame(frame)
  }
}

function* csv(path: string): Generator<SourceFeature> {
  const convert = toDegrees(request.crs, request.datum)
  let header: string[] | null = null
  let count = 0
  try {
    const [first] = textPieces(path, decoderFor(path, request.encoding))
    const delimiter = delimiterOf(first?.split(/\r?\n/)[0] ?? '')
    for (const row of csvRows(textPieces(path, decoderFor(path, request.encoding)), delimiter)) {
      if (header === null) header = row.map(name => name.trim())
      else yield placed(tableFeature(row, header, 'rows', ++count), convert)
    }
  } catch (cause) {
    if (cause instanceof UnclosedQuote)
      throw truncated({ zh: `第 ${cause.row} 行的引号没有结束`, en: cause.message })
    throw cause
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
  if (read > 0 && outside === read && request.crs === null) throw metresWithoutCrs()
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
    } else if (order.more === current) credit++
    wake?.()
  })
  port.postMessage({ opened: source.file } satisfies ReadReply)
}, fail)
