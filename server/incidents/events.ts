// What happens to incidents, told to whoever listens: nothing is missed across reconnects and application processes.
import { sql } from 'kysely'
import type { IncidentEvent } from '../../core/contract/incidents.ts'
import { type Actor, type Database, LOCAL_ACTOR, type Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { clockOf } from './clock.ts'
import { incidentsByIds } from './queries.ts'

/** Another process's reports are seen within this time. */
const LOOK_MS = 700
/** At most so many events at once; the rest follow at once. */
const PIECE = 100

/** County → the number of the last event that a listener knows. */
type Known = Map<string, number>

export interface Told {
  /** Give it as Last-Event-ID to go on from here. */
  readonly id: string
  /** Null: from here on, nothing has happened yet. Who is cut off after it misses nothing either. */
  readonly event: IncidentEvent | null
}

/** 510124.17,110116.3 */
const idOf = (known: Known) => [...known].map(([county, number]) => `${county}.${number}`).join(',') || '0'
function knownOf(id: string): Known {
  const known: Known = new Map()
  for (const part of id.split(',')) {
    const [, county, number] = /^(\d{6})\.(\d{1,15})$/.exec(part) ?? []
    if (county && number) known.set(county, Number(number))
  }
  return known
}

/** One for an application: while somebody listens it looks for new events, once for all. */
export class IncidentEvents {
  readonly #database: Database
  readonly #waiting = new Set<() => void>()
  #timer: NodeJS.Timeout | undefined
  #seen = ''
  #closed = false

  constructor(database: Database) {
    this.#database = database
  }

  /** This process has just written one. */
  wake(): void {
    for (const go of this.#waiting) go()
    this.#waiting.clear()
  }

  /** Ends every stream. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.wake()
  }

  /**
   * Events after `lastId`, else from now on, until `gone` says that nobody listens any more.
   * @param county only of this one
   */
  async *listen(
    actor: Actor,
    county: string | undefined,
    lastId: string | null,
    gone: AbortSignal,
  ): AsyncGenerator<Told> {
    const known = lastId ? knownOf(lastId) : await this.#latest(actor, county)
    yield { id: idOf(known), event: null }
    const stop = () => this.wake()
    gone.addEventListener('abort', stop)
    try {
      while (!gone.aborted && !this.#closed) {
        const woken = this.#nextWake()
        const told = await this.#after(actor, county, known)
        for (const { county: of, number, event } of told) {
          known.set(of, number)
          yield { id: idOf(known), event }
        }
        if (told.length < PIECE) await woken
      }
    } finally {
      gone.removeEventListener('abort', stop)
    }
  }

  #nextWake(): Promise<void> {
    if (!this.#timer) this.#look()
    return new Promise(resolve => this.#waiting.add(resolve))
  }

  #look(): void {
    this.#timer = setTimeout(async () => {
      this.#timer = undefined
      if (this.#closed || this.#waiting.size === 0) return
      try {
        const seen = await inScope(this.#database, LOCAL_ACTOR, newest)
        if (seen !== this.#seen) {
          this.#seen = seen
          this.wake()
        }
      } catch {
        // The database is away: the next look may find it again.
      }
      if (this.#waiting.size > 0 && !this.#timer && !this.#closed) this.#look()
    }, LOOK_MS)
    this.#timer.unref()
  }

  async #latest(actor: Actor, county: string | undefined): Promise<Known> {
    return inScope(this.#database, actor, async tx => {
      const { rows } = await sql<{ county: string; number: number }>`
        select county, max(number) as number from incident_event
        where ${county ?? null}::text is null or county = ${county ?? null} group by county`.execute(tx)
      return new Map(rows.map(row => [row.county, row.number]))
    })
  }

  async #after(actor: Actor, county: string | undefined, known: Known) {
    return inScope(this.#database, actor, async tx => {
      const { rows } = await sql<{
        county: string
        number: number
        kind: IncidentEvent['kind']
        incident_id: string
      }>`
        select e.county, e.number, e.kind, e.incident_id
        from incident_event e
        left join jsonb_each_text(${JSON.stringify(Object.fromEntries(known))}::jsonb) as known (county, number)
          on known.county = e.county
        where (${county ?? null}::text is null or e.county = ${county ?? null})
          and e.number > coalesce(known.number::bigint, 0)
        order by e.county, e.number limit ${PIECE}`.execute(tx)
      const told: { county: string; number: number; event: IncidentEvent }[] = []
      for (const row of rows) {
        const clock = await clockOf(tx, row.county)
        const [incident] = await incidentsByIds(tx, row.county, [row.incident_id], clock)
        if (incident) told.push({ ...row, event: { kind: row.kind, incident } })
      }
      return told
    })
  }
}

async function newest(tx: Tx): Promise<string> {
  const { rows } = await sql<{ seen: string | null }>`
    select string_agg(county || '.' || number, ',' order by county) as seen
    from (select county, max(number) as number from incident_event group by county) as last`.execute(tx)
  return rows[0]!.seen ?? ''
}
