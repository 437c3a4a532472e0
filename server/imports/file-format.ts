// Tells a file's format from its content, and refuses one that is not what its name says, or that stops half-way.
import { fstatSync, readSync } from 'node:fs'
import type { Format } from './source-feature.ts'
import { UnreadableFile } from './unreadable.ts'

const EXTENSIONS: Record<string, readonly Format[]> = {
  osm: ['osm-xml'],
  xml: ['osm-xml', 'kml'],
  pbf: ['osm-pbf'],
  geojson: ['geojson'],
  json: ['geojson', 'topojson'],
  topojson: ['topojson'],
  geojsonl: ['geojson'],
  gpkg: ['gpkg'],
  shp: ['shp'],
  fgb: ['flatgeobuf'],
  kml: ['kml'],
  dxf: ['dxf'],
  csv: ['csv'],
  tsv: ['csv'],
  txt: ['csv'],
  xlsx: ['xlsx'],
  ods: ['ods'],
}
const NAMES: Record<Format, string> = {
  'osm-xml': 'OSM XML',
  'osm-pbf': 'OSM PBF',
  geojson: 'GeoJSON',
  topojson: 'TopoJSON',
  gpkg: 'GeoPackage',
  shp: 'Shapefile',
  flatgeobuf: 'FlatGeobuf',
  kml: 'KML',
  dxf: 'DXF',
  csv: 'CSV',
  xlsx: 'XLSX',
  ods: 'ODS',
}
const READABLE = Object.values(NAMES).join(', ')

export const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

function bytesAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
}

type Content = Format | 'old-office' | 'html' | 'text' | 'binary' | 'other-xml'

