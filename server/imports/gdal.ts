// The small part of gdal3.js that is used: open a file, write its layers as CSV with WKT, hear what went wrong.
import { mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

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
  /** One CSV per layer, WKT in the first column. */
  readonly files: readonly string[]
  /** Coordinate system of the first layer, before any conversion. */
  readonly crs: string | null
  readonly extent: readonly number[] | null
}

export interface TranslationOptions {
  readonly openOptions: readonly string[]
  /** What the source's coordinates are in, when its own word is not to be taken. */
  readonly sourceCrs: string | null
  readonly convert: (crs: string | null) => boolean
  readonly layers: readonly string[]
}

/** `folder` holds `source.*`; the CSV files go into `folder/out`. One call per process or worker: GDAL keeps state. */
export async function translate(
  folder: string,
  source: string,
  options: TranslationOptions,
): Promise<Translation> {
  const require = createRequire(import.meta.url)
  const init = require('gdal3.js/node.js') as InitGdal
  const errors: string[] = []
  const out = join(folder, 'out')
  mkdirSync(out)
  const gdal = await init({
    // gdal3.js puts "./" before this path, so it has to be relative to the working folder.
    path: relative(process.cwd(), join(dirname(require.resolve('gdal3.js/package.json')), 'dist/package')),
    dest: out,
    // Half a gigabyte of node positions in memory before GDAL falls back to a file in its own memory file system.
    env: { OSM_MAX_TMPFILE_SIZE: '512', SHAPE_RESTORE_SHX: 'YES' },
    logHandler: () => undefined,
    errorHandler: text => {
      if (/^(ERROR|FATAL)/.test(text)) errors.push(text.replace(/^(ERROR \d+|FATAL): /, ''))
    },
  })
  const { datasets } = await gdal.open(source, [...options.openOptions]).catch((cause: unknown) => {
    throw new GdalFailure(errors[0] ?? complaint(cause))
  })
  const dataset = datasets[0]
  if (dataset === undefined) throw new GdalFailure(errors[0] ?? 'no driver recognises it')
  const geometry = dataset.info?.layers?.[0]?.geometryFields?.[0]
  const crs = shortName(geometry?.coordinateSystem?.wkt)
  const extent = geometry?.extent ?? null
  errors.length = 0
  const to = ['-f', 'CSV', '-lco', 'GEOMETRY=AS_WKT', '-dim', 'XY', '-nlt', 'CONVERT_TO_LINEAR']
  if (options.convert(crs)) {
    if (options.sourceCrs !== null) to.push('-s_srs', options.sourceCrs)
    to.push('-t_srs', 'EPSG:4326')
  }
  await gdal.ogr2ogr(dataset, [...to, ...options.layers], 'first').catch((cause: unknown) => {
    throw new GdalFailure(errors[0] ?? complaint(cause))
  })
  gdal.close(dataset)
  if (errors.length > 0) throw new GdalFailure(errors[0]!)
  return { files: readdirSync(out).map(file => join(out, file)), crs, extent }
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
