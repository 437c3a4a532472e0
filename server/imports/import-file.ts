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
import { joinPieces } from './join-pieces.ts'
import { LatticeBox } from './lattice-box.ts'
import { type LayerCounts, LayerImport, noCounts } from './layer-import.ts'
import type { TableLayer } from './layer-tables.ts'
import { isReason, type MappedRow, mapFeature, NO_GEOMETRY, renamed } from './map-features.ts'
import type { ReadSettings } from './open-source.ts'
import { type OpenFile, openFile } from './read-file.ts'
import { RejectedRows } from './rejected-rows.ts'
import { RepairedRows } from './repaired-rows.ts'
import { resolveRows } from './resolve-rows.ts'
import type { SourceFeature } from './source-feature.ts'
import { type Sentence, UnreadableFile } from './unreadable.ts'
import { writeRows } from './write-rows.ts'

export type { LayerCounts } from './layer-import.ts'

/** Where things go when nobody says in which county they are. */
export const PRIVATE_COUNTY = '990000'
const BATCH = 2000
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
    // The transaction may run again after a deadlock; then it reads the opened file from its first feature again.
    return await inScope(database, actor, tx => importOpened(tx, actor, source, options), {
      seconds: STATEMENT_SECONDS,
    })
  } catch (cause) {
    if (cause instanceof DryRun) return cause.result
    throw cause
  } finally {
    await source.close()
  }
}

/** An opened file into the caller's transaction. A dry run throws, so that it is rolled back. */
export async function importOpened(
  tx: Tx,
  actor: Actor,
  source: OpenFile,
  options: ImportOptions,
): Promise<ImportResult> {
  const say = options.onProgress ?? (() => undefined)
  const started = new Date()
  const area = options.area ?? options.within ?? PRIVATE_COUNTY
  const county = area.slice(0, 6)
  const every = options.layers.length === 1 && !source.file.format.startsWith('osm')
  const rejects = new RejectedRows()
  const repairs = new RepairedRows()
  const parts = [...new Set(options.layers)].map(layer => new LayerImport(layer, options.map ?? {}))
  for (const part of parts)
    if (part.layer === 'catalogue')
      part.layerId = await catalogueLayer(tx, county, actor.name, options.name ?? nameOf(source.file.name))
  const expected = source.file.layers.reduce((sum, layer) => sum + (layer.features ?? 20_000), 0)
  const box = new LatticeBox()
  let seen = 0

  const take = (feature: SourceFeature): void => {
    const refused =
      feature.problem ?? (every || feature.shape !== null || parts.length === 1 ? null : NO_GEOMETRY)
    if (refused !== null) {
      // Which layer it would have been of cannot be known; it is told once, under the first.
      const [first] = parts
      first!.counts.read++
      first!.counts.rejected++
      rejects.add(first!.layer, feature, refused)
      return
    }
    for (const part of parts) {
      const mapped = mapFeature(part.layer, feature, every, part.columns)
      if (mapped === null) continue
      part.counts.read++
      if (isReason(mapped)) {
        part.counts.rejected++
        rejects.add(part.layer, feature, mapped)
        continue
      }
      if (mapped.repairs.length > 0) part.counts.repaired++
      if (mapped.sizes) repairs.add(feature, mapped.row.name, mapped.repairs, mapped.sizes)
      if (feature.shape !== null) box.add(feature.shape)
      part.add(feature, mapped.row)
    }
  }

  // Rows that are there are looked up by their keys. Of a table that has just been filled the planner knows nothing, and
  // would read it whole for every batch.
  await byIndex(tx, true)
  // While the database writes one batch, the next is read and mapped.
  let writing: Promise<void> = Promise.resolve()
  const flush = async (part: LayerImport): Promise<void> => {
    if (part.layer === 'areas' || part.rows.length === 0) return
    const batch = part.take()
    await writing
    writing = writeBatch(tx, county, part, batch, rejects)
    // Its failure is met where it is awaited; until then it must not end the process.
    writing.catch(() => undefined)
  }
  try {
    for await (const batch of source.features()) {
      options.signal?.throwIfAborted()
      for (const original of batch) take(renamed(original, options.map ?? {}))
      for (const part of parts) if (part.rows.length >= BATCH) await flush(part)
      seen += batch.length
      const count = seen.toLocaleString('en')
      say(
        { zh: `导入中，已读 ${count} 行`, en: `Importing, ${count} rows read` },
        0.1 + 0.7 * (seen / (seen + Math.max(0, expected - seen) + 1)),
        seen,
      )
    }
    for (const part of parts) await flush(part)
    await writing
    for (const part of parts)
      if (part.inPieces.size > 0) await writePieces(tx, county, part, source, options, every, rejects)
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
    bbox: box.degrees,
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
    bbox: box.degrees,
    layers: Object.fromEntries(parts.map(part => [part.layer, part.counts])),
    people,
    dryRun: options.dryRun === true,
  }
  options.signal?.throwIfAborted()
  if (options.dryRun) throw new DryRun(result)
  say({ zh: '完成', en: 'Done' }, 1, seen)
  return result
}

