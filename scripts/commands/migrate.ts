// `huage migrate`: brings the database up to date and says what it applied.
import { type Command, OK, UsageError } from './command.ts'

export const migrate: Command = {
  usage: 'migrate                  bring the database up to date',
  check(argv) {
    if (argv.length > 0) throw new UsageError('migrate takes no arguments')
  },
  async run(database, _argv, io) {
    const applied = await database.migrate()
    io.out(`${JSON.stringify({ applied, ...(await database.versions()) })}\n`)
    return OK
  },
}
