// Brings a database up to the program, all in one transaction, also when two processes start together.
import { type Kysely, Migrator, sql } from 'kysely'
import { migrations } from '../../migrations/index.ts'
import { DatabaseUnusableError } from './failures.ts'
import type { Schema } from './schema.ts'

/** Returns the names applied. `db` must have no statement deadline: an index over a large table takes its time. */
export async function migrateToLatest(db: Kysely<Schema>): Promise<string[]> {
  await refuseNewer(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error) {
    // Another process may have brought a newer program while we waited for its migration.
    await refuseNewer(db)
    throw readable(error, results?.find(result => result.status === 'Error')?.migrationName)
  }
  return (results ?? []).map(result => result.migrationName)
}

async function refuseNewer(db: Kysely<Schema>): Promise<void> {
  const table = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (!table.rows[0]?.there) return
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  const unknown = rows.map(row => row.name).filter(name => !Object.hasOwn(migrations, name))
  if (unknown.length === 0) return
  throw new DatabaseUnusableError(
    `The database is newer than this program: it has ${unknown.join(', ')}, which this version of Huage does not know. ` +
      'Start the newer Huage, or restore a backup made before the update.',
  )
}

function readable(error: unknown, migration: string | undefined): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === '42501' && error instanceof Error) {
    return new DatabaseUnusableError(
      `The database user may not apply ${migration ?? 'the migrations'}: ${error.message}. ` +
        'Let a superuser run "create extension postgis" in this database and give the user CREATEROLE, then try again.',
      { cause: error },
    )
  }
  return error
}
