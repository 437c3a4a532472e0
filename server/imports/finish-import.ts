// The end of an import, in its transaction: areas, people, the log, rejected rows, and whatever is derived from the rows.
import { writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { Box } from '../../core/contract/geometry.ts'
import type { Actor, Tx } from '../db/database.ts'
import { keepCountyTotals } from '../grids/keep-totals.ts'
import { bumpLayer } from '../layers/queries.ts'
import { type Spread, spreadPeople } from '../registry/spread-people.ts'
import { refreshSearch } from '../search/refresh-search.ts'
import { countHouseholds } from './count-households.ts'
import type { ImportOptions } from './import-file.ts'
import { intoFolder } from './into-folder.ts'
import { keepRejects } from './keep-rejects.ts'
import type { LayerImport } from './layer-import.ts'
import { repairsAddress } from './queries.ts'
import type { OpenFile } from './read-file.ts'
import type { RejectedRows } from './rejected-rows.ts'
import { type RepairedRows, repairsTable } from './repaired-rows.ts'
import { writePosts } from './staff-posts.ts'
import { withoutEnding } from './without-ending.ts'
import { writeAreas } from './write-areas.ts'

const COUNTY_DIGITS = 6

interface Ending {
  readonly actor: Actor
  readonly county: string
  readonly parts: readonly LayerImport[]
  readonly rejects: RejectedRows
  readonly repairs: RepairedRows
  readonly source: OpenFile
  readonly options: ImportOptions
  readonly started: Date
  readonly bbox: Box | null
}

export async function finishImport(
  tx: Tx,
  ending: Ending,
): Promise<{
  id: string | null
  people: Spread | null
  rejectsPath: string | null
  repairsPath: string | null
}> {
  const { actor, county, parts, options } = ending
  const say = options.onProgress ?? (() => undefined)
  /** `county layer` of whatever has other content now. */
  const changed = new Set<string>()
  for (const part of parts) {
    if (part.layer === 'staff') await writePosts(tx, county, part)
    if (part.layer === 'areas') await flushAreas(tx, ending, part, changed)
    else if (part.counts.imported > 0) changed.add(`${county} ${part.layer}`)
    if (part.layer === 'households' || part.layer === 'residents') {
      const buildings = await buildingsTouched(tx, county, part)
      if ((await countHouseholds(tx, county, buildings)) > 0) changed.add(`${county} buildings`)
    }
  }
  let people: Spread | null = null
  if (options.people !== undefined) {
    say({ zh: '分摊人口', en: 'Spreading people over the buildings' }, 0.85)
    people = await spreadPeople(tx, {
      county,
      areaCode: await areaThere(tx, options.area ?? options.within),
      ...options.people,
      actor: actor.name,
      importId: parts[0]!.importId,
    })
    if (people.changed > 0) changed.add(`${county} buildings`)
  }
  const run = uuidv7()
  const spread = (people?.changed ?? 0) > 0
  const logged = parts.filter(
    (part, i) => part.counts.imported > 0 || part.counts.rejected > 0 || (i === 0 && spread),
  )
  for (const part of logged) await log(tx, ending, run, part)
  for (const entry of [...changed].sort()) {
    const [where, layer] = entry.split(' ') as [string, string]
    await bumpLayer(tx, where, layer)
  }
  for (const where of new Set([...changed].map(entry => entry.slice(0, COUNTY_DIGITS)))) {
    say({ zh: '整理搜索条目', en: 'Making it searchable' }, 0.93)
    await refreshSearch(tx, where)
  }
  if (changed.has(`${county} buildings`) && options.refreshTallies !== undefined) {
    say({ zh: '重新统计网格', en: 'Counting the grids again' }, 0.95)
    await options.refreshTallies(tx, county)
  }
  if (changed.size > 0) await keepCountyTotals(tx, county)
  const rejectsPath = await keepRejects(tx, ending.rejects, ending.source, {
    county,
    run,
    language: options.language ?? 'zh',
    folder: options.keepRejects ? null : (options.rejectsFolder ?? process.cwd()),
  })
  const id = logged.length > 0 ? run : null
  return { id, people, rejectsPath, repairsPath: keepRepairs(ending, id) }
}

/** @returns where the table of all repairs is: a file in the folder, or, kept in the database, an address */
function keepRepairs({ repairs, source, options }: Ending, id: string | null): string | null {
  if (!repairs.isLong) return null
  if (options.keepRejects) return id && repairsAddress(id)
  const name = `${withoutEnding(source.file.name)}.repairs.csv`
  return intoFolder(options.rejectsFolder ?? process.cwd(), name, path =>
    writeFileSync(path, repairsTable(repairs.list, options.language ?? 'zh')),
  )
}

async function flushAreas(tx: Tx, ending: Ending, part: LayerImport, changed: Set<string>): Promise<void> {
  const { county, options, rejects, actor, source } = ending
  const { rows, numbers } = part.take()
  const { written, refused, counties } = await writeAreas(
    tx,
    {
      county,
      area: options.area ?? null,
      source: source.file.name,
      actor: actor.name,
      importId: part.importId,
    },
    rows,
  )
  for (const [row, why] of refused) rejects.note(numbers[rows.indexOf(row)]!, why)
  part.counts.imported += written
  part.counts.rejected += refused.length
  part.counts.unchanged += rows.length - written - refused.length
  for (const where of counties) changed.add(`${where} areas`)
}

/** Buildings whose households or residents this import has added or changed. */
async function buildingsTouched(tx: Tx, county: string, part: LayerImport): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct h.building_id as id from household h
    where h.county = ${county} and h.building_id is not null and ${
      part.layer === 'households'
        ? sql`h.import_id = ${part.importId}::uuid`
        : sql`h.id in (select household_id from resident where county = ${county} and import_id = ${part.importId}::uuid)`
    }`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The area's code, when there is such an area; else people are spread over the whole county. */
async function areaThere(tx: Tx, code: string | undefined): Promise<string | undefined> {
  if (code === undefined) return undefined
  const row = await tx
    .selectFrom('area')
    .select('code')
    .where('county', '=', code.slice(0, COUNTY_DIGITS))
    .where('code', '=', code)
    .executeTakeFirst()
  return row?.code
}

/** Only what changed something, or was refused, is logged: the second import of a good file leaves no trace. */
async function log(
  tx: Tx,
  { actor, county, source, options, started, bbox, parts, repairs }: Ending,
  run: string,
  part: LayerImport,
): Promise<void> {
  const { area = options.within, crs, datum, encoding, map, name, sourceLayer, swapAxes } = options
  const { read, imported, unchanged, rejected, repaired, duplicates } = part.counts
  await tx
    .insertInto('import')
    .values({
      county,
      import_id: part.importId,
      run_id: run,
      layer: part.layer,
      file_name: source.file.name,
      file_hash: source.file.hash,
      options: JSON.stringify({
        area,
        crs: crs ?? source.file.crs,
        datum,
        encoding: encoding ?? source.file.encoding.used,
        map,
        name,
        sourceLayer,
        swapAxes,
        bbox,
        // Once for the whole file.
        repairs:
          part === parts.find(({ counts }) => counts.imported > 0 || counts.rejected > 0) ? repairs.list : [],
      }),
      read,
      imported,
      unchanged,
      rejected,
      repaired,
      duplicates,
      actor: actor.name,
      started_at: started,
    })
    .execute()
}
