// Which PostgreSQL and PostGIS answer.
import { type Kysely, sql } from 'kysely'
import type { Schema } from './schema.ts'

export async function engineVersions(db: Kysely<Schema>): Promise<{ postgres: string; postgis: string }> {
  const { rows } = await sql<{ postgres: string; postgis: string | null }>`
    select current_setting('server_version') as postgres,
      (select extversion from pg_extension where extname = 'postgis') as postgis`.execute(db)
  return { postgres: rows[0]!.postgres, postgis: rows[0]!.postgis ?? 'not installed' }
}
