// What a row of somebody's grid file says of a grid: code, name, level, parent and kind under their common column names.
import type { MultiPolygon } from 'geojson'
import type { GridKind } from '../../../core/topology/index.ts'
import { type Columns, storable } from '../column-roles.ts'
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

/** @param columns of the layer `grids` */
export function readGrid(feature: SourceFeature, key: string, columns: Columns): GridRow | Reason {
  const shape = feature.shape && areaOf(feature.shape)
  if (shape === null || shape.kind !== 'polygon')
    return { code: 'wrong-geometry', zh: '不是面', en: 'is no polygon' }
  columns.meet(feature.tags)
  const text = (role: string) => columns.text(feature.tags, role)
  return {
    key,
    feature,
    geometry: inDegrees(shape.parts.map(rings => rings.map(trimmed))),
    id: storable(feature.key ?? '') || text('id'),
    code: wholeCode(text('code')),
    name: text('name'),
    level: text('level'),
    parent: wholeCode(text('parent')),
    kind: text('kind'),
  }
}

/** A code that a spreadsheet made a number of: `510124101001001.0`. */
const wholeCode = (text: string | null): string | null => text?.replace(/^(\d+)\.0+$/, '$1') ?? null
