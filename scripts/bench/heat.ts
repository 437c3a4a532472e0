// A move of the analyst's time slider: what it costs at 100,000 and a million incidents, beside plain binning; and how many
// bytes an incident takes on the wire.
import { gzipSync } from 'node:zlib'
import {
  type IncidentColumnsHead,
  packIncidents,
  readIncidents,
} from '../../core/contract/incident-columns.ts'
import { IncidentBook } from '../../core/incidents/book.ts'
import { DAY } from '../../core/incidents/calendar.ts'
import { radiiFor, usualRadius } from '../../core/incidents/raster.ts'
import type { Span } from '../../core/incidents/rows.ts'
import { percentile, rounded } from './benchmark.ts'

/** 2025-11-01 in China; a year of a district of 60 km by 80 km. */
const BEGIN = 1_761_926_400
const DAYS = 365
const WEST = 1_162_000_000
const SOUTH = 401_000_000
const WIDE = 7_000_000
const HIGH = 7_200_000
const CATEGORIES = 130
const MOVES = 60
const WARM = 10
/** A year of Huairou. */
const OF_DISTRICT = 98_115

const HEAD: IncidentColumnsHead = {
  county: '110116',
  version: '1',
  event: 0,
  on: '2026-10-31',
  moment: '2026-10-31T16:00:00.000Z',
  turns: null,
  demo: true,
  unplaced: 0,
  categories: Array.from({ length: CATEGORIES }, (_, n) => ({
    category: `category-${n}`,
    parent: n % 10 === 0 ? null : `category-${n - (n % 10)}`,
    tree: 'social',
    name: { zh: `类别${n}`, en: `Category ${n}` },
    leaf: n % 10 !== 0,
    severity: (n % 4) + 1,
    hours: 48,
  })),
}

function fractions(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** Incidents at places that occur many times, most of them in villages and by day. */
function incidents(count: number) {
  const fraction = fractions(count)
  const below = (limit: number) => Math.floor(fraction() * limit)
  const villages = Array.from({ length: 318 }, () => [WEST + below(WIDE), SOUTH + below(HIGH)] as const)
  const places = Array.from({ length: 20_000 }, () => {
    const [x, y] = villages[Math.floor(villages.length * fraction() ** 2)]!
    return [x + below(60_000), y + below(60_000)] as const
  })
  const hour = () => (fraction() < 0.8 ? 7 + below(13) : below(24))
  const time = Float64Array.from(
    { length: count },
    () => BEGIN + below(DAYS) * DAY + hour() * 3600 + below(3600),
  ).sort()
  const at = Array.from({ length: count }, () => places[Math.floor(places.length * fraction() ** 3)]!)
  const category = Uint16Array.from({ length: count }, () => {
    const n = Math.floor(CATEGORIES * fraction() ** 2)
    return n % 10 === 0 ? n + 1 : n
  })
  return {
    time,
    x: Int32Array.from(at, ([x]) => x),
    y: Int32Array.from(at, ([, y]) => y),
    category,
    status: Uint8Array.from({ length: count }, () => (fraction() < 0.96 ? 2 : below(2))),
    severity: Uint8Array.from(category, n => (fraction() < 0.9 ? (n % 4) + 1 : 1 + below(4))),
    source: Uint8Array.from({ length: count }, () => (fraction() < 0.66 ? 0 : below(6))),
    circulation: Uint8Array.from({ length: count }, () => (fraction() < 0.7 ? 0 : below(3))),
  }
}

/** The plain way: every incident is looked at, its cell worked out, and counted. No density, no hours, no kinds. */
function plainBinning({ time, x, y }: ReturnType<typeof incidents>, { from, to }: Span, bins: Uint32Array) {
  const side = Math.sqrt(bins.length)
  bins.fill(0)
  for (let row = 0; row < time.length; row++) {
    if (time[row]! < from || time[row]! >= to) continue
    const column = Math.floor(((x[row]! - WEST) * side) / (WIDE + 60_000))
    bins[Math.floor(((y[row]! - SOUTH) * side) / (HIGH + 60_000)) * side + column]!++
  }
}

/** A window of some share of the year that moves a little each time. */
const windows = (share: number): Span[] =>
  Array.from({ length: MOVES + WARM }, (_, n) => {
    const length = Math.round(DAYS * share)
    const first = Math.floor(((DAYS - length) * n) / (MOVES + WARM))
    return { from: BEGIN + first * DAY, to: BEGIN + (first + length) * DAY }
  })

/** Of the processor, whoever else is using it. */
function milliseconds(share: number, move: (span: Span) => void) {
  const times = windows(share).map(span => {
    const start = process.cpuUsage()
    move(span)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  })
  const sample = times.slice(WARM)
  return { p50: rounded(percentile(sample, 0.5)), p95: rounded(percentile(sample, 0.95)) }
}

/** Aims: ≤ 5.5 bytes; ≤ 2 ms for a tenth and ≤ 8 ms for all of a million. */
export async function heat() {
  const district = packIncidents(HEAD, incidents(OF_DISTRICT))
  const bytes = rounded(gzipSync(district).length / OF_DISTRICT)
  const ours: Record<string, object> = {}
  const theirs: Record<string, object> = {}
  let ratio = Number.NaN
  for (const count of [100_000, 1_000_000]) {
    const rows = incidents(count)
    const start = performance.now()
    const columns = readIncidents(packIncidents(HEAD, rows))
    const book = new IncidentBook(columns)
    const load = rounded(performance.now() - start)
    const radius = usualRadius(radiiFor(book.box!))
    const tenth = milliseconds(0.1, span => book.look(span, { density: radius }))
    const all = milliseconds(1, span => book.look(span, { density: radius }))
    book.filter({ categories: ['category-10'], statuses: ['closed'], sources: [], block: null })
    const filtered = milliseconds(1, span => book.look(span, { density: radius }))
    const { columns: wide, rows: high } = book.look(windows(1)[0]!, { density: radius }).density!.raster
    ours[count] = { tenth, all, filtered, radius, cells: wide * high, packAndLoad: load }
    const bins = new Uint32Array(256 * 256)
    const plain = {
      tenth: milliseconds(0.1, span => plainBinning(rows, span, bins)),
      all: milliseconds(1, span => plainBinning(rows, span, bins)),
    }
    theirs[count] = plain
    ratio = rounded(all.p50 / plain.all.p50)
  }
  return {
    ours: { bytesPerIncident: bytes, milliseconds: ours },
    theirs: { plainBinning: theirs },
    ratio: { allOfAMillion: ratio },
  }
}
