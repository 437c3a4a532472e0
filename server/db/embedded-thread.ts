// The main thread's end of the embedded database: sends statements to the worker, watches their deadlines, and
// replaces a worker that was ended or died.
import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { DatabaseError } from 'pg'
import type { Answer, CopyText } from './dialect.ts'
import { DatabaseUnusableError, DeadlineError, EngineLostError, StatementLostError } from './failures.ts'
import { projectFile } from './project.ts'
import { type Parameter, readerOf } from './values.ts'

interface WireError {
  readonly message: string
  readonly fields: Record<string, string>
}
type Answered = { readonly id: number } & ({ readonly value: unknown } | { readonly error: WireError })
type Reply = { readonly ready: true } | Answered
interface Pending {
  resolve(reply: Answered): void
  reject(error: Error): void
}
interface RunAnswer {
  readonly lost?: undefined
  readonly rows: readonly (readonly (string | null)[])[]
  readonly fields: readonly string[]
  readonly types: readonly number[]
  readonly command: string
  readonly affected: number | null
}
type RunReply = RunAnswer | { readonly lost: true; readonly sound: boolean }

/** The worker is one plain file: beside this module in the sources, beside the bundle or still in the sources. */
function workerFile(): URL {
  const beside = new URL('./embedded-worker.mjs', import.meta.url)
  return existsSync(beside) ? beside : projectFile('server/db/embedded-worker.mjs')
}

export class EmbeddedThread {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  /** Set when the worker is gone or must not be used any more. */
  #lost: Error | null = null

  private constructor(worker: Worker) {
    this.#worker = worker
  }

  /** Without a folder the database lives in memory only. A template fills an empty folder. */
  static async start(source: { folder?: string; template?: Uint8Array }): Promise<EmbeddedThread> {
    const worker = new Worker(workerFile(), { workerData: source, stderr: false })
    const thread = new EmbeddedThread(worker)
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: Reply) => {
        if ('ready' in reply) resolve()
        else thread.#settle(reply)
      })
      const die = (error: Error) => {
        reject(
          new DatabaseUnusableError(`The embedded database could not be opened: ${error.message}`, {
            cause: error,
          }),
        )
        thread.#lose(error)
      }
      worker.on('error', error => die(error instanceof Error ? error : new Error(String(error))))
      worker.on('exit', code => die(new Error(`its thread ended with code ${code}`)))
    })
    return thread
  }

  get lost(): boolean {
    return this.#lost !== null
  }

  /** The deadline in milliseconds ends the whole worker: the engine itself does not stop for anything. */
  async run(sql: string, parameters: readonly Parameter[], deadline: number | null): Promise<Answer> {
    const { fields, command, affected, ...reply } = await this.#answered(
      sql,
      this.#ask({ job: 'run', sql, parameters }),
      deadline,
    )
    const readers = reply.types.map(readerOf)
    const rows = reply.rows.map(values => {
      const row: Record<string, unknown> = {}
      for (let i = 0; i < fields.length; i++) {
        const value = values[i]
        row[fields[i]!] = value === null || value === undefined ? null : readers[i]!(value)
      }
      return row
    })
    return { rows, command, affected }
  }

  /** Rows in COPY's text format. @returns how many were added */
  async copy(target: string, text: CopyText, deadline: number | null): Promise<number> {
    const sql = `copy ${target} from '/dev/blob'`
    const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
    const moved = bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : []
    const asked = this.#ask<RunReply>({ job: 'run', sql, parameters: [], bytes }, moved)
    return (await this.#answered(sql, asked, deadline)).affected ?? 0
  }

  async #answered(sql: string, asked: Promise<RunReply>, deadline: number | null): Promise<RunAnswer> {
    const reply = await (deadline === null ? asked : this.#within(deadline, sql, asked))
    if (!reply.lost) return reply
    if (!reply.sound) await this.kill(new StatementLostError(sql))
    throw new StatementLostError(sql)
  }

  async dump(): Promise<Uint8Array> {
    return await this.#ask<Uint8Array>({ job: 'dump' })
  }

  /** What was asked before is answered first. */
  async close(): Promise<void> {
    if (this.lost) return
    await this.#ask({ job: 'close' })
    this.#lost = new EngineLostError('The database is closed.')
    await this.#worker.terminate()
  }

  async kill(reason: Error): Promise<void> {
    this.#lose(reason)
    await this.#worker.terminate()
  }

  async #ask<T>(request: Record<string, unknown>, moved: readonly ArrayBuffer[] = []): Promise<T> {
    if (this.#lost) throw this.#lost
    const id = ++this.#lastId
    const reply = await new Promise<Answered>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#worker.postMessage({ id, ...request }, moved)
    })
    // Made here and not where the message came in, so that its stack names whoever asked.
    if ('error' in reply) throw asDatabaseError(reply.error)
    return reply.value as T
  }

  #settle(reply: Answered): void {
    this.#pending.get(reply.id)?.resolve(reply)
    this.#pending.delete(reply.id)
  }

  #lose(reason: Error): void {
    this.#lost ??= new EngineLostError(
      `The embedded database was lost and is opened again: ${reason.message}`,
      {
        cause: reason,
      },
    )
    for (const pending of this.#pending.values()) pending.reject(this.#lost)
    this.#pending.clear()
  }

  async #within<T>(deadline: number, sql: string, asked: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // When this thread itself was busy, the answer may lie in the mailbox already: read that first.
        setImmediate(() => setImmediate(() => reject(new DeadlineError(sql, deadline))))
      }, deadline)
    })
    try {
      return await Promise.race([asked, tooLate])
    } catch (error) {
      if (error instanceof DeadlineError) {
        asked.catch(() => undefined)
        await this.kill(error)
      }
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

/** The same class and fields as the other engine's errors. */
function asDatabaseError(wire: WireError): Error {
  const usual = Error.stackTraceLimit
  // The usual ten lines end inside Kysely.
  Error.stackTraceLimit = 30
  const error = new DatabaseError(wire.message, 0, 'error')
  Error.stackTraceLimit = usual
  return Object.assign(error, wire.fields)
}
