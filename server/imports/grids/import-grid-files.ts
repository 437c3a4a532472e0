// Imports files of grids as one new plan; the same files again change nothing.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Actor, Database, Tx } from '../../db/database.ts'
import { inScope } from '../../db/scope.ts'
import type { Datum } from '../coordinates.ts'
import { type LayerCounts, readSettings, STATEMENT_SECONDS } from '../import-file.ts'
import { renamed } from '../map-features.ts'
import { type OpenFile, openFile } from '../read-file.ts'
import { RejectedRows } from '../rejected-rows.ts'
import type { SourceFeature } from '../source-feature.ts'
import { UnreadableFile } from '../unreadable.ts'
import { type GridImportOptions, type GridsImported, writeGrids } from './import-grids.ts'
import { prepareGrids } from './prepare-grids.ts'
import type { GridChangeKind } from './words.ts'
import { type ChangeSums, sumsOf, writeReport } from './write-report.ts'

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
  readonly map?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  /** Where the report and the file of rejected rows go. */
  readonly folder?: string
}

export interface GridFilesResult extends Omit<LayerCounts, 'duplicates'> {
  readonly plan: Pick<GridsImported, 'name' | 'area' | 'areaMade' | 'profile' | 'levelsBy' | 'levels'> & {
    /** Null after a dry run: nothing was made. */
    readonly id: string | null
  }
  /** What was changed, how often, and the sizes added up. */
  readonly repairs: Partial<Record<GridChangeKind, ChangeSums>>
  /** Path of the file with every change. */
  readonly report: string | null
  readonly rejects: string | null
  readonly reasons: Record<string, number>
  readonly told: RejectedRows['told']
  readonly dryRun: boolean
}

class Undone extends Error {
  readonly made: GridsImported
  constructor(made: GridsImported) {
    super('dry run')
    this.made = made
  }
}

const withoutEnding = (path: string): string => basename(path).replace(/\.[^.]*(\.(gz|bz2|zip))?$/i, '')

/** Throws `UnreadableFile`; then, as after any error, the database is as it was. */
export async function importGridFiles(
  database: Database,
  actor: Actor,
  options: GridFilesOptions,
): Promise<GridFilesResult> {
  const { paths, map = {}, onProgress: say = () => undefined } = options
  const name = (options.name ?? withoutEnding(paths[0]!)).trim()
  const features: SourceFeature[] = []
  const hashes: string[] = []
  for (const path of paths) {
    say({ zh: `读取文件 ${basename(path)}`, en: `Reading ${basename(path)}` }, 0)
    const source = await openFile(path, { settings: readSettings(options), signal: options.signal })
    try {
      hashes.push(source.file.hash)
      for await (const batch of source.features())
        for (const feature of batch) features.push(ofFile(renamed(feature, map), source, paths.length))
    } finally {
      await source.close()
    }
  }
  if (features.length === 0) throw nothing()
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
  const attempt = async (tx: Tx) => {
    const before = await sameBefore(tx, hash, about)
    if (before) return before
    const made = await writeGrids(tx, actor, prepared, { ...options, name })
    if (options.dryRun) throw new Undone(made)
    await log(tx, actor, made, { file: paths.map(path => basename(path)).join(', '), hash, about })
    return made
  }
  const done = await inScope(database, actor, attempt, { seconds: STATEMENT_SECONDS }).catch(cause => {
    if (cause instanceof Undone) return cause.made
    throw cause
  })
  if ('unchanged' in done) return done
  const folder = options.folder ?? process.cwd()
  const rejects = new RejectedRows()
  for (const { feature, why } of done.rejected) rejects.add('grids', feature, why)
  const { plan, area, areaMade, profile, levelsBy, levels, read, imported, repaired, rejected, changes } =
    done
  say({ zh: '完成', en: 'Done' }, 1)
  return {
    read,
    imported,
    unchanged: 0,
    rejected: rejected.length,
    repaired,
    plan: { id: options.dryRun ? null : plan, name, area, areaMade, profile, levelsBy, levels },
    repairs: sumsOf(changes),
    report: writeReport(folder, withoutEnding(paths[0]!), done),
    rejects: rejects.write(folder, basename(paths[0]!)),
    reasons: rejects.reasons,
    told: rejects.told,
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
    .select(['read', sql<{ about: About; result: GridFilesResult['plan'] }>`options`.as('options')])
    .where('layer', '=', 'grids')
    .where('file_hash', '=', hash)
    .where(sql<boolean>`options->'about' = ${JSON.stringify(about)}::jsonb`)
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  const unchanged = row.read
  return {
    ...{ read: row.read, imported: 0, unchanged, rejected: 0, repaired: 0 },
    plan: row.options.result,
    ...{ repairs: {}, report: null, rejects: null, reasons: {}, told: [], dryRun: false },
  }
}

async function log(
  tx: Tx,
  actor: Actor,
  made: GridsImported,
  { file, hash, about }: { file: string; hash: string; about: About },
): Promise<void> {
  const { plan: id, name, area, areaMade, profile, levelsBy, levels } = made
  await tx
    .insertInto('import')
    .values({
      county: area.slice(0, 6),
      import_id: uuidv7(),
      layer: 'grids',
      file_name: file,
      file_hash: hash,
      options: JSON.stringify({ about, result: { id, name, area, areaMade, profile, levelsBy, levels } }),
      read: made.read,
      imported: made.imported,
      unchanged: 0,
      rejected: made.rejected.length,
      actor: actor.name,
      started_at: new Date(),
    })
    .execute()
}

const nothing = () =>
  new UnreadableFile('nothing-for-layer', {
    zh: '文件中没有任何要素。',
    en: 'The file holds no features.',
  })
