// The embedded engine: PGlite in a worker behind one queue, in a data folder that only this process may use.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from './database.ts'
import { ownDeadline } from './deadline.ts'
import { type CopyText, kyselyOver, type Session, type Sessions } from './dialect.ts'
import { EmbeddedThread } from './embedded-thread.ts'
import { DatabaseBusyError, DatabaseUnusableError, EngineLostError } from './failures.ts'
import { lockFolder } from './folder-lock.ts'
import { migrateToLatest } from './migrate.ts'
import { embeddedVersions, type Progress, postgisTemplate } from './template.ts'
import type { Parameter } from './values.ts'
import { engineVersions } from './versions.ts'

/** What `serve` prints at start. */
export const FSYNC_NOTICE = {
  zh: '内置数据库不等待磁盘写入：进程被强制结束不会丢失已确认的数据，断电则可能丢失。正式使用请连接 PostgreSQL 服务器（DATABASE_URL），或定期备份。',
  en: 'The embedded database does not wait for the disk: killing the process loses nothing acknowledged, a power failure may. For production use a PostgreSQL server (DATABASE_URL), or make regular backups.',
} as const

export interface EmbeddedOptions {
  readonly dataFolder: string
  readonly onProgress?: Progress
  readonly statementSeconds: number
  /** How many callers may wait for the one connection, and for how long. */
  readonly waiting?: { readonly callers: number; readonly seconds: number }
}

