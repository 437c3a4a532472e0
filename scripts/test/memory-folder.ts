// Where the temporary files of a test run go: into memory where there is enough of it. A copied database has 1,200 files.
import { chmodSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
const PREFIX = 'huage-tests-'
const GIGABYTE = 2 ** 30

/** Points this process and those it starts to a folder in memory; it is removed when this process ends. */
export function takeMemoryFolder(): void {
  // The processes that run the tests read the settings again; they have the folder by then.
  if (process.env.TMPDIR?.includes(PREFIX) || !enoughMemory()) return
  forgetOld()
  const folder = join(MEMORY, `${PREFIX}${process.pid}`)
  mkdirSync(folder)
  // The test server runs as another user and must come through.
  chmodSync(folder, 0o755)
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

function enoughMemory(): boolean {
  if (process.platform !== 'linux' || process.availableMemory() < 10 * GIGABYTE) return false
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > 4 * GIGABYTE
  } catch {
    return false
  }
}

/** What runs that were killed have left. */
function forgetOld(): void {
  for (const name of readdirSync(MEMORY)) {
    if (name.startsWith(PREFIX) && !isAlive(Number(name.slice(PREFIX.length)))) {
      rmSync(join(MEMORY, name), { recursive: true, force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
