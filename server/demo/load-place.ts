// Loads a generated place, whole or not at all: takes out what it replaces, writes its rows, marks its county as demo.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { TILE_LAYERS } from '../../core/contract/layers.ts'
import type { Actor, Database, Tx } from '../db/database.ts'
import { deadlineStatement } from '../db/deadline.ts'
import { type TableRows, writeTable } from '../db/write-table.ts'
import { keepCountyTotals } from '../grids/keep-totals.ts'
import { bumpLayer } from '../layers/queries.ts'
import { lockPeople } from '../plans/people-lock.ts'
import { refreshSearch } from '../search/refresh-search.ts'
import { refuseRealData } from './place-refused.ts'
import { isPlaceTable, PLACE_TABLES } from './place-tables.ts'
import { workIn } from './queries.ts'

export interface Sentence {
  readonly zh: string
  readonly en: string
}
export interface PlaceBatch {
  readonly rows: readonly TableRows[]
  readonly message: Sentence
  /** 0 to 1 */
  readonly done: number
}
export interface PlaceLoad {
  readonly place: string
  readonly name: string
  readonly seed: number
  readonly scale: number
  readonly county: string
  /** What a row refers to comes in an earlier batch, or earlier in the same one. */
  readonly batches: AsyncIterable<PlaceBatch>
  /** Complete when the batches have been read. */
  readonly counts: Readonly<Record<string, number>>
  readonly onProgress?: (message: Sentence, done: number) => void
  readonly signal?: AbortSignal
  /** Beside real data of other counties. */
  readonly force?: boolean
}
export interface PlaceLoaded {
  readonly place: string
  readonly name: string
  readonly county: string
  readonly counts: Readonly<Record<string, number>>
  readonly rows: number
  /** What went with the place that was there before; null: there was none. */
  readonly replaced: { readonly plans: number; readonly edits: number } | null
  readonly seconds: number
}

const DEMO_LOCK = 0x64656d6f
const STATEMENT_SECONDS = 1800
/** Of the whole, for taking out the place that is replaced. */
const TAKING_OUT = 0.1

/**
 * One transaction, as the database's owner: `writeTable` needs that. Throws `PlaceRefused`; then, as after any error or
 * `signal`, the database is as it was. Rows of other counties are never touched.
 */
export async function loadPlace(database: Database, actor: Actor, load: PlaceLoad): Promise<PlaceLoaded> {
  const started = performance.now()
  const { place, name, county, counts } = load
  const result = await database.owner.transaction().execute(async tx => {
    await sql.raw(deadlineStatement(STATEMENT_SECONDS)).execute(tx)
    await sql`select pg_advisory_xact_lock(${sql.lit(DEMO_LOCK)}, ${Number(county)}::integer)`.execute(tx)
    const replacing = await refuseRealData(tx, { county, place, force: load.force === true })
    // The plans of the checks between tables are kept for the session. Made while a table is nearly empty, one that
    // reads the whole table would be kept too.
    await sql`set local enable_seqscan = off`.execute(tx)
    const replaced = replacing ? await takeOut(tx, load) : null
    const rows = await writeAll(tx, load, replacing)
    await sql`set local enable_seqscan = on`.execute(tx)
    await tx
      .insertInto('demo_place')
      .values({
        county,
        place,
        name,
        seed: load.seed,
        scale: load.scale,
        counts: JSON.stringify(counts),
        actor: actor.name,
      })
      .execute()
    for (const layer of TILE_LAYERS) await bumpLayer(tx, county, layer)
    load.onProgress?.({ zh: '整理搜索条目', en: 'Making it searchable' }, 1)
    await refreshSearch(tx, county)
    load.signal?.throwIfAborted()
    load.onProgress?.({ zh: '整理索引统计', en: 'Gathering statistics' }, 1)
    // Nobody else does it on the embedded engine, and not soon enough on the other.
    await gatherStatistics(tx)
    load.signal?.throwIfAborted()
    load.onProgress?.({ zh: '统计各网格', en: 'Counting the grids' }, 1)
    await keepCountyTotals(tx, county)
    load.signal?.throwIfAborted()
    return { rows, replaced }
  })
  if (result.replaced && database.engine === 'embedded') await tidy(database)
  const seconds = Math.round(performance.now() - started) / 1000
  return { place, name, county, counts: { ...counts }, ...result, seconds }
}

