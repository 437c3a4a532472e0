// The small part of gdal3.js that is used: open a file, write its layers as CSV with WKT, hear what went wrong.
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { UnreadableFile } from './unreadable.ts'

interface LayerInfo {
  readonly name: string
  readonly featureCount?: number
  readonly geometryFields?: readonly {
    readonly coordinateSystem?: { readonly wkt?: string; readonly projjson?: unknown } | null
    readonly extent?: readonly number[]
  }[]
}
interface Dataset {
  readonly pointer: number
  readonly info?: { readonly driverShortName?: string; readonly layers?: readonly LayerInfo[] }
}
interface Gdal {
  open(path: string, openOptions?: string[]): Promise<{ datasets: Dataset[] }>
  ogr2ogr(dataset: Dataset, options: string[], outputName: string): Promise<unknown>
  close(dataset: Dataset): void
}
type InitGdal = (config: {
  path: string
  dest: string
  env: Record<string, string>
  logHandler: (text: string) => void
  errorHandler: (text: string) => void
}) => Promise<Gdal>

/** GDAL's own complaint, as it wrote it. */
export class GdalFailure extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'GdalFailure'
  }
}

export interface Translation {
  /** One CSV per layer, WKT in the first column where the layer has places. */
  readonly files: readonly { readonly file: string; readonly layer: string }[]
  /** All layers of the source. */
  readonly layers: readonly { readonly name: string; readonly features: number | null }[]
  /** Coordinate system of the first layer, before any conversion. */
  readonly crs: string | null
}

export interface TranslationOptions {
  readonly openOptions: readonly string[]
  /** What the source's coordinates are in, when its own word is not to be taken. */
  readonly sourceCrs: string | null
  readonly convert: (crs: string | null) => boolean
  /** To be read, in this order; empty: all. */
  readonly layers: readonly string[]
  /** To be read alone. */
  readonly only: string | null
  /** At most so many features of each layer. */
  readonly most: number | null
}

/** `folder` holds `source.*`; the CSV files go into `folder/out`. One call per thread: GDAL keeps state. */
export async function translate(
  folder: string,
  source: string,
  options: TranslationOptions,
): Promise<Translation> {
  const out = join(folder, 'out')
  const { gdal, errors } = await start(out)
  const { datasets } = await gdal.open(source, [...options.openOptions]).catch((cause: unknown) => {
    throw new GdalFailure(errors[0] ?? complaint(cause))
  })
  const dataset = datasets[0]
  if (dataset === undefined) throw new GdalFailure(errors[0] ?? 'no driver recognises it')
  const all = dataset.info?.layers ?? []
  const wanted = chooseLayers(all, options)
  const first = all.find(layer => layer.name === wanted[0]) ?? all[0]
  const crs = shortName(first?.geometryFields?.[0]?.coordinateSystem?.wkt)
  errors.length = 0
  const to = ['-f', 'CSV', '-lco', 'GEOMETRY=AS_WKT', '-dim', 'XY', '-nlt', 'CONVERT_TO_LINEAR']
  if (options.most !== null) to.push('-limit', String(options.most))
  if (options.convert(crs)) {
    if (options.sourceCrs !== null) to.push('-s_srs', options.sourceCrs)
    to.push('-t_srs', 'EPSG:4326')
  }
  const write = (layers: readonly string[], name: string) =>
    gdal.ogr2ogr(dataset, [...to, ...layers], name).catch((cause: unknown) => {
      throw new GdalFailure(errors[0] ?? complaint(cause))
    })
  const fileOf = (name: string) => join(out, `${name}.csv`)
  const files: { file: string; layer: string }[] = []
  if (options.layers.length > 0 && wanted.length > 1) {
    // All in one pass over the file; GDAL names all but the first after themselves.
    await write(wanted, 'layer0')
    files.push(...wanted.map((layer, i) => ({ file: fileOf(i === 0 ? 'layer0' : layer), layer })))
  } else {
    // One by one, so that each CSV gets a plain name whatever the layer is called.
    for (const [i, layer] of wanted.entries()) {
      await write([layer], `layer${i}`)
      files.push({ file: fileOf(`layer${i}`), layer })
    }
  }
  gdal.close(dataset)
  if (errors.length > 0) throw new GdalFailure(errors[0]!)
  const layers = all.map(({ name, featureCount }) => ({
    name,
    features: featureCount !== undefined && featureCount >= 0 ? featureCount : null,
  }))
  return { files: files.filter(({ file }) => existsSync(file)), layers, crs }
}

