// `huage demo`: what it takes and refuses, what it says, and that Ctrl-C leaves nothing half.
import { describe, expect, test } from 'vitest'
import type { CommandIo } from '../../server/commands/socket.ts'
import { describeOnBothEngines } from '../../server/db/testing.ts'
import { holdsAnything } from '../../server/demo/queries.ts'
import { tinyPlace } from '../../server/demo/tiny-place.ts'
import type { OpenPlace, PlaceName } from '../places/place.ts'
import { OK, UsageError } from './command.ts'
import { demoOf } from './demo.ts'

const COUNTIES: Record<PlaceName, string> = {
  tuanjie: '510124',
  huairou: '110116',
  shangdi: '110108',
  chuzhou: '341103',
  'area-grid': '330106',
}
const asked: [string, number, number][] = []
const open: OpenPlace = (place, { seed, scale }) => {
  asked.push([place, seed, scale])
  return tinyPlace({ county: COUNTIES[place] })
}
const demo = demoOf(open)

function listening(signal = new AbortController().signal) {
  const said = { out: '', err: '' }
  const io: CommandIo = {
    cwd: '/',
    signal,
    out: text => {
      said.out += text
    },
    err: text => {
      said.err += text
    },
  }
  return { io, said, told: () => JSON.parse(said.out.trim().split('\n').at(-1) ?? '') }
}

describe('wrong usage', () => {
  test.each([
    [[], /one place/],
    [['tuanjie', 'huairou'], /one place/],
    [['atlantis'], /Unknown place: atlantis/],
    [['huairou', '--scale', '0'], /--scale/],
    [['huairou', '--scale', '-1'], /--scale|ambiguous/],
    [['huairou', '--scale=-1'], /--scale/],
    [['huairou', '--scale', 'NaN'], /--scale/],
    [['huairou', '--scale', '10.01'], /--scale/],
    [['huairou', '--scale', '1e-9'], /--scale/],
    [['huairou', '--scale', 'Infinity'], /--scale/],
    [['huairou', '--scale', ''], /--scale/],
    [['huairou', '--scale', '0x1'], /--scale/],
    [['tuanjie', '--scale', '0.5'], /Only huairou/],
    [['tuanjie', '--seed', '1.5'], /--seed/],
    [['tuanjie', '--seed=-1'], /--seed/],
    [['tuanjie', '--seed', '2147483648'], /--seed/],
    [['tuanjie', '--sede', '1'], /sede/],
    [['neubrandenburg', '--force'], /real town/],
    [['neubrandenburg', '--seed', '1'], /real town/],
  ])('%j', (argv, why) => {
    expect(() => demo.check(argv)).toThrow(UsageError)
    expect(() => demo.check(argv)).toThrow(why)
  })
  test.each([
    [['tuanjie']],
    [['huairou', '--scale', '0.01', '--seed', '0']],
    [['huairou', '--scale', '1e-2']],
    [['huairou', '--scale', '.5']],
    [['huairou', '--scale', '10', '--force']],
    [['neubrandenburg']],
  ])('%j is right', argv => {
    expect(() => demo.check(argv)).not.toThrow()
  })
})

describeOnBothEngines('huage demo', fresh => {
  test('stopped: exit with the reason, nothing half', async () => {
    const stop = new AbortController()
    const { io, said } = listening(stop.signal)
    const stopping = {
      ...io,
      err: (text: string) => {
        io.err(text)
        stop.abort()
      },
    }
    await expect(demo.run(fresh(), ['tuanjie'], stopping)).rejects.toMatchObject({
      code: 'stopped',
      message: expect.stringContaining('nothing of it is in the database'),
    })
    expect(said.err).toContain('地面')
    expect(said.out).toBe('')
    expect(await holdsAnything(fresh())).toBe(false)
  })
  test('says how far it is in both languages, and at last one object', async () => {
    asked.length = 0
    const { io, said, told } = listening()
    expect(await demo.run(fresh(), ['huairou', '--scale', '0.1', '--seed', '7'], io)).toBe(OK)
    expect(asked).toEqual([['huairou', 7, 0.1]])
    expect(said.err.split('\n').slice(0, 2)).toEqual(['Ground · 地面 30 %', 'People · 人口 60 %'])
    expect(said.out.trim().split('\n')).toHaveLength(1)
    expect(told()).toEqual({
      place: 'huairou',
      name: '团结街道',
      county: '110116',
      counts: { residents: 4, grids: 3 },
      rows: 47,
      replaced: null,
      seconds: expect.any(Number),
      seed: 7,
      scale: 0.1,
      peakMegabytes: expect.any(Number),
    })
    expect(told().peakMegabytes).toBeGreaterThan(10)
  })
  test('another place beside it, and again', async () => {
    const { io, told } = listening()
    expect(await demo.run(fresh(), ['tuanjie'], io)).toBe(OK)
    expect(await demo.run(fresh(), ['tuanjie'], io)).toBe(OK)
    expect(told()).toMatchObject({ place: 'tuanjie', county: '510124', replaced: { plans: 1, edits: 0 } })
  })
})
