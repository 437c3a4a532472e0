// One process per data folder: a lock of the operating system on a file in it, which also names the holder.
import {
  closeSync,
  existsSync,
  fchmodSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import native from 'fs-native-extensions'
import { DatabaseUnusableError } from './failures.ts'

export interface Holder {
  readonly pid: number
  /** When the holder took the folder, ISO 8601. */
  readonly since: string
  /** Where it serves, once it does. */
  readonly address?: string
  /** Where it listens for commands, once it does. */
  readonly socket?: string
}

export class FolderHeldError extends Error {
  override readonly name = 'FolderHeldError'
  readonly code = 'folder-held'
  /** Null in the moment between taking the lock and writing the name. */
  readonly pid: number | null
  readonly since: string | null
  readonly address: string | undefined
  constructor(
    readonly folder: string,
    holder: Holder | null,
  ) {
    const where = holder?.address ? `, serving at ${holder.address}` : ''
    const who = holder ? `process ${holder.pid}, since ${holder.since}${where}` : 'just starting'
    super(
      `The data folder ${folder} is in use by another Huage (${who}). ` +
        'Two processes on one folder would lose data: stop that one first, or choose another folder with HUAGE_DATA.',
    )
    this.pid = holder?.pid ?? null
    this.since = holder?.since ?? null
    this.address = holder?.address
  }
}

export interface FolderLock {
  readonly folder: string
  /** Tells whoever finds the folder held where to reach us. */
  announce(where: { address?: string; socket?: string }): void
  release(): void
}

// The lock lies on the one byte far behind the text: where locks are mandatory, others can still read who holds it.
const LOCKED_BYTE = 1 << 20
const held = new Map<string, FolderLock>()

/** Takes the folder for the life of this process; the system gives it back however the process ends. */
export function lockFolder(folder: string): FolderLock {
  const path = lockFile(folder)
  const file = openIn(folder, path)
  let granted: boolean
  try {
    granted = native.tryLock(file, LOCKED_BYTE, 1)
  } catch (error) {
    closeSync(file)
    throw new DatabaseUnusableError(
      `The file system of ${folder} offers no file locks (${error instanceof Error ? error.message : error}). ` +
        'The embedded database needs them: choose a local folder with HUAGE_DATA, or a server with DATABASE_URL.',
      { cause: error },
    )
  }
  if (!granted) {
    closeSync(file)
    throw new FolderHeldError(folder, holderOf(folder))
  }
  let holder: Holder = { pid: process.pid, since: new Date().toISOString() }
  const write = () => {
    ftruncateSync(file, 0)
    writeSync(file, `${JSON.stringify(holder)}\n`)
  }
  fchmodSync(file, 0o600)
  write()
  const lock: FolderLock = {
    folder,
    announce(where) {
      holder = { ...holder, ...where }
      write()
    },
    release() {
      if (held.get(path) !== lock) return
      held.delete(path)
      ftruncateSync(file, 0)
      native.unlock(file, LOCKED_BYTE, 1)
      closeSync(file)
    },
  }
  held.set(path, lock)
  return lock
}

function openIn(folder: string, path: string): number {
  try {
    makeFolder(resolve(folder))
    return openSync(path, 'a+', 0o600)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === '') throw error
    throw new DatabaseUnusableError(
      `The data folder ${folder} cannot be used: ${whyNot(code, folder)}. Choose another with HUAGE_DATA, or mend this one. ` +
        '数据目录无法使用，请检查权限，或用 HUAGE_DATA 另选目录。',
      { cause: error },
    )
  }
}

/** Step by step: the recursive `mkdir` of Node never returns where a file system refuses new folders by ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process was faster.
    if (!existsSync(folder)) throw error
  }
}

function whyNot(code: unknown, folder: string): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'this user may not write there'
    case 'EROFS':
      return 'its disk is read-only'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'its disk is full'
    case 'ENOTDIR':
    case 'EEXIST':
      return existsSync(folder) ? 'it is a file' : 'a part of its path is a file'
    default:
      return `the system says ${code}`
  }
}

/** This process' own lock of the folder, if it has it. */
export function heldLock(folder: string): FolderLock | undefined {
  return held.get(lockFile(folder))
}

/** Who wrote itself into the lock file last; says nothing about whether it still lives. */
export function holderOf(folder: string): Holder | null {
  let text: string
  try {
    text = readFileSync(lockFile(folder), 'utf8')
  } catch (error) {
    // Nobody holds a folder that is not there; one that may not be read is for `lockFolder` to complain of.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(code)) return null
    throw error
  }
  try {
    return JSON.parse(text) as Holder
  } catch {
    // Read between its being emptied and written.
    return null
  }
}

function lockFile(folder: string): string {
  return join(resolve(folder), 'huage.lock')
}