const byIndex = (tx: Tx, only: boolean) =>
  sql`select set_config('enable_seqscan', ${only ? 'off' : 'on'}, true)`.execute(tx)

async function writeBatch(
  tx: Tx,
  county: string,
  part: LayerImport,
  { rows, features }: { rows: readonly MappedRow[]; features: readonly SourceFeature[] },
  rejects: RejectedRows,
): Promise<void> {
  const layer = part.layer as TableLayer
  const resolved = await resolveRows(tx, layer, county, rows)
  const ready: MappedRow[] = []
  for (const [i, row] of resolved.entries())
    if (isReason(row)) {
      part.counts.rejected++
      rejects.add(layer, features[i]!, row)
    } else ready.push(row as MappedRow)
  if (ready.length === 0) return
  const written = await writeRows(
    tx,
    { layer, county, importId: part.importId, layerId: part.layerId },
    ready,
  )
  part.counts.imported += written
  part.counts.unchanged += ready.length - written
}

/** The file is read once more for the objects that stand in pieces: they are few, and only they are held in memory. */
async function writePieces(
  tx: Tx,
  county: string,
  part: LayerImport,
  source: OpenFile,
  options: ImportOptions,
  every: boolean,
  rejects: RejectedRows,
): Promise<void> {
  const pieces = new Map<string, SourceFeature[]>()
  for await (const batch of source.features()) {
    options.signal?.throwIfAborted()
    for (const original of batch) {
      if (original.problem !== null || original.shape === null) continue
      const feature = renamed(original, options.map ?? {})
      const mapped = mapFeature(part.layer, feature, every, part.columns)
      if (mapped === null || isReason(mapped) || !part.inPieces.has(mapped.row.source_key)) continue
      const list = pieces.get(mapped.row.source_key) ?? []
      list.push(feature)
      pieces.set(mapped.row.source_key, list)
    }
  }
  const joined: { rows: MappedRow[]; features: SourceFeature[] } = { rows: [], features: [] }
  for (const list of pieces.values()) {
    const feature = joinPieces(list)
    const mapped = feature && mapFeature(part.layer, feature, every, part.columns)
    if (!mapped || isReason(mapped)) continue
    joined.rows.push(mapped.row)
    joined.features.push(feature)
  }
  const { imported, unchanged } = part.counts
  await writeBatch(tx, county, part, joined, rejects)
  // Their first pieces were counted when they came.
  part.counts.imported = imported
  part.counts.unchanged = unchanged
}

/** A layer of the catalogue is called what its file is called, unless somebody says better. */
const nameOf = (file: string) => file.replace(/(\.[a-z0-9]{1,8}){1,2}$/i, '').slice(0, 100) || file

const nothingFor = (layers: readonly string[], seen: number) =>
  new UnreadableFile('nothing-for-layer', {
    zh: `文件中有 ${seen} 个要素，但没有一个属于图层 ${layers.join('、')}。请检查图层（--layer）。`,
    en: `The file holds ${seen} features, but none for the layer ${layers.join(', ')}. Check the layer (--layer).`,
  })
