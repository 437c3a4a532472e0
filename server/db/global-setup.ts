// Prepares what every test file that opens a database copies: a migrated server database and a migrated data folder.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { TestProject } from 'vitest/node'
import { openDatabase } from './open.ts'
import { projectFolder } from './project.ts'
import { cacheFolder, templateKey } from './template.ts'
import { serverBinaries, startCluster } from './throwaway-cluster.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the throw-away server's own database; null where PostgreSQL is not installed. */
    serverAddress: string | null
    /** The database there, and the data folder, that test files copy. */
    serverTemplate: string
    embeddedTemplate: string
  }
}

const SERVER_TEMPLATE = 'huage_template'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const binaries = serverBinaries()
  if (binaries === null) {
    const why = 'PostgreSQL is not installed here: the tests run on the embedded engine only.'
    if (process.env.CI === 'true') throw new Error(`${why} In CI both engines are needed; see .ci/run.`)
    console.warn(why)
  }
  const cluster = binaries === null ? null : await startCluster(binaries)
  try {
    project.provide('embeddedTemplate', await migratedFolder())
    project.provide('serverTemplate', SERVER_TEMPLATE)
    project.provide('serverAddress', cluster?.address('postgres') ?? null)
    if (cluster) await migratedServerDatabase(cluster.address)
  } catch (error) {
    await cluster?.stop()
    throw error
  }
  return async () => {
    await cluster?.stop()
  }
}

async function migratedServerDatabase(address: (database: string) => string): Promise<void> {
  const first = await openDatabase({ databaseUrl: address('postgres'), dataFolder: '' })
  await sql`create database ${sql.id(SERVER_TEMPLATE)}`.execute(first.owner)
  await first.close()
  const database = await openDatabase({ databaseUrl: address(SERVER_TEMPLATE), dataFolder: '' })
  await database.migrate()
  await database.close()
}

/** Kept between runs: its name says which packages and which migrations made it. */
async function migratedFolder(): Promise<string> {
  const migrations = join(projectFolder(), 'migrations')
  const hash = createHash('sha256')
  for (const name of readdirSync(migrations).sort())
    hash.update(name).update(readFileSync(join(migrations, name)))
  const folder = join(cacheFolder(), `migrated-${templateKey()}-${hash.digest('hex').slice(0, 16)}`)
  if (existsSync(folder)) return folder
  forgetOld()
  const partial = `${folder}.${process.pid}`
  const database = await openDatabase({
    dataFolder: partial,
    onProgress: message => console.log(message),
  })
  try {
    await database.migrate()
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    throw error
  } finally {
    await database.close()
  }
  // Another run may have been faster.
  if (existsSync(folder)) rmSync(partial, { recursive: true })
  else renameSync(partial, folder)
  return folder
}

function forgetOld(): void {
  const cache = cacheFolder()
  if (!existsSync(cache)) return
  const weekAgo = Date.now() - 7 * 24 * 3600 * 1000
  for (const name of readdirSync(cache)) {
    const path = join(cache, name)
    if (name.startsWith('migrated-') && statSync(path).mtimeMs < weekAgo) rmSync(path, { recursive: true })
  }
}
