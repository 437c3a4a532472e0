// Writes many rows at once, with the COPY of each engine: the fast way in, for what is generated, restored or imported.
import { sql } from 'kysely'
import { type Cell, copyText } from './copy-text.ts'
import type { Tx } from './database.ts'
import { type CopyText, copyInto, stageInto } from './dialect.ts'

export type { Cell } from './copy-text.ts'
export type { CopyText } from './dialect.ts'

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

/** Of a temporary table. */
export interface Stage {
  readonly table: string
  readonly columns: readonly string[]
  /** Of each column. */
  readonly types: readonly string[]
}

/** Makes a temporary table for rows on their way; it is gone at the end of the transaction. */
export async function makeStage(tx: Tx, { table, columns, types }: Stage): Promise<void> {
  const typed = sql.join(columns.map((column, i) => sql`${sql.id(column)} ${sql.raw(types[i]!)}`))
  await sql`create temporary table if not exists ${sql.id(table)} (${typed}) on commit drop`.execute(tx)
}

/**
 * Puts rows, as COPY's text, there instead of those put before. From there a statement takes them on under whatever policies
 * hold: so bulk rows come in `inScope` too.
 */
export async function fillStage(tx: Tx, { table, columns }: Stage, text: Iterable<CopyText>): Promise<void> {
  const name = sql`pg_temp.${sql.id(table)}`
  await sql`truncate ${name}`.execute(tx)
  await stageInto(tx, sql`${name} (${sql.join(columns.map(column => sql.id(column)))})`.compile(tx).sql, text)
}
