// The incidents of a county as columns, in order of time: how they are packed for the wire, and read again.
//
// For heat, points and windows of whole minutes: times are full minutes, places the middles of cells of about 2.8 m, for
// seconds and centimetres nobody sees cost 3 bytes more. Which grid an incident lies in is never told from them but by the
// server: see `packLeaves`.
//
// An Apache Arrow stream with one table. Whole numbers are split into byte planes, columns of Uint8 named gap0, gap1 …,
// lowest byte first, because gzip packs planes tighter than mixed bytes (measured: docs/benchmarks.md). Columns:
//   gap     minutes since the incident before; of the first since the metadata's `begin` (epoch minutes)
//   place   index into the list of different places
//   low, high  only the first `places` rows: that list, ascending along a Morton curve; the step from the place before,
//           low and high 32 bits. A place's number on the curve has the bits of its column at even and those of its row
//           at odd positions, counted in cells of 256 lattice steps (2.6e-5 degree) from `west` and `south`
//   category  index into the metadata's `categories`, which also hold names and tree
//   trait   ((status × 4 + s) × 6 + source) × 3 + circulation, by the lists of incidents.ts; s is severity − what is usual
//           in the category (1 where it has no usual one), modulo 4: mostly 0
import { makeTable, type Table, tableFromIPC, tableToIPC } from 'apache-arrow'
import { CELL, MINUTE } from './incident-grain.ts'
import { CIRCULATIONS, INCIDENT_SOURCES, type IncidentCategory } from './incidents.ts'

const SEVERITIES = 4
const SOURCES = INCIDENT_SOURCES.length
const WAYS = CIRCULATIONS.length

/** What all rows share. */
export interface IncidentColumnsHead {
  readonly county: string
  readonly version: string
  /** Reports up to the event of this number are in them: the second part of an event's id. */
  readonly event: number
  /** The day of the data, and the instant before which what is due and open is overdue. */
  readonly on: string
  readonly moment: string
  /** The instant from which another one is overdue unless it is closed before; null: no time passes, or none is due. */
  readonly turns: string | null
  readonly demo: boolean
  /** Incidents of which no place is known; they are in lists only. */
  readonly unplaced: number
  readonly categories: readonly IncidentCategory[]
}

export interface IncidentColumns extends IncidentColumnsHead {
  readonly count: number
  /** Epoch seconds of the full minute, ascending. */
  readonly time: Float64Array
  /** Lattice steps of the middle of the cell. */
  readonly x: Int32Array
  readonly y: Int32Array
  /** Index into `categories`. */
  readonly category: Uint16Array
  /** Index into INCIDENT_STATUSES. */
  readonly status: Uint8Array
  /** 1 to 4. */
  readonly severity: Uint8Array
  /** Index into INCIDENT_SOURCES. */
  readonly source: Uint8Array
  /** Index into CIRCULATIONS. */
  readonly circulation: Uint8Array
}

/** As they come from the table: one entry per incident, ascending in time (epoch seconds), places in lattice steps. */
export interface IncidentRows {
  readonly time: Float64Array
  readonly x: Int32Array
  readonly y: Int32Array
  readonly category: Uint16Array
  readonly status: Uint8Array
  readonly severity: Uint8Array
  readonly source: Uint8Array
  readonly circulation: Uint8Array
}

export function packIncidents(head: IncidentColumnsHead, rows: IncidentRows): Uint8Array {
  const count = rows.time.length
  const usual = head.categories.map(category => category.severity ?? 1)
  const trait = rows.status.map((status, i) => {
    const more = (rows.severity[i]! - usual[rows.category[i]!]! + SEVERITIES) % SEVERITIES
    return ((status * SEVERITIES + more) * SOURCES + rows.source[i]!) * WAYS + rows.circulation[i]!
  })
  const { west, south, places, placeOf } = placesOf(rows)
  const minutes = rows.time.map(seconds => Math.floor(seconds / MINUTE))
  const begin = minutes[0] ?? 0
  const gaps = minutes.map((minute, i) => minute - (minutes[i - 1] ?? begin))
  const low = new Uint32Array(count)
  const high = new Uint32Array(count)
  let [lastLow, lastHigh] = [0, 0]
  for (const [n, place] of places.entries()) {
    low[n] = place.low - lastLow
    high[n] = place.high - lastHigh - (place.low < lastLow ? 1 : 0)
    lastLow = place.low
    lastHigh = place.high
  }
  const table = makeTable({
    ...planes('gap', gaps),
    ...planes('place', placeOf),
    ...planes('category', rows.category),
    trait,
    ...planes('low', low),
    ...planes('high', high),
  })
  const layout = { begin, west, south, places: places.length }
  table.schema.metadata.set('incidents', JSON.stringify({ ...head, ...layout }))
  return tableToIPC(table, 'stream')
}

