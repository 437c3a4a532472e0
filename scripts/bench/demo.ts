// The demo places at full size: how long they take, whether every figure is the reference deployment's, whether they verify.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Database } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { verifyDatabase } from '../../server/verify/verify-database.ts'
import { loadGenerated } from '../commands/load-generated.ts'
import { openPlace } from '../places/generate.ts'
import type { PlaceName } from '../places/place.ts'
import { type Benchmark, rounded } from './benchmark.ts'
import { onServer } from './on-server.ts'

const AIM = { tuanjieEmbeddedSeconds: 60, huairouServerSeconds: 180 }

/** What the sources print (issue of the demo places; Huairou prints 98.08 % for the 96,237 of 98,115 solved). */
const STATED = {
  tuanjie: { grids: [10, 46, 86, 634], residents: 66_473, factoryPremises: 2_088 },
  huairou: {
    grids: [340, 1_221, 4_571, 1_452],
    residents: 368_500,
    addresses: 116_471,
    matters: 242_120,
    objects: 119_617,
    organisations: 19_840,
    facilities: 51_243,
    staff: 26_341,
    incidents: 98_115,
    solved: 96_237,
    feedback: 84.67,
    satisfied: 52.8,
  },
} as const

async function counted(database: Database, county: string) {
  const { rows } = await sql<Record<string, number> & { grids: number[] }>`
    select
      (select array_agg(n order by level) from (
        select level, count(*)::integer as n from grid_version where county = ${county} group by level) by_level) as grids,
      (select count(*)::integer from resident where county = ${county}) as residents,
      (select sum(persons)::integer from building where county = ${county}) as persons,
      (select count(*)::integer from address where county = ${county}) as addresses,
      (select count(*)::integer from matter where county = ${county}) as matters,
      (select count(*)::integer from object where county = ${county}) as objects,
      (select count(*)::integer from organisation where county = ${county}) as organisations,
      (select count(*)::integer from organisation where county = ${county} and factory_premises) as "factoryPremises",
      (select count(*)::integer from facility where county = ${county}) as facilities,
      (select count(*)::integer from staff where county = ${county}) as staff,
      (select count(*)::integer from incident where county = ${county}) as incidents,
      (select count(solved_at)::integer from incident where county = ${county}) as solved,
      (select round(100.0 * count(feedback_at) / count(solved_at), 2)::float8
        from incident where county = ${county}) as feedback,
      (select round(100.0 * count(*) filter (where satisfied) / count(feedback_at), 2)::float8
        from incident where county = ${county}) as satisfied`.execute(database.owner)
  return rows[0]!
}

/** Loads a place, counts it in SQL against the source's figures, verifies it. Throws where a figure is not the source's. */
async function tried(database: Database, place: PlaceName & keyof typeof STATED) {
  const loaded = await loadGenerated(database, openPlace, { place, seed: 1, scale: 1 }, { force: false })
  const found = await counted(database, loaded.county)
  for (const [name, stated] of Object.entries(STATED[place]))
    if (JSON.stringify(found[name]) !== JSON.stringify(stated))
      throw new Error(`${place}: ${name} are ${JSON.stringify(found[name])}, not ${JSON.stringify(stated)}.`)
  const { grids, faults, seconds } = await verifyDatabase(database)
  if (faults.length > 0)
    throw new Error(`${place} has ${faults.length} faults: ${JSON.stringify(faults.slice(0, 3))}`)
  return {
    loadSeconds: rounded(loaded.seconds),
    rows: loaded.rows,
    rowsPerSecond: Math.round(loaded.rows / loaded.seconds),
    verified: { grids, faults: faults.length, seconds: rounded(seconds) },
    counts: found,
  }
}

async function embedded() {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huage-demo-'))
  try {
    const database = await openDatabase({ dataFolder })
    try {
      await database.migrate()
      return await tried(database, 'tuanjie')
    } finally {
      await database.close()
    }
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

export const demo: Benchmark = async () => {
  const tuanjie = await embedded()
  const huairou = await onServer(database => tried(database, 'huairou'))
  return {
    ours: {
      tuanjieEmbedded: tuanjie,
      huairouServer: huairou,
      peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    },
    theirs: { stated: STATED, aim: AIM },
    ratio: {
      tuanjie: rounded(tuanjie.loadSeconds / AIM.tuanjieEmbeddedSeconds),
      huairou: rounded(huairou.loadSeconds / AIM.huairouServerSeconds),
    },
  }
}
