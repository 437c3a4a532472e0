// `huage import`: brings a file into the database.
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DATUMS, IMPORT_LAYERS, type ImportLayer } from '../../core/contract/imports.ts'
import type { CommandIo } from '../../server/commands/socket.ts'
import { type Database, LOCAL_ACTOR } from '../../server/db/database.ts'
import { inScope } from '../../server/db/scope.ts'
import { type AreaFound, areaOfPlaces, OF_THEIR_OWN } from '../../server/imports/area-of-places.ts'
import { importGridFiles } from '../../server/imports/grids/import-grid-files.ts'
import {
  type ImportOptions,
  type ImportResult,
  importFrom,
  PRIVATE_COUNTY,
  readSettings,
} from '../../server/imports/import-file.ts'
import { lookInto } from '../../server/imports/inspect.ts'
import { nearOf } from '../../server/imports/queries.ts'
import { type OpenFile, openFile } from '../../server/imports/read-file.ts'
import { refreshTallies } from '../../server/plans/refresh-tallies.ts'
import { AREA_CODE } from './area-code.ts'
import { type Command, FAILED, OK, UsageError } from './command.ts'
import { progressBar } from './progress-bar.ts'

/** Somebody's grids: they become a plan, not rows of a layer. */
const GRIDS = 'grids'

function parse(argv: readonly string[]) {
  const { values, positionals } = parseOptions(argv)
  const [path, ...more] = positionals
  const layers = (values.layer ?? '').split(',').filter(Boolean)
  const known = IMPORT_LAYERS.join(', ')
  if (layers.length === 0) throw new UsageError(`--layer is missing: one of ${known}`)
  for (const layer of layers) {
    if (!isLayer(layer)) throw new UsageError(`Unknown layer: ${layer}. Known: ${known}`)
  }
  const isGrids = layers.includes(GRIDS)
  if (isGrids && layers.length > 1) throw new UsageError(`--layer ${GRIDS} stands alone: it makes a plan`)
  if (!isGrids && values.profile) throw new UsageError(`--profile is for ${GRIDS}`)
  if (!isGrids && values.name && !layers.includes('catalogue'))
    throw new UsageError(`--name is for ${GRIDS} and catalogue`)
  if (!path || (more.length > 0 && !isGrids)) throw new UsageError('import takes one FILE')
  if (values.area && !AREA_CODE.test(values.area))
    throw new UsageError('--area takes a code of 6, 9 or 12 digits')
  if (values.datum && !isDatum(values.datum)) throw new UsageError(`--datum is one of ${DATUMS.join(', ')}`)
  if (values.crs && !/^EPSG:\d+$/i.test(values.crs)) throw new UsageError('--crs takes EPSG:n')
  const people = wholeNumber('--people', values.people)
  const households = wholeNumber('--households', values.households)
  if (households !== undefined && people === undefined) throw new UsageError('--households needs --people')
  const map = Object.fromEntries(
    (values.map ?? []).map(pair => {
      const [from, to, ...rest] = pair.split('=')
      if (!from || !to || rest.length > 0) throw new UsageError('--map takes COLUMN=FIELD')
      return [from, to]
    }),
  )
  return {
    path,
    grids: isGrids ? [path, ...more] : null,
    profile: values.profile,
    name: values.name,
    layers: layers.filter(isLayer),
    area: values.area,
    crs: values.crs,
    datum: values.datum && isDatum(values.datum) ? values.datum : undefined,
    encoding: values.encoding,
    sourceLayer: values['source-layer'],
    map,
    dryRun: values['dry-run'],
    people: people === undefined ? undefined : { persons: people, households },
  }
}

const isLayer = (layer: string): layer is ImportLayer => (IMPORT_LAYERS as readonly string[]).includes(layer)
const isDatum = (datum: string): datum is (typeof DATUMS)[number] =>
  (DATUMS as readonly string[]).includes(datum)

