// For tests: columns of incidents from plain rows, and rows at random.
import fc from 'fast-check'
import type { IncidentColumns } from '../contract/incident-columns.ts'
import type { IncidentCategory } from '../contract/incidents.ts'

export interface PlainIncident {
  readonly time: number
  readonly x: number
  readonly y: number
  readonly category: number
  readonly status: number
  readonly source: number
}

const named = (category: string, parent: string | null): IncidentCategory => ({
  category,
  parent,
  tree: 'social',
  name: { zh: category, en: category },
  leaf: parent !== null,
  severity: 3,
  hours: 24,
})
//  order ── theft, fight ── brawl      nature ── rubbish
export const CATEGORIES: readonly IncidentCategory[] = [
  named('order', null),
  named('theft', 'order'),
  named('fight', 'order'),
  named('brawl', 'fight'),
  named('nature', null),
  named('rubbish', 'nature'),
]

export function columnsFrom(incidents: readonly PlainIncident[]): IncidentColumns {
  const rows = [...incidents].sort((a, b) => a.time - b.time)
  return {
    county: '510124',
    version: '1',
    event: 1,
    on: '2026-10-31',
    moment: '2026-10-31T16:00:00.000Z',
    turns: null,
    demo: true,
    unplaced: 0,
    categories: CATEGORIES,
    count: rows.length,
    time: Float64Array.from(rows, one => one.time),
    x: Int32Array.from(rows, one => one.x),
    y: Int32Array.from(rows, one => one.y),
    category: Uint16Array.from(rows, one => one.category),
    status: Uint8Array.from(rows, one => one.status),
    severity: new Uint8Array(rows.length).fill(3),
    source: Uint8Array.from(rows, one => one.source),
    circulation: new Uint8Array(rows.length),
  }
}

/** 2026-03-01 00:00 in China. */
export const START = 1_772_294_400
export const WEST = 1_039_000_000
export const SOUTH = 308_000_000
export const SIDE = 200_000

export const incidents: fc.Arbitrary<PlainIncident[]> = fc.array(
  fc.record({
    time: fc.integer({ min: START, max: START + 40 * 86_400 - 1 }),
    x: fc.integer({ min: WEST, max: WEST + SIDE }),
    y: fc.integer({ min: SOUTH, max: SOUTH + SIDE }),
    category: fc.integer({ min: 0, max: CATEGORIES.length - 1 }),
    status: fc.integer({ min: 0, max: 2 }),
    source: fc.integer({ min: 0, max: 5 }),
  }),
  { maxLength: 60 },
)
