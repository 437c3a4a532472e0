// One layer on its way into its table: which rows are new, which are copies, which are pieces of one object.
import { uuidv7 } from 'uuidv7'
import type { ImportLayer } from '../../core/contract/imports.ts'
import { type ChosenRoles, Columns } from './column-roles.ts'
import type { MappedRow } from './map-features.ts'
import type { SourceFeature } from './source-feature.ts'
import { textHash } from './text-hash.ts'

export interface LayerCounts {
  read: number
  imported: number
  unchanged: number
  rejected: number
  /** Imported after their outline was put right. */
  repaired: number
  /** Left out: the same row again, or a piece that was joined to its object. */
  duplicates: number
}
export const noCounts = (): LayerCounts => ({
  read: 0,
  imported: 0,
  unchanged: 0,
  rejected: 0,
  repaired: 0,
  duplicates: 0,
})

export class LayerImport {
  readonly counts = noCounts()
  readonly importId = uuidv7()
  readonly layer: ImportLayer
  readonly columns: Columns
  /** Of a layer of the catalogue. */
  layerId: string | null = null
  rows: MappedRow[] = []
  /** Of the rows, for the file of rejected ones. */
  features: SourceFeature[] = []
  /** Objects of OpenStreetMap that stand in several pieces, as extracts by tiles have them: to be joined at the end. */
  readonly inPieces = new Set<string>()
  /** Numbers only: of a million rows this is some 50 MB. */
  readonly #first = new Map<number, number>()
  readonly #again = new Map<string, number>()

  constructor(layer: ImportLayer, map: ChosenRoles) {
    this.layer = layer
    this.columns = new Columns(layer, map)
  }

  /** A key that stands twice with another content gets a number, so that no row is lost. */
  add(feature: SourceFeature, row: MappedRow): void {
    const { source_key: key } = row
    const [hash, content] = [textHash(key), textHash(JSON.stringify(row))]
    const known = this.#first.get(hash)
    if (known === undefined) {
      this.#first.set(hash, content)
      this.#push(feature, row)
    } else if (known === content) this.counts.duplicates++
    else if (isPiece(this.layer, feature)) {
      this.counts.duplicates++
      this.inPieces.add(key)
    } else {
      const number = (this.#again.get(key) ?? 1) + 1
      this.#again.set(key, number)
      this.#push(feature, { ...row, source_key: `${key}#${number}` })
    }
  }

  take(): { rows: MappedRow[]; features: SourceFeature[] } {
    const { rows, features } = this
    this.rows = []
    this.features = []
    return { rows, features }
  }

  #push(feature: SourceFeature, row: MappedRow): void {
    this.rows.push(row)
    this.features.push(feature)
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
