// The one door to the database: what every subject may rely on, whichever engine stands behind it.
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type { Schema } from './schema.ts'
/** `embedded`: PGlite in a worker thread, for one process. `server`: PostgreSQL + PostGIS through `pg`. */
export type Engine = 'embedded' | 'server'
export type Tx = Transaction<Schema>

/** Who acts, and which area-code prefixes they may see; `['*']` sees everything, `[]` nothing. */
export interface Actor {
  readonly name: string
  readonly scope: readonly string[]
}

/** Until sign-in exists. */
export const LOCAL_ACTOR: Actor = { name: 'local', scope: ['*'] }

export interface Database {
  readonly engine: Engine
  /** For migration and administration only; requests go through `inScope`. */
  readonly owner: Kysely<Schema>
  /** Applies what is missing; returns the names applied. Throws a sentence when the database is newer than the program. */
  migrate(): Promise<string[]>
  /** PostgreSQL and PostGIS versions, for the readiness answer. Throws when the database does not answer. */
  versions(): Promise<{ postgres: string; postgis: string }>
  /** Waits for what is under way, then closes. */
  close(): Promise<void>
}
