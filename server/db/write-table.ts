// Writes many rows at once, with the COPY of each engine: the fast way in, for what is generated or restored.
import { sql } from 'kysely'
import { type Cell, copyText } from './copy-text.ts'
import type { Tx } from './database.ts'
import { copyInto } from './dialect.ts'

export type { Cell } from './copy-text.ts'

export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** Large enough that a statement's own cost does not count, small enough that several fit in memory. */
const PIECE = 4 * 1024 * 1024

/**
 * Adds the rows in the transaction, all or none. Only as the database's owner (`database.owner.transaction()`):
 * PostgreSQL allows no COPY FROM to whoever row-level security applies to, and `inScope` acts as such.
 * @returns how many rows were written
 */
export async function writeTable(tx: Tx, { table, columns, rows }: TableRows): Promise<number> {
  if (columns.length === 0) throw new TypeError(`Rows without columns for ${table}.`)
  if (rows.length === 0) return 0
  const names = sql.join(columns.map(name => sql.id(name)))
  const target = sql`${sql.table(table)} (${names})`.compile(tx).sql
  return await copyInto(tx, target, copyText(columns.length, rows, PIECE))
}
