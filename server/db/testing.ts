// For tests: the same cases on both engines, each test file with a migrated database of its own.
import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, inject } from 'vitest'
import type { Database, Engine } from './database.ts'
import { type OpenOptions, openDatabase } from './open.ts'

export interface FreshDatabase {
  readonly database: Database
  /** How it was opened: to open it again, or a second time. */
  readonly options: OpenOptions
  /** Closes it and removes every trace. */
  remove(): Promise<void>
}

/** Where PostgreSQL is not installed, only the embedded engine is tested; the run says so once. */
export function enginesHere(): readonly Engine[] {
  return inject('serverAddress') === null ? ['embedded'] : ['embedded', 'server']
}

/**
 * Runs the cases once per engine. `fresh()` is the file's migrated, empty database; all cases of a file share it, so
 * each uses a county or ids of its own.
 */
export function describeOnBothEngines(name: string, cases: (fresh: () => Database) => void): void {
  for (const engine of enginesHere()) {
    describe(`${name} (${engine})`, () => {
      beforeAll(async () => {
        if (!files.has(engine)) files.set(engine, await freshDatabase(engine))
      })
      cases(() => files.get(engine)!.database)
    })
  }
  if (closing) return
  closing = true
  afterAll(async () => {
    for (const file of files.values()) await file.remove()
    files.clear()
    closing = false
  })
}

const files = new Map<Engine, FreshDatabase>()
let closing = false

/** A migrated, empty database for one test alone. */
export async function freshDatabase(
  engine: Engine,
  changes: Partial<OpenOptions> = {},
): Promise<FreshDatabase> {
  if (engine === 'server') return await copyOfDatabase(inject('serverTemplate'), changes)
  const dataFolder = newFolder()
  cpSync(inject('embeddedTemplate'), dataFolder, { recursive: true })
  return await folderDatabase(dataFolder, changes)
}

/** A copy of a database of the throw-away server to which nobody is connected. */
export async function copyOfDatabase(
  template: string,
  changes: Partial<OpenOptions> = {},
): Promise<FreshDatabase> {
  return await serverDatabase(`template ${template}`, changes)
}

/** A database to which no migration has been applied. */
export async function unmigratedDatabase(engine: Engine): Promise<FreshDatabase> {
  return engine === 'server' ? await serverDatabase('', {}) : await folderDatabase(newFolder(), {})
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'huage-data-'))
}

async function folderDatabase(dataFolder: string, changes: Partial<OpenOptions>): Promise<FreshDatabase> {
  const options = { dataFolder, ...changes }
  const database = await openDatabase(options)
  return {
    database,
    options,
    async remove() {
      await database.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function serverDatabase(copyOf: string, changes: Partial<OpenOptions>): Promise<FreshDatabase> {
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await asAdministrator(`create database ${name} ${copyOf}`)
  const options = { dataFolder: '', databaseUrl: serverAddress(name), ...changes }
  const database = await openDatabase(options)
  return {
    database,
    options,
    async remove() {
      await database.close()
      await asAdministrator(`drop database ${name} with (force)`)
    },
  }
}

/** The address of a database on the throw-away server. */
export function serverAddress(database: string): string {
  const address = inject('serverAddress')
  if (address === null) throw new Error('There is no PostgreSQL server in this run.')
  return Object.assign(new URL(address), { pathname: `/${database}` }).toString()
}

/** Runs one statement as the throw-away server's superuser, outside every test database. */
export async function asAdministrator(statement: string): Promise<void> {
  const server = await openDatabase({ databaseUrl: serverAddress('postgres'), dataFolder: '' })
  try {
    await sql.raw(statement).execute(server.owner)
  } finally {
    await server.close()
  }
}
