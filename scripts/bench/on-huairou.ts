// The scale district for benchmarks of reading: on a throw-away PostgreSQL server, where HUAGE_BENCH_SCALE makes it smaller
// or larger; or as it lies in the database that HUAGE_BENCH_DATABASE names.
import { sql } from 'kysely'
import type { Database } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { loadGenerated } from '../commands/load-generated.ts'
import { openPlace } from '../places/generate.ts'
import { onServer } from './on-server.ts'

export interface Huairou {
  readonly database: Database
  readonly address: string
  readonly county: string
  readonly plan: string
  readonly scale: number
  /** What it took to generate and load it; null: it was there. */
  readonly seconds: number | null
}

const COUNTY = '110116'

export async function onHuairou<T>(work: (huairou: Huairou) => Promise<T>): Promise<T> {
  const given = process.env.HUAGE_BENCH_DATABASE
  if (given !== undefined) {
    const database = await openDatabase({ databaseUrl: given, dataFolder: '' })
    try {
      const { scale } = await database.owner
        .selectFrom('demo_place')
        .select('scale')
        .where('county', '=', COUNTY)
        .executeTakeFirstOrThrow()
      return await tidied(database, { address: given, county: COUNTY, scale, seconds: null }, work)
    } finally {
      await database.close()
    }
  }
  const scale = Number(process.env.HUAGE_BENCH_SCALE ?? 1)
  return onServer(async (database, address) => {
    const { county, seconds } = await loadGenerated(
      database,
      openPlace,
      { place: 'huairou', seed: 1, scale },
      { force: false },
    )
    return tidied(database, { address, county, scale, seconds }, work)
  })
}

async function tidied<T>(
  database: Database,
  huairou: Omit<Huairou, 'database' | 'plan'>,
  work: (huairou: Huairou) => Promise<T>,
): Promise<T> {
  await sql`vacuum analyze`.execute(database.owner)
  const { plan_id: plan } = await database.owner
    .selectFrom('plan')
    .select('plan_id')
    .where('county', '=', huairou.county)
    .executeTakeFirstOrThrow()
  return work({ ...huairou, database, plan })
}
