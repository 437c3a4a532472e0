// The edits of a plan, told to whoever listens: none is missed across reconnects and application processes.
import type { EditSummary } from '../../core/contract/edits.ts'
import { type Actor, type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { type PlanRow, planRow, revisionsOf } from '../plans/queries.ts'
import { editsAfter } from './queries.ts'

/** An edit made by another process is seen within this time. */
const LOOK_MS = 700
/** At most so many edits at once; the rest follow at once. */
const PIECE = 100

export interface ToldEdit {
  /** The plan's revision; give it as Last-Event-ID to go on from here. */
  readonly revision: number
  /** Null: the plan as it is when listening begins. */
  readonly edit: EditSummary | null
}

interface Listener {
  readonly plan: string
  known: number
  go: () => void
}

/** One for an application: while somebody listens it looks for new revisions, once for all. */
export class PlanEvents {
  readonly #database: Database
  readonly #listeners = new Set<Listener>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(database: Database) {
    this.#database = database
  }

  /** This process has just made an edit in a plan. */
  wake(plan: string): void {
    for (const listener of this.#listeners) if (listener.plan === plan) listener.go()
  }

  /** Ends every stream. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const listener of this.#listeners) listener.go()
  }

  /**
   * Edits after the revision `last`, else from now on, until `gone`.
   * @returns null when there is no such plan
   */
  async listen(
    actor: Actor,
    plan: string,
    last: number | null,
    gone: AbortSignal,
  ): Promise<AsyncGenerator<ToldEdit> | null> {
    const row = await inScope(this.#database, actor, tx => planRow(tx, plan, { lock: false }))
    return row ? this.#stream(actor, row, last ?? row.revision, gone) : null
  }

  async *#stream(actor: Actor, plan: PlanRow, from: number, gone: AbortSignal): AsyncGenerator<ToldEdit> {
    const listener: Listener = { plan: plan.plan_id, known: from, go: () => {} }
    this.#listeners.add(listener)
    this.#look()
    const stop = () => listener.go()
    gone.addEventListener('abort', stop)
    yield { revision: from, edit: null }
    try {
      while (!gone.aborted && !this.#closed) {
        const woken = new Promise<void>(resolve => {
          listener.go = resolve
        })
        const edits = await inScope(this.#database, actor, tx => editsAfter(tx, plan, listener.known, PIECE))
        for (const edit of edits) {
          listener.known = edit.revision
          yield { revision: edit.revision, edit }
        }
        if (edits.length < PIECE && !gone.aborted && !this.#closed) await woken
      }
    } finally {
      gone.removeEventListener('abort', stop)
      this.#listeners.delete(listener)
    }
  }

  #look(): void {
    if (this.#timer) return
    this.#timer = setTimeout(async () => {
      this.#timer = undefined
      if (this.#closed || this.#listeners.size === 0) return
      try {
        const plans = [...new Set([...this.#listeners].map(listener => listener.plan))]
        const revisions = await inScope(this.#database, LOCAL_ACTOR, tx => revisionsOf(tx, plans))
        for (const listener of this.#listeners)
          if ((revisions.get(listener.plan) ?? 0) > listener.known) listener.go()
      } catch {
        // The database is away: the next look may find it again.
      }
      this.#look()
    }, LOOK_MS)
    this.#timer.unref()
  }
}
