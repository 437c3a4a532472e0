// Imports files of grids as one new plan; the same files again change nothing.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Box } from '../../../core/contract/geometry.ts'
import type { Language } from '../../../core/contract/refusals.ts'
import type { Actor, Database, Tx } from '../../db/database.ts'
import { inScope } from '../../db/scope.ts'
import type { Datum } from '../coordinates.ts'
import { type LayerCounts, readSettings, STATEMENT_SECONDS } from '../import-file.ts'
import { keepRejects } from '../keep-rejects.ts'
import { renamed } from '../map-features.ts'
import { type OpenFile, openFile } from '../read-file.ts'
import { RejectedRows } from '../rejected-rows.ts'
import type { SourceFeature } from '../source-feature.ts'
import { UnreadableFile } from '../unreadable.ts'
import { withoutEnding } from '../without-ending.ts'
import { type GridImportOptions, type GridsImported, writeGrids } from './import-grids.ts'
import { prepareGrids } from './prepare-grids.ts'
import type { GridChange, GridChangeKind } from './words.ts'
import { type ChangeSums, keptChanges, sumsOf, writeReport } from './write-report.ts'

export interface GridFilesOptions extends Omit<GridImportOptions, 'name'> {
  readonly paths: readonly string[]
  /** The plan's name; the first file's when not said. */
  readonly name?: string
  readonly crs?: string
  readonly datum?: Datum
  readonly encoding?: string
  readonly swapAxes?: boolean
  readonly sourceLayer?: string
  readonly near?: number | null
  readonly dryRun?: boolean
  /** Where the report and the file of rejected rows go; null: they are kept in the database, to be fetched. */
  readonly folder?: string | null
  /** Of the reasons in the file of rejected rows. */
  readonly language?: Language
}

export interface GridFilesResult extends Omit<LayerCounts, 'duplicates'> {
  /** Under which it is listed; null after a dry run, or when the same files have made the plan before. */
  readonly id: string | null
  readonly plan: Pick<GridsImported, 'name' | 'area' | 'areaMade' | 'profile' | 'levelsBy' | 'levels'> & {
    /** Null after a dry run: nothing was made. */
    readonly id: string | null
  }
  /** What was changed, how often, and the sizes added up. */
  readonly repairs: Partial<Record<GridChangeKind, ChangeSums>>
  /** The changes one by one, from the most ground down. */
  readonly changes: readonly GridChange[]
  /** Path of the file with every change. */
  readonly report: string | null
  readonly rejects: string | null
  readonly reasons: Record<string, number>
  readonly told: RejectedRows['told']
  /** West, south, east, north of the grids, in degrees. */
  readonly bbox: Box | null
  readonly dryRun: boolean
}

class Undone extends Error {
  readonly made: GridsImported
  constructor(made: GridsImported) {
    super('dry run')
    this.made = made
  }
}

/** Throws `UnreadableFile`; then, as after any error, the database is as it was. */
export async function importGridFiles(
  database: Database,
  actor: Actor,
  options: GridFilesOptions,
): Promise<GridFilesResult> {
  const { paths, map = {}, onProgress: say = () => undefined } = options
  const started = new Date()
  const features: SourceFeature[] = []
  const sources: OpenFile[] = []
  try {
    for (const path of paths) {
      const sentence = { zh: `读取文件 ${basename(path)}`, en: `Reading ${basename(path)}` }
      say(sentence, 0)
      const source = await openFile(path, { settings: readSettings(options), signal: options.signal })
      sources.push(source)
      for await (const batch of source.features()) {
        for (const feature of batch) features.push(ofFile(renamed(feature, map), source, paths.length))
        say(sentence, 0.1, features.length)
      }
    }
    if (features.length === 0) throw nothing()
    return await asPlan(database, actor, features, sources, started, options)
  } finally {
    for (const source of sources) await source.close()
  }
}

