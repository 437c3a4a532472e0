// The server engine: PostgreSQL with PostGIS through a pool of `pg` connections.
import pg from 'pg'
import type { Database } from './database.ts'
import { kyselyOver, type Session, type Sessions } from './dialect.ts'
import { EngineLostError } from './failures.ts'
import { migrateToLatest } from './migrate.ts'
import { checkServer, complaint } from './server-complaints.ts'
import { readerOf } from './values.ts'
import { engineVersions } from './versions.ts'

export interface ServerOptions {
  readonly databaseUrl: string
  readonly statementSeconds: number
  readonly connections?: number
}

export async function openServer(options: ServerOptions): Promise<Database> {
  const pool = newPool(options)
  const owner = kyselyOver(sessionsOf(pool))
  try {
    await checkServer(owner)
  } catch (error) {
    await pool.end()
    throw complaint(error, options.databaseUrl)
  }
  return {
    engine: 'server',
    owner,
    async migrate() {
      const patient = kyselyOver(sessionsOf(newPool({ ...options, statementSeconds: 0, connections: 1 })))
      try {
        return await migrateToLatest(patient)
      } finally {
        await patient.destroy()
      }
    },
    versions: () => engineVersions(owner),
    close: () => owner.destroy(),
  }
}

function newPool({ databaseUrl, statementSeconds, connections = 10 }: ServerOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'huage',
    max: connections,
    // The default waits for ever, for a server that is down and for a pool that is empty alike.
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: statementSeconds * 1000,
    idle_in_transaction_session_timeout: 300_000,
    // Otherwise the text of an instant depends on the server's settings.
    options: '-c timezone=UTC -c datestyle=ISO',
    types: { getTypeParser: ((typeId: number) => readerOf(typeId)) as typeof pg.types.getTypeParser },
  })
  // Without listeners the loss of a connection would end the process: idle ones speak through the pool, held ones
  // themselves. The query that needs the connection gets its error in any case.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  return pool
}

function sessionsOf(pool: pg.Pool): Sessions {
  return {
    async acquire() {
      return new ServerSession(await pool.connect())
    },
    end: () => pool.end(),
  }
}

class ServerSession implements Session {
  #lost = false
  constructor(readonly client: pg.PoolClient) {}

  async run(statement: string, parameters: readonly (string | Uint8Array | null)[]) {
    if (this.#lost) throw new EngineLostError('The connection to the database was lost.')
    try {
      const { rows, command, rowCount } = await this.client.query(statement, [...parameters])
      return { rows, command, affected: rowCount }
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || error.severity === 'FATAL') {
        this.#lost = true
        throw new EngineLostError('The connection to the database was lost.', { cause: error })
      }
      throw error
    }
  }

  release(spoiled: boolean): void {
    this.client.release(spoiled || this.#lost)
  }
}
