// The `huage` command line: finds the command, runs it here or in the Huage that holds the data folder.

import { handOver } from '../server/commands/socket.ts'
import { ConfigError, readConfig } from '../server/config.ts'
import { openDatabase } from '../server/db/open.ts'
import { FAILED, type Io, OK, UsageError, WRONG_USAGE } from './commands/command.ts'
import { COMMANDS, USAGE } from './commands/index.ts'
import { serve } from './commands/serve.ts'

/** @returns the exit code: 0 done, 1 the job failed, 2 wrong usage */
export async function main(
  argv: readonly string[],
  { page }: { page?: Promise<string> | undefined },
): Promise<number> {
  const stop = new AbortController()
  const io: Io = {
    out: line => process.stdout.write(`${line}\n`),
    err: line => process.stderr.write(`${line}\n`),
    signal: stop.signal,
    folder: process.cwd(),
  }
  const [name, ...rest] = argv
  try {
    const config = readConfig(process.env)
    if (name === 'serve') {
      if (rest.length > 0) throw new UsageError(`serve takes no arguments; it got ${rest.join(' ')}`)
      return await serve(config, io, page)
    }
    const command = name === undefined ? undefined : COMMANDS[name]
    if (!command) {
      io.err(name && name !== 'help' && name !== '--help' ? `Unknown command: ${name}\n${USAGE}` : USAGE)
      return name === 'help' || name === '--help' ? OK : WRONG_USAGE
    }
    command.check(rest)
    process.once('SIGINT', () => stop.abort())
    if (!config.databaseUrl) {
      const code = await handOver(config.dataFolder, argv, io.folder)
      if (code !== null) return code
    }
    const database = await openDatabase({ ...config, onProgress: message => io.err(message) })
    try {
      await database.migrate()
      return await command.run(database, rest, io)
    } finally {
      await database.close()
    }
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\n${USAGE}`)
      return WRONG_USAGE
    }
    if (!(error instanceof Error)) throw error
    // A sentence for what people can mend; the whole story for what is our bug.
    const known = error instanceof ConfigError || /Unusable|FolderHeld/.test(error.name)
    io.err(known || !error.stack ? error.message : error.stack)
    return FAILED
  }
}
