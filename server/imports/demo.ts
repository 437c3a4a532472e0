// The demo: Neubrandenburg from OpenStreetMap, brought in by the import that everybody uses, with synthetic people.

import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import type { Actor, Database } from '../db/database.ts'
import { projectFile } from '../db/project.ts'
import { inScope } from '../db/scope.ts'
import { bumpLayer } from '../layers/queries.ts'
import { type RefreshTallies, type Spread, spreadPeople } from '../registry/spread-people.ts'
import { IMPORT_LAYERS, type ImportResult, importFile, PRIVATE_COUNTY, type Progress } from './import-file.ts'

const EXTRACT = 'fixtures/neubrandenburg.osm.bz2'
const OUTLINE = 'fixtures/neubrandenburg-outline.geojson'
const OUTLINE_KEY = 'neubrandenburg-outline'
/** The town's own `population` in the extract. Households: 1.9 people each, as in the state's towns. */
const PERSONS = 63_437
const HOUSEHOLDS = 33_388

export interface DemoResult {
  /** Code of the town's area. */
  readonly area: string
  readonly layers: ImportResult['layers']
  readonly people: Spread
  readonly seconds: number
}

/** Whether the database holds anything already; then the demo has no business in it. */
export async function demoLoaded(database: Database): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from area) or exists (select from building) or exists (select from import) as any`.execute(
    database.owner,
  )
  return rows[0]?.any === true
}

/** Again: changes nothing. `done` runs from 0 to 1. */
export async function loadDemo(
  database: Database,
  actor: Actor,
  onProgress: Progress,
  refreshTallies?: RefreshTallies,
): Promise<DemoResult> {
  const started = performance.now()
  const path = (name: string) => fileURLToPath(projectFile(name))
  const { layers } = await importFile(database, actor, {
    path: path(EXTRACT),
    layers: IMPORT_LAYERS,
    refreshTallies,
    onProgress: (message, done) => onProgress(`Demo: ${message}`, done * 0.8),
  })
  onProgress("Demo: the town's outline · 城区边界", 0.82)
  await importFile(database, actor, { path: path(OUTLINE), layers: ['areas'] })
  onProgress('Demo: spreading people (synthetic) · 分摊人口(合成)', 0.86)
  const { area, people } = await inScope(database, actor, async tx => {
    const { code } = await tx
      .selectFrom('area')
      .select('code')
      .where('county', '=', PRIVATE_COUNTY)
      .where('source_key', '=', OUTLINE_KEY)
      .executeTakeFirstOrThrow()
    const spread = await spreadPeople(tx, {
      county: PRIVATE_COUNTY,
      areaCode: code,
      persons: PERSONS,
      households: HOUSEHOLDS,
      actor: actor.name,
      refreshTallies,
    })
    if (spread.changed > 0) await bumpLayer(tx, PRIVATE_COUNTY, 'buildings')
    return { area: code, people: spread }
  })
  onProgress('Demo: done · 完成', 1)
  return { area, layers, people, seconds: Math.round(performance.now() - started) / 1000 }
}
