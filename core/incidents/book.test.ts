import fc from 'fast-check'
import { expect, test } from 'vitest'
import { columnPlace } from '../contract/incident-grain.ts'
import {
  CIRCULATIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentSummary,
} from '../contract/incidents.ts'
import { covers } from '../topology/covers.ts'
import { type Grid, LATTICE, type Level } from '../topology/model.ts'
import { IncidentBook } from './book.ts'
import { type Block, DAY, isInBlock, slotOf } from './calendar.ts'
import { EVERYTHING, type Filter, partsOf } from './filter.ts'
import {
  CATEGORIES,
  columnsFrom,
  incidents,
  type PlainIncident,
  SIDE,
  SOUTH,
  START,
  WEST,
} from './testing-columns.ts'

const span = fc
  .tuple(fc.integer({ min: -2 * DAY, max: 42 * DAY }), fc.integer({ min: 0, max: 42 * DAY }))
  .map(([from, length]) => ({ from: START + from, to: START + from + length }))
const ends = (most: number) =>
  fc
    .tuple(fc.nat(most), fc.nat(most))
    .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)])
const block: fc.Arbitrary<Block> = fc.record({ weekdays: ends(6), hours: ends(23) })
const filter: fc.Arbitrary<Filter> = fc.record({
  categories: fc.subarray(CATEGORIES.map(one => one.category)),
  statuses: fc.subarray([...INCIDENT_STATUSES]),
  sources: fc.subarray([...INCIDENT_SOURCES]),
  block: fc.option(block, { nil: null }),
})

/** The same in the plainest words. */
function passes(one: PlainIncident, { categories, statuses, sources, block }: Filter): boolean {
  const path: string[] = []
  for (let at = CATEGORIES[one.category]; at; at = CATEGORIES.find(other => other.category === at?.parent)) {
    path.push(at.category)
  }
  return (
    (categories.length === 0 || path.some(category => categories.includes(category))) &&
    (statuses.length === 0 || statuses.includes(INCIDENT_STATUSES[one.status]!)) &&
    (sources.length === 0 || sources.includes(INCIDENT_SOURCES[one.source]!)) &&
    (!block || isInBlock(block, slotOf(one.time)))
  )
}

test('the slider finds what a plain filter finds, for any window and any filter', () => {
  fc.assert(
    fc.property(incidents, span, filter, (all, span, filter) => {
      const book = new IncidentBook(columnsFrom(all))
      const trend = book.filter(filter)
      const looked = book.look(span, null)
      const inWindow = all.filter(one => one.time >= span.from && one.time < span.to)
      const found = inWindow.filter(one => passes(one, filter))
      expect(looked.total).toBe(found.length)
      expect(looked.rows.end - looked.rows.first).toBe(inWindow.length)
      expect(trend.counts.reduce((sum, count) => sum + count, 0)).toBe(
        all.filter(one => passes(one, filter)).length,
      )
      const ofHour = inWindow.filter(one => passes(one, { ...filter, block: null }))
      for (const [slot, count] of looked.slots.entries()) {
        expect(count).toBe(ofHour.filter(one => slotOf(one.time) === slot).length)
      }
      const ofKind = inWindow.filter(one => passes(one, { ...EVERYTHING, block: filter.block }))
      for (const [kind, count] of looked.kinds.entries()) {
        const { category, status, source } = partsOf(kind)
        expect(count).toBe(
          ofKind.filter(one => one.category === category && one.status === status && one.source === source)
            .length,
        )
      }
    }),
  )
})

