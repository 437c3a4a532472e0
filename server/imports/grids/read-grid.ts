// What a row of somebody's grid file says of a grid: code, name, level, parent and kind under their common column names.
import type { MultiPolygon } from 'geojson'
import type { GridKind } from '../../../core/topology/index.ts'
import { inDegrees, trimmed } from '../ground.ts'
import { areaOf } from '../map-features.ts'
import type { Reason, SourceFeature } from '../source-feature.ts'

export interface GridRow {
  /** Unique in one import. */
  readonly key: string
  readonly feature: SourceFeature
  readonly geometry: MultiPolygon
  /** The source's own identity of it, when it has one. */
  readonly id: string | null
  readonly code: string | null
  readonly name: string | null
  readonly level: string | null
  readonly parent: string | null
  readonly kind: string | null
}

const COLUMNS = {
  id: ['id', 'ID', 'fid', 'FID', 'gid', 'OBJECTID', 'grid_id', '编号'],
  code: [
    ...['code', 'grid_code', 'gridcode', 'CODE', 'GRIDCODE', 'WGBM', 'WGDM', 'BM', 'DM'],
    ...['网格编码', '网格代码', '网格编号', '编码', '代码', '区划代码', 'XZQDM', 'adcode'],
  ],
  name: [
    ...['name', 'grid_name', 'gridname', 'NAME', 'Name', 'WGMC', 'MC', 'XZQMC'],
    ...['网格名称', '名称', '网格名', '名字', '区划名称'],
  ],
  level: [
    ...['level', 'grid_level', 'gridlevel', 'LEVEL', 'WGJB', 'WGCJ', 'CJ'],
    ...['层级', '网格层级', '网格级别', '级别', '网格等级', '等级', '级'],
  ],
  parent: [
    ...['parent', 'parent_code', 'parentcode', 'parent_id', 'PARENT', 'SJBM', 'SJWG'],
    ...['上级', '上级编码', '上级代码', '上级网格', '上级网格编码', '父级', '父级编码', '所属网格'],
  ],
  kind: ['kind', 'grid_kind', 'KIND', 'WGLX', '网格类型', '类型', '网格类别', '类别'],
} as const

const KINDS: readonly (readonly [GridKind, RegExp])[] = [
  ['basic', /^(basic|基础|普通|一般)/i],
  ['special', /^(special|专属|专项)/i],
  ['street', /^(street|街路|街巷|街区)/i],
  ['enterprise', /^(enterprise|企业|厂区)/i],
  ['development', /^(development|开发区|园区)/i],
]

/** Undefined: a word that names no kind. */
export const kindOf = (word: string | null): GridKind | undefined =>
  word === null ? 'basic' : KINDS.find(([, pattern]) => pattern.test(word))?.[0]

const storable = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '').trim()

export function readGrid(feature: SourceFeature, key: string): GridRow | Reason {
  const { tags } = feature
  const shape = feature.shape && areaOf(feature.shape)
  if (shape === null || shape.kind !== 'polygon')
    return { code: 'wrong-geometry', zh: '不是面', en: 'is no polygon' }
  const column = (names: readonly string[]): string | null => {
    for (const name of names) {
      const value = storable(tags[name] ?? '')
      if (value) return value
    }
    return null
  }
  return {
    key,
    feature,
    geometry: inDegrees(shape.parts.map(rings => rings.map(trimmed))),
    id: storable(feature.key ?? '') || column(COLUMNS.id),
    code: wholeCode(column(COLUMNS.code)),
    name: column(COLUMNS.name),
    level: column(COLUMNS.level),
    parent: wholeCode(column(COLUMNS.parent)),
    kind: column(COLUMNS.kind),
  }
}

/** A code that a spreadsheet made a number of: `510124101001001.0`. */
const wholeCode = (text: string | null): string | null => text?.replace(/^(\d+)\.0+$/, '$1') ?? null
