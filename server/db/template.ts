// The embedded database with PostGIS in it, made once and kept as an archive: making it takes 16 s, opening it 4 s.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedThread } from './embedded-thread.ts'
import { projectFolder } from './project.ts'

export type Progress = (message: string, done: number) => void

export interface EmbeddedVersions {
  readonly pglite: string
  readonly postgis: string
}

/** Of the installed packages; both are pinned in package.json, since one is built for the other. */
export function embeddedVersions(): EmbeddedVersions {
  return { pglite: versionOf('@electric-sql/pglite'), postgis: versionOf('@electric-sql/pglite-postgis') }
}

function versionOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name)
  let folder = dirname(entry)
  for (;;) {
    const manifest = readIfThere(join(folder, 'package.json'))
    const read = manifest ? JSON.parse(manifest.toString()) : null
    if (read?.name === name) return read.version
    if (dirname(folder) === folder) throw new Error(`The package ${name} has no package.json.`)
    folder = dirname(folder)
  }
}

export function templateKey(): string {
  const { pglite, postgis } = embeddedVersions()
  return `pglite-${pglite}-postgis-${postgis}`
}

export function cacheFolder(): string {
  return join(projectFolder(), '.cache')
}

/** From the cache, or made now. `spare` is where it is kept when the program's own folder cannot be written to. */
export async function postgisTemplate(spare: string, onProgress?: Progress): Promise<Uint8Array> {
  const name = `${templateKey()}.tar.gz`
  const places = [cacheFolder(), spare]
  for (const place of places) {
    const archive = readIfThere(join(place, name))
    if (archive) return archive
  }
  onProgress?.('Preparing the embedded database (once, about 20 seconds)', 0)
  const thread = await EmbeddedThread.start({})
  onProgress?.('Preparing PostGIS', 0.4)
  await thread.run('create extension postgis', [], null)
  onProgress?.('Keeping the prepared database', 0.8)
  const archive = await thread.dump()
  await thread.close()
  keep(places, name, archive)
  onProgress?.('Prepared', 1)
  return archive
}

/** Whole or not at all: another process may read or write the same name at the same time. */
function keep(places: readonly string[], name: string, archive: Uint8Array): void {
  let refusal: unknown
  for (const place of places) {
    try {
      mkdirSync(place, { recursive: true })
      const partial = join(place, `${name}.${process.pid}`)
      writeFileSync(partial, archive)
      renameSync(partial, join(place, name))
      return
    } catch (error) {
      refusal = error
    }
  }
  throw refusal
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
