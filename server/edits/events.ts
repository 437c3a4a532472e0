// The edits of a plan and who has it open, told to whoever listens: no edit is missed across reconnects and processes.
import type { EditSummary } from '../../core/contract/edits.ts'
import type { Presence, Touch } from '../../core/contract/presence.ts'
import { type Actor, type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { type PlanRow, planRow, revisionsOf } from '../plans/queries.ts'
import { PresenceBook } from './presence.ts'
import { editsAfter } from './queries.ts'

/** An edit made by another process is seen within this time. */
const LOOK_MS = 700
/** At most so many edits at once; the rest follow at once. */
const PIECE = 100

export type Told =
  /** `revision`: the plan's; give it as Last-Event-ID to go on from here. No edit: the plan when listening begins. */
  | { readonly revision: number; readonly edit: EditSummary | null }
  /** Every desk that has the plan open, the listener's own among them. */
  | { readonly presence: Presence }

interface Listener {
  readonly plan: string
  known: number
  go: () => void
}

/** One for an application: while somebody listens it looks for new revisions, once for all. */
export class PlanEvents {
  readonly #database: Database
  readonly #listeners = new Set<Listener>()
  readonly #book = new PresenceBook()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(database: Database) {
    this.#database = database
  }

  /** A desk says what it touches. @returns false when it does not listen to the plan */
  touch(plan: string, desk: string, touch: Touch): boolean {
    const isKnown = this.#book.touch(plan, desk, touch)
    if (isKnown) this.wake(plan)
    return isKnown
  }

  desksOf(plan: string): Presence['desks'] {
    return this.#book.of(plan)
  }

  /** Something has just happened in a plan: an edit of this process, a desk that came, went or touched something. */
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
   * Edits after the revision `last`, else from now on, until `gone`; and who has the plan open, whenever that changes.
   * @param desk the listener's own; without one it is not counted
   * @returns null when there is no such plan
   */
  async listen(
    actor: Actor,
    plan: string,
    last: number | null,
    gone: AbortSignal,
    desk?: string,
  ): Promise<AsyncGenerator<Told> | null> {
    const row = await inScope(this.#database, actor, tx => planRow(tx, plan, { lock: false }))
    return row ? this.#stream(actor, row, last ?? row.revision, gone, desk) : null
  }

  async *#stream(
    actor: Actor,
    plan: PlanRow,
    from: number,
    gone: AbortSignal,
    desk: string | undefined,
  ): AsyncGenerator<Told> {
    const leave = desk === undefined ? null : this.#book.join(plan.plan_id, desk)
    let told = ''
    const listener: Listener = { plan: plan.plan_id, known: from, go: () => {} }
    this.#listeners.add(listener)
    this.#look()
    const stop = () => listener.go()
    gone.addEventListener('abort', stop)
    try {
      yield { revision: from, edit: null }
      if (leave) this.wake(plan.plan_id)
      while (!gone.aborted && !this.#closed) {
        const woken = new Promise<void>(resolve => {
          listener.go = resolve
        })
        const edits = await inScope(this.#database, actor, tx => editsAfter(tx, plan, listener.known, PIECE))
        for (const edit of edits) {
          listener.known = edit.revision
          yield { revision: edit.revision, edit }
        }
        const presence = { desks: this.#book.of(plan.plan_id) }
        if (JSON.stringify(presence) !== told) {
          told = JSON.stringify(presence)
          yield { presence }
        }
        if (edits.length < PIECE && !gone.aborted && !this.#closed) await woken
      }
    } finally {
      gone.removeEventListener('abort', stop)
      this.#listeners.delete(listener)
      leave?.()
      this.wake(plan.plan_id)
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
