// Imports a file: all layers asked for in one pass and one transaction; the same file again changes nothing.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { Datum, ImportLayer, Repairs } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import type { RefreshTallies, Spread } from '../registry/spread-people.ts'
import { catalogueLayer } from './catalogue-layer.ts'
import { finishImport } from './finish-import.ts'
import { type LayerCounts, LayerImport, noCounts } from './layer-import.ts'
import type { ReadSettings } from './open-source.ts'
import { type OpenFile, openFile } from './read-file.ts'
import { RejectedRows } from './rejected-rows.ts'
import { RepairedRows } from './repaired-rows.ts'
import { type Sentence, UnreadableFile } from './unreadable.ts'

export type { LayerCounts } from './layer-import.ts'

/** Where things go when nobody says in which county they are. */
export const PRIVATE_COUNTY = '990000'
const BATCH = 2000
const UNIQUE_VIOLATION = '23505'
/** One statement of a slow machine's embedded engine on a big batch. */
export const STATEMENT_SECONDS = 600

/** @param done from 0 to 1 */
export type Progress = (message: Sentence, done: number, rows?: number) => void

export interface ImportOptions {
  readonly path: string
  readonly layers: readonly ImportLayer[]
  /** Of a catalogue layer. */
  readonly name?: string
  readonly area?: string
  /** The area its places were found to lie in, for when nobody says. */
  readonly within?: string
  readonly crs?: string
  readonly datum?: Datum
  readonly encoding?: string
  readonly swapAxes?: boolean
  readonly sourceLayer?: string
  /** A longitude where the data is likely to lie. */
  readonly near?: number | null
  /** Column of the file → role. */
  readonly map?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  readonly people?: { readonly persons: number; readonly households?: number }
  /** Where the file of rejected rows goes; the working folder when not said. */
  readonly rejectsFolder?: string
  /** Keep it in the database instead, to be fetched. */
  readonly keepRejects?: boolean
  /** Of the reasons in it. */
  readonly language?: Language
  readonly refreshTallies?: RefreshTallies
  readonly onProgress?: Progress
  readonly signal?: AbortSignal
}

export interface ImportResult extends LayerCounts {
  /** Under which it is listed; null when it left no trace. */
  readonly id: string | null
  /** Code of the area or county that the rows were filed under. */
  readonly area: string
  /** Path of the file with the rejected rows. */
  readonly rejects: string | null
  readonly reasons: Record<string, number>
  /** The same with a sentence each. */
  readonly told: RejectedRows['told']
  /** Outlines that were put right, with the area before and after. */
  readonly repairs: Repairs
  /** West, south, east, north in degrees, of what was taken. */
  readonly bbox: Box | null
  readonly layers: Partial<Record<ImportLayer, LayerCounts>>
  readonly people: Spread | null
  readonly dryRun: boolean
}

export const readSettings = (options: Omit<ImportOptions, 'path' | 'layers'>): ReadSettings => ({
  crs: options.crs ?? null,
  datum: options.datum ?? 'wgs84',
  encoding: options.encoding ?? null,
  swapAxes: options.swapAxes ?? null,
  sourceLayer: options.sourceLayer ?? null,
  columns: options.map ?? {},
  near: options.near ?? null,
})

class DryRun extends Error {
  readonly result: ImportResult
  constructor(result: ImportResult) {
    super('dry run')
    this.result = result
  }
}

/** Throws `UnreadableFile` or `SpreadImpossible`; then, as after any error, the database is as it was. */
export async function importFile(
  database: Database,
  actor: Actor,
  options: ImportOptions,
): Promise<ImportResult> {
  const say = options.onProgress ?? (() => undefined)
  say({ zh: '读取文件', en: 'Reading the file' }, 0)
  const source = await openFile(options.path, { settings: readSettings(options), signal: options.signal })
  try {
    return await importFrom(database, actor, source, options)
  } finally {
    await source.close()
  }
}

/** The same from a file that has been opened, with the settings of `options`, and stays open. */
export async function importFrom(
  database: Database,
  actor: Actor,
  source: OpenFile,
  options: ImportOptions,
): Promise<ImportResult> {
  try {
    // The transaction may run again after a deadlock; then it reads the opened file from its first feature again.
    const attempt = (careful: boolean) =>
      inScope(database, actor, tx => importOpened(tx, actor, source, options, careful), {
        seconds: STATEMENT_SECONDS,
      })
    return await attempt(false).catch((cause: unknown) => {
      if ((cause as { code?: unknown }).code === UNIQUE_VIOLATION) return attempt(true)
      throw cause
    })
  } catch (cause) {
    if (cause instanceof DryRun) return cause.result
    throw cause
  }
}

/**
 * An opened file into the caller's transaction. A dry run throws, so that it is rolled back. Unless it is `careful` it fails
 * when somebody else adds rows of the same keys meanwhile.
 */
