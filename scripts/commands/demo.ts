// `huage demo neubrandenburg`: loads the demo town.
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { loadDemo } from '../../server/imports/demo.ts'
import { refreshTallies } from '../../server/plans/refresh-tallies.ts'
import { type Command, OK, UsageError } from './command.ts'

export const demo: Command = {
  usage: 'demo neubrandenburg      load the demo town (again: changes nothing)',
  check(argv) {
    if (argv.length !== 1 || argv[0] !== 'neubrandenburg')
      throw new UsageError('demo takes one place: neubrandenburg')
  },
  async run(database, _argv, io) {
    const result = await loadDemo(
      database,
      LOCAL_ACTOR,
      (message, done) => io.err(`${message} ${Math.round(done * 100)} %\n`),
      { refreshTallies, signal: io.signal },
    )
    io.out(`${JSON.stringify(result)}\n`)
    return OK
  },
}
