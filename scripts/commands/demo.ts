// `huage demo PLACE`: generates a place and loads it, or imports the real town that comes with the program.
import { parseArgs } from 'node:util'
import type { CommandIo } from '../../server/commands/socket.ts'
import { type Database, LOCAL_ACTOR } from '../../server/db/database.ts'
import type { Sentence } from '../../server/demo/load-place.ts'
import { type DemoResult, loadDemo } from '../../server/imports/demo.ts'
import { refreshTallies } from '../../server/plans/refresh-tallies.ts'
import type { OpenPlace, PlaceName, PlaceOptions } from '../places/place.ts'
import { type Command, OK, UsageError } from './command.ts'
import { loadGenerated } from './load-generated.ts'

export const PLACES: readonly PlaceName[] = ['tuanjie', 'huairou', 'shangdi', 'chuzhou', 'area-grid']
/** The only place whose figures are a scale target. */
const SCALED: PlaceName = 'huairou'
/** Below it there is too little of everything to share out. */
const SMALLEST_SCALE = 0.001
const LARGEST_SCALE = 10
const LARGEST_SEED = 2 ** 31 - 1
/** A real town, imported and not generated. */
const REAL = 'neubrandenburg'
const KNOWN = [...PLACES, REAL].join(', ')

interface Asked extends PlaceOptions {
  readonly place: PlaceName | typeof REAL
  readonly force: boolean
}

function parse(argv: readonly string[]): Asked {
  const { values, positionals } = parseOptions(argv)
  const [place, ...more] = positionals
  if (place === undefined || more.length > 0)
    throw new UsageError(`demo takes one place: ${KNOWN}. demo 后面写一个地点：${KNOWN}。`)
  const known = PLACES.find(name => name === place)
  if (!known && place !== REAL)
    throw new UsageError(`Unknown place: ${place}. Known: ${KNOWN}. 没有这个地点：${place}。`)
  if (!known && (values.seed !== undefined || values.scale !== undefined || values.force))
    throw new UsageError(`${REAL} is a real town and takes no options. ${REAL} 是真实城镇，不带选项。`)
  return {
    place: known ?? REAL,
    seed: seedOf(values.seed),
    scale: scaleOf(values.scale, known),
    force: values.force === true,
  }
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return 1
  if (!/^\d{1,10}$/.test(text) || Number(text) > LARGEST_SEED)
    throw new UsageError(
      `--seed takes a whole number from 0 to ${LARGEST_SEED}. --seed 应为 0 到 ${LARGEST_SEED} 的整数。`,
    )
  return Number(text)
}

function scaleOf(text: string | undefined, place: PlaceName | undefined): number {
  if (text === undefined) return 1
  const scale = /^\d*\.?\d+(e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (!(scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE))
    throw new UsageError(
      `--scale takes a number from ${SMALLEST_SCALE} to ${LARGEST_SCALE}. --scale 应为 ${SMALLEST_SCALE} 到 ${LARGEST_SCALE} 的数。`,
    )
  if (place !== SCALED) throw new UsageError(`Only ${SCALED} takes --scale. 只有 ${SCALED} 可以用 --scale。`)
  return scale
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { seed: { type: 'string' }, scale: { type: 'string' }, force: { type: 'boolean' } },
    })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly code = 'stopped'
  readonly sentence = { zh: '已停止，数据库里没有留下它的任何数据。' }
  constructor() {
    super('Stopped; nothing of it is in the database.')
  }
}

export const demoOf = (open: OpenPlace): Command => ({
  usage: `demo PLACE [--seed 1] [--scale 1] [--force]
                           load a demo place (again: replaces it): ${PLACES.join(', ')}
                           (${SCALED} takes --scale, ${SMALLEST_SCALE} to ${LARGEST_SCALE}); or ${REAL}, a real town`,
  check: argv => void parse(argv),
  async run(database, argv, io) {
    const { place, force, ...options } = parse(argv)
    const { signal } = io
    try {
      const result =
        place === REAL
          ? await importTown(database, io)
          : {
              ...(await loadGenerated(
                database,
                open,
                { place, ...options },
                { force, signal, onProgress: sayingOn(io) },
              )),
              ...peakMemory(),
            }
      io.out(`${JSON.stringify(result)}\n`)
      return OK
    } catch (error) {
      throw signal.aborted ? new Stopped() : error
    }
  },
})

const peakMemory = () => ({ peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) })

/** A line whenever the message changes, and at most every half second while it stays. */
function sayingOn(io: CommandIo) {
  let shown = { text: '', at: 0 }
  return ({ zh, en }: Sentence, done: number): void => {
    const text = `${en} · ${zh}`
    if (text === shown.text && Date.now() - shown.at < 500) return
    shown = { text, at: Date.now() }
    io.err(`${text} ${Math.round(done * 100)} %\n`)
  }
}

const importTown = (database: Database, io: CommandIo): Promise<DemoResult> =>
  loadDemo(database, LOCAL_ACTOR, (message, done) => io.err(`${message} ${Math.round(done * 100)} %\n`), {
    refreshTallies,
    signal: io.signal,
  })
