// The formats that GDAL opens: it writes their rows as CSV with WKT, which we read on.
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { definitionOf, unknownCrs } from './coordinates.ts'
import { csvRows } from './csv-rows.ts'
import { decideEncoding, type Encoding } from './encodings.ts'
import { truncated } from './file-format.ts'
import { GdalFailure, translate } from './gdal.ts'
import type { RawSource, SourceRequest } from './open-source.ts'
import { OSM_CONFIGURATION, OSM_LAYERS, osmFeature } from './osm-features.ts'
import type { Reason, SourceFeature } from './source-feature.ts'
import { tableReader } from './table-features.ts'
import { textPieces } from './text-pieces.ts'
import { namesOf } from './text-source.ts'
import type { Unpacked } from './unpack.ts'
import { UnreadableFile } from './unreadable.ts'

const DEGREES_BY_FORMAT = new Set(['osm-xml', 'osm-pbf', 'topojson'])

export async function openWithGdal(unpacked: Unpacked, request: SourceRequest): Promise<RawSource> {
  const { format, path } = unpacked
  const osm = format === 'osm-xml' || format === 'osm-pbf'
  if (osm) writeFileSync(join(request.folder, 'osmconf.ini'), OSM_CONFIGURATION)
  const encoding: Encoding =
    format === 'shp' ? encodingOfDbf(path, request.encoding) : { used: 'utf-8', how: 'format' }
  const isSheet = format === 'xlsx' || format === 'ods'
  const byFormat = DEGREES_BY_FORMAT.has(format)
  // What we cannot convert ourselves GDAL can, from its own book of systems.
  const throughGdal = (crs: string | null) => !byFormat && crs !== null && definitionOf(crs) === undefined
  const result = await translate(request.folder, path, {
    openOptions: openOptionsOf(format),
    layers: osm ? OSM_LAYERS : [],
    only: request.sourceLayer,
    most: request.most,
    sourceCrs: osm ? null : request.crs,
    convert: declared => throughGdal(request.crs ?? declared),
  }).catch((cause: unknown) => {
    if (!(cause instanceof GdalFailure)) throw cause
    if (request.crs !== null && throughGdal(request.crs) && /srs|crs|EPSG|PROJ/i.test(cause.message))
      throw unknownCrs(request.crs)
    throw unreadableByGdal(cause.message)
  })
  return {
    layers: result.layers,
    encoding,
    declaredCrs: osm ? 'EPSG:4326' : result.crs,
    lacks: format === 'shp' ? partsMissing(path) : [],
    inDegrees: byFormat || throughGdal(request.crs ?? result.crs),
    *features(whole = false): Generator<SourceFeature> {
      let count = 0
      for (const { file, layer } of result.files) {
        let header: string[] | null = null
        let read: ReturnType<typeof tableReader> | null = null
        for (const row of csvRows(textPieces(file, new TextDecoder(encoding.used)))) {
          if (header === null) {
            header = namesOf(row)
            read = tableReader(header, layer, request.columns, whole && isSheet)
          } else if (osm) yield osmFeature(row, header, layer, ++count)
          else yield read!(row, ++count)
        }
      }
    },
  }
}

const PARTS = [
  ['dbf', '属性', 'attributes'],
  ['prj', '坐标系', 'coordinate system'],
] as const

function partsMissing(shp: string): Reason[] {
  return PARTS.filter(([part]) => !existsSync(`${shp.slice(0, -3)}${part}`)).map(([part, zh, en]) => ({
    code: 'missing-part',
    zh: `缺少 .${part} 文件，没有${zh}。请把同名的几个文件一起选。`,
    en: `The .${part} file is missing, and with it the ${en}. Choose the files of this name together.`,
  }))
}

function openOptionsOf(format: string): string[] {
  switch (format) {
    case 'osm-xml':
    case 'osm-pbf':
      // GDAL's own index of nodes wants them in order, with positive numbers; editors save neither.
      return ['CONFIG_FILE=/input/osmconf.ini', 'USE_CUSTOM_INDEXING=NO']
    // Its bytes come through as they are; we know better than a missing .cpg what they mean.
    case 'shp':
      return ['ENCODING=']
    default:
      return []
  }
}

/** Byte 29 of a `.dbf` names a language driver; a `.cpg` beside it names an encoding. */
function encodingOfDbf(shp: string, chosen: string | null): Encoding {
  const [dbf, cpg] = ['dbf', 'cpg'].map(part => `${shp.slice(0, -3)}${part}`) as [string, string]
  const bytes = existsSync(dbf) ? head(dbf) : Buffer.alloc(0)
  const sample = bytes.subarray(32)
  return decideEncoding({
    chosen,
    cpg: existsSync(cpg) ? readFileSync(cpg, 'latin1').slice(0, 40) : null,
    languageByte: bytes[29],
    sample,
  })
}

function head(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(1 << 20)
    return bytes.subarray(0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}

function unreadableByGdal(message: string): UnreadableFile {
  if (/no element found|unclosed token|premature|unexpected end|EOF/i.test(message))
    return truncated({ zh: message, en: message })
  return new UnreadableFile('damaged', {
    zh: `无法读取文件:${message}。请检查或重新导出文件。`,
    en: `The file cannot be read: ${message}. Check it, or export it again.`,
  })
}
