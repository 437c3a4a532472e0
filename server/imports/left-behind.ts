// Folders for files on their way in carry the number of their process: what a process that was killed left is found by it.
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { uuidv7 } from 'uuidv7'

/** A process may be given the number of a dead one. */
const OURS = new Set<string>()

/** A new folder of this process. */
export function makeOwnFolder(parent: string, prefix = ''): string {
  const name = `${prefix}${process.pid}-${uuidv7()}`
  mkdirSync(join(parent, name), { recursive: true })
  OURS.add(name)
  return join(parent, name)
}

/** Removes what processes left that are no more. */
export function removeLeftBehind(parent: string, prefix = ''): void {
  for (const name of readdirSync(parent)) {
    const number = Number(new RegExp(`^${prefix}([0-9]+)-`).exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(number) || OURS.has(name) || isAlive(number)) continue
    const path = join(parent, name)
    // Somebody else's of the same machine is not ours to clear; another reader may have cleared it meanwhile.
    if (statSync(path, { throwIfNoEntry: false })?.uid !== process.getuid?.()) continue
    rmSync(path, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  if (pid <= 0 || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM'
  }
}
