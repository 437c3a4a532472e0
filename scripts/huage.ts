// The `huage` command line: runs a command here, or in the Huage that holds the data folder.

import { type CommandIo, handOver } from '../server/commands/socket.ts'
import { readConfig } from '../server/config.ts'
import { openDatabase } from '../server/db/open.ts'
import { OK, UsageError } from './commands/command.ts'
import { complain, findCommand, runCommand, USAGE } from './commands/index.ts'
import { serve } from './commands/serve.ts'

/**
 * @param page folder of the built page, under way; for `serve`
 * @returns the exit code: 0 done, 1 the job failed, 2 wrong usage
 */
export async function main(
  argv: readonly string[],
  { page }: { page?: Promise<string> | undefined } = {},
): Promise<number> {
  const stop = new AbortController()
  const io: CommandIo = {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    signal: stop.signal,
    cwd: process.cwd(),
  }
  try {
    if (argv[0] === 'help' || argv[0] === '--help') {
      io.out(`${USAGE}\n`)
      return OK
    }
    const config = readConfig(process.env)
    if (argv[0] === 'serve') {
      if (argv.length > 1) throw new UsageError(`serve takes no arguments; it got ${argv.slice(1).join(' ')}`)
      return await serve(config, page)
    }
    findCommand(argv)
    if (!config.databaseUrl) {
      const code = await handOver(config.dataFolder, argv, io.cwd)
      if (code !== null) return code
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
    const database = await openDatabase({ ...config, onProgress: message => io.err(`${message}\n`) })
    try {
      if (argv[0] !== 'migrate') await database.migrate()
      return await runCommand(database, argv, io)
    } finally {
      await database.close()
    }
  } catch (error) {
    return complain(error, io)
  }
}
