// The server engine's own promises: clear sentences, a restart survived (L2), connections lost without a crash.
import { createServer } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, LOCAL_ACTOR } from './database.ts'
import { DatabaseBusyError, DatabaseUnusableError, EngineLostError } from './failures.ts'
import { openDatabase } from './open.ts'
import { inScope } from './scope.ts'
import { complaint, oldPostgis, oldServer } from './server-complaints.ts'
import { openServer } from './server-engine.ts'
import { enginesHere, type FreshDatabase, freshDatabase } from './testing.ts'
import { type Cluster, serverBinaries, startCluster } from './throwaway-cluster.ts'

describe('why a server cannot be used', () => {
  it('PostgreSQL before 15', () => {
    expect(oldServer(140_011, '14.11')).toBe('Huage needs PostgreSQL 15 or newer; this server has 14.11.')
    expect(oldServer(150_000, '15.0')).toBeNull()
  })
  it('PostGIS missing or before 3.3', () => {
    expect(oldPostgis(null)).toContain('apt-get install postgresql-15-postgis-3')
    expect(oldPostgis('3.2.1')).toContain('needs PostGIS 3.3')
    expect(oldPostgis('2.5.9')).toContain('alter extension postgis update')
    for (const version of ['3.3.2', '3.10.0', '4.0.0']) expect(oldPostgis(version)).toBeNull()
  })
  it('no server at the address', async () => {
    const probe = createServer()
    await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
    const { port } = probe.address() as { port: number }
    await new Promise(resolve => probe.close(resolve))
    const error = await openDatabase({
      databaseUrl: `postgres://me:geheim@127.0.0.1:${port}/huage`,
      dataFolder: '',
    }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(DatabaseUnusableError)
    expect((error as Error).message).toBe(
      `No PostgreSQL server answers at 127.0.0.1:${port} (ECONNREFUSED). Is it running, and is DATABASE_URL right?`,
    )
  })
  it('an address that is none', async () => {
    await expect(openDatabase({ databaseUrl: 'postgres://[', dataFolder: '' })).rejects.toThrow(
      /not an address/,
    )
  })
  it('what there is no sentence for stays as it is', () => {
    const odd = new Error('odd')
    expect(complaint(odd, 'postgres://localhost/x')).toBe(odd)
  })
})

describe.runIf(enginesHere().includes('server'))('a PostgreSQL server', () => {
  let fresh: FreshDatabase
  let database: Database
  beforeAll(async () => {
    fresh = await freshDatabase('server')
    database = fresh.database
  })
  afterAll(() => fresh.remove())
  const refusal = async (change: (url: URL) => void) => {
    const url = new URL(fresh.options.databaseUrl!)
    change(url)
    const error = await openDatabase({ databaseUrl: url.toString(), dataFolder: '' }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(DatabaseUnusableError)
    return (error as Error).message
  }

  it('says that the password is wrong, without repeating it', async () => {
    const message = await refusal(url => {
      url.password = 'geheim'
    })
    expect(message).toMatch(/refuses the password of user "huage_test"/)
    expect(message).not.toContain('geheim')
  })
  it('says that the database is missing, and how to create it', async () => {
    const message = await refusal(url => {
      url.pathname = '/nowhere'
    })
    expect(message).toMatch(/has no database "nowhere".*createdb nowhere/)
  })
  it('names itself and has a deadline', async () => {
    const { rows } = await sql`
      select current_setting('application_name') as name, current_setting('statement_timeout') as timeout,
        current_setting('timezone') as zone`.execute(database.owner)
    expect(rows).toEqual([{ name: 'huage', timeout: '1min', zone: 'UTC' }])
  })
  it('ends a connection in the middle of a transaction: an error for its caller, nobody else notices', async () => {
    const work = inScope(database, LOCAL_ACTOR, async tx => {
      await sql`insert into layer_version (county, layer) values ('110116', 'lost')`.execute(tx)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      const administrator = new pg.Client({ connectionString: fresh.options.databaseUrl! })
      await administrator.connect()
      await administrator.query('select pg_terminate_backend($1)', [rows[0]!.pid])
      await administrator.end()
      await sql`select 1`.execute(tx)
    })
    await expect(work).rejects.toBeInstanceOf(EngineLostError)
    const { rows } = await sql`select * from layer_version where layer = 'lost'`.execute(database.owner)
    expect(rows).toEqual([])
  })
  it('has no connection left: whoever waits is told so in time', async () => {
    const small = await openServer({
      databaseUrl: fresh.options.databaseUrl!,
      statementSeconds: 5,
      connections: 1,
      waitSeconds: 0.2,
    })
    const trx = await small.owner.startTransaction().execute()
    await expect(sql`select 1`.execute(small.owner)).rejects.toBeInstanceOf(DatabaseBusyError)
    await trx.rollback().execute()
    expect((await sql`select 1 as one`.execute(small.owner)).rows).toEqual([{ one: 1 }])
    await small.close()
  })
  it('two processes on it see each other’s rows at once', async () => {
    const other = await openDatabase(fresh.options)
    await inScope(database, LOCAL_ACTOR, tx =>
      sql`insert into layer_version (county, layer) values ('110116', 'seen')`.execute(tx),
    )
    const { rows } = await inScope(other, LOCAL_ACTOR, tx =>
      sql`select layer from layer_version where layer = 'seen'`.execute(tx),
    )
    expect(rows).toEqual([{ layer: 'seen' }])
    await other.close()
  })
  it('a real deadlock of two transactions is tried again until both are through', async () => {
    const insert = sql`insert into layer_version (county, layer, version) values ('530302', 'a', 0), ('530302', 'b', 0)`
    await insert.execute(database.owner)
    const meet = barrier(2)
    const add = (first: string, second: string) =>
      inScope(database, LOCAL_ACTOR, async tx => {
        await sql`update layer_version set version = version + 1 where layer = ${first}`.execute(tx)
        await meet()
        await sql`update layer_version set version = version + 1 where layer = ${second}`.execute(tx)
      })
    await Promise.all([add('a', 'b'), add('b', 'a')])
    const { rows } = await sql`select version from layer_version where county = '530302'`.execute(
      database.owner,
    )
    expect(rows).toEqual([{ version: 2 }, { version: 2 }])
  })
})

describe.runIf(enginesHere().includes('server'))('a PostgreSQL server that crashes', () => {
  let cluster: Cluster
  let database: Database
  beforeAll(async () => {
    cluster = await startCluster(serverBinaries()!)
    database = await openDatabase({ databaseUrl: cluster.address('postgres'), dataFolder: '' })
    await database.migrate()
  })
  afterAll(async () => {
    await database.close()
    await cluster.stop()
  })

  it('is back by itself, with what was committed', async () => {
    await Promise.all(Array.from({ length: 5 }, () => database.versions()))
    await inScope(database, LOCAL_ACTOR, tx =>
      sql`insert into layer_version (county, layer) values ('110116', 'roads')`.execute(tx),
    )
    await cluster.crashAndRestart()
    const { rows } = await sql`select layer from layer_version`.execute(database.owner)
    expect(rows).toEqual([{ layer: 'roads' }])
  })
  it('while it is down every question is answered with an error, afterwards with rows', async () => {
    const waiting = cluster.crashAndRestart()
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => database.versions()))
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(EngineLostError)
    }
    await waiting
    expect((await database.versions()).postgis).not.toBe('')
  })
})

/** Lets each pass once so many have come; whoever comes later passes at once. */
function barrier(count: number): () => Promise<void> {
  let open = () => {}
  const opened = new Promise<void>(resolve => {
    open = resolve
  })
  let come = 0
  return () => {
    if (++come === count) open()
    return opened
  }
}
