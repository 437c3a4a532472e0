// For tests of screens: the demo street, filled once a run by the first `huage serve` on an empty database, then copied.
import pg from 'pg'
import { copyOfDatabase, type FreshDatabase, serverAddress } from '../../server/db/testing.ts'
import { startHuage } from './browser.ts'

const DEMO = 'huage_demo'
/** Any number that nothing else on the throw-away server locks. */
const LOCK = 20_261_125

/** A database of the throw-away server with the demo street in it, for one test file alone. */
export async function demoDatabase(): Promise<FreshDatabase> {
  const server = new pg.Client(serverAddress('postgres'))
  await server.connect()
  try {
    // Two test files run at once: the second waits until the first has filled it.
    await server.query('select pg_advisory_lock($1)', [LOCK])
    const { rowCount } = await server.query('select from pg_database where datname = $1', [DEMO])
    if (rowCount === 0) {
      const filling = `${DEMO}_filling`
      await server.query(`drop database if exists ${filling}`)
      await server.query(`create database ${filling}`)
      const huage = await startHuage(serverAddress(filling))
      await huage.stop()
      await server.query(`alter database ${filling} rename to ${DEMO}`)
    }
  } finally {
    await server.end()
  }
  return await copyOfDatabase(DEMO)
}
