// A row of a table as a feature: its place from a WKT column or from a pair of columns, in the names people use.
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'
import { fromWkt } from './wkt.ts'

const WKT = /^(wkt|geom|geometry|the_geom|_?wkt_?geom|几何)$/i
const X = /^(x|lng|lon|long|longitude|经度|东经|point_x)$/i
const Y = /^(y|lat|latitude|纬度|北纬|point_y)$/i

const NO_GEOMETRY: Reason = {
  code: 'no-geometry',
  zh: '没有几何图形：需要 WKT 列，或经度、纬度两列',
  en: 'has no geometry: a WKT column or a pair of longitude and latitude columns is needed',
}

function shapeOf(row: readonly string[], header: readonly string[]): SourceShape | Reason {
  const wkt = row[header.findIndex(name => WKT.test(name))]
  if (wkt) return fromWkt(wkt) ?? NO_GEOMETRY
  const [x, y] = [row[header.findIndex(name => X.test(name))], row[header.findIndex(name => Y.test(name))]]
  if (x === undefined || y === undefined || (x.trim() === '' && y.trim() === '')) return NO_GEOMETRY
  if (x.trim() === '' || y.trim() === '' || Number.isNaN(Number(x)) || Number.isNaN(Number(y)))
    return {
      code: 'bad-position',
      zh: `坐标不是一对数字:${x}, ${y}`,
      en: `has a position that is no pair of numbers: ${x}, ${y}`,
    }
  return { kind: 'point', parts: [[[Number(x), Number(y)]]] }
}

export function tableFeature(
  row: readonly string[],
  header: readonly string[],
  layer: string,
  number: number,
): SourceFeature {
  const tags: Record<string, string> = {}
  for (let i = 0; i < header.length; i++) {
    const value = row[i]
    if (value !== undefined && value !== '' && !WKT.test(header[i]!)) tags[header[i]!] = value
  }
  const found = shapeOf(row, header)
  const isShape = 'kind' in found
  return { number, layer, key: null, shape: isShape ? found : null, tags, problem: isShape ? null : found }
}
