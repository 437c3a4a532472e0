// Our Kysely dialect: the same driver over both engines, which only differ in the sessions they hand out.
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Tx } from './database.ts'
import { NestedScopeError, TransactionLostError } from './failures.ts'
import { insideScope } from './inside-scope.ts'
import type { Schema } from './schema.ts'
import { type Parameter, written } from './values.ts'

export interface Answer {
  readonly rows: readonly Record<string, unknown>[]
  /** First word of the command tag: SELECT, INSERT, COMMIT … */
  readonly command: string
  readonly affected: number | null
}

/** As text, or as that text's UTF-8. */
export type CopyText = string | Uint8Array

/** One connection, held by one caller at a time. */
export interface Session {
  run(statement: string, parameters: readonly Parameter[]): Promise<Answer>
  /**
   * Adds rows in COPY's text format, in pieces of whole rows. `target` is a table with its columns, quoted.
   * @returns how many rows were added
   */
  copy(target: string, pieces: Iterable<CopyText>): Promise<number>
  /** The same into a temporary table, as whoever the transaction acts as. */
  stage(target: string, pieces: Iterable<CopyText>): Promise<number>
  /** Gives the connection back; a spoiled one is thrown away, with whatever its transaction had done. */
  release(spoiled: boolean): void
}

export interface Sessions {
  acquire(): Promise<Session>
  end(): Promise<void>
}

export function kyselyOver(sessions: Sessions): Kysely<Schema> {
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new SessionDriver(sessions),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
  return new Kysely<Schema>({ dialect })
}

/** COPY FROM in a transaction; Kysely knows no such statement, so this goes past it to the session. */
export const copyInto = (tx: Tx, target: string, pieces: Iterable<CopyText>): Promise<number> =>
  onSession(tx, session => session.copy(target, pieces))

/** The same into a temporary table. */
export const stageInto = (tx: Tx, target: string, pieces: Iterable<CopyText>): Promise<number> =>
  onSession(tx, session => session.stage(target, pieces))

async function onSession<T>(tx: Tx, work: (session: Session) => Promise<T>): Promise<T> {
  return await tx.getExecutor().provideConnection(async connection => {
    if (!(connection instanceof Connection)) throw new TypeError('Not a transaction of our own dialect.')
    return await work(connection.session)
  })
}

const COUNTED = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE'])

class Connection implements DatabaseConnection {
  spoiled = false
  constructor(readonly session: Session) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, command, affected } = await this.session.run(query.sql, query.parameters.map(written))
    return {
      rows: rows as R[],
      ...(COUNTED.has(command) && affected !== null ? { numAffectedRows: BigInt(affected) } : {}),
    }
  }

  // biome-ignore lint/correctness/useYield: the interface wants a generator, and we refuse before the first row
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('No streaming: ask for the rows in pages by key.')
  }
}

class SessionDriver implements Driver {
  constructor(private readonly sessions: Sessions) {}

  async init(): Promise<void> {}

  async acquireConnection(): Promise<Connection> {
    if (insideScope()) throw new NestedScopeError()
    return new Connection(await this.sessions.acquire())
  }

  async releaseConnection(connection: Connection): Promise<void> {
    connection.session.release(connection.spoiled)
  }

  async beginTransaction(
    connection: Connection,
    settings: Parameters<Driver['beginTransaction']>[1],
  ): Promise<void> {
    const isolation = settings.isolationLevel ? ` isolation level ${settings.isolationLevel}` : ''
    const access = settings.accessMode ? ` ${settings.accessMode}` : ''
    await connection.session.run(`begin${isolation}${access}`, [])
  }

  async commitTransaction(connection: Connection): Promise<void> {
    const { command } = await connection.session.run('commit', [])
    if (command === 'ROLLBACK') throw new TransactionLostError()
  }

  async rollbackTransaction(connection: Connection): Promise<void> {
    try {
      await connection.session.run('rollback', [])
    } catch {
      // The caller's own error must reach them; without its connection the transaction is rolled back anyway.
      connection.spoiled = true
    }
  }

  async savepoint(connection: Connection, name: string): Promise<void> {
    await connection.session.run(`savepoint ${quoted(name)}`, [])
  }

  async rollbackToSavepoint(connection: Connection, name: string): Promise<void> {
    await connection.session.run(`rollback to savepoint ${quoted(name)}`, [])
  }

  async releaseSavepoint(connection: Connection, name: string): Promise<void> {
    await connection.session.run(`release savepoint ${quoted(name)}`, [])
  }

  async destroy(): Promise<void> {
    await this.sessions.end()
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
