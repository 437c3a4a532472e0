// A row of a table as a feature: its place from a WKT column or from a pair of columns, in the names people use.
import { plainName } from './column-roles.ts'
import { isReasonColumn } from './rejected-rows.ts'
import type { Reason, SourceFeature, SourceShape } from './source-feature.ts'
import { fromWkt } from './wkt.ts'

const WKT = /^(wkt|geom|geometry|the_geom|_?wkt_?geom|几何)$/i
const X = /^(x|lng|lon|long|longitude|经度|东经|经度坐标|x坐标|横坐标|东坐标|pointx|coordx|easting)$/
const Y = /^(y|lat|latitude|纬度|北纬|纬度坐标|y坐标|纵坐标|北坐标|pointy|coordy|northing)$/

export type PlaceRole = 'wkt' | 'x' | 'y'

/** Which columns say where a row is. */
export function placeColumns(
  header: readonly string[],
  chosen: Readonly<Record<string, string>> = {},
): Record<PlaceRole, number> {
  const find = (role: PlaceRole, names: RegExp) => {
    const said = header.findIndex(name => chosen[name] === role)
    return said >= 0
      ? said
      : header.findIndex(
          name => chosen[name] === undefined && names.test(names === WKT ? name.trim() : plainName(name)),
        )
  }
  return { wkt: find('wkt', WKT), x: find('x', X), y: find('y', Y) }
}

/** A number as people type it: full-width digits, a decimal comma, degrees with or without their mark. */
export function typedNumber(text: string): number {
  const plain = text
    .normalize('NFKC')
    .trim()
    .replace(/[°度]$/, '')
    .replace(/^(-?\d+),(\d+)$/, '$1.$2')
  return plain === '' ? Number.NaN : Number(plain)
}

function pairOf(x: string, y: string): SourceShape | Reason | null {
  if (x.trim() === '' && y.trim() === '') return null
  const [east, north] = [typedNumber(x), typedNumber(y)]
  if (Number.isNaN(east) || Number.isNaN(north))
    return {
      code: 'bad-position',
      zh: `坐标不是一对数字:${x}, ${y}`,
      en: `has a position that is no pair of numbers: ${x}, ${y}`,
    }
  return { kind: 'point', parts: [[[east, north]]] }
}

/** Reads the rows under one header. `whole`: the column with the place stands among the others too. */
export function tableReader(
  header: readonly string[],
  layer: string,
  chosen: Readonly<Record<string, string>> = {},
  whole = false,
): (row: readonly string[], number: number) => SourceFeature {
  const { wkt, x, y } = placeColumns(header, chosen)
  const ours = header.map(isReasonColumn)
  return (row, number) => {
    const tags: Record<string, string> = {}
    for (let i = 0; i < header.length; i++) {
      const value = row[i]
      if (value && (whole || i !== wkt) && !ours[i]) tags[header[i]!] = value
    }
    let found: SourceShape | Reason | null = null
    const text = row[wkt]
    if (text) {
      found = fromWkt(text) ?? {
        code: 'no-geometry',
        zh: '几何列不是 WKT 文本',
        en: 'has a geometry that is no WKT',
      }
    } else if (x >= 0 && y >= 0) found = pairOf(row[x] ?? '', row[y] ?? '')
    const isShape = found !== null && 'kind' in found
    return {
      number,
      layer,
      key: null,
      shape: isShape ? (found as SourceShape) : null,
      tags,
      problem: isShape ? null : (found as Reason | null),
    }
  }
}