function contentOf(head: Buffer): Content {
  if (head.subarray(0, 15).toString('latin1') === 'SQLite format 3') return 'gpkg'
  if (head.subarray(0, 3).toString('latin1') === 'fgb') return 'flatgeobuf'
  if (head.length > 4 && head.readUInt32BE(0) === 0x0000270a) return 'shp'
  if (head.subarray(4, 32).toString('latin1').includes('OSMHeader')) return 'osm-pbf'
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return isSheet(head)
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') return 'old-office'
  if (head.includes(0) && !isUtf16(head)) return 'binary'
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (/^\{/.test(text) && /"type"\s*:\s*"Topology"/.test(text)) return 'topojson'
  if (/^[{[]/.test(text)) return 'geojson'
  if (/^\s*(999[^\n]*\r?\n[^\n]*\r?\n\s*)*0\r?\n\s*SECTION\s/.test(text)) return 'dxf'
  if (!text.startsWith('<')) return /^[^\n]*[,;\t|][^\n]*/.test(text) ? 'csv' : 'text'
  if (/<osm[\s>]/.test(text)) return 'osm-xml'
  if (/<kml[\s>]/.test(text)) return 'kml'
  return /<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(text) ? 'html' : 'other-xml'
}

const isUtf16 = (head: Buffer) => head.readUInt16BE(0) === 0xfeff || head.readUInt16BE(0) === 0xfffe

/** Both are zip archives; OpenDocument begins with its media type, unpacked. */
const isSheet = (head: Buffer): Content =>
  head
    .subarray(30, 100)
    .toString('latin1')
    .startsWith('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')
    ? 'ods'
    : 'xlsx'

const LOOKS: Record<Exclude<Content, Format>, { zh: string; en: string }> = {
  html: { zh: '网页(可能是下载时的错误页面)', en: 'a web page (perhaps the error page of a download)' },
  'old-office': {
    zh: '旧版 Office 文档（.xls 请另存为 .xlsx）',
    en: 'an old Office document (save an .xls as .xlsx)',
  },
  text: { zh: '普通文本', en: 'plain text' },
  binary: { zh: '无法识别的二进制数据', en: 'binary data of no format known here' },
  'other-xml': { zh: '其他 XML', en: 'XML of another kind' },
}

/** The format of an unpacked file; `name` is its name without the packing's extension. */
export function formatOf(file: number, name: string): Format {
  const content = contentOf(bytesAt(file, 0, 4096))
  const extension = extensionOf(name)
  const said = EXTENSIONS[extension]
  // Any text with a comma in it could be CSV; only the name makes it so.
  const isFormat = content in NAMES && (content !== 'csv' || said?.includes('csv'))
  if (isFormat && (said === undefined || said.includes(content as Format))) {
    refuseHalfOf(file, content as Format)
    return content as Format
  }
  if (content === 'text' && said?.includes('csv')) return 'csv'
  const looks = isFormat
    ? { zh: NAMES[content as Format], en: NAMES[content as Format] }
    : LOOKS[(content === 'csv' ? 'text' : content) as keyof typeof LOOKS]
  if (said === undefined)
    throw new UnreadableFile('unknown-format', {
      zh: `无法读取“${name}”：内容是${looks.zh}。可读取:${READABLE}(可用 .gz、.bz2、.zip 压缩)。`,
      en: `Cannot read "${name}": it holds ${looks.en}. Readable: ${READABLE} (packed as .gz, .bz2 or .zip if you like).`,
    })
  throw new UnreadableFile('not-what-it-says', {
    zh: `“${name}”不是 ${NAMES[said[0]!]} 文件：内容是${looks.zh}。请检查文件，或改正扩展名。`,
    en: `"${name}" is not ${NAMES[said[0]!]}: it holds ${looks.en}. Check the file, or correct its extension.`,
  })
}

export const truncated = (where: { zh: string; en: string }) =>
  new UnreadableFile('truncated', {
    zh: `文件不完整:${where.zh}。没有导入任何内容，请重新下载或重新导出。`,
    en: `The file is incomplete: ${where.en}. Nothing was imported; download or export it again.`,
  })

/** A half file must not become half an import, and GDAL reads what is there without a word. */
function refuseHalfOf(file: number, format: Format): void {
  const size = fstatSync(file).size
  if (format === 'osm-xml' || format === 'kml') {
    const closing = format === 'kml' ? '</kml>' : '</osm>'
    const tail = bytesAt(file, Math.max(0, size - 1024), 1024).toString('utf8')
    if (!tail.includes(closing) && !/<osm[^>]*\/>/.test(tail))
      throw truncated({
        zh: `结尾没有 ${closing}(共 ${size} 字节)`,
        en: `after ${size} bytes there is no ${closing}`,
      })
  }
  if (format === 'osm-pbf') refuseHalfPbf(file, size)
  if (format === 'gpkg') {
    const head = bytesAt(file, 0, 100)
    const page = head.readUInt16BE(16) === 1 ? 65536 : head.readUInt16BE(16)
    const expected = page * head.readUInt32BE(28)
    if (size < expected)
      throw truncated({ zh: `应有 ${expected} 字节，只有 ${size} 字节`, en: `${size} bytes of ${expected}` })
  }
  if (format === 'shp') {
    const expected = bytesAt(file, 24, 4).readUInt32BE(0) * 2
    if (size < expected)
      throw truncated({
        zh: `.shp 应有 ${expected} 字节，只有 ${size} 字节`,
        en: `the .shp has ${size} bytes of ${expected}`,
      })
  }
}

/** PBF is a row of length-prefixed blobs; the last one must end where the file ends. */
function refuseHalfPbf(file: number, size: number): void {
  let at = 0
  while (at < size) {
    const head = bytesAt(file, at, 4)
    const headerLength = head.length === 4 ? head.readUInt32BE(0) : 0
    const blob =
      headerLength > 0 && headerLength < 65536 ? blobLength(bytesAt(file, at + 4, headerLength)) : null
    const next = at + 4 + headerLength + (blob ?? 0)
    if (blob === null || next > size)
      throw truncated({ zh: `在第 ${at} 字节处的数据块中断`, en: `it breaks off in the block at byte ${at}` })
    at = next
  }
}

/** `datasize` (field 3) of a BlobHeader. */
function blobLength(header: Buffer): number | null {
  let at = 0
  const varint = () => {
    let value = 0
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = header[at++] ?? 0
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    return value
  }
  while (at < header.length) {
    const tag = varint()
    const value = varint()
    if (tag === 0x18) return value
    if ((tag & 7) === 2) at += value
  }
  return null
}
