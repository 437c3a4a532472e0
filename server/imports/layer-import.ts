// One layer of an import: what has been counted, and the rows that wait to be written.
import { uuidv7 } from 'uuidv7'
import type { ImportLayer } from '../../core/contract/imports.ts'
import type { Tx } from '../db/database.ts'
import type { CopyText } from '../db/write-table.ts'
import type { TableLayer } from './layer-tables.ts'
import { isReason, type MappedRow } from './map-features.ts'
import type { LayerRows } from './map-rows.ts'
import type { RejectedRows } from './rejected-rows.ts'
import { resolveRows } from './resolve-rows.ts'
import { RowLines } from './row-lines.ts'
import { RowWriter } from './write-rows.ts'

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

interface Waiting {
  ready: number
  text: CopyText[]
  rows: MappedRow[]
  numbers: number[]
}
const nothing = (): Waiting => ({ ready: 0, text: [], rows: [], numbers: [] })

export class LayerImport {
  readonly counts = noCounts()
  readonly importId = uuidv7()
  readonly layer: ImportLayer
  readonly county: string
  readonly #careful: boolean
  #waiting = nothing()
  #writer: RowWriter | null = null

  constructor(layer: ImportLayer, county: string, careful: boolean) {
    this.#careful = careful
    this.layer = layer
    this.county = county
  }

  add({ read, rejected, repaired, duplicates, ready, text, rows, numbers }: LayerRows): void {
    this.counts.read += read
    this.counts.rejected += rejected
    this.counts.repaired += repaired
    this.counts.duplicates += duplicates
    this.#waiting.ready += ready
    if (text !== null) this.#waiting.text.push(text)
    for (const row of rows) this.#waiting.rows.push(row)
    for (const number of numbers) this.#waiting.numbers.push(number)
  }

  /** Objects made whole, instead of their first pieces where those still wait. */
  addWhole({ ready, text, rows, numbers }: LayerRows): void {
    this.#waiting.ready += ready
    if (text !== null) this.#waiting.text.push(text)
    const waiting = new Map(this.#waiting.rows.map((row, i) => [row.source_key, i]))
    for (const [i, row] of rows.entries()) {
      const at = waiting.get(row.source_key) ?? this.#waiting.rows.length
      this.#waiting.rows[at] = row
      this.#waiting.numbers[at] = numbers[i]!
    }
  }

  get waiting(): number {
    return this.#waiting.ready + this.#waiting.rows.length
  }

  /** What waits; then nothing does. */
  take(): Waiting {
    const taken = this.#waiting
    this.#waiting = nothing()
    return taken
  }

  /** @param joined their first pieces were counted when they came */
  async write(tx: Tx, waiting: Waiting, rejects: RejectedRows, joined: boolean): Promise<void> {
    const layer = this.layer as TableLayer
    let { ready, text } = waiting
    if (waiting.rows.length > 0) {
      const lines = new RowLines(layer, null)
      text = []
      ready = 0
      for (const [i, row] of (await resolveRows(tx, layer, this.county, waiting.rows)).entries())
        if (isReason(row)) {
          this.counts.rejected++
          rejects.note(waiting.numbers[i]!, row)
        } else {
          const mapped = row as MappedRow
          text.push(lines.line(mapped.source_key, lines.content(mapped)))
          ready++
        }
    }
    if (ready === 0) return
    this.#writer ??= new RowWriter({ layer, county: this.county, importId: this.importId }, this.#careful)
    const written = await this.#writer.write(tx, text, joined)
    if (joined) return
    this.counts.imported += written
    this.counts.unchanged += ready - written
  }
}
