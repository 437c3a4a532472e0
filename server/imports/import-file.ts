// Imports a file: all layers asked for in one pass and one transaction; the same file again changes nothing.
import { uuidv7 } from 'uuidv7'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { keepCountyTotals } from '../grids/keep-totals.ts'
import { bumpLayer } from '../layers/queries.ts'
import { type RefreshTallies, type Spread, spreadPeople } from '../registry/spread-people.ts'
import { refreshSearch } from '../search/refresh-search.ts'
import type { Datum } from './coordinates.ts'
import { IMPORT_LAYERS, type ImportLayer, type MappedRow, mapFeature, renamed } from './map-features.ts'
import { type OpenFile, openFile } from './read-file.ts'
import { RejectedRows } from './rejected-rows.ts'
import type { SourceFeature } from './source-feature.ts'
import { UnreadableFile } from './unreadable.ts'
import { writeAreas } from './write-areas.ts'
import { type TableLayer, writeRows } from './write-rows.ts'

export { IMPORT_LAYERS, type ImportLayer }

/** Where things go when nobody says in which county they are. */
export const PRIVATE_COUNTY = '990000'
const COUNTY_DIGITS = 6
const BATCH = 2000
/** One statement of a slow machine's embedded engine on a big batch. */
export const STATEMENT_SECONDS = 600

export type Progress = (message: string, done: number) => void

export interface ImportOptions {
  readonly path: string
  readonly layers: readonly ImportLayer[]
  readonly area?: string
  readonly crs?: string
  readonly datum?: Datum
  readonly encoding?: string
  /** Column of the file → our column. */
  readonly map?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  readonly people?: { readonly persons: number; readonly households?: number }
  /** Where the file of rejected rows goes; the working folder when not said. */
  readonly rejectsFolder?: string
  readonly refreshTallies?: RefreshTallies
  readonly onProgress?: Progress
  readonly signal?: AbortSignal
}

export interface LayerCounts {
  read: number
  imported: number
  unchanged: number
  rejected: number
  /** Imported after their outline was put right. */
  repaired: number
}
export interface ImportResult extends LayerCounts {
  /** Path of the file with the rejected rows. */
  readonly rejects: string | null
  readonly reasons: Record<string, number>
  readonly layers: Partial<Record<ImportLayer, LayerCounts>>
  readonly people: Spread | null
  readonly dryRun: boolean
}

const noCounts = (): LayerCounts => ({ read: 0, imported: 0, unchanged: 0, rejected: 0, repaired: 0 })

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
  say('Reading the file · 读取文件', 0)
  const source = await openFile(options.path, options)
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

/** One layer on its way into its table. */
class LayerImport {
  readonly counts = noCounts()
  readonly importId = uuidv7()
  readonly #keys = new Map<string, number>()
  rows: MappedRow[] = []
  features: SourceFeature[] = []
  readonly layer: ImportLayer
  constructor(layer: ImportLayer) {
    this.layer = layer
  }

