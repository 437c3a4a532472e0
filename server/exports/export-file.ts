// Writes a plan or a layer as a file: rows come page by page, GDAL makes the formats that are not plain text.
import { once } from 'node:events'
import {
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { zipSync } from 'fflate'
import type { Database } from '../db/database.ts'
import { csvCell } from '../imports/csv-rows.ts'
import type { Progress } from '../imports/import-file.ts'
import { inThread } from '../threads/in-thread.ts'
import type { ConvertReply, ConvertRequest } from './convert-thread.ts'
import { drawing } from './drawing.ts'
import { ExportRefused } from './export-refused.ts'
import { DRIVERS, type ExportFormat, metresAt } from './formats.ts'
import type { Exported, ExportRow, Field } from './rows.ts'
import { wktOf } from './wkt-of.ts'

export interface ExportOptions {
  readonly format: ExportFormat
  /** Where the file goes; one that is there is replaced when the new one is whole. */
  readonly out: string
  /** Of a shapefile's table: UTF-8, unless older programs want GBK. */
  readonly encoding?: 'UTF-8' | 'GBK'
  readonly onProgress?: Progress
  readonly signal?: AbortSignal
}
export interface ExportResult {
  readonly rows: number
  readonly format: ExportFormat
  /** All that were written: a shapefile is several. */
  readonly files: readonly string[]
  /** What its coordinates are in. */
  readonly crs: string
}

const HEAP_MEGABYTES = 2048

/** Throws `ExportRefused`; then nothing was written. */
export async function exportFile(
  database: Database,
  exported: Exported,
  options: ExportOptions,
): Promise<ExportResult> {
  const { format, out, signal, onProgress: say = () => undefined } = options
  if (!existsSync(dirname(out))) throw cannotWrite(out, { zh: '文件夹不存在', en: 'there is no such folder' })
  const folder = mkdtempSync(join(tmpdir(), 'huage-export-'))
  try {
    const middle = { longitude: 0, latitude: 0 }
    const kinds = new Set<string>()
    let rows = 0
    async function* counted(): AsyncGenerator<ExportRow> {
      for await (const page of exported.pages(database)) {
        signal?.throwIfAborted()
        for (const row of page) {
          rows++
          middle.longitude += row.inside[0]
          middle.latitude += row.inside[1]
          kinds.add(kindOf(row))
          yield row
        }
        const count = rows.toLocaleString('en')
        say(
          { zh: `已导出 ${count} 行`, en: `${count} rows exported` },
          0.8 * (rows / Math.max(rows, exported.count)),
          rows,
        )
      }
    }
    const plain = join(folder, `${exported.name}.${format === 'csv' ? 'csv' : 'geojson'}`)
    await writeLines(plain, LINES[lineKind(format)](exported, counted()))
    const crs = format === 'dxf' ? metresAt(middle.longitude / rows, middle.latitude / rows) : 'EPSG:4326'
    const driver = DRIVERS[format]
    if (driver !== undefined) say({ zh: '转换格式', en: 'Converting' }, 0.85, rows)
    const made =
      driver === undefined
        ? [plain]
        : await convert({ folder, source: plain, driver }, { exported, crs, kinds: [...kinds] }, options)
    const files = putInPlace(made, out, format)
    say({ zh: '完成', en: 'Done' }, 1, rows)
    return { rows, format, files, crs }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Lines = (exported: Exported, rows: AsyncIterable<ExportRow>) => AsyncGenerator<string>

/** What is written first; GDAL goes on from GeoJSON. */
const lineKind = (format: ExportFormat) =>
  format === 'csv' || format === 'xlsx' || format === 'dxf' ? format : 'geojson'

const LINES: Record<ReturnType<typeof lineKind>, Lines> = {
  geojson: ({ name, fields }, rows) =>
    collection(name, rows, async function* ({ values, geometry }) {
      yield feature(
        Object.fromEntries(fields.map(field => [field.name, values[field.name] ?? null])),
        geometry,
      )
    }),
  xlsx: ({ name, fields }, rows) =>
    collection(name, rows, async function* ({ values, inside }) {
      const cells = fields.map(field => [field.zh, cell(field, values)])
      yield feature({ ...Object.fromEntries(cells), ...lonLat(inside) }, null)
    }),
  dxf: ({ name }, rows) => collection(name, rows, drawing),
  // A mark in front, so that a spreadsheet knows it for UTF-8.
  csv: async function* ({ fields }, rows) {
    yield `\ufeff${[...fields.map(({ zh }) => zh), '几何'].join(',')}\r\n`
    for await (const { values, geometry } of rows)
      yield `${[...fields.map(field => String(cell(field, values) ?? '')), wktOf(geometry)].map(csvCell).join(',')}\r\n`
  },
}

/** As people read it. */
const cell = ({ name, words }: Field, values: ExportRow['values']) => {
  const value = values[name] ?? null
  return words?.[String(value)] ?? value
}

const lonLat = ([x, y]: ExportRow['inside']) => ({ 经度: Number(x.toFixed(7)), 纬度: Number(y.toFixed(7)) })

const feature = (properties: object, geometry: string | null): string =>
  `{"type":"Feature","properties":${JSON.stringify(properties)},"geometry":${geometry}}`

async function* collection(
  name: string,
  rows: AsyncIterable<ExportRow>,
  features: (row: ExportRow) => AsyncGenerator<string> | Generator<string>,
): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","name":${JSON.stringify(name)},"features":[`
  let between = '\n'
  for await (const row of rows)
    for await (const text of features(row)) {
      yield between + text
      between = ',\n'
    }
  yield '\n]}\n'
}

async function writeLines(path: string, lines: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(path)
  for await (const line of lines) if (!stream.write(line)) await once(stream, 'drain')
  stream.end()
  await once(stream, 'close')
}

const kindOf = ({ geometry }: ExportRow): string => /"type":"(\w+)"/.exec(geometry)![1]!.toUpperCase()

async function convert(
  from: Pick<ConvertRequest, 'folder' | 'source' | 'driver'>,
  { exported, crs, kinds }: { exported: Exported; crs: string; kinds: readonly string[] },
  { format, out, encoding = 'UTF-8', signal }: ExportOptions,
): Promise<readonly string[]> {
  const run = async (name: string, options: readonly string[]): Promise<readonly string[]> => {
    const request: ConvertRequest = { ...from, name, options }
    const heapMegabytes = HEAP_MEGABYTES
    const reply = await inThread<ConvertReply>('convert-thread', import.meta.url, request, {
      heapMegabytes,
      signal,
    })
    if ('failed' in reply) throw cannotWrite(out, { zh: reply.failed, en: reply.failed })
    return reply.files
  }
  const { name } = exported
  if (format === 'xlsx') return run(name, [])
  if (format === 'dxf')
    return run(name, ['-t_srs', crs, '-sql', `select Layer, style as OGR_STYLE from "${name}"`])
  if (format !== 'shp') return run(name, ['-nln', name])
  // A shapefile holds one kind of shape; of more, each gets a file of its own.
  const stem = basename(out, extname(out))
  const files: string[] = []
  for (const kind of kinds) {
    const own = kinds.length === 1 ? stem : `${stem}-${KINDS[kind] ?? kind.toLowerCase()}`
    const rows = `${sized(exported)} where OGR_GEOMETRY = '${kind}'`
    files.push(
      ...(await run(own, ['-lco', `ENCODING=${encoding === 'GBK' ? 'CP936' : 'UTF-8'}`, '-sql', rows])),
    )
  }
  return files
}

const KINDS: Readonly<Record<string, string>> = {
  POINT: 'points',
  MULTIPOINT: 'multipoints',
  MULTILINESTRING: 'lines',
  MULTIPOLYGON: 'areas',
}

/** Of a shapefile's columns GDAL would cut long texts at eighty bytes. */
const sized = ({ name, fields }: Exported): string =>
  `select ${fields
    .map((field: Field) =>
      field.width === undefined
        ? `"${field.name}"`
        : `cast("${field.name}" as character(${field.width})) as "${field.name}"`,
    )
    .join(', ')} from "${name}"`

/** Whole or not at all: beside their places first, then renamed. */
function putInPlace(made: readonly string[], out: string, format: ExportFormat): string[] {
  try {
    if (format !== 'shp') return [moved(made[0]!, out)]
    if (/\.zip$/i.test(out)) {
      const entries = made.map(file => [basename(file), new Uint8Array(readFileSync(file))])
      const packed = `${made[0]!}.zip`
      writeFileSync(packed, zipSync(Object.fromEntries(entries)))
      return [moved(packed, out)]
    }
    return made.map(file => moved(file, join(dirname(out), basename(file))))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? ''
    if (!/^E[A-Z]+$/.test(code)) throw cause
    throw cannotWrite(out, WHY[code] ?? { zh: code, en: code })
  }
}

const NOT_ALLOWED = { zh: '没有写入权限', en: 'writing there is not allowed' }
const WHY: Readonly<Record<string, { zh: string; en: string }>> = {
  EISDIR: { zh: '它是一个文件夹', en: 'it is a folder' },
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: NOT_ALLOWED,
  ENOSPC: { zh: '磁盘已满', en: 'the disk is full' },
}

function moved(from: string, to: string): string {
  const beside = `${to}.${process.pid}.part`
  try {
    copyFileSync(from, beside)
    renameSync(beside, to)
    return to
  } finally {
    rmSync(beside, { force: true })
  }
}

const cannotWrite = (out: string, why: { zh: string; en: string }) =>
  new ExportRefused('cannot-write', {
    zh: `无法写入 ${out}：${why.zh}。`,
    en: `${out} cannot be written: ${why.en}.`,
  })
