import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packIncidents, packLeaves, readIncidents, readLeaves } from './incident-columns.ts'

const HEAD = {
  county: '510124',
  version: '7',
  event: 7,
  on: '2026-10-31',
  moment: '2026-10-31T16:00:00.000Z',
  turns: null,
  demo: true,
  unplaced: 3,
  categories: Array.from({ length: 600 }, (_, n) => ({
    category: `c${n}`,
    parent: null,
    tree: 'social' as const,
    name: { zh: '盗窃', en: 'Theft' },
    leaf: true,
    severity: n % 5 === 0 ? null : n % 5,
    hours: 48,
  })),
}

interface Incident {
  time: number
  x: number
  y: number
  category: number
  status: number
  severity: number
  source: number
  circulation: number
}

const rowsOf = (incidents: readonly Incident[]) => ({
  time: Float64Array.from(incidents, one => one.time),
  x: Int32Array.from(incidents, one => one.x),
  y: Int32Array.from(incidents, one => one.y),
  category: Uint16Array.from(incidents, one => one.category),
  status: Uint8Array.from(incidents, one => one.status),
  severity: Uint8Array.from(incidents, one => one.severity),
  source: Uint8Array.from(incidents, one => one.source),
  circulation: Uint8Array.from(incidents, one => one.circulation),
})

const incident = fc.record({
  time: fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }),
  x: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }),
  y: fc.integer({ min: -900_000_000, max: 900_000_000 }),
  category: fc.integer({ min: 0, max: 599 }),
  status: fc.integer({ min: 0, max: 2 }),
  severity: fc.integer({ min: 1, max: 4 }),
  source: fc.integer({ min: 0, max: 5 }),
  circulation: fc.integer({ min: 0, max: 2 }),
})

test('what is packed is read again, whatever it is', () => {
  fc.assert(
    fc.property(fc.array(incident), fc.array(fc.nat(20)), (incidents, again) => {
      // some places occur more than once
      const all = [...incidents, ...again.flatMap(n => incidents[n] ?? [])].sort((a, b) => a.time - b.time)
      const read = readIncidents(packIncidents(HEAD, rowsOf(all)))
      expect(read).toMatchObject({ ...HEAD, count: all.length })
      expect(
        all.map((_, i) => ({
          time: read.time[i],
          x: read.x[i],
          y: read.y[i],
          category: read.category[i],
          status: read.status[i],
          severity: read.severity[i],
          source: read.source[i],
          circulation: read.circulation[i],
        })),
      ).toEqual(
        all.map(one => ({
          ...one,
          time: Math.floor(one.time / 60) * 60,
          x: Math.floor(one.x / 256) * 256 + 128,
          y: Math.floor(one.y / 256) * 256 + 128,
        })),
      )
    }),
    { numRuns: 200 },
  )
})

test('a year of a district costs at most 5.5 bytes an incident', () => {
  const random = (below: number) => Math.floor(fraction() * below)
  let state = 1
  const fraction = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  // every one at a place of its own
  const villages = Array.from({ length: 318 }, () => [1_165_000_000 + random(6e6), 403_000_000 + random(6e6)])
  const place = () => {
    const [x = 0, y = 0] = villages[random(villages.length)]!
    return [x + random(60_000), y + random(60_000)] as const
  }
  const times = Array.from({ length: 98_115 }, () => 1_764_518_400 + random(335 * 86_400)).sort(
    (a, b) => a - b,
  )
  const incidents = times.map((time): Incident => {
    const [x, y] = place()
    const category = Math.floor(120 * fraction() ** 2)
    return {
      time,
      x,
      y,
      category,
      status: random(50) === 0 ? random(2) : 2,
      // as grave as its category usually is, but for one in ten
      severity: random(10) === 0 ? 1 + random(4) : (HEAD.categories[category]!.severity ?? 1),
      source: fraction() < 0.66 ? 0 : random(6),
      circulation: fraction() < 0.7 ? 0 : random(3),
    }
  })
  const bytes = gzipSync(packIncidents(HEAD, rowsOf(incidents))).length / incidents.length
  expect(bytes).toBeLessThanOrEqual(5.5)
})

test('leaves are packed in the same order', () => {
  const leaves = {
    version: '7',
    plan: 'p',
    revision: 3,
    leaves: ['', 'a', 'b'],
    leaf: Uint32Array.of(2, 0, 1, 1),
  }
  expect(readLeaves(packLeaves(leaves))).toEqual(leaves)
})