/**
 * Without statistics every index that begins with the county looks as good as the primary key, and each check of a row
 * against another table would read all of the county: 20 times slower after 14 of Huairou's villages.
 */
const STATISTICS_AFTER = [2, 20, 200, 2000]

async function gatherStatistics(tx: Tx): Promise<void> {
  for (const table of PLACE_TABLES) await sql`analyze ${sql.table(table)}`.execute(tx)
}

async function takeOut(tx: Tx, { county, onProgress, signal }: PlaceLoad) {
  // Before the people: whoever starts a plan has its area first and waits for the people next.
  await sql`select from area where county = ${county} for update`.execute(tx)
  await lockPeople(tx, county, 'move')
  const work = await workIn(tx, county)
  for (const [i, table] of PLACE_TABLES.entries()) {
    signal?.throwIfAborted()
    onProgress?.(
      { zh: '替换原有演示地点', en: 'Taking out the place as it was' },
      (TAKING_OUT * i) / PLACE_TABLES.length,
    )
    await sql`delete from ${sql.table(table)} where county = ${county}`.execute(tx)
  }
  await sql`delete from demo_place where county = ${county}`.execute(tx)
  return work
}

async function writeAll(tx: Tx, load: PlaceLoad, replacing: boolean): Promise<number> {
  const { signal, onProgress } = load
  const from = replacing ? TAKING_OUT : 0
  const prepared = new Prepared(load.county, replacing)
  let rows = 0
  let batches = 0
  const write = async (batch: PlaceBatch) => {
    for (const part of batch.rows) {
      signal?.throwIfAborted()
      rows += await writeTable(tx, prepared.rows(part))
    }
    if (STATISTICS_AFTER.includes(++batches)) await gatherStatistics(tx)
    onProgress?.(batch.message, from + (1 - from) * batch.done)
  }
  // While the database writes one batch, the next is made.
  let writing: Promise<void> = Promise.resolve()
  try {
    for await (const batch of load.batches) {
      await writing
      signal?.throwIfAborted()
      writing = write(batch)
      // Its failure is met where it is awaited; until then it must not end the process.
      writing.catch(() => undefined)
    }
  } finally {
    // Whatever broke off, nothing may be under way when the transaction ends.
    await writing.catch(() => undefined)
  }
  await writing
  return rows
}

/** Rows as they may be written: into tables of places, of this county only, and with new plans where one is replaced. */
class Prepared {
  readonly #plans = new Map<unknown, string>()
  constructor(
    readonly county: string,
    readonly newPlans: boolean,
  ) {}

  rows(part: TableRows): TableRows {
    const { table, columns, rows } = part
    if (!isPlaceTable(table)) throw new Error(`The table ${table} is not part of a place.`)
    const county = columns.indexOf('county')
    const stranger = rows.find(row => row[county] !== this.county)
    if (stranger) throw new Error(`A row for ${table} is of ${stranger[county]}, not of ${this.county}.`)
    const plan = columns.indexOf('plan_id')
    if (!this.newPlans || plan < 0) return part
    // Tiles and pages remember a plan by its id and revision; this is another plan with the same revisions.
    return { table, columns, rows: rows.map(row => row.with(plan, this.#planFor(row[plan]))) }
  }

  #planFor(id: unknown): string {
    const known = this.#plans.get(id)
    if (known) return known
    const made = uuidv7()
    this.#plans.set(id, made)
    return made
  }
}

/** The embedded engine never does it by itself: without it a place loaded ten times takes ten times its room. */
async function tidy(database: Database): Promise<void> {
  for (const table of PLACE_TABLES) await sql`vacuum ${sql.table(table)}`.execute(database.owner)
}
