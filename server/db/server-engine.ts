// The server engine: PostgreSQL with PostGIS through a pool of `pg` connections.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database } from './database.ts'
import { ownDeadline } from './deadline.ts'
import { type CopyText, kyselyOver, type Session, type Sessions } from './dialect.ts'
import { DatabaseBusyError, DeadlineError, EngineLostError } from './failures.ts'
import { isKept } from './kept.ts'
import { migrateToLatest } from './migrate.ts'
import { checkServer, complaint } from './server-complaints.ts'
import { type Parameter, readerOf } from './values.ts'
import { engineVersions } from './versions.ts'

export interface ServerOptions {
  readonly databaseUrl: string
  readonly statementSeconds: number
  readonly connections?: number
  /** How long to wait for a connection: for a server that is down, and for a pool that is empty. */
  readonly waitSeconds?: number
}

export async function openServer(options: ServerOptions): Promise<Database> {
  const pool = newPool(options)
  const owner = kyselyOver(sessionsOf(pool, options.statementSeconds * 1000))
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
      const patient = kyselyOver(sessionsOf(newPool({ ...options, statementSeconds: 0, connections: 1 }), 0))
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

function newPool({
  databaseUrl,
  statementSeconds,
  connections = 10,
  waitSeconds = 10,
}: ServerOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    application_name: 'huage',
    max: connections,
    // The default is to wait for ever.
    connectionTimeoutMillis: waitSeconds * 1000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    statement_timeout: statementSeconds * 1000,
    idle_in_transaction_session_timeout: 300_000,
    // Otherwise the text of an instant depends on the server's settings. Compiling a statement takes longer than any of
    // ours gains by it: a sweep over a district 20 seconds.
    options: '-c timezone=UTC -c datestyle=ISO -c jit=off',
    types: { getTypeParser: ((typeId: number) => readerOf(typeId)) as typeof pg.types.getTypeParser },
  })
  // Without listeners the loss of a connection would end the process: idle ones speak through the pool, held ones
  // themselves. The query that needs the connection gets its error in any case.
  pool.on('error', () => undefined)
  pool.on('connect', client => client.on('error', () => undefined))
  return pool
}

function sessionsOf(pool: pg.Pool, milliseconds: number): Sessions {
  const under = new Set<Promise<void>>()
  let closed = false
  return {
    async acquire() {
      if (closed) throw new EngineLostError('The database is closed.')
      let end = () => {}
      const over = new Promise<void>(resolve => {
        end = resolve
      })
      under.add(over)
      const done = () => {
        under.delete(over)
        end()
      }
      try {
        return new ServerSession(await connected(pool), milliseconds, done)
      } catch (error) {
        done()
        throw error
      }
    },
    async end() {
      closed = true
      // The pool would let those who wait for a connection wait until their time is up.
      await Promise.all(under)
      await pool.end()
    },
  }
}

async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('timeout exceeded') && pool.totalCount > 0) {
      throw new DatabaseBusyError('No connection to the database became free in time.', { cause: error })
    }
    throw new EngineLostError('The database does not answer.', { cause: error })
  }
}

/** Codes after which the connection is gone: the server was stopped, restarted, or ended it. */
const GONE = /^(08|57P0[1-4]|25P03)/

const names = new Map<string, string>()

/** Under this name a connection keeps the statement; PostgreSQL cuts names at 63 characters. */
function nameOf(statement: string): string {
  let name = names.get(statement)
  if (name === undefined) {
    name = createHash('sha256').update(statement).digest('hex').slice(0, 40)
    names.set(statement, name)
  }
  return name
}

class ServerSession implements Session {
  #lost = false
  /** `begin`, until something is to be done in the transaction: both then travel as one message. */
  #begin: string | undefined
  #milliseconds: number
  constructor(
    readonly client: pg.PoolClient,
    milliseconds: number,
    readonly done: () => void,
  ) {
    this.#milliseconds = milliseconds
  }

  async run(statement: string, parameters: readonly Parameter[]) {
    this.#milliseconds = ownDeadline(statement) ?? this.#milliseconds
    this.#refuseLost()
    if (statement.startsWith('begin')) {
      this.#begin = statement
      return { rows: [], command: 'BEGIN', affected: null }
    }
    try {
      const values = [...parameters]
      const prepared = isKept(statement)
      const begin = await this.#begun(values.length === 0 && !prepared)
      const result: pg.QueryResult | pg.QueryResult[] = await (prepared
        ? this.client.query({ name: nameOf(statement), text: statement, values })
        : this.client.query(begin + statement, values))
      // Several statements in one message have a result each; the last is the one that was asked for.
      const { rows, command, rowCount } = Array.isArray(result) ? result.at(-1)! : result
      return { rows, command, affected: rowCount }
    } catch (error) {
      throw this.#failed(statement, error)
    }
  }

  async copy(target: string, pieces: Iterable<CopyText>) {
    const statement = `copy ${target} from stdin`
    let failure: { readonly reason: unknown } | undefined
    function* watched() {
      try {
        yield* pieces
      } catch (reason) {
        failure = { reason }
        throw reason
      }
    }
    this.#refuseLost()
    await this.#begun(false)
    const copying = this.client.query(copyFrom(statement))
    try {
      // A piece is made when the one before it has gone out.
      await pipeline(Readable.from(watched(), { highWaterMark: 1 }), copying)
    } catch (error) {
      // Whoever makes the pieces failed, not the connection.
      throw failure ? failure.reason : this.#failed(statement, error)
    }
    return copying.rowCount
  }

  stage(target: string, pieces: Iterable<CopyText>) {
    return this.copy(target, pieces)
  }

  /** What to put before a statement that can share its message; for one that cannot, the transaction is begun first. */
  async #begun(shares: boolean): Promise<string> {
    const begin = this.#begin
    this.#begin = undefined
    if (begin === undefined) return ''
    if (shares) return `${begin}; `
    await this.client.query(begin)
    return ''
  }

  #refuseLost(): void {
    if (this.#lost) throw new EngineLostError('The connection to the database was lost.')
  }

  /** What to throw for a statement that failed; not a wrapper round it, so that stacks stay short enough to name the caller. */
  #failed(statement: string, error: unknown): unknown {
    if (error instanceof pg.DatabaseError && !GONE.test(error.code ?? ''))
      return error.code === '57014' ? new DeadlineError(statement, this.#milliseconds) : error
    this.#lost = true
    return new EngineLostError('The connection to the database was lost.', { cause: error })
  }

  release(spoiled: boolean): void {
    this.client.release(spoiled || this.#lost)
    this.done()
  }
}