function wholeNumber(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} takes a whole number`)
  return Number(text)
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        layer: { type: 'string' },
        area: { type: 'string' },
        crs: { type: 'string' },
        datum: { type: 'string' },
        encoding: { type: 'string' },
        'source-layer': { type: 'string' },
        map: { type: 'string', multiple: true },
        profile: { type: 'string' },
        name: { type: 'string' },
        'dry-run': { type: 'boolean' },
        people: { type: 'string' },
        households: { type: 'string' },
      },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** The area that nobody named, and what is said of it. Null: no area is wanted. */
async function areaFor(
  database: Database,
  source: OpenFile,
  { layers, area }: Pick<ReturnType<typeof parse>, 'layers' | 'area'>,
): Promise<AreaFound | null> {
  if (area !== undefined || layers.every(layer => OF_THEIR_OWN.has(layer))) return null
  const looked = await lookInto(source)
  return inScope(database, LOCAL_ACTOR, tx => areaOfPlaces(tx, looked))
}

function aboutArea({ used, how, choices }: AreaFound): string {
  if (used === null) {
    const known = choices.map(({ code, name }) => (name === null ? code : `${name} ${code}`)).join(', ')
    return (
      `No --area was said, and ${known === '' ? 'no area of the database holds these places' : `the file may belong to one of ${known}`}: the rows go to the private county ${PRIVATE_COUNTY} and count in no other county's grids.\n` +
      `没有指定 --area，${known === '' ? '数据库中没有行政区包含这些位置' : `文件可能属于 ${known}`}：各行存入私有区县 ${PRIVATE_COUNTY}，不计入其他区县的网格。\n`
    )
  }
  const [{ name } = { name: null }] = choices
  const called = name === null ? used : `${name} (${used})`
  return how === 'only'
    ? `The file has no places; the rows go to the only county there is: ${called}. --area says otherwise.\n文件没有位置，归入唯一的区县 ${called}；可用 --area 另行指定。\n`
    : `By their places the rows go to ${called}. --area says otherwise.\n按位置归入 ${called}；可用 --area 另行指定。\n`
}

/** The file is opened once: to find the area, and to be read. */
async function importRows(database: Database, io: CommandIo, options: ImportOptions): Promise<ImportResult> {
  const { path, layers, area, signal } = options
  const source = await openFile(path, { settings: readSettings(options), signal })
  try {
    const found = await areaFor(database, source, { layers: [...layers], area })
    if (found !== null) io.err(aboutArea(found))
    return await importFrom(database, LOCAL_ACTOR, source, {
      ...options,
      ...(found?.used && { within: found.used }),
    })
  } finally {
    await source.close()
  }
}

export const importCommand: Command = {
  usage:
    'import FILE [FILE…, one per level, for grids] --layer LAYER[,LAYER] [--area CODE] [--crs EPSG:n] [--datum D] [--encoding X] [--source-layer L] [--map a=b] [--people N [--households N]] [--profile P] [--name N] [--dry-run]',
  check: argv => void parse(argv),
  async run(database, argv, io) {
    const { path, grids, ...options } = parse(argv)
    const near = await inScope(database, LOCAL_ACTOR, tx => nearOf(tx, options.area))
    const common = {
      ...options,
      signal: io.signal,
      onProgress: progressBar(io),
    }
    const result = grids
      ? await importGridFiles(database, LOCAL_ACTOR, {
          ...common,
          paths: grids.map(one => resolve(io.cwd, one)),
          folder: io.cwd,
        })
      : await importRows(database, io, {
          ...common,
          path: resolve(io.cwd, path),
          rejectsFolder: io.cwd,
          language: /^en/i.test(process.env.LANG ?? '') ? 'en' : 'zh',
          near,
          refreshTallies,
        })
    if (!('report' in result) && result.repairs.rows > 0) {
      const { rows, before, after, file } = result.repairs
      io.err(
        `${rows} outlines were put right: ${before} m² before, ${after} m² after${file === null ? '' : `; row by row in ${file}`}\n` +
          `修补了 ${rows} 个图形：修补前 ${before} m²，修补后 ${after} m²${file === null ? '' : `；逐条见 ${file}`}\n`,
      )
    }
    if ('report' in result && result.report !== null)
      io.err(
        `${Object.entries(result.repairs)
          .map(([what, { count, squareMetres }]) => `${what}: ${count} (${squareMetres} m²)`)
          .join(', ')}; every change is in ${result.report}\n修改之处逐条见 ${result.report}\n`,
      )
    if (result.rejected > 0) {
      const counts = Object.entries(result.reasons).map(([code, count]) => `${code}: ${count}`)
      io.err(
        `${result.rejected} of ${result.read} rows were rejected (${counts.join(', ')}), each with its reason in ${result.rejects}\n` +
          `${result.read} 行中有 ${result.rejected} 行被拒绝，原因见 ${result.rejects}\n`,
      )
    }
    // The changes of grids are in their own file.
    io.out(`${JSON.stringify(result, (key, value) => (key === 'changes' ? undefined : value))}\n`)
    // Nothing usable in the file is a failure; a few rejected rows are not.
    return result.imported + result.unchanged === 0 && result.read > 0 ? FAILED : OK
  },
}