const square = (
  id: string,
  level: Level,
  parent: string | null,
  leaf: boolean,
  at: readonly number[],
): Grid => {
  const [west = 0, south = 0, east = 0, north = 0] = at.map(part => (part * SIDE) / 4)
  const ring = [west, south, east, south, east, north, west, north]
  return {
    id,
    level,
    parent,
    leaf,
    code: id,
    name: id,
    kind: 'basic',
    locked: false,
    shape: [[ring.map((value, n) => value + (n % 2 === 0 ? WEST : SOUTH))]],
  }
}
//  4 +-----------+
//    |  N (leaf) |      level 1: N, S     level 2: SW, SE     level 3: a, b in SW
//  2 +--+--+-----+      SE is a leaf of level 2, N of level 1; the plan ends at 3 of 4 in the east
//    |a |b | SE  |
//  0 +--+--+-----+
//    0  1  2     3
const GRIDS = [
  square('N', 1, null, true, [0, 2, 3, 4]),
  square('S', 1, null, false, [0, 0, 3, 2]),
  square('SW', 2, 'S', false, [0, 0, 2, 2]),
  square('SE', 2, 'S', true, [2, 0, 3, 2]),
  square('a', 3, 'SW', true, [0, 0, 1, 2]),
  square('b', 3, 'SW', true, [1, 0, 2, 2]),
]

/** As the server tells it, in the order of the columns. */
const toldOf = (all: readonly PlainIncident[], version = '1') => {
  const leaves = ['', ...GRIDS.filter(grid => grid.leaf).map(grid => grid.id)]
  const leaf = [...all]
    .sort((a, b) => a.time - b.time)
    .map(one => {
      const owner = GRIDS.find(grid => grid.leaf && covers(grid.shape, [one.x, one.y]))
      return owner ? leaves.indexOf(owner.id) : 0
    })
  return { version, leaves, leaf: Uint32Array.from(leaf) }
}

test('counts by grid are those of the half-open test at every level; inside and outside are all', () => {
  // Places on a coarse lattice, so that many lie on borders and corners.
  const onBorders = incidents.map(all =>
    all.map(one => ({
      ...one,
      x: WEST + Math.round(((one.x - WEST) * 8) / SIDE) * (SIDE / 8),
      y: SOUTH + Math.round(((one.y - SOUTH) * 8) / SIDE) * (SIDE / 8),
    })),
  )
  fc.assert(
    fc.property(onBorders, span, filter, (all, span, filter) => {
      const book = new IncidentBook(columnsFrom(all))
      book.filter(filter)
      expect(book.place(GRIDS, toldOf(all))).toBe(true)
      const found = all.filter(one => one.time >= span.from && one.time < span.to && passes(one, filter))
      for (const level of [1, 2, 3, 4] as const) {
        const { grids, total } = { ...book.look(span, { level }) }
        const shown = GRIDS.filter(grid => grid.level === level || (grid.leaf && grid.level < level))
        expect([...grids!.ids].sort()).toEqual(shown.map(one => one.id).sort())
        for (const [n, id] of grids!.ids.entries()) {
          const count = grids!.counts[n]
          const shape = GRIDS.find(grid => grid.id === id)!.shape
          expect(count).toBe(found.filter(one => covers(shape, [one.x, one.y])).length)
        }
        const inside = grids!.counts.reduce((sum, count) => sum + count, 0)
        expect(inside + grids!.outside).toBe(total)
      }
    }),
    { numRuns: 60 },
  )
})

test('a place names the grid that owns it', () => {
  const book = new IncidentBook(columnsFrom([]))
  expect(book.gridAt(WEST + 1, SOUTH + 1)).toBeNull()
  book.place(GRIDS, toldOf([]))
  expect(book.gridAt(WEST + SIDE / 4, SOUTH)).toBe('b')
  expect(book.gridAt(WEST + SIDE / 4 - 1, SOUTH)).toBe('a')
  expect(book.gridAt(WEST + SIDE, SOUTH)).toBeNull()
})

const summaryOf = (one: PlainIncident): IncidentSummary => ({
  id: '0191e3a0-0000-7000-8000-000000000001',
  county: '510124',
  number: '1',
  category: CATEGORIES[one.category]!.category,
  severity: 3,
  source: INCIDENT_SOURCES[one.source]!,
  status: INCIDENT_STATUSES[one.status]!,
  step: 1,
  circulation: CIRCULATIONS[0],
  title: 'x',
  address: null,
  place: [one.x / LATTICE, one.y / LATTICE],
  reportedAt: new Date(one.time * 1000 + 400).toISOString(),
  due: null,
  closedAt: null,
  body: null,
})

