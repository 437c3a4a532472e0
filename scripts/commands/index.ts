// The commands by name, and how one is run in this process or for another.
import type { CommandIo } from '../../server/commands/socket.ts'
import type { Database } from '../../server/db/database.ts'
import { openPlace } from '../places/generate.ts'
import { type Command, FAILED, UsageError, WRONG_USAGE } from './command.ts'
import { demoOf } from './demo.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { migrate } from './migrate.ts'
import { verify } from './verify.ts'

const COMMANDS: Record<string, Command> = {
  migrate,
  verify,
  demo: demoOf(openPlace),
  import: importCommand,
  export: exportCommand,
}

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

/**
 * A sentence for what people can mend, in both languages where there are both; the whole story for what is our bug. The
 * last line on `io.out` says the same to programs. @returns the exit code
 */
export function complain(error: unknown, io: Pick<CommandIo, 'err' | 'out'>): number {
  if (!(error instanceof Error)) throw error
  if (error.name === 'AbortError') return complain(new Stopped(), io)
  const usage = error instanceof UsageError
  const bug = !usage && /^(Error|TypeError|RangeError|ReferenceError|SyntaxError)$/.test(error.name)
  const zh = sentenceIn(error) ?? OF_THE_DATABASE[codeOf(error)]
  if (usage) io.err(`${error.message}\n${USAGE}\n`)
  else io.err(`${bug && error.stack ? error.stack : error.message}\n${zh ? `${zh}\n` : ''}`)
  io.out(
    `${JSON.stringify({ error: usage ? 'wrong-usage' : bug ? 'internal' : codeOf(error), message: error.message, zh })}\n`,
  )
  return usage ? WRONG_USAGE : FAILED
}

/** By Ctrl-C, or because whoever asked has gone. */
class Stopped extends Error {
  override readonly name = 'StoppedError'
  readonly sentence = { zh: '已按要求停止，没有任何改动。' }
  constructor() {
    super('Stopped as asked; nothing was changed.')
  }
}

/** What the database's own errors say in English. */
const OF_THE_DATABASE: Record<string, string | undefined> = {
  'engine-lost': '与数据库的连接中断，这次操作没有完成，请稍后重试。',
  'database-busy': '数据库忙，请稍后重试。',
  'statement-deadline': '数据库处理超时，这次操作没有任何改动。',
}

/** The Chinese sentence of errors that have one. */
function sentenceIn(error: Error): string | undefined {
  const sentence = 'sentence' in error ? (error.sentence as { zh?: unknown }) : undefined
  return typeof sentence?.zh === 'string' ? sentence.zh : undefined
}

/** The error's own code, else its name as one. */
function codeOf(error: Error): string {
  if ('code' in error && typeof error.code === 'string') return error.code
  const dashed = error.name.replace(/Error$/, '').replace(/(?<=[a-z])(?=[A-Z])/g, '-')
  return dashed.toLowerCase()
}
