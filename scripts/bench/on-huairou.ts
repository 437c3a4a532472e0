// The scale district on a throw-away PostgreSQL server, for benchmarks of reading. HUAGE_BENCH_SCALE makes it smaller or larger.
import { sql } from 'kysely'
import type { Database } from '../../server/db/database.ts'
import { loadGenerated } from '../commands/load-generated.ts'
import { openPlace } from '../places/generate.ts'
import { onServer } from './on-server.ts'

export interface Huairou {
  readonly database: Database
  readonly address: string
  readonly county: string
  readonly plan: string
  readonly scale: number
  /** What it took to generate and load it. */
  readonly seconds: number
}

export async function onHuairou<T>(work: (huairou: Huairou) => Promise<T>): Promise<T> {
  const scale = Number(process.env.HUAGE_BENCH_SCALE ?? 1)
  return onServer(async (database, address) => {
    const { county, seconds } = await loadGenerated(
      database,
      openPlace,
      { place: 'huairou', seed: 1, scale },
      { force: false },
    )
    await sql`vacuum analyze`.execute(database.owner)
    const { plan_id: plan } = await database.owner
      .selectFrom('plan')
      .select('plan_id')
      .where('county', '=', county)
      .executeTakeFirstOrThrow()
    return work({ database, address, county, plan, scale, seconds })
  })
}
