// Rows of one layer as they come: which are new, which are copies, which are pieces of one object.
import type { ImportLayer } from '../../core/contract/imports.ts'
import { type ChosenRoles, Columns } from './column-roles.ts'
import type { TableLayer } from './layer-tables.ts'
import type { MappedRow } from './map-features.ts'
import type { LayerRows } from './map-rows.ts'
import { NumberMap } from './number-map.ts'
import { isReferring, RowLines } from './row-lines.ts'
import type { SourceFeature } from './source-feature.ts'
import { textHash } from './text-hash.ts'
import { Utf8Text } from './utf8-text.ts'

export class UniqueRows {
  readonly layer: ImportLayer
  readonly columns: Columns
  /** Objects of OpenStreetMap that stand in several pieces, as extracts by tiles have them: to be joined at the end. */
  readonly inPieces = new Set<string>()
  /** Of keys the first content, both as numbers. */
  readonly #first = new NumberMap()
  readonly #again = new Map<string, number>()
  readonly #text = new Utf8Text()
  /** Null: the rows travel as they are. */
  readonly #lines: RowLines | null

  constructor(layer: ImportLayer, map: ChosenRoles, layerId: string | null) {
    this.layer = layer
    this.columns = new Columns(layer, map)
    this.#lines = layer === 'areas' || isReferring(layer) ? null : new RowLines(layer as TableLayer, layerId)
  }

  /** A key that stands twice with another content gets a number, so that no row is lost. */
  add(feature: SourceFeature, row: MappedRow, into: LayerRows): void {
    const { source_key: key } = row
    const text = this.#lines === null ? JSON.stringify(row) : this.#lines.content(row)
    const [hash, content] = [textHash(key), textHash(text)]
    const known = this.#first.get(hash)
    if (known === undefined) {
      this.#first.set(hash, content)
      this.#push(feature, row, key, text, into)
    } else if (known === content) into.duplicates++
    else if (isPiece(this.layer, feature)) {
      into.duplicates++
      this.inPieces.add(key)
    } else {
      const number = (this.#again.get(key) ?? 1) + 1
      this.#again.set(key, number)
      this.#push(feature, row, `${key}#${number}`, text, into)
    }
  }

  /** An object whose key has come before. */
  put(feature: SourceFeature, row: MappedRow, into: LayerRows): void {
    this.#push(feature, row, row.source_key, this.#lines?.content(row) ?? '', into)
  }

  /** Of the rows that are ready; null: there are none. */
  takeText(): Uint8Array<ArrayBuffer> | null {
    return this.#text.take()
  }

  #push(feature: SourceFeature, row: MappedRow, key: string, content: string, into: LayerRows): void {
    if (this.#lines === null) {
      into.rows.push(key === row.source_key ? row : { ...row, source_key: key })
      into.numbers.push(feature.number)
    } else {
      this.#text.add(this.#lines.line(key, content))
      into.ready++
    }
  }
}

const CUT_BY_TILES = new Set<ImportLayer>(['buildings', 'water', 'green', 'roads', 'areas', 'catalogue'])

function isPiece(layer: ImportLayer, { shape, tags, key }: SourceFeature): boolean {
  if (shape === null || shape.kind === 'point' || !CUT_BY_TILES.has(layer)) return false
  return (
    tags.source?.includes('openstreetmap') === true ||
    tags.osm_id !== undefined ||
    tags['@id'] !== undefined ||
    /^(node|way|relation)\/\d+$/.test(key ?? '')
  )
}
