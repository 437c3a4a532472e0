// A process of its own for tests: opens a data folder and holds it, or writes rows and names each acknowledged one.
import { sql } from 'kysely'
import { openDatabase } from './open.ts'

const [dataFolder = '', task = 'hold'] = process.argv.slice(2)
try {
  const database = await openDatabase({ dataFolder })
  console.log('open')
  if (task === 'write') {
    await sql`create table if not exists acknowledged (n integer primary key)`.execute(database.owner)
    for (let n = 0; ; n++) {
      await sql`insert into acknowledged values (${n})`.execute(database.owner)
      console.log(n)
    }
  }
} catch (error) {
  console.log(JSON.stringify({ ...(error as object), message: (error as Error).message }))
  process.exitCode = 1
}
