// Bringing a database up to the program: once, whole, by one of many, and never downwards.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrations } from '../../migrations/index.ts'
import type { Database } from './database.ts'
import { LOCAL_ACTOR } from './database.ts'
import { DatabaseUnusableError } from './failures.ts'
import { openDatabase } from './open.ts'
import { inScope } from './scope.ts'
import {
  asAdministrator,
  enginesHere,
  type FreshDatabase,
  serverAddress,
  unmigratedDatabase,
} from './testing.ts'

const NAMES = Object.keys(migrations)
const tableThere = async (database: Database, name: string) => {
  const { rows } = await sql<{ there: boolean }>`select to_regclass(${name}) is not null as there`.execute(
    database.owner,
  )
  return rows[0]!.there
}

for (const engine of enginesHere()) {
  describe(`migrations (${engine})`, () => {
    let fresh: FreshDatabase
    beforeAll(async () => {
      fresh = await unmigratedDatabase(engine)
    })
    afterAll(() => fresh.remove())

    it('says which engine answers, before any migration', async () => {
      const { postgres } = await fresh.database.versions()
      expect(Number.parseInt(postgres, 10)).toBeGreaterThanOrEqual(15)
    })
    it('a failing migration leaves nothing of those before it', async () => {
      const { database } = fresh
      await sql`create table plan (in_the_way integer)`.execute(database.owner)
      await expect(database.migrate()).rejects.toMatchObject({ code: '42P07' })
      expect(await tableThere(database, 'area')).toBe(false)
      await sql`drop table plan`.execute(database.owner)
    })
    it('two at once apply each migration once', async () => {
      const second = engine === 'server' ? await openDatabase(fresh.options) : fresh.database
      const applied = await Promise.all([fresh.database.migrate(), second.migrate()])
      expect(applied.flat()).toEqual(NAMES)
      if (second !== fresh.database) await second.close()
    })
    it('again applies none', async () => {
      expect(await fresh.database.migrate()).toEqual([])
    })
    it('the application’s role works at once', async () => {
      const profiles = await inScope(fresh.database, LOCAL_ACTOR, tx =>
        tx.selectFrom('level_profile').select('profile').execute(),
      )
      expect(profiles.length).toBeGreaterThanOrEqual(5)
    })
    it('knows its PostGIS', async () => {
      const { postgis } = await fresh.database.versions()
      expect(Number.parseFloat(postgis)).toBeGreaterThanOrEqual(3.3)
    })
    it('a database newer than the program is refused with a sentence', async () => {
      const { database } = fresh
      await sql`insert into kysely_migration values ('999-future', '2030-01-01')`.execute(database.owner)
      const error = await database.migrate().catch((e: unknown) => e)
      expect(error).toBeInstanceOf(DatabaseUnusableError)
      expect((error as Error).message).toMatch(/newer than this program: it has 999-future/)
      await sql`delete from kysely_migration where name = '999-future'`.execute(database.owner)
      expect(await database.migrate()).toEqual([])
    })
  })
}

describe.runIf(enginesHere().includes('server'))('an owner who is no superuser', () => {
  const name = 't_plain_owner'
  const address = (database: string) => {
    const url = new URL(serverAddress(database))
    url.username = name
    url.password = 'plain'
    return url.toString()
  }
  beforeAll(async () => {
    await asAdministrator(`create role ${name} login createrole password 'plain'`)
    await asAdministrator(`create database ${name} owner ${name}`)
  })
  afterAll(async () => {
    await asAdministrator(`drop database ${name} with (force)`)
  })

  it('is told to have PostGIS made by a superuser', async () => {
    const database = await openDatabase({ databaseUrl: address(name), dataFolder: '' })
    await expect(database.migrate()).rejects.toThrow(/Let a superuser run "create extension postgis"/)
    await database.close()
  })
  it('can do all the rest', async () => {
    const superuser = await openDatabase({ databaseUrl: serverAddress(name), dataFolder: '' })
    await sql`create extension postgis`.execute(superuser.owner)
    await sql`grant huage_app to ${sql.id(name)} with admin option`.execute(superuser.owner)
    await superuser.close()
    const database = await openDatabase({ databaseUrl: address(name), dataFolder: '' })
    expect(await database.migrate()).toEqual(NAMES)
    const { rows } = await inScope(database, LOCAL_ACTOR, tx => sql`select current_user as role`.execute(tx))
    expect(rows).toEqual([{ role: 'huage_app' }])
    await database.close()
  })
})
