import fc from 'fast-check'
import { expect, test } from 'vitest'
import { INCIDENT_SOURCES, INCIDENT_STATUSES } from '../../core/contract/incidents.ts'
import {
  type Analysis,
  FIRST_ANALYSIS,
  PER,
  POINT_COLOURS,
  readAnalysis,
  SHOWN_AS,
  writeAnalysis,
} from './settings.ts'

const ends = (most: number) =>
  fc
    .tuple(fc.nat(most), fc.nat(most))
    .map(([a, b]): readonly [number, number] => [Math.min(a, b), Math.max(a, b)])

const analysis: fc.Arbitrary<Analysis> = fc.record({
  as: fc.constantFrom(...SHOWN_AS),
  window: fc.option(
    fc
      .tuple(fc.integer({ min: 10_000, max: 30_000 }), fc.integer({ min: 1, max: 4000 }))
      .map(([from, length]) => ({ from, to: from + length })),
    { nil: null },
  ),
  categories: fc.uniqueArray(fc.constantFrom('theft', 'e-bike-charging', 'public-order', 'lift')),
  statuses: fc.subarray([...INCIDENT_STATUSES]),
  sources: fc.subarray([...INCIDENT_SOURCES]),
  block: fc.option(fc.record({ weekdays: ends(6), hours: ends(23) }), { nil: null }),
  radius: fc.option(fc.constantFrom(50, 200, 5000), { nil: null }),
  per: fc.constantFrom(...PER),
  colour: fc.constantFrom(...POINT_COLOURS),
})

const address = (of: Analysis) =>
  writeAnalysis(of)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}=${value}`]))
    .join('&')

test('what was written is read again, whatever was chosen', () => {
  fc.assert(
    fc.property(analysis, one => {
      expect(readAnalysis(new URLSearchParams(address(one)))).toEqual(one)
    }),
  )
})

test('what is as at first is not written', () => {
  expect(address(FIRST_ANALYSIS)).toBe('')
  expect(readAnalysis(new URLSearchParams(''))).toEqual(FIRST_ANALYSIS)
})

test('nonsense is left out: a window that ends before it begins, hours that are none, a radius of nothing', () => {
  const read = readAnalysis(
    new URLSearchParams(
      'show=moon&days=2026-03-02..2026-03-01&status=open,lost&source=&hours=5-1.8-30&radius=-3&per=cat&category=%3Cb%3E,lift',
    ),
  )
  expect(read).toEqual({ ...FIRST_ANALYSIS, statuses: ['open'], categories: ['lift'] })
  expect(readAnalysis(new URLSearchParams('days=2026-02-30..2026-03-01')).window).toBeNull()
})
