// Writes a file that goes with an import into a folder of the user's; where it cannot, the import is refused in a sentence.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { writingRefused } from './unreadable.ts'

/** @returns the path */
export function intoFolder(folder: string, name: string, write: (path: string) => void): string {
  const path = join(folder, name)
  try {
    mkdirSync(folder, { recursive: true })
    write(path)
  } catch (cause) {
    throw writingRefused(cause, path) ?? cause
  }
  return path
}
