// A real town to try things on: Neubrandenburg from OpenStreetMap, brought in by the import that everybody uses, with synthetic people.

import { fileURLToPath } from 'node:url'
import type { Actor, Database, Tx } from '../db/database.ts'
import { projectFile } from '../db/project.ts'
import { inScope } from '../db/scope.ts'
import { bumpLayer } from '../layers/queries.ts'
import { type RefreshTallies, type Spread, spreadPeople } from '../registry/spread-people.ts'
import {
  type ImportResult,
  importOpened,
  PRIVATE_COUNTY,
  type Progress,
  STATEMENT_SECONDS,
} from './import-file.ts'
import { MAP_LAYERS } from './map-features.ts'
import { type OpenFile, openFile } from './read-file.ts'

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

/**
 * All of it in one transaction: whatever breaks it off, the next start begins anew instead of serving half a town.
 * Again: changes nothing. `done` runs from 0 to 1.
 */
export async function loadDemo(
  database: Database,
  actor: Actor,
  onProgress: Progress,
  options: { readonly refreshTallies?: RefreshTallies; readonly signal?: AbortSignal } = {},
): Promise<DemoResult> {
  const started = performance.now()
  const file = (name: string) => fileURLToPath(projectFile(name))
  const town = { path: file(EXTRACT), layers: MAP_LAYERS, ...options }
  const outline = { path: file(OUTLINE), layers: ['areas'] as const, ...options }
  const sources: OpenFile[] = []
  try {
    onProgress({ zh: '读取数据', en: 'Reading the extract' }, 0)
    for (const { path } of [town, outline]) sources.push(await openFile(path, { signal: options.signal }))
    return await inScope(
      database,
      actor,
      async tx => {
        const { layers } = await importOpened(tx, actor, sources[0]!, {
          ...town,
          onProgress: (message, done) => onProgress(message, done * 0.8),
        })
        onProgress({ zh: '城区边界', en: "The town's outline" }, 0.82)
        await importOpened(tx, actor, sources[1]!, outline)
        options.signal?.throwIfAborted()
        onProgress({ zh: '分摊人口（合成）', en: 'Spreading people (synthetic)' }, 0.86)
        const { area, people } = await spreadOverTown(tx, actor, options.refreshTallies)
        options.signal?.throwIfAborted()
        onProgress({ zh: '完成', en: 'Done' }, 1)
        return { area, layers, people, seconds: Math.round(performance.now() - started) / 1000 }
      },
      { seconds: STATEMENT_SECONDS },
    )
  } finally {
    for (const source of sources) await source.close()
  }
}

async function spreadOverTown(tx: Tx, actor: Actor, refreshTallies: RefreshTallies | undefined) {
  const { code } = await tx
    .selectFrom('area')
    .select('code')
    .where('county', '=', PRIVATE_COUNTY)
    .where('source_key', '=', OUTLINE_KEY)
    .executeTakeFirstOrThrow()
  const people = await spreadPeople(tx, {
    county: PRIVATE_COUNTY,
    areaCode: code,
    persons: PERSONS,
    households: HOUSEHOLDS,
    actor: actor.name,
    refreshTallies,
  })
  if (people.changed > 0) await bumpLayer(tx, PRIVATE_COUNTY, 'buildings')
  return { area: code, people }
}
