// Work that takes longer than a request, one job at a time in this process: how far each is, told to whoever listens.
import { uuidv7 } from 'uuidv7'
import type { JobState } from '../../core/contract/jobs.ts'
import type { Sentence } from '../imports/unreadable.ts'

export interface Job<Result = unknown> {
  readonly id: string
  readonly kind: string
  readonly actor: string
  readonly startedAt: Date
  state: JobState
  progress: number
  message: Sentence
  rows: number
  rowsPerSecond: number
  finishedAt: Date | null
  result: Result | null
  problem: { readonly code: string; readonly sentence: Sentence } | null
}

export interface JobContext {
  readonly signal: AbortSignal
  say(message: Sentence, progress: number, rows?: number): void
}
type Work<Result> = (context: JobContext) => Promise<Result>
type Complain = (error: unknown) => { code: string; sentence: Sentence }

/** More waiting than this and a new one is refused: overload is answered, not hidden. */
const MOST_WAITING = 20
/** Finished jobs are remembered for whoever asks late. */
const MOST_KEPT = 200

export class QueueFull extends Error {
  override readonly name = 'QueueFull'
}

export class Jobs {
  readonly #jobs = new Map<string, Job>()
  readonly #stops = new Map<string, AbortController>()
  readonly #listeners = new Map<string, Set<() => void>>()
  readonly #keys = new Map<string, string>()
  #last: Promise<void> = Promise.resolve()
  #waiting = 0
  #closed = false

  /**
   * @param key of the caller: the same key twice is one job
   * @throws QueueFull
   */
  start<Result>(
    about: { kind: string; actor: string; key: string | undefined },
    work: Work<Result>,
    complain: Complain,
  ): Job {
    const known = about.key === undefined ? undefined : this.#keys.get(`${about.actor} ${about.key}`)
    const same = known === undefined ? undefined : this.#jobs.get(known)
    if (same) return same
    if (this.#waiting >= MOST_WAITING || this.#closed) throw new QueueFull()
    const job: Job = {
      id: uuidv7(),
      kind: about.kind,
      actor: about.actor,
      startedAt: new Date(),
      state: 'queued',
      progress: 0,
      message: { zh: '等待中', en: 'Waiting' },
      rows: 0,
      rowsPerSecond: 0,
      finishedAt: null,
      result: null,
      problem: null,
    }
    const stop = new AbortController()
    this.#jobs.set(job.id, job)
    this.#stops.set(job.id, stop)
    if (about.key !== undefined) this.#keys.set(`${about.actor} ${about.key}`, job.id)
    this.#waiting++
    this.#last = this.#last.then(() => this.#run(job, stop.signal, work, complain))
    this.#forget()
    return job
  }

  find(id: string): Job | undefined {
    return this.#jobs.get(id)
  }

  /** What is done already stays done. */
  cancel(id: string): void {
    this.#stops.get(id)?.abort(new Error('cancelled'))
  }

  /** The job now and after every change, until it has ended or the listener is gone. */
  async *listen(job: Job, gone: AbortSignal): AsyncGenerator<Job> {
    const listeners = this.#listeners.get(job.id) ?? new Set()
    this.#listeners.set(job.id, listeners)
    let wake: () => void = () => {}
    const go = () => wake()
    listeners.add(go)
    gone.addEventListener('abort', go)
    try {
      while (!gone.aborted) {
        const changed = new Promise<void>(resolve => {
          wake = resolve
        })
        yield job
        if (job.finishedAt !== null || this.#closed) return
        await changed
      }
    } finally {
      listeners.delete(go)
      gone.removeEventListener('abort', go)
      if (listeners.size === 0) this.#listeners.delete(job.id)
    }
  }

  /** Breaks off what runs, waits for it, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true
    for (const stop of this.#stops.values()) stop.abort(new Error('closing'))
    await this.#last
    for (const listeners of this.#listeners.values()) for (const go of listeners) go()
  }

  async #run<Result>(job: Job, signal: AbortSignal, work: Work<Result>, complain: Complain): Promise<void> {
    this.#waiting--
    const began = performance.now()
    const tell = () => {
      for (const go of this.#listeners.get(job.id) ?? []) go()
    }
    try {
      signal.throwIfAborted()
      job.state = 'running'
      tell()
      job.result = await work({
        signal,
        say: (message, progress, rows) => {
          job.message = message
          job.progress = Math.max(job.progress, Math.min(1, progress))
          if (rows !== undefined) {
            job.rows = rows
            job.rowsPerSecond = Math.round((rows / (performance.now() - began)) * 1000)
          }
          tell()
        },
      })
      job.state = 'done'
      job.progress = 1
      job.message = { zh: '完成', en: 'Done' }
    } catch (error) {
      job.state = signal.aborted ? 'cancelled' : 'failed'
      job.message = signal.aborted ? { zh: '已取消', en: 'Cancelled' } : { zh: '失败', en: 'Failed' }
      if (!signal.aborted) job.problem = complain(error)
    } finally {
      job.finishedAt = new Date()
      this.#stops.delete(job.id)
      tell()
    }
  }

  #forget(): void {
    for (const [id, job] of this.#jobs) {
      if (this.#jobs.size <= MOST_KEPT) return
      if (job.finishedAt === null) continue
      this.#jobs.delete(id)
      for (const [key, of] of this.#keys) if (of === id) this.#keys.delete(key)
    }
  }
}
