// What is exported: rows of named values with a shape each, page by page.
import type { Database } from '../db/database.ts'

export interface Field {
  /** As other programs know it, and our importer too: at most ten letters, which is all a shapefile has room for. */
  readonly name: string
  /** At the head of a spreadsheet's column. */
  readonly zh: string
  /** Bytes that its longest text may take in a shapefile; none: it is a number or a short text. */
  readonly width?: number
  /** What its values are called in a spreadsheet. */
  readonly words?: Readonly<Record<string, string>>
}

export interface ExportRow {
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  /** GeoJSON in degrees with seven decimals, which is the lattice. */
  readonly geometry: string
  /** Longitude and latitude of a point inside it. */
  readonly inside: readonly [number, number]
}

export interface Exported {
  /** Of the table, sheet or layer in the file. */
  readonly name: string
  readonly fields: readonly Field[]
  /** How many there are at present. */
  readonly count: number
  readonly pages: (database: Database) => AsyncGenerator<readonly ExportRow[]>
}
