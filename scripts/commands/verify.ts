// `huage verify`: judges the whole database and names each fault.
import { type Fault, sentenceOf } from '../../server/verify/faults.ts'
import { verifyDatabase } from '../../server/verify/verify-database.ts'
import { type Command, FAILED, OK, UsageError } from './command.ts'

function line({ fault, plan, grids, place, detail }: Fault): string {
  const { zh, en } = sentenceOf(fault)
  const where = [
    plan === null ? '' : `plan ${plan}`,
    grids.length === 0 ? '' : `grids ${grids.join(' ')}`,
    place === null ? '' : `at ${place[0].toFixed(7)} ${place[1].toFixed(7)}`,
    detail,
  ]
  return `${fault}: ${en} · ${zh} (${where.filter(Boolean).join(', ')})\n`
}

export const verify: Command = {
  usage: 'verify                   check every plan, its totals and its journal; name each fault',
  check(argv) {
    if (argv.length > 0) throw new UsageError('verify takes no arguments')
  },
  async run(database, _argv, io) {
    const result = await verifyDatabase(database, {
      signal: io.signal,
      onProgress: ({ zh, en }, done) => io.err(`${en} · ${zh} ${Math.round(done * 100)} %\n`),
    })
    for (const fault of result.faults) io.out(line(fault))
    io.out(`${JSON.stringify(result)}\n`)
    return result.faults.length === 0 ? OK : FAILED
  },
}