export async function importOpened(
  tx: Tx,
  actor: Actor,
  source: OpenFile,
  options: ImportOptions,
  careful = true,
): Promise<ImportResult> {
  const say = options.onProgress ?? (() => undefined)
  const started = new Date()
  const area = options.area ?? options.within ?? PRIVATE_COUNTY
  const county = area.slice(0, 6)
  const every = options.layers.length === 1 && !source.file.format.startsWith('osm')
  const layers = [...new Set(options.layers)]
  await oneAtATime(tx, county, options)
  const rejects = new RejectedRows()
  const repairs = new RepairedRows()
  const parts = layers.map(layer => new LayerImport(layer, county, careful))
  const layerId = layers.includes('catalogue')
    ? await catalogueLayer(tx, county, actor.name, options.name ?? nameOf(source.file.name))
    : null
  const expected = source.file.layers.reduce((sum, layer) => sum + (layer.features ?? 20_000), 0)
  let bbox: Box | null = null
  let seen = 0

  // Rows that are there are looked up by their keys. Of a table that has just been filled the planner knows nothing, and
  // would read it whole for every batch.
  await byIndex(tx, true)
  // While the database writes one batch, the next is read and mapped.
  let writing: Promise<void> = Promise.resolve()
  const flush = async (part: LayerImport, joined = false): Promise<void> => {
    if (part.layer === 'areas' || part.waiting === 0) return
    const waiting = part.take()
    await writing
    writing = part.write(tx, waiting, rejects, joined)
    // Its failure is met where it is awaited; until then it must not end the process.
    writing.catch(() => undefined)
  }
  try {
    for await (const batch of source.rows({ layers, every, map: options.map ?? {}, layerId })) {
      options.signal?.throwIfAborted()
      // Of objects that came in pieces only the first piece has been written; what waits is written before they are.
      if (batch.joined) for (const part of parts) await flush(part)
      for (const [i, part] of parts.entries())
        if (batch.joined) part.addWhole(batch.layers[i]!)
        else part.add(batch.layers[i]!)
      for (const { number, why } of batch.rejected) rejects.note(number, why)
      for (const { number, name, what, sizes } of batch.repaired) repairs.add({ number }, name, what, sizes)
      bbox = batch.box
      for (const part of parts) if (batch.joined || part.waiting >= BATCH) await flush(part, batch.joined)
      seen += batch.seen
      const count = seen.toLocaleString('en')
      say(
        { zh: `导入中，已读 ${count} 行`, en: `Importing, ${count} rows read` },
        0.1 + 0.7 * (seen / (seen + Math.max(0, expected - seen) + 1)),
        seen,
      )
    }
    for (const part of parts) await flush(part)
    await writing
  } finally {
    // Whatever broke off, nothing may be under way when the transaction ends.
    await writing.catch(() => undefined)
  }
  await byIndex(tx, false)
  if (parts.every(part => part.counts.read === 0)) throw nothingFor(options.layers, seen)

  const { id, people, rejectsPath, repairsPath } = await finishImport(tx, {
    actor,
    county,
    parts,
    rejects,
    repairs,
    source,
    options,
    started,
    bbox,
  })
  const total = noCounts()
  for (const part of parts)
    for (const key of Object.keys(total) as (keyof LayerCounts)[]) total[key] += part.counts[key]
  const result: ImportResult = {
    id,
    area,
    ...total,
    rejects: rejectsPath,
    reasons: rejects.reasons,
    told: rejects.told,
    repairs: repairs.told(options.language ?? 'zh', repairsPath),
    bbox,
    layers: Object.fromEntries(parts.map(part => [part.layer, part.counts])),
    people,
    dryRun: options.dryRun === true,
  }
  options.signal?.throwIfAborted()
  if (options.dryRun) throw new DryRun(result)
  say({ zh: '完成', en: 'Done' }, 1, seen)
  return result
}

const LOOKS_AGAIN_MS = 300

/**
 * Two imports into one county would wait for each other's rows, each for the other's. Waited for by asking again, so that
 * who waits can be stopped.
 */
async function oneAtATime(
  tx: Tx,
  county: string,
  { onProgress, signal }: Pick<ImportOptions, 'onProgress' | 'signal'>,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted()
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`import ${county}`}, 0)) as free`.execute(tx)
    if (rows[0]!.free) return
    onProgress?.({ zh: '等待另一次导入结束', en: 'Waiting for another import to end' }, 0.05)
    await new Promise(resolve => setTimeout(resolve, LOOKS_AGAIN_MS))
  }
}

const byIndex = (tx: Tx, only: boolean) =>
  sql`select set_config('enable_seqscan', ${only ? 'off' : 'on'}, true)`.execute(tx)

/** A layer of the catalogue is called what its file is called, unless somebody says better. */
const nameOf = (file: string) => file.replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '').slice(0, 100) || file

const nothingFor = (layers: readonly string[], seen: number) =>
  seen === 0
    ? new UnreadableFile('empty', {
        zh: '文件中没有任何数据行。请检查是否导出了正确的文件。',
        en: 'The file holds no rows. Check that the right file was exported.',
      })
    : new UnreadableFile('nothing-for-layer', {
        zh: `文件中有 ${seen} 个要素，但没有一个属于图层 ${layers.join('、')}。请检查图层（--layer）。`,
        en: `The file holds ${seen} features, but none for the layer ${layers.join(', ')}. Check the layer (--layer).`,
      })
