// `huage verify`: what it says and how it ends, for a clean database and for one that was tampered with.
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { CommandIo } from '../../server/commands/socket.ts'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { describeOnBothEngines } from '../../server/db/testing.ts'
import { loadPlace } from '../../server/demo/load-place.ts'
import { tinyId, tinyPlace } from '../../server/demo/tiny-place.ts'
import { FAILED, OK, UsageError } from './command.ts'
import { verify } from './verify.ts'

test('takes no arguments', () => {
  expect(() => verify.check(['all'])).toThrow(UsageError)
  expect(() => verify.check([])).not.toThrow()
})

describeOnBothEngines('huage verify', fresh => {
  const run = async () => {
    const said = { out: '', err: '' }
    const io: CommandIo = {
      cwd: '/',
      signal: new AbortController().signal,
      out: text => {
        said.out += text
      },
      err: text => {
        said.err += text
      },
    }
    const exit = await verify.run(fresh(), [], io)
    const lines = said.out.trim().split('\n')
    return { exit, err: said.err, named: lines.slice(0, -1), told: JSON.parse(lines.at(-1) ?? '') }
  }
  beforeAll(async () => {
    await loadPlace(fresh(), LOCAL_ACTOR, { ...tinyPlace(), place: 'tuanjie', seed: 1, scale: 1 })
  })

  test('clean: 0, and one object', async () => {
    expect(await run()).toEqual({
      exit: OK,
      err: expect.stringContaining('核对方案“团结网格” 0 %'),
      named: [],
      told: { plans: 1, grids: 3, faults: [], seconds: expect.any(Number) },
    })
  })
  test('a fault: 1, named in both languages, and in the object', async () => {
    const grid = tinyId('510124', 12)
    await sql`update grid_version set persons = 7 where grid_id = ${grid}`.execute(fresh().owner)
    const { exit, named, told } = await run()
    expect(exit).toBe(FAILED)
    expect(named[0]).toMatch(
      /^tally: People, .* · 人口.* \(plan .*, grids .*, 7\/2\/2 said, 6\/2\/2 counted\)$/,
    )
    expect(told.faults).toMatchObject([
      { fault: 'tally', plan: tinyId('510124', 9), grids: [grid], place: null },
      { fault: 'sum', grids: [tinyId('510124', 10)] },
    ])
  })
})
