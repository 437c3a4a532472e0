// Writes the rejected rows as a file of the format they came in, each with its reason: mended, it can be imported again.

import { once } from 'node:events'
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { zipSync } from 'fflate'
import { csvCell, csvRows } from './csv-rows.ts'
import { convertWithGdal, GdalFailure } from './gdal.ts'
import { cutFeatures } from './geojson-features.ts'
import type { OpenSource } from './open-source.ts'
import { isReasonColumn } from './rejected-rows.ts'
import type { Format, SourceFeature, SourceShape } from './source-feature.ts'
import { pieces, textPieces } from './text-pieces.ts'
import type { Unpacked } from './unpack.ts'

export interface RejectsOrder {
  /** Number of the row → why. */
  readonly reasons: ReadonlyMap<number, string>
  /** Name of the column with the reason. */
  readonly column: string
}
export interface RejectsFile {
  readonly path: string
  /** Of the file's name. */
  readonly extension: string
}

/** What GDAL can write with a column more. OpenStreetMap, TopoJSON and DXF cannot hold one: those come as GeoJSON. */
const DRIVERS: Partial<Record<Format, { driver: string; extension: string; table?: true }>> = {
  shp: { driver: 'ESRI Shapefile', extension: 'shp' },
  gpkg: { driver: 'GPKG', extension: 'gpkg' },
  flatgeobuf: { driver: 'FlatGeobuf', extension: 'fgb' },
  kml: { driver: 'KML', extension: 'kml' },
  xlsx: { driver: 'XLSX', extension: 'xlsx', table: true },
  ods: { driver: 'ODS', extension: 'ods', table: true },
}

export async function writeRejects(
  unpacked: Unpacked,
  source: OpenSource,
  folder: string,
  order: RejectsOrder,
): Promise<RejectsFile> {
  const { format, path } = unpacked
  const out = join(folder, 'rejects')
  mkdirSync(out, { recursive: true })
  if (format === 'csv') return csvRejects(path, source.file, out, order)
  if (format === 'geojson') return await geoJsonRejects(path, source.file, out, order)
  const target = DRIVERS[format]
  const plain = join(out, 'rows.geojson')
  const kind = await writeGeoJson(plain, source, order, target?.table === true)
  if (!target) return { path: plain, extension: 'geojson' }
  const { crs } = source.file
  const options = [
    ...(target.table || crs === null
      ? []
      : source.inDegrees
        ? ['-s_srs', 'EPSG:4326', '-t_srs', crs]
        : ['-a_srs', crs]),
    ...(format === 'shp' ? ['-nlt', KINDS[kind], '-lco', `ENCODING=${dbfEncoding(source)}`] : []),
  ]
  const files = await convertWithGdal(folder, plain, target.driver, options, 'rejects').catch(
    (cause: unknown) => {
      if (cause instanceof GdalFailure) return null
      throw cause
    },
  )
  if (files === null || files.length === 0) return { path: plain, extension: 'geojson' }
  if (format !== 'shp') return { path: files[0]!, extension: target.extension }
  const entries = files.map(file => [basename(file), new Uint8Array(readFileSync(file))])
  const zip = join(out, 'rejects.zip')
  writeFileSync(zip, zipSync(Object.fromEntries(entries)))
  return { path: zip, extension: 'zip' }
}

const KINDS = { point: 'POINT', line: 'LINESTRING', polygon: 'POLYGON' }

/** As it came, so that the settings that served for the file serve for its rejected rows too. */
const dbfEncoding = ({ file }: OpenSource): string =>
  ({ gb18030: 'CP936', big5: 'CP950' })[file.encoding.used] ?? 'UTF-8'

/** UTF-8 with a mark, so that a spreadsheet opens it right, whatever it came in. */
function csvRejects(path: string, file: OpenSource['file'], out: string, order: RejectsOrder): RejectsFile {
  const target = join(out, 'rejects.csv')
  const { delimiter = ',' } = file
  let number = -1
  let kept: number[] = []
  const lines: string[] = []
  for (const row of csvRows(textPieces(path, new TextDecoder(file.encoding.used)), delimiter)) {
    if (++number === 0) {
      kept = row.flatMap((name, i) => (isReasonColumn(name.trim()) ? [] : [i]))
      lines.push([...kept.map(i => row[i]!), order.column].map(csvCell).join(delimiter))
      continue
    }
    const why = order.reasons.get(number)
    if (why !== undefined) lines.push([...kept.map(i => row[i] ?? ''), why].map(csvCell).join(delimiter))
  }
  writeFileSync(target, `\ufeff${lines.join('\r\n')}\r\n`)
  return { path: target, extension: 'csv' }
}

