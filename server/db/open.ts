// Opens the database: a PostgreSQL server when there is an address for one, else the embedded engine in the data folder.
import type { Database } from './database.ts'
import { openEmbedded } from './embedded-engine.ts'
import { openServer } from './server-engine.ts'
import type { Progress } from './template.ts'

export interface OpenOptions {
  readonly databaseUrl?: string
  readonly dataFolder: string
  readonly onProgress?: Progress
  /** How long one statement may take, unless `inScope` is told otherwise. */
  readonly statementSeconds?: number
}

export async function openDatabase(options: OpenOptions): Promise<Database> {
  const statementSeconds = options.statementSeconds ?? 60
  return options.databaseUrl
    ? await openServer({ databaseUrl: options.databaseUrl, statementSeconds })
    : await openEmbedded({ ...options, statementSeconds })
}
