import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageOf } from '../coverage.ts'
import { fuzzedPlan, randomFrom } from '../fuzzing.ts'
import { toGeoJson } from '../geojson.ts'
import { square, UNIT } from '../operations/small-maps.ts'
import { areaSquareMetres, shapeArea2 } from '../shape.ts'
import { validate } from '../validate.ts'
import { type GivenGrid, type Repaired, repairGrids } from './repair-grids.ts'

const given = (key: string, shape: ReturnType<typeof square>, more: Partial<GivenGrid> = {}): GivenGrid => ({
  key,
  level: 1,
  code: key,
  name: key,
  geometry: toGeoJson(shape),
  ...more,
})
const sound = (repaired: Repaired | null) => {
  expect(repaired).not.toBeNull()
  expect(validate(coverageOf(repaired!.grids), { complete: true })).toEqual([])
  return repaired!
}
const whats = ({ changes }: Repaired) => changes.map(({ what, grids }) => `${what} ${grids.join('+')}`)
const areaOf = ({ grids }: Repaired, id: string) =>
  Number(shapeArea2(grids.find(grid => grid.id === id)!.shape)) / (2 * UNIT * UNIT)

describe('somebody’s grids', () => {
  it('get the vertices that neighbours lack, without any change of ground', () => {
    const repaired = sound(
      repairGrids([given('a', square(0, 0, 2, 1)), given('b', square(0, 1)), given('c', square(1, 1))]),
    )
    expect(repaired.changes).toEqual([])
    expect(repaired.grids.find(grid => grid.id === 'a')!.shape[0]![0]).toHaveLength(10)
  })

  //   a and b overlap by a strip, b and c leave one open, d lies far away
  it('lose overlaps and gaps, each reported with its area', () => {
    const repaired = sound(
      repairGrids([
        given('a', square(0, 0, 1.02, 1)),
        given('b', square(1, 0)),
        given('c', square(2.01, 0)),
        given('below', square(0, -1, 3.01, 1)),
        given('above', square(0, 1, 3.01, 1)),
        given('d', square(9, 9)),
      ]),
    )
    const overlap = repaired.changes.find(({ what }) => what === 'overlap-given')!
    expect(overlap.grids.toSorted()).toEqual(['a', 'b'])
    expect(overlap.squareMetres).toBeCloseTo(areaSquareMetres(square(1, 0, 0.02, 1)), 0)
    const gap = repaired.changes.find(({ what }) => what === 'gap-filled')!
    expect(gap.squareMetres).toBeCloseTo(areaSquareMetres(square(2, 0, 0.01, 1)), 0)
    expect(['b', 'c']).toContain(gap.grids[0])
    expect(areaOf(repaired, 'd')).toBe(1)
  })

  //   e lies in v and i in e, none of them with a hole for the other; the copy of e has nothing of its own
  it('keep their ground when they were drawn over others whole, the smallest on top', () => {
    const repaired = sound(
      repairGrids([
        given('v', square(0, 0, 4, 4)),
        given('e', square(1, 1, 2, 2)),
        given('i', square(1.5, 1.5)),
        given('copy', square(1, 1, 2, 2)),
      ]),
    )
    expect(['v', 'e', 'i'].map(key => areaOf(repaired, key))).toEqual([12, 3, 1])
    expect(repaired.rejected.map(({ key }) => key)).toEqual(['copy'])
    expect(whats(repaired)).toEqual(
      expect.arrayContaining(['overlap-given e+v+copy', 'overlap-given i+v+e+copy', 'border-moved v']),
    )
  })

  it('keep a large hole that no parent covers, and fill it when one does or all ground is to be covered', () => {
    const ring = ['s', 'e', 'n', 'w'].map((key, i) =>
      given(key, [square(0, 0, 3, 1), square(2, 1, 1, 1), square(0, 2, 3, 1), square(0, 1, 1, 1)][i]!),
    )
    expect(whats(sound(repairGrids(ring)))).toEqual(['gap-left '])
    expect(whats(sound(repairGrids(ring, { ground: square(0, 0, 3, 3) })))[0]).toMatch(/^gap-filled /)
    const under = ring.map(one => ({ ...one, level: 2 as const }))
    const repaired = sound(repairGrids([given('P', square(0, 0, 3, 3)), ...under]))
    expect(repaired.changes.filter(({ what }) => what === 'gap-filled')).toHaveLength(1)
    expect(areaOf(repaired, 'P')).toBe(9)
  })

  //   P holds p only, which ends short of Q; the strip between is P's, but only q borders it
  it('give a strip of a parent to the neighbour when no grid under that parent borders it', () => {
    const repaired = sound(
      repairGrids([
        given('P', [...square(0, 0, 1, 1), ...square(2, 0, 0.01, 1)]),
        given('p', square(0, 0), { level: 2, parent: 'P' }),
        given('Q', square(2.01, 0)),
        given('q', square(2.01, 0), { level: 2, parent: 'Q' }),
      ]),
    )
    expect(whats(repaired)).toContain('gap-filled q')
    expect(areaOf(repaired, 'Q')).toBe(1.01)
  })

  it('find their parents by containment or by the key given; what has none is rejected with a reason', () => {
    const repaired = sound(
      repairGrids([
        given('P', square(0, 0, 2, 1)),
        given('p1', square(0, 0), { level: 2 }),
        given('p2', square(1, 0), { level: 2, parent: 'P' }),
        given('lost', square(7, 7), { level: 2 }),
        given('odd', square(1, 0), { level: 2, parent: 'nobody' }),
        given('bow', square(0, 5), {
          geometry: {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 1],
              ],
            ],
          },
        }),
      ]),
    )
    expect(repaired.grids.map(({ id, parent }) => [id, parent])).toEqual(
      expect.arrayContaining([
        ['P', null],
        ['p1', 'P'],
        ['p2', 'P'],
      ]),
    )
    expect(whats(repaired)).toContain('parent-found p1+P')
    expect(repaired.rejected.map(({ key, why }) => [key, why]).sort()).toEqual([
      ['bow', 'bad-geometry'],
      ['lost', 'no-parent'],
      ['odd', 'unknown-parent'],
    ])
  })

  it('are not lost when one lies wholly under another', () => {
    const repaired = sound(repairGrids([given('a', square(0, 0, 2, 2)), given('b', square(0, 0, 2, 2))]))
    expect(
      [...repaired.grids.map(({ id }) => id), ...repaired.rejected.map(({ key }) => key)].sort(),
    ).toEqual(['a', 'b'])
  })

  it('become a sound plan however they are shaken, at every level; all ground is accounted for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(0, 3, 40, 400), (seed, shake) => {
        const random = randomFrom(seed)
        const plan = fuzzedPlan({ seed, operations: 25, cell: 40_000, side: 2, mostLeaves: 12 })
        const grids = [...plan.grids()].map((grid): GivenGrid => {
          const noise = () => Math.round((random() - 0.5) * shake)
          const shape = grid.shape.map(face => face.map(ring => ring.map(v => v + noise())))
          return {
            key: grid.id,
            level: grid.level,
            parent: grid.parent,
            code: grid.code,
            name: grid.name,
            geometry: toGeoJson(shape),
          }
        })
        const repaired = repairGrids(grids)
        expect(repaired).not.toBeNull()
        expect(validate(coverageOf(repaired!.grids), { complete: true })).toEqual([])
        expect(repaired!.grids.length + repaired!.rejected.length).toBe(grids.length)
      }),
      { numRuns: 25, seed: 11 },
    )
  })
})
