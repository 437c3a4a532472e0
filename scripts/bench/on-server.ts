// A throw-away PostgreSQL server with an open, migrated database, for benchmarks on the server engine.
import type { Database } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { serverBinaries, startCluster } from '../../server/db/throwaway-cluster.ts'

export async function onServer<T>(work: (database: Database, address: string) => Promise<T>): Promise<T> {
  const binaries = serverBinaries()
  if (!binaries)
    throw new Error('This benchmark needs PostgreSQL and PostGIS installed (postgresql-15-postgis-3).')
  const cluster = await startCluster(binaries)
  try {
    const address = cluster.address('postgres')
    const database = await openDatabase({ databaseUrl: address, dataFolder: '' })
    try {
      await database.migrate()
      return await work(database, address)
    } finally {
      await database.close()
    }
  } finally {
    await cluster.stop()
  }
}