async function geoJsonRejects(
  path: string,
  file: OpenSource['file'],
  out: string,
  { reasons, column }: RejectsOrder,
): Promise<RejectsFile> {
  const target = join(out, 'rejects.geojson')
  const decoder = new TextDecoder(file.encoding.used)
  const crs = file.crsHow === 'declared' ? { type: 'name', properties: { name: file.crs } } : undefined
  await writeCollection(target, crs, function* () {
    let number = 0
    for (const { feature } of cutFeatures(pieces(path), bytes => decoder.decode(bytes))) {
      if (feature === undefined) continue
      const why = reasons.get(++number)
      if (why !== undefined) yield withReason(feature, column, why)
    }
  })
  return { path: target, extension: 'geojson' }
}

/** As it stood, with one property more. What is no JSON at all is kept as text. */
function withReason(text: string, column: string, why: string): object {
  const lost = { type: 'Feature', properties: { [column]: why, text: text.slice(0, 1000) }, geometry: null }
  try {
    const parsed = JSON.parse(text)
    if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) return lost
    if (parsed.type !== 'Feature') return { type: 'Feature', properties: { [column]: why }, geometry: parsed }
    const own = Object.entries(parsed.properties ?? {}).filter(([name]) => !isReasonColumn(name))
    const feature = { ...parsed, properties: { ...Object.fromEntries(own), [column]: why } }
    // What is nested deeper than the stack cannot be written again.
    JSON.stringify(feature)
    return feature
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof RangeError) return lost
    throw cause
  }
}

async function writeGeoJson(
  path: string,
  source: OpenSource,
  { reasons, column }: RejectsOrder,
  table: boolean,
): Promise<SourceShape['kind']> {
  let kind: SourceShape['kind'] | null = null
  await writeCollection(path, undefined, function* () {
    for (const feature of source.rawFeatures()) {
      const why = reasons.get(feature.number)
      if (why === undefined) continue
      kind ??= feature.shape?.kind ?? null
      const properties: Record<string, string | number> = {}
      for (const [name, value] of Object.entries(feature.tags)) properties[name] = plainValue(value)
      yield {
        type: 'Feature',
        properties: { ...properties, [column]: why },
        geometry: table ? null : geometryOf(feature),
      }
    }
  })
  return kind ?? 'polygon'
}

/** Numbers stay numbers where nothing is lost. */
const plainValue = (text: string): string | number =>
  /^-?\d{1,15}(\.\d{1,12})?$/.test(text) && String(Number(text)) === text ? Number(text) : text

function geometryOf({ shape }: SourceFeature): object | null {
  if (shape === null || !allFinite(shape)) return null
  const positions = (flat: readonly number[]) => {
    const list: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) list.push([flat[i]!, flat[i + 1]!])
    return list
  }
  const many = shape.parts.length > 1
  const [first] = shape.parts
  if (shape.kind === 'polygon')
    return many
      ? { type: 'MultiPolygon', coordinates: shape.parts.map(rings => rings.map(positions)) }
      : { type: 'Polygon', coordinates: first!.map(positions) }
  if (shape.kind === 'line')
    return many
      ? { type: 'MultiLineString', coordinates: shape.parts.map(part => positions(part[0]!)) }
      : { type: 'LineString', coordinates: positions(first![0]!) }
  return many
    ? { type: 'MultiPoint', coordinates: shape.parts.map(part => positions(part[0]!)[0]) }
    : { type: 'Point', coordinates: positions(first![0]!)[0] }
}

const allFinite = (shape: SourceShape): boolean =>
  shape.parts.every(rings => rings.every(ring => ring.every(Number.isFinite)))

async function writeCollection(
  path: string,
  crs: object | undefined,
  features: () => Generator<object>,
): Promise<void> {
  const stream = createWriteStream(path)
  stream.write(`{"type":"FeatureCollection",${crs ? `"crs":${JSON.stringify(crs)},` : ''}"features":[`)
  let first = true
  for (const feature of features()) {
    if (!stream.write(`${first ? '\n' : ',\n'}${JSON.stringify(feature)}`)) await once(stream, 'drain')
    first = false
  }
  stream.end('\n]}\n')
  await once(stream, 'close')
}
