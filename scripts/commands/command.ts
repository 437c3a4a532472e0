// What a command of the `huage` command line is.
import type { Database } from '../../server/db/database.ts'

export const OK = 0
export const FAILED = 1
export const WRONG_USAGE = 2

/** Where a command's lines go, which may be another process; progress goes to `err`. */
export interface Io {
  out(line: string): void
  err(line: string): void
  readonly signal: AbortSignal
  /** Paths in the arguments are relative to this. */
  readonly folder: string
}

export class UsageError extends Error {}

export interface Command {
  readonly usage: string
  /** Throws `UsageError` before anything is opened. */
  check(argv: readonly string[]): void
  /** The last line on `out` is one JSON object. @returns the exit code */
  run(database: Database, argv: readonly string[], io: Io): Promise<number>
}
