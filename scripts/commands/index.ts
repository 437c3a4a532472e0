// The commands by name, and how one is run in this process or for another.
import type { CommandIo } from '../../server/commands/socket.ts'
import type { Database } from '../../server/db/database.ts'
import { type Command, FAILED, UsageError, WRONG_USAGE } from './command.ts'
import { demo } from './demo.ts'
import { importCommand } from './import.ts'
import { migrate } from './migrate.ts'

const COMMANDS: Record<string, Command> = { migrate, demo, import: importCommand }

export const USAGE = [
  'Usage: npx huage COMMAND',
  '  serve                    open the database, load the demo when it is empty, serve the page',
  ...Object.values(COMMANDS).map(command => `  ${command.usage}`),
  'Environment: HUAGE_DATA (default ./data), DATABASE_URL, HOST, PORT',
].join('\n')

/** Throws `UsageError`. */
export function findCommand(argv: readonly string[]): Command {
  const [name, ...rest] = argv
  const command = name === undefined ? undefined : COMMANDS[name]
  if (!command) throw new UsageError(name === undefined ? 'Which command?' : `Unknown command: ${name}`)
  command.check(rest)
  return command
}

/** Runs a command on an open database. Never throws: what went wrong is said on `io.err`. */
export async function runCommand(
  database: Database,
  argv: readonly string[],
  io: CommandIo,
): Promise<number> {
  try {
    return await findCommand(argv).run(database, argv.slice(1), io)
  } catch (error) {
    return complain(error, io)
  }
}

/** A sentence for what people can mend; the whole story for what is our bug. @returns the exit code */
export function complain(error: unknown, io: Pick<CommandIo, 'err'>): number {
  if (error instanceof UsageError) {
    io.err(`${error.message}\n${USAGE}\n`)
    return WRONG_USAGE
  }
  if (!(error instanceof Error)) throw error
  const bug = /^(Error|TypeError|RangeError|ReferenceError|SyntaxError)$/.test(error.name)
  io.err(`${bug && error.stack ? error.stack : error.message}\n`)
  return FAILED
}
