// In the reading thread: from features to rows of the layers asked for, each of them once, ready to be written.
import type { Box } from '../../core/contract/geometry.ts'
import type { ImportLayer } from '../../core/contract/imports.ts'
import type { ChosenRoles } from './column-roles.ts'
import type { Sizes } from './ground.ts'
import { LatticeBox } from './lattice-box.ts'
import { isReason, type Mapped, type MappedRow, mapFeature, NO_GEOMETRY, renamed } from './map-features.ts'
import type { Reason, SourceFeature } from './source-feature.ts'
import { UniqueRows } from './unique-rows.ts'

export interface RowsOrder {
  readonly layers: readonly ImportLayer[]
  /** The file holds one layer only, so each feature must be one. */
  readonly every: boolean
  /** Column of the file → role. */
  readonly map: ChosenRoles
  /** Of a layer of the catalogue. */
  readonly layerId: string | null
}

/** What a piece of the file brought to one layer. */
export interface LayerRows {
  read: number
  rejected: number
  repaired: number
  duplicates: number
  /** Rows ready to be written: how many, and as COPY's text in UTF-8. */
  ready: number
  text: Uint8Array<ArrayBuffer> | null
  /** Rows of layers that refer to others, and of areas. */
  rows: MappedRow[]
  /** The number in the file of each of them. */
  numbers: number[]
}
export interface RepairedFeature {
  readonly number: number
  readonly name: string | null
  readonly what: readonly string[]
  readonly sizes: Sizes
}
export interface RowBatch {
  /** Features since the batch before. */
  readonly seen: number
  /** One for each layer asked for. */
  readonly layers: LayerRows[]
  readonly rejected: { readonly number: number; readonly why: Reason }[]
  readonly repaired: RepairedFeature[]
  /** Of everything taken so far. */
  readonly box: Box | null
  /** Objects made whole from pieces, of which the first has come already. */
  readonly joined: boolean
}

/** Features that are mapped before the rows are handed over. */
const PIECE = 1000

const noRows = (): LayerRows => ({
  ...{ read: 0, rejected: 0, repaired: 0, duplicates: 0, ready: 0, text: null },
  ...{ rows: [], numbers: [] },
})

export async function* mapRows(
  features: () => Generator<SourceFeature>,
  first: Generator<SourceFeature>,
  order: RowsOrder,
): AsyncGenerator<RowBatch> {
  const { layers, every, map } = order
  const parts = layers.map(layer => new UniqueRows(layer, map, order.layerId))
  const box = new LatticeBox()
  let batch: Omit<RowBatch, 'box'> & { seen: number } = begin(false)
  const finish = (): RowBatch => {
    for (const [i, part] of parts.entries()) batch.layers[i]!.text = part.takeText()
    return { ...batch, box: box.degrees }
  }
  function begin(joined: boolean) {
    return { seen: 0, layers: parts.map(noRows), rejected: [], repaired: [], joined }
  }

  const take = (feature: SourceFeature): void => {
    const reject = (i: number, why: Reason) => {
      batch.layers[i]!.read++
      batch.layers[i]!.rejected++
      batch.rejected.push({ number: feature.number, why })
    }
    const refused =
      feature.problem ?? (every || feature.shape !== null || parts.length === 1 ? null : NO_GEOMETRY)
    // Which layer it would have been of cannot be known; it is told once, under the first.
    if (refused !== null) {
      reject(0, refused)
      return
    }
    for (const [i, part] of parts.entries()) {
      const mapped = mapFeature(part.layer, feature, every, part.columns)
      if (mapped === null) continue
      if (isReason(mapped)) {
        reject(i, mapped)
        continue
      }
      const rows = batch.layers[i]!
      rows.read++
      if (mapped.repairs.length > 0) rows.repaired++
      if (mapped.sizes) batch.repaired.push(repairedOf(feature, mapped, mapped.sizes))
      if (feature.shape !== null) box.add(feature.shape)
      part.add(feature, mapped.row, rows)
    }
  }

  for (const feature of first) {
    take(renamed(feature, map))
    if (++batch.seen < PIECE) continue
    yield finish()
    batch = begin(false)
  }
  yield finish()

  for (const [i, part] of parts.entries()) {
    if (part.inPieces.size === 0) continue
    batch = begin(true)
    const { joinPieces } = await import('./join-pieces.ts')
    for (const pieces of piecesOf(part, features(), order)) {
      const feature = joinPieces(pieces)
      if (feature === null) continue
      const mapped = mapFeature(part.layer, feature, every, part.columns)
      if (mapped !== null && !isReason(mapped)) part.put(feature, mapped.row, batch.layers[i]!)
    }
    yield finish()
  }
}

const repairedOf = ({ number }: SourceFeature, { row, repairs: what }: Mapped, sizes: Sizes) => ({
  number,
  name: row.name,
  what,
  sizes,
})

/** The file is read once more for the objects that stand in pieces: they are few, and only they are held in memory. */
function piecesOf(
  part: UniqueRows,
  features: Generator<SourceFeature>,
  { every, map }: RowsOrder,
): Iterable<SourceFeature[]> {
  const pieces = new Map<string, SourceFeature[]>()
  for (const original of features) {
    if (original.problem !== null || original.shape === null) continue
    const feature = renamed(original, map)
    const mapped = mapFeature(part.layer, feature, every, part.columns)
    if (mapped === null || isReason(mapped) || !part.inPieces.has(mapped.row.source_key)) continue
    const list = pieces.get(mapped.row.source_key) ?? []
    list.push(feature)
    pieces.set(mapped.row.source_key, list)
  }
  return pieces.values()
}