export function readIncidents(packed: Uint8Array): IncidentColumns {
  const table = tableFromIPC(packed)
  const { begin, west, south, places, ...head } = JSON.parse(
    table.schema.metadata.get('incidents') ?? '{}',
  ) as IncidentColumnsHead & { begin: number; west: number; south: number; places: number }
  const count = table.numRows
  const whole = (name: string) => wholeOf(table, name)
  const time = new Float64Array(count)
  let at = begin
  for (const [i, gap] of whole('gap').entries()) {
    at += gap
    time[i] = at * MINUTE
  }
  const [low, high] = [whole('low'), whole('high')]
  const placeX = new Int32Array(places)
  const placeY = new Int32Array(places)
  let [atLow, atHigh] = [0, 0]
  for (let n = 0; n < places; n++) {
    const sum = atLow + low[n]!
    atHigh += high[n]! + (sum >= 2 ** 32 ? 1 : 0)
    atLow = sum % 2 ** 32
    placeX[n] = (west + gathered(atHigh) * 65_536 + gathered(atLow)) * CELL + CELL / 2
    placeY[n] = (south + gathered(atHigh >>> 1) * 65_536 + gathered(atLow >>> 1)) * CELL + CELL / 2
  }
  const place = whole('place')
  const trait = bytesOf(table, 'trait') ?? new Uint8Array(0)
  const category = Uint16Array.from(whole('category'))
  const usual = head.categories.map(one => one.severity ?? 1)
  return {
    ...head,
    count,
    time,
    x: Int32Array.from(place, n => placeX[n]!),
    y: Int32Array.from(place, n => placeY[n]!),
    category,
    status: trait.map(value => Math.floor(value / (SEVERITIES * SOURCES * WAYS))),
    severity: trait.map((value, i) => {
      const more = Math.floor(value / (SOURCES * WAYS)) % SEVERITIES
      return ((usual[category[i]!]! - 1 + more) % SEVERITIES) + 1
    }),
    source: trait.map(value => Math.floor(value / WAYS) % SOURCES),
    circulation: trait.map(value => value % WAYS),
  }
}

const bytesOf = (table: Table, name: string) =>
  table.getChild(name)?.toArray() as Uint8Array<ArrayBuffer> | undefined

/** Whole numbers from their byte planes. */
function wholeOf(table: Table, name: string): Float64Array {
  const values = new Float64Array(table.numRows)
  for (
    let plane = 0, bytes = bytesOf(table, `${name}0`);
    bytes;
    bytes = bytesOf(table, `${name}${++plane}`)
  ) {
    for (let i = 0; i < values.length; i++) values[i]! += bytes[i]! * 256 ** plane
  }
  return values
}

/** Of every incident of the columns, in their order, the leaf it lies in; by the half-open test on its exact place. */
export interface IncidentLeaves {
  /** Must be that of the columns; else load both again. */
  readonly version: string
  readonly plan: string
  readonly revision: number
  /** Ids of grids; the first one is empty and stands for no leaf at all. */
  readonly leaves: readonly string[]
  /** Index into `leaves`. */
  readonly leaf: Uint32Array
}

export function packLeaves({ leaf, ...head }: IncidentLeaves): Uint8Array {
  const table = makeTable(planes('leaf', leaf))
  table.schema.metadata.set('leaves', JSON.stringify(head))
  return tableToIPC(table, 'stream')
}

export function readLeaves(packed: Uint8Array): IncidentLeaves {
  const table = tableFromIPC(packed)
  const head = JSON.parse(table.schema.metadata.get('leaves') ?? '{}') as Omit<IncidentLeaves, 'leaf'>
  return { ...head, leaf: Uint32Array.from(wholeOf(table, 'leaf')) }
}

/** As many columns of bytes as the largest value needs, at least one. */
function planes(name: string, values: Float64Array | Uint32Array | Uint16Array): Record<string, Uint8Array> {
  let largest = 0
  for (const value of values) if (value > largest) largest = value
  const columns: Record<string, Uint8Array> = {}
  for (let plane = 0; plane === 0 || 256 ** plane <= largest; plane++) {
    const bytes = new Uint8Array(values.length)
    const unit = 256 ** plane
    for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(values[i]! / unit) % 256
    columns[`${name}${plane}`] = bytes
  }
  return columns
}

interface OnCurve {
  readonly low: number
  readonly high: number
  readonly number: number
}

/** The different places in their order along a Morton curve, and for each row its place's number in that order. */
function placesOf({ x, y }: IncidentRows): {
  west: number
  south: number
  places: OnCurve[]
  placeOf: Uint32Array
} {
  const columns = x.map(value => Math.floor(value / CELL))
  const rows = y.map(value => Math.floor(value / CELL))
  const west = columns.reduce((least, value) => Math.min(least, value), columns[0] ?? 0)
  const south = rows.reduce((least, value) => Math.min(least, value), rows[0] ?? 0)
  const numbers = new Map<string, number>()
  const places: OnCurve[] = []
  const placeOf = new Uint32Array(x.length)
  for (let i = 0; i < x.length; i++) {
    const [right, up] = [columns[i]! - west, rows[i]! - south]
    const low = (spread(right) | (spread(up) << 1)) >>> 0
    const high = (spread(right >>> 16) | (spread(up >>> 16) << 1)) >>> 0
    const key = `${high} ${low}`
    let number = numbers.get(key)
    if (number === undefined) {
      number = places.length
      numbers.set(key, number)
      places.push({ low, high, number })
    }
    placeOf[i] = number
  }
  places.sort((a, b) => a.high - b.high || a.low - b.low)
  const rank = new Uint32Array(places.length)
  for (const [n, { number }] of places.entries()) rank[number] = n
  return { west, south, places, placeOf: placeOf.map(number => rank[number]!) }
}

/** The low 16 bits at the even positions of 32. */
function spread(value: number): number {
  let bits = value & 0xffff
  bits = (bits | (bits << 8)) & 0x00ff00ff
  bits = (bits | (bits << 4)) & 0x0f0f0f0f
  bits = (bits | (bits << 2)) & 0x33333333
  return (bits | (bits << 1)) & 0x55555555
}

/** The bits at even positions, together again. */
function gathered(value: number): number {
  let bits = value & 0x55555555
  bits = (bits | (bits >>> 1)) & 0x33333333
  bits = (bits | (bits >>> 2)) & 0x0f0f0f0f
  bits = (bits | (bits >>> 4)) & 0x00ff00ff
  return (bits | (bits >>> 8)) & 0xffff
}