interface Started {
  readonly gdal: Gdal
  /** Its complaints so far. */
  readonly errors: string[]
}
let running: Promise<Started> | null = null
/** There can be one in a thread, and it writes into one folder. */
const start = (out: string): Promise<Started> => {
  running ??= begin(out)
  return running
}

async function begin(out: string): Promise<Started> {
  const require = createRequire(import.meta.url)
  const init = require('gdal3.js/node.js') as InitGdal
  const errors: string[] = []
  mkdirSync(out, { recursive: true })
  const gdal = await init({
    // gdal3.js puts "./" before this path, so it has to be relative to the working folder.
    path: relative(process.cwd(), join(dirname(require.resolve('gdal3.js/package.json')), 'dist/package')),
    dest: out,
    // Half a gigabyte of node positions in memory before GDAL falls back to a file in its own memory file system.
    env: {
      OSM_MAX_TMPFILE_SIZE: '512',
      SHAPE_RESTORE_SHX: 'YES',
      // The first row of a sheet names its columns, also where all cells are text.
      OGR_XLSX_HEADERS: 'FORCE',
      OGR_ODS_HEADERS: 'FORCE',
    },
    logHandler: () => undefined,
    errorHandler: text => {
      if (/^(ERROR|FATAL)/.test(text)) errors.push(text.replace(/^(ERROR \d+|FATAL): /, ''))
    },
  })
  return { gdal, errors }
}

/** A file in another format, called `name`. @returns the files written */
export async function convertWithGdal(
  folder: string,
  source: string,
  driver: string,
  options: readonly string[],
  name: string,
): Promise<string[]> {
  const out = join(folder, 'out')
  const { gdal, errors } = await start(out)
  errors.length = 0
  const { datasets } = await gdal.open(source)
  await gdal.ogr2ogr(datasets[0]!, ['-f', driver, ...options], name).catch((cause: unknown) => {
    throw new GdalFailure(errors[0] ?? complaint(cause))
  })
  gdal.close(datasets[0]!)
  return readdirSync(out)
    .filter(file => file.startsWith(`${name}.`))
    .map(file => join(out, file))
}

function chooseLayers(all: readonly LayerInfo[], { layers, only }: TranslationOptions): readonly string[] {
  const names = layers.length > 0 ? layers : all.map(layer => layer.name)
  if (only === null) return names
  if (names.includes(only)) return [only]
  throw new UnreadableFile('unknown-source-layer', {
    zh: `文件中没有图层“${only}”，有:${names.join('、')}。`,
    en: `The file has no layer "${only}". It has: ${names.join(', ')}.`,
  })
}

function complaint(cause: unknown): string {
  const first: unknown = Array.isArray(cause) ? cause[0] : cause
  if (first instanceof Error) return first.message
  if (typeof first === 'object' && first !== null && 'message' in first && first.message)
    return String(first.message).trim()
  return 'no driver recognises it'
}

/** `EPSG:n` when the last identifier of the WKT is one, else the system's name. */
function shortName(wkt: string | undefined): string | null {
  if (!wkt) return null
  const code = /ID\["EPSG",(\d+)\]\s*\]\s*$/.exec(wkt)?.[1]
  return code === undefined ? (/"([^"]+)"/.exec(wkt)?.[1] ?? wkt) : `EPSG:${code}`
}