test('a reported incident is put in where it would have been loaded, and only once', () => {
  fc.assert(
    fc.property(incidents, incidents, (all, more) => {
      const book = new IncidentBook(columnsFrom(all))
      book.place(GRIDS, toldOf(all))
      for (const [n, one] of more.entries()) expect(book.insert(summaryOf(one), 2 + n)).toBe(true)
      for (const [n, one] of more.entries()) expect(book.insert(summaryOf(one), 2 + n)).toBe(true)
      expect(book.columns.count).toBe(all.length + more.length)
      expect([...book.columns.time]).toEqual([...book.columns.time].sort((a, b) => a - b))
      const { total, grids } = book.look({ from: START, to: START + 40 * DAY }, { level: 4 })
      expect(total).toBe(all.length + more.length)
      for (const [n, id] of grids!.ids.entries()) {
        const count = grids!.counts[n]
        const { shape } = GRIDS.find(grid => grid.id === id)!
        expect(count).toBe([...all, ...more].filter(one => covers(shape, [one.x, one.y])).length)
      }
    }),
    { numRuns: 50 },
  )
})

test('a step changes the status of its row alone; of two alike it asks to load again', () => {
  const at = (minute: number) => ({
    time: START + minute * 60,
    x: columnPlace(WEST),
    y: columnPlace(SOUTH),
    category: 1,
    status: 0,
    source: 0,
  })
  const book = new IncidentBook(columnsFrom([at(0), at(1), at(2), at(2)]))
  const closed = (minute: number) =>
    ({ ...summaryOf(at(minute)), status: 'closed', circulation: 'large' }) as const
  expect(book.change(closed(1), 2)).toBe(true)
  expect([...book.columns.status]).toEqual([0, 2, 0, 0])
  expect([...book.columns.circulation]).toEqual([0, 2, 0, 0])
  book.filter({ ...EVERYTHING, statuses: ['closed'] })
  expect(book.look({ from: START, to: START + DAY }, null).total).toBe(1)
  expect(book.change(closed(2), 3)).toBe(false)
  expect(book.change(closed(3), 3)).toBe(false)
  expect(book.change({ ...closed(3), place: null }, 4)).toBe(true)
  expect(book.columns.event).toBe(4)
})

test('what was told of other incidents is not taken', () => {
  const one = { time: START, x: WEST, y: SOUTH, category: 1, status: 0, source: 0 }
  const book = new IncidentBook(columnsFrom([one]))
  expect(book.place(GRIDS, toldOf([one], '2'))).toBe(false)
  expect(book.place(GRIDS, toldOf([one, one]))).toBe(false)
  expect(book.look({ from: START, to: START + DAY }, { level: 1 }).grids).toBeNull()
})

test('an unknown category asks to load again; one without a place is only counted', () => {
  const book = new IncidentBook(columnsFrom([]))
  const one = summaryOf({ time: START, x: WEST, y: SOUTH, category: 1, status: 0, source: 0 })
  expect(book.insert({ ...one, category: 'new' }, 2)).toBe(false)
  expect(book.insert({ ...one, place: null }, 3)).toBe(true)
  expect(book.columns).toMatchObject({ count: 0, unplaced: 1 })
})

test('under the pointer are those within reach that pass, newest first', () => {
  const at = (time: number, x: number) => ({ time, x, y: SOUTH, category: 1, status: 0, source: 0 })
  const book = new IncidentBook(
    columnsFrom([
      at(START, WEST),
      at(START + 1, WEST + 50),
      at(START + 2, WEST + 400),
      at(START + DAY, WEST),
    ]),
  )
  const pointed = { x: WEST + 20, y: SOUTH + 3, reachX: 100, reachY: 80 }
  const rows = book.near({ from: START, to: START + DAY }, pointed, 10)
  expect(rows.map(row => book.columns.time[row])).toEqual([START + 1, START])
  expect(book.near({ from: START, to: START + DAY }, pointed, 1)).toHaveLength(1)
  book.filter({ ...EVERYTHING, categories: ['nature'] })
  expect(book.near({ from: START, to: START + DAY }, pointed, 10)).toEqual([])
})
