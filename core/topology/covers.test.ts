import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { covers } from './covers.ts'
import type { Position, Shape } from './model.ts'
import { tally, weightsOf } from './tally.ts'

// One table for the kernel and for the SQL function that answers the same question.
interface Case {
  readonly name: string
  /** Rings as in GeoJSON, closed, in lattice steps. */
  readonly shape: readonly (readonly (readonly Position[])[])[]
  readonly point: Position
  readonly expected: boolean
}
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('./covers.cases.json', import.meta.url), 'utf8'),
)
const flat = (shape: Case['shape']): Shape => shape.map(face => face.map(ring => ring.slice(0, -1).flat()))

describe('the half-open test', () => {
  it.each(cases)('$name', ({ shape, point, expected }) => {
    expect(covers(flat(shape), point)).toBe(expected)
  })

  it.each(cases)('tallies alike: $name', ({ shape, point, expected }) => {
    const one = Int32Array.of(1)
    const weights = weightsOf({
      x: Int32Array.of(point[0]),
      y: Int32Array.of(point[1]),
      persons: one,
      households: one,
    })
    expect(tally(weights, flat(shape)).buildings).toBe(expected ? 1 : 0)
  })

  //   4 | 1      a point on the common corner belongs to the square north-east of it,
  //   --+--      one on a border to the square east or north
  //   3 | 2
  it('gives a corner of four to one square', () => {
    const square = (x: number, y: number): Shape => [[[x, y, x + 10, y, x + 10, y + 10, x, y + 10]]]
    const owners = (p: Position) =>
      [square(0, 0), square(0, -10), square(-10, -10), square(-10, 0)].flatMap((s, i) =>
        covers(s, p) ? i + 1 : [],
      )
    expect(owners([0, 0])).toEqual([1])
    expect(owners([0, 5])).toEqual([1])
    expect(owners([5, 0])).toEqual([1])
    expect(owners([0, -5])).toEqual([2])
    expect(owners([-5, 0])).toEqual([4])
  })
})