export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const { dataFolder, onProgress } = options
  const lock = lockFolder(dataFolder)
  try {
    const folder = join(dataFolder, 'postgres')
    const birth = new Birth(dataFolder, folder)
    birth.refuseUnusable()
    const thread = birth.finished
      ? await EmbeddedThread.start({ folder })
      : await birth.give(await postgisTemplate(join(dataFolder, '.cache'), onProgress))
    const waiting = options.waiting ?? { callers: 1000, seconds: 60 }
    const queue = new EmbeddedQueue(thread, folder, waiting)
    const owner = kyselyOver(queue.sessions(options.statementSeconds * 1000))
    return {
      engine: 'embedded',
      owner,
      migrate: () => migrateToLatest(kyselyOver(queue.sessions(null))),
      versions: () => engineVersions(owner),
      async close() {
        await queue.close()
        lock.release()
      },
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/** Fills a new folder, notices one whose filling was broken off, and remembers which versions wrote it. */
class Birth {
  readonly #record: string
  readonly #unfinished: string
  constructor(
    readonly dataFolder: string,
    readonly folder: string,
  ) {
    this.#record = join(dataFolder, 'huage.json')
    this.#unfinished = join(dataFolder, 'postgres.unfinished')
  }

  get finished(): boolean {
    return existsSync(this.folder) && !existsSync(this.#unfinished)
  }

  async give(template: Uint8Array): Promise<EmbeddedThread> {
    writeFileSync(this.#unfinished, 'A start that was broken off left this; the next start begins anew.\n')
    rmSync(this.folder, { recursive: true, force: true })
    mkdirSync(this.folder, { mode: 0o700 })
    const thread = await EmbeddedThread.start({ folder: this.folder, template })
    const partial = `${this.#record}.new`
    writeFileSync(partial, `${JSON.stringify(embeddedVersions(), null, 2)}\n`)
    renameSync(partial, this.#record)
    rmSync(this.#unfinished)
    return thread
  }

  refuseUnusable(): void {
    if (!this.finished) return
    // Without this file the engine would take the folder for a new one and write over what is left.
    if (!existsSync(join(this.folder, 'PG_VERSION'))) {
      throw new DatabaseUnusableError(
        `The database in ${this.folder} is damaged (its PG_VERSION is missing). Restore a backup into a new folder: ` +
          'HUAGE_DATA=… npx huage restore huage-backup.tar',
      )
    }
    const ours = embeddedVersions()
    const theirs = existsSync(this.#record) ? JSON.parse(readFileSync(this.#record, 'utf8')) : {}
    if (theirs.pglite === ours.pglite && theirs.postgis === ours.postgis) return
    throw new DatabaseUnusableError(
      `The data folder ${this.dataFolder} was written by another version of the embedded database ` +
        `(pglite ${theirs.pglite ?? 'unknown'}, postgis ${theirs.postgis ?? 'unknown'}; this program has ` +
        `${ours.pglite} and ${ours.postgis}). With the program that wrote it run "npx huage backup huage-backup.tar", ` +
        'then with this one, on a new folder (HUAGE_DATA), "npx huage restore huage-backup.tar".',
    )
  }
}

/** One connection for all: first come, first served; opened again when its worker was lost. */
class EmbeddedQueue {
  #thread: EmbeddedThread
  #busy = false
  #closed = false
  readonly #waiters: (() => void)[] = []

  constructor(
    thread: EmbeddedThread,
    readonly folder: string,
    readonly waiting: { readonly callers: number; readonly seconds: number },
  ) {
    this.#thread = thread
  }

  sessions(deadline: number | null): Sessions {
    return { acquire: () => this.#acquire(deadline), end: async () => {} }
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#turn(null)
    await this.#thread.close()
    this.#next()
  }

  async #acquire(deadline: number | null): Promise<Session> {
    if (this.#closed) throw new EngineLostError('The database is closed.')
    await this.#turn(this.waiting.seconds)
    try {
      if (this.#thread.lost) this.#thread = await EmbeddedThread.start({ folder: this.folder })
    } catch (error) {
      this.#next()
      throw error
    }
    return new EmbeddedSession(this.#thread, deadline, spoiled => this.#end(spoiled))
  }

  async #turn(seconds: number | null): Promise<void> {
    if (!this.#busy) {
      this.#busy = true
      return
    }
    if (seconds !== null && this.#waiters.length >= this.waiting.callers) {
      throw new DatabaseBusyError(`${this.#waiters.length} callers wait for the database already.`)
    }
    await new Promise<void>((resolve, reject) => {
      const timer =
        seconds === null
          ? undefined
          : setTimeout(() => {
              this.#waiters.splice(this.#waiters.indexOf(come), 1)
              reject(new DatabaseBusyError(`The database was busy for ${seconds} s.`))
            }, seconds * 1000)
      const come = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#waiters.push(come)
    })
  }

  #next(): void {
    const next = this.#waiters.shift()
    if (next) next()
    else this.#busy = false
  }

  #end(spoiled: boolean): void {
    if (!spoiled || this.#thread.lost) this.#next()
    else this.#thread.kill(new Error('a transaction could not be rolled back')).finally(() => this.#next())
  }
}

class EmbeddedSession implements Session {
  #deadline: number | null
  #released = false
  constructor(
    readonly thread: EmbeddedThread,
    readonly usual: number | null,
    readonly onRelease: (spoiled: boolean) => void,
  ) {
    this.#deadline = usual
  }

  async run(statement: string, parameters: readonly Parameter[]) {
    if (this.#released) throw new EngineLostError('This connection was given back already.')
    // The engine takes the setting and ignores it; the watchdog goes by it, until the transaction ends.
    const own = ownDeadline(statement)
    if (own !== undefined) this.#deadline = own || null
    return await this.thread.run(statement, parameters, this.#deadline)
  }

  /** One statement per piece: each is handed to the worker whole. */
  async copy(target: string, pieces: Iterable<CopyText>) {
    let rows = 0
    for (const piece of pieces) {
      if (this.#released) throw new EngineLostError('This connection was given back already.')
      rows += await this.thread.copy(target, piece, this.#deadline)
    }
    return rows
  }

  /** What COPY reads here is a file to the engine, and files are read by its owner only. */
  async stage(target: string, pieces: Iterable<CopyText>) {
    const { rows } = await this.run(
      "select current_setting('role') as role, set_config('role', 'none', true) as owner",
      [],
    )
    const copied = await this.copy(target, pieces)
    await this.run("select set_config('role', $1, true)", [rows[0]!.role as string])
    return copied
  }

  release(spoiled: boolean): void {
    if (this.#released) return
    this.#released = true
    this.onRelease(spoiled)
  }
}
