// What a benchmark costs the processor, here and in the database: unlike times it says the same on a busy machine.
import { readFileSync } from 'node:fs'
import type pg from 'pg'

const MS_OF_A_TICK = 10

/** @returns a stopwatch: milliseconds since now; of the database null where its processes cannot be looked at */
export async function processorTime(client: pg.Client) {
  const { rows } = await client.query<{ pid: number }>(
    'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )
  const database = () => {
    try {
      return rows.reduce((sum, { pid }) => {
        const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')
        const [user, system] = fields.split(' ').slice(11, 13).map(Number)
        return sum + (user! + system!) * MS_OF_A_TICK
      }, 0)
    } catch {
      return null
    }
  }
  const here = process.cpuUsage()
  const there = database()
  return () => {
    const { user, system } = process.cpuUsage(here)
    const now = database()
    return { here: (user + system) / 1000, database: there === null || now === null ? null : now - there }
  }
}
