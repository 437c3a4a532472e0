import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { LOCAL_ACTOR } from './database.ts'
import { inScope } from './scope.ts'
import { describeOnBothEngines } from './testing.ts'

describeOnBothEngines('values', fresh => {
  const read = async (expression: ReturnType<typeof sql>) =>
    await inScope(fresh(), LOCAL_ACTOR, async tx => {
      const { rows } = await sql<{ value: unknown }>`select ${expression} as value`.execute(tx)
      return rows[0]!.value
    })

  it('reads int8 as a number when it is safe', async () => {
    expect(await read(sql`9007199254740991::int8`)).toBe(Number.MAX_SAFE_INTEGER)
  })
})
