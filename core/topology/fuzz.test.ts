import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzzing.ts'

// Random plans, random and adversarial edits; `fuzz` throws at the first broken invariant. 400 m cells, 40 m cells, and
// cells so small that every rounding bites. The long run is `npm run fuzz -- --operations 100000`.
describe('a plan after any edits', () => {
  it.each([40_000, 4_000, 400, 120, 40_000_000])('stays one sound map, cells of %d steps', cell => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 4 }), (seed, side) => {
        fuzz({ seed, operations: 60, cell, side, mostLeaves: 25 })
      }),
      { numRuns: 8, seed: 20260101 },
    )
  })

  it.each([40_000, 4_000, 400, 120])('stays one sound map under all operations, cells of %d steps', cell => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.integer({ min: 1, max: 3 }), (seed, side) => {
        fuzz({ seed, operations: 60, cell, side, mostLeaves: 25, all: true })
      }),
      { numRuns: 6, seed: 20260202 },
    )
  })

  it.each([40_000, 400, 120])('stays one sound map when borders are pushed too, cells of %d steps', cell => {
    let pushes = 0
    for (const seed of [1, 2, 3, 4])
      pushes +=
        fuzz({ seed, operations: 100, cell, side: seed, mostLeaves: 25, all: true, pushes: true }).others
          .push ?? 0
    expect(pushes).toBeGreaterThan(3)
  })

  // A vertex swept over a hole with an outer ring that bent; a thin cell noded in another order by a part of the plan.
  it.each([
    [13, 120, 2, 250],
    [253, 120, 2, 250],
  ])('stays sound under all operations on walk %d', (seed, cell, side, operations) => {
    expect(fuzz({ seed, operations, cell, side, mostLeaves: 40, all: true }).done).toBe(operations)
  })

  // Walks that once failed: an untouched leaf whose exclaves fall to different sides; a sliver's interior point.
  it.each([
    [500237, 400, 2, 240],
    [500260, 40_000, 1, 132],
    [500070, 40_000, 3, 220],
  ])('stays sound on walk %d', (seed, cell, side, operations) => {
    expect(fuzz({ seed, operations, cell, side, mostLeaves: 40 }).done).toBe(operations)
  })

  it('is the same walk for the same seed', () => {
    const settings = { seed: 7, operations: 80, cell: 4_000, side: 3, mostLeaves: 20 }
    const report = fuzz(settings)
    expect(report).toEqual(fuzz(settings))
    expect(report.splits).toBeGreaterThan(10)
    expect(report.merges).toBeGreaterThan(5)
  })
})