async function asPlan(
  database: Database,
  actor: Actor,
  features: readonly SourceFeature[],
  sources: readonly OpenFile[],
  started: Date,
  options: GridFilesOptions,
): Promise<GridFilesResult> {
  const { paths, map = {}, onProgress: say = () => undefined, language = 'zh' } = options
  const { folder = process.cwd() } = options
  const name = (options.name ?? withoutEnding(paths[0]!)).trim()
  const hashes = sources.map(({ file }) => file.hash)
  const hash = hashes.length === 1 ? hashes[0]! : createHash('sha256').update(hashes.join()).digest('hex')
  const about = {
    area: options.area,
    profile: options.profile,
    crs: options.crs,
    datum: options.datum,
    map,
    name,
  }
  const reading = <T>(work: (tx: Tx) => Promise<T>) => inScope(database, actor, work)
  const known = await reading(tx => sameBefore(tx, hash, about))
  if (known) return known
  const prepared = await prepareGrids(reading, features, { ...options, name })
  const id = uuidv7()
  const rejects = new RejectedRows()
  for (const { feature, why } of prepared.rejected) rejects.add('grids', feature, why)
  const [only] = sources
  let rejectsPath: string | null = null
  const attempt = async (tx: Tx) => {
    const before = await sameBefore(tx, hash, about)
    if (before) return before
    const made = await writeGrids(tx, actor, prepared, { ...options, name })
    if (options.dryRun) throw new Undone(made)
    const file = paths.map(path => basename(path)).join(', ')
    await log(tx, actor, made, { id, file, hash, about, started })
    const keeping = { county: made.area.slice(0, 6), run: id, language, folder }
    if (sources.length === 1) rejectsPath = await keepRejects(tx, rejects, only!, keeping)
    options.signal?.throwIfAborted()
    return made
  }
  const done = await inScope(database, actor, attempt, { seconds: STATEMENT_SECONDS }).catch(cause => {
    if (cause instanceof Undone) return cause.made
    throw cause
  })
  if ('unchanged' in done) return done
  // Several files are told in one.
  if (folder !== null && (sources.length > 1 || options.dryRun))
    rejectsPath = rejects.write(folder, basename(paths[0]!))
  const { plan, area, areaMade, profile, levelsBy, levels, read, imported, repaired, changes, bbox } = done
  say({ zh: '完成', en: 'Done' }, 1)
  return {
    id: options.dryRun ? null : id,
    read,
    imported,
    unchanged: 0,
    rejected: prepared.rejected.length,
    repaired,
    plan: { id: options.dryRun ? null : plan, name, area, areaMade, profile, levelsBy, levels },
    repairs: sumsOf(changes),
    changes,
    report: folder === null ? null : writeReport(folder, withoutEnding(paths[0]!), done),
    rejects: rejectsPath,
    reasons: rejects.reasons,
    told: rejects.told,
    bbox,
    dryRun: options.dryRun === true,
  }
}

/** Of some files each is a layer of its own, so that a file for each level is understood. */
const ofFile = (feature: SourceFeature, { file }: OpenFile, files: number): SourceFeature =>
  files === 1 ? feature : { ...feature, layer: `${withoutEnding(file.name)} ${feature.layer}`.trim() }

type About = Record<string, unknown>

/** The plan that the same files made under the same options; somebody may have changed it since. */
async function sameBefore(tx: Tx, hash: string, about: About): Promise<GridFilesResult | null> {
  const row = await tx
    .selectFrom('import')
    .select([
      'read',
      sql<GridFilesResult['plan']>`options->'result'`.as('plan'),
      sql<Box | null>`options->'bbox'`.as('bbox'),
    ])
    .where('layer', '=', 'grids')
    .where('withdrawn_at', 'is', null)
    .where('file_hash', '=', hash)
    .where(sql<boolean>`options->'about' = ${JSON.stringify(about)}::jsonb`)
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const unchanged = row.read
  return {
    ...{ id: null, read: row.read, imported: 0, unchanged, rejected: 0, repaired: 0 },
    ...{ plan: row.plan, bbox: row.bbox ?? null },
    ...{ repairs: {}, changes: [], report: null, rejects: null, reasons: {}, told: [], dryRun: false },
  }
}

interface Logged {
  readonly id: string
  readonly file: string
  readonly hash: string
  readonly about: About
  readonly started: Date
}

async function log(
  tx: Tx,
  actor: Actor,
  made: GridsImported,
  { id, file, hash, about, started }: Logged,
): Promise<void> {
  const { plan, name, area, areaMade, profile, levelsBy, levels, bbox, changes } = made
  await tx
    .insertInto('import')
    .values({
      county: area.slice(0, 6),
      import_id: id,
      layer: 'grids',
      file_name: file,
      file_hash: hash,
      options: JSON.stringify({
        about,
        area,
        bbox,
        result: { id: plan, name, area, areaMade, profile, levelsBy, levels },
        changes: keptChanges(changes),
      }),
      read: made.read,
      imported: made.imported,
      unchanged: 0,
      rejected: made.rejected.length,
      repaired: made.repaired,
      actor: actor.name,
      started_at: started,
    })
    .execute()
}

const nothing = () =>
  new UnreadableFile('nothing-for-layer', {
    zh: '文件中没有任何要素。',
    en: 'The file holds no features.',
  })
