// What a command of the `huage` command line is.
import type { CommandIo } from '../../server/commands/socket.ts'
import type { Database } from '../../server/db/database.ts'

export const OK = 0
export const FAILED = 1
export const WRONG_USAGE = 2

export class UsageError extends Error {}

export interface Command {
  readonly usage: string
  /** Throws `UsageError` before anything is opened. */
  check(argv: readonly string[]): void
  /** Text goes to `io.out`, the last line one JSON object; progress to `io.err`. @returns the exit code */
  run(database: Database, argv: readonly string[], io: CommandIo): Promise<number>
}
