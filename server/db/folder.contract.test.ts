// The embedded engine's data folder: one process at a time (I12), nothing acknowledged lost (I8), one version.
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { FSYNC_NOTICE } from './embedded-engine.ts'
import { DatabaseUnusableError } from './failures.ts'
import { FolderHeldError, heldLock, holderOf, lockFolder } from './folder-lock.ts'
import { openDatabase } from './open.ts'
import { projectFolder } from './project.ts'
import { newFolder } from './testing.ts'

const HOLDER = fileURLToPath(new URL('./testing-holder.ts', import.meta.url))
let folder: string
const children: ChildProcess[] = []

function holder(task: string): { child: ChildProcess; lines: AsyncIterator<string> } {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, folder, task], {
    cwd: projectFolder(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  return { child, lines: createInterface({ input: child.stdout! })[Symbol.asyncIterator]() }
}
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise(resolve => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}

beforeEach(() => {
  folder = newFolder()
  cpSync(inject('embeddedTemplate'), folder, { recursive: true })
})
afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
  rmSync(folder, { recursive: true, force: true })
})

describe('a folder that cannot be used', () => {
  it('is told in a sentence', () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const cannot = (path: string) => {
      expect(() => lockFolder(path)).toThrow(DatabaseUnusableError)
      expect(() => lockFolder(path)).toThrow(/cannot be used: .*HUAGE_DATA/)
      expect(holderOf(path)).toBeNull()
    }
    cannot(file)
    cannot(join(file, 'below'))
  })
  it.skipIf(process.platform !== 'linux')('is told where the system denies its very being', () => {
    expect(() => lockFolder('/proc/huage/data')).toThrow(DatabaseUnusableError)
  })
  it('is made with every folder above it', () => {
    lockFolder(join(folder, '有 空格', 'below')).release()
  })
})

describe('the folder’s lock', () => {
  it('is refused to a second lock in the same process', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(FolderHeldError)
    expect(heldLock(`${folder}/.`)).toBe(lock)
    lock.release()
    lockFolder(folder).release()
  })
  it('names its holder, and where it serves once it does', () => {
    const lock = lockFolder(folder)
    lock.announce({ address: 'http://127.0.0.1:8080' })
    expect(holderOf(folder)).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:8080' })
    try {
      lockFolder(folder)
      expect.unreachable()
    } catch (error) {
      expect(error).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:8080', code: 'folder-held' })
      expect((error as Error).message).toContain('serving at http://127.0.0.1:8080')
    }
    lock.release()
  })
  it('does not care for a file left behind, whatever pid it names', () => {
    writeFileSync(join(folder, 'huage.lock'), JSON.stringify({ pid: process.ppid, since: '2026-01-01' }))
    lockFolder(folder).release()
  })
  it('a second process is refused and told who holds it; none of 300 rows is lost', async () => {
    const database = await openDatabase({ dataFolder: folder })
    await sql`create table rows (n integer primary key)`.execute(database.owner)
    const second = holder('write')
    for (let n = 0; n < 300; n++) await sql`insert into rows values (${n})`.execute(database.owner)
    const told = JSON.parse((await second.lines.next()).value)
    expect(told).toMatchObject({ name: 'FolderHeldError', pid: process.pid })
    expect(told.message).toContain(`process ${process.pid}`)
    await database.close()
    const again = await openDatabase({ dataFolder: folder })
    const { rows } = await sql`select count(*) as n from rows`.execute(again.owner)
    expect(rows).toEqual([{ n: 300 }])
    await again.close()
  })
  it('a live holder is never robbed; after kill -9 the folder is free at once, with every acknowledged row', async () => {
    const first = holder('write')
    expect((await first.lines.next()).value).toBe('open')
    let acknowledged = -1
    while (acknowledged < 200) acknowledged = Number((await first.lines.next()).value)
    await expect(openDatabase({ dataFolder: folder })).rejects.toMatchObject({
      name: 'FolderHeldError',
      pid: first.child.pid,
    })
    await kill(first.child)
    for (let line = await first.lines.next(); !line.done; line = await first.lines.next()) {
      acknowledged = Number(line.value)
    }
    const database = await openDatabase({ dataFolder: folder })
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from acknowledged where n <= ${acknowledged}`.execute(database.owner)
    expect(rows[0]!.n).toBe(acknowledged + 1)
    await database.close()
  })
  it('is given back by close, twice too, and by a failed open', async () => {
    const database = await openDatabase({ dataFolder: folder })
    await database.close()
    await database.close()
    writeFileSync(join(folder, 'huage.json'), '{}')
    await expect(openDatabase({ dataFolder: folder })).rejects.toBeInstanceOf(DatabaseUnusableError)
    lockFolder(folder).release()
  })
})

describe('the folder’s versions', () => {
  it('are recorded, and another version is refused with the way out', async () => {
    const record = join(folder, 'huage.json')
    const versions = JSON.parse(readFileSync(record, 'utf8'))
    const manifest = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8'))
    expect(versions.pglite).toBe(manifest.dependencies['@electric-sql/pglite'])
    writeFileSync(record, JSON.stringify({ ...versions, pglite: '0.4.0' }))
    const error = await openDatabase({ dataFolder: folder }).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(DatabaseUnusableError)
    expect((error as Error).message).toMatch(/pglite 0\.4\.0/)
    expect((error as Error).message).toMatch(/huage backup .*huage restore/s)
  })
  it('a damaged folder is refused, not written over', async () => {
    rmSync(join(folder, 'postgres', 'PG_VERSION'))
    await expect(openDatabase({ dataFolder: folder })).rejects.toThrow(/PG_VERSION is missing/)
    lockFolder(folder).release()
  })
  it('a first start that was broken off is begun anew', async () => {
    writeFileSync(join(folder, 'postgres.unfinished'), '')
    rmSync(join(folder, 'postgres', 'base'), { recursive: true })
    const database = await openDatabase({ dataFolder: folder })
    expect(await database.migrate()).not.toEqual([])
    await database.close()
    const again = await openDatabase({ dataFolder: folder })
    expect(await again.migrate()).toEqual([])
    await again.close()
  })
})

describe('the embedded engine’s worker', () => {
  it('dies without taking the process along; what was acknowledged is there', async () => {
    const database = await openDatabase({ dataFolder: folder, statementSeconds: 2 })
    await sql`create table rows as select n from generate_series(1, 100) n`.execute(database.owner)
    for (let round = 0; round < 2; round++) {
      const endless = sql`select count(*) from generate_series(1, 1000000000000)`.execute(database.owner)
      await expect(endless).rejects.toMatchObject({ code: 'statement-deadline' })
      const { rows } = await sql`select count(*) as n from rows`.execute(database.owner)
      expect(rows).toEqual([{ n: 100 }])
    }
    await database.close()
  })
  it('serves those who wait in the order they came', async () => {
    const database = await openDatabase({ dataFolder: folder })
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        await sql`select ${i}::int`.execute(database.owner)
        order.push(i)
      }),
    )
    expect(order).toEqual(Array.from({ length: 20 }, (_, i) => i))
    await database.close()
  })
  it('says that it does not wait for the disk', async () => {
    const database = await openDatabase({ dataFolder: folder })
    const { rows } = await sql`show fsync`.execute(database.owner)
    expect([rows, FSYNC_NOTICE.zh, FSYNC_NOTICE.en]).toEqual([
      [{ fsync: 'off' }],
      expect.stringContaining('断电'),
      expect.stringContaining('power failure'),
    ])
    await database.close()
  })
})