  /** A key that stands twice in one file (pieces of one object) gets a number, so that no piece is lost. */
  add(feature: SourceFeature, row: MappedRow): void {
    const before = this.#keys.get(row.source_key) ?? 0
    this.#keys.set(row.source_key, before + 1)
    this.rows.push(before === 0 ? row : { ...row, source_key: `${row.source_key}#${before + 1}` })
    if (this.layer === 'areas') this.features.push(feature)
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
  const county = options.area?.slice(0, 6) ?? PRIVATE_COUNTY
  const every = options.layers.length === 1 && !source.file.format.startsWith('osm')
  const rejects = new RejectedRows()
  const imports = [...new Set(options.layers)].map(layer => new LayerImport(layer))
  let seen = 0

  // While the database writes one batch, the next is read and mapped.
  let writing: Promise<void> = Promise.resolve()
  const write = async (part: LayerImport, layer: TableLayer, rows: readonly MappedRow[]): Promise<void> => {
    const written = await writeRows(tx, { layer, county, importId: part.importId }, rows)
    part.counts.imported += written
    part.counts.unchanged += rows.length - written
  }
  const flush = async (part: LayerImport): Promise<void> => {
    const { layer, rows } = part
    if (layer === 'areas' || rows.length === 0) return
    part.rows = []
    await writing
    writing = write(part, layer, rows)
    // Its failure is met where it is awaited; until then it must not end the process.
    writing.catch(() => undefined)
  }

  try {
    for await (const batch of source.features()) {
      options.signal?.throwIfAborted()
      for (const original of batch) {
        const feature = renamed(original, options.map ?? {})
        if (feature.problem !== null) {
          // Which layer it would have been of cannot be known; it is told once, under the first.
          const [first] = imports
          first!.counts.read++
          first!.counts.rejected++
          rejects.add(first!.layer, feature, feature.problem)
          continue
        }
        for (const part of imports) {
          const mapped = mapFeature(part.layer, feature, every)
          if (mapped === null) continue
          part.counts.read++
          if (!('row' in mapped)) {
            part.counts.rejected++
            rejects.add(part.layer, feature, mapped)
            continue
          }
          if (mapped.repairs.length > 0) part.counts.repaired++
          part.add(feature, mapped.row)
        }
      }
      for (const part of imports) if (part.rows.length >= BATCH) await flush(part)
      seen += batch.length
      say(
        `Importing · 导入 (${seen.toLocaleString('en')} features)`,
        0.1 + 0.7 * (1 - 20_000 / (20_000 + seen)),
      )
    }
    for (const part of imports) await flush(part)
  } finally {
    // Whatever broke off, nothing may be under way when the transaction ends.
    await writing.catch(() => undefined)
  }
  await writing
  const changed = new Set<string>()
  for (const part of imports) {
    if (part.layer === 'areas')
      await flushAreas(tx, actor, part, { county, options, rejects, file: source.file.name, changed })
    else if (part.counts.imported > 0) changed.add(`${county} ${part.layer}`)
  }
  if (imports.every(part => part.counts.read === 0)) throw nothingFor(options.layers, seen)

  let people: Spread | null = null
  if (options.people !== undefined) {
    say('Spreading people over the buildings · 分摊人口', 0.85)
    people = await spreadPeople(tx, {
      county,
      areaCode: await areaThere(tx, options.area),
      ...options.people,
      actor: actor.name,
    })
    if (people.changed > 0) changed.add(`${county} buildings`)
  }
  for (const part of imports)
    if (part.counts.imported > 0) await log(tx, actor, part, { source, options, county, started })
  for (const entry of [...changed].sort()) {
    const [where, layer] = entry.split(' ') as [string, string]
    await bumpLayer(tx, where, layer)
  }
  for (const where of new Set([...changed].map(entry => entry.slice(0, COUNTY_DIGITS)))) {
    say('Making it searchable · 整理搜索条目', 0.93)
    await refreshSearch(tx, where)
  }
  if (changed.has(`${county} buildings`) && options.refreshTallies !== undefined) {
    say('Counting the grids again · 重新统计网格', 0.95)
    await options.refreshTallies(tx, county)
  }
  if (changed.size > 0) await keepCountyTotals(tx, county)
  const total = noCounts()
  for (const part of imports)
    for (const key of Object.keys(total) as (keyof LayerCounts)[]) total[key] += part.counts[key]
  const result: ImportResult = {
    ...total,
    rejects: rejects.write(options.rejectsFolder ?? process.cwd(), source.file.name),
    reasons: rejects.reasons,
    layers: Object.fromEntries(imports.map(part => [part.layer, part.counts])),
    people,
    dryRun: options.dryRun === true,
  }
  if (options.dryRun) throw new DryRun(result)
  say('Done · 完成', 1)
  return result
}

async function flushAreas(
  tx: Tx,
  actor: Actor,
  part: LayerImport,
  about: {
    county: string
    options: ImportOptions
    rejects: RejectedRows
    file: string
    changed: Set<string>
  },
): Promise<void> {
  const { county, options, rejects, file, changed } = about
  const target = { county, area: options.area ?? null, source: file, actor: actor.name }
  const { written, refused, counties } = await writeAreas(tx, target, part.rows)
  for (const [row, why] of refused) rejects.add('areas', part.features[part.rows.indexOf(row)]!, why)
  part.counts.imported += written
  part.counts.rejected += refused.length
  part.counts.unchanged += part.rows.length - written - refused.length
  for (const where of counties) changed.add(`${where} areas`)
}

/** The area's code, when there is such an area; else people are spread over the whole county. */
async function areaThere(tx: Tx, code: string | undefined): Promise<string | undefined> {
  if (code === undefined) return undefined
  const row = await tx
    .selectFrom('area')
    .select('code')
    .where('county', '=', code.slice(0, 6))
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.code
}

/** Only what changed something is logged: the second import of a file leaves no trace. */
async function log(
  tx: Tx,
  actor: Actor,
  part: LayerImport,
  about: { source: OpenFile; options: ImportOptions; county: string; started: Date },
): Promise<void> {
  const { source, options, county, started } = about
  const { area, crs, datum, encoding, map } = options
  await tx
    .insertInto('import')
    .values({
      county,
      import_id: part.importId,
      layer: part.layer,
      file_name: source.file.name,
      file_hash: source.file.hash,
      options: JSON.stringify({ area, crs: crs ?? source.file.crs, datum, encoding, map }),
      read: part.counts.read,
      imported: part.counts.imported,
      unchanged: part.counts.unchanged,
      rejected: part.counts.rejected,
      actor: actor.name,
      started_at: started,
    })
    .execute()
}

const nothingFor = (layers: readonly string[], seen: number) =>
  new UnreadableFile('nothing-for-layer', {
    zh: `文件中有 ${seen} 个要素，但没有一个属于图层 ${layers.join('、')}。请检查 --layer。`,
    en: `The file holds ${seen} features, but none for the layer ${layers.join(', ')}. Check --layer.`,
  })
