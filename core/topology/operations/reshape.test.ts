import { describe, expect, it } from 'vitest'
import { coverageOf } from '../coverage.ts'
import { reshape } from './reshape.ts'
import { done, grid, line, raggedMap, refusalOf, square } from './small-maps.ts'

// +---+---+
// | a | b |
// +---+---+
const pair = coverageOf([grid('a', square(0, 0)), grid('b', square(1, 0))])
const between = ['a', 'b'] as const

describe('a border on a new course', () => {
  //  +---+---+
  //  | a  >b |    the bulge is ground of a from now on
  //  +---+---+
  it('moves ground from one grid to the other, as much as it loses', () => {
    const plan = reshape(pair, { grids: between, line: line([1, 0.2], [1.5, 0.5], [1, 0.8]) })
    const { area } = done(pair, plan)
    expect(area('a')).toBeCloseTo(1.15)
    expect(area('a') + area('b')).toBe(2)
    expect(plan).toMatchObject({ shifted: ['a', 'b'], bent: [], warnings: [], outerRingBent: false })
  })

  it('may go to both sides, and crosses the old course where it likes', () => {
    const { area } = done(
      pair,
      reshape(pair, { grids: between, line: line([1, 0], [1.4, 0.25], [0.6, 0.75], [1, 1]) }),
    )
    expect(area('a')).toBeCloseTo(1)
  })

  it('ignores what lies before the first and after the last meeting', () => {
    const { area } = done(
      pair,
      reshape(pair, { grids: between, line: line([-1, 0.2], [1.5, 0.2], [1.5, 0.8], [0.5, 0.8]) }),
    )
    expect(area('a')).toBeCloseTo(1.3)
  })

  //  +-----------+
  //  |  +---+    |
  //  |  | i |  o |    a border that is a ring: the side that moves less ground
  //  |  +---+    |
  //  +-----------+
  it('takes the shorter way round a grid inside another', () => {
    const inner = [[10000, 10000, 20000, 10000, 20000, 20000, 10000, 20000]]
    const outer = [
      [0, 0, 30000, 0, 30000, 30000, 0, 30000],
      [...inner[0]!.slice(0, 2), 10000, 20000, 20000, 20000, 20000, 10000],
    ]
    const ring = coverageOf([grid('o', [outer]), grid('i', [inner])])
    const plan = reshape(ring, { grids: ['i', 'o'], line: line([2, 1], [2.5, 1.5], [2, 2]) })
    const { area } = done(ring, plan)
    expect(area('i')).toBeCloseTo(1.25)
  })
})

describe('at every level', () => {
  const map = raggedMap()
  it('gives parts to the leaf beyond and bends all ancestors alike', () => {
    const { area, parent } = done(
      map,
      reshape(map, { grids: ['A', 'B'], line: line([2, 0.5], [1.5, 0.5], [1.5, 1.5], [2, 1.5]) }),
    )
    expect(area('b1')).toBeCloseTo(2.5)
    expect(area('B')).toBeCloseTo(4.5)
    expect(area('a2')).toBeCloseTo(1.5)
    expect(area('A')).toBeCloseTo(3.5)
    expect(parent('b1')).toBe('B')
  })

  //  the line runs round a2 and half of a1: a2 moves whole to B with its identity, a part of a12 joins a leaf of B
  it('moves whole descendants with their identity', () => {
    const plan = reshape(map, {
      grids: ['A', 'B'],
      line: line([2, 0], [1, 0], [1, 1], [0.5, 1.5], [1, 2], [2, 2]),
    })
    const { area, parent } = done(map, plan)
    expect(parent('a2')).toBe('B')
    expect(area('a2')).toBeCloseTo(2.25)
    expect(area('A')).toBeCloseTo(1.75)
    expect(area('a12')).toBeCloseTo(0.75)
    expect(area('B')).toBeCloseTo(6.25)
  })

  it('dissolves whole descendants into a grid that has none', () => {
    const { after, area } = done(
      map,
      reshape(map, { grids: ['A', 'C'], line: line([0, 0], [0, 1], [1, 1], [1, 0]) }),
    )
    expect(after.grid('a11')).toBeUndefined()
    expect(area('C')).toBeCloseTo(5)
    expect(area('a1')).toBeCloseTo(1)
  })
})

describe('is refused', () => {
  const map = raggedMap()
  it.each([
    ['a line that meets the border once', line([0.5, 0.5], [1.5, 0.5]), 'touches-only'],
    ['a line that stays away', line([5, 5], [6, 6]), 'misses-grid'],
    ['a line along the border', line([1, 0.2], [1, 0.8]), 'no-effect'],
    ['a line that crosses itself', line([1, 0.2], [1.6, 0.7], [1.6, 0.2], [1, 0.8]), 'self-crossing'],
  ])('%s', (_, drawn, code) => {
    const refusal = refusalOf(reshape(pair, { grids: between, line: drawn }))
    expect(refusal.refused).toBe(code)
    expect(refusal.place).not.toBeNull()
  })

  it('a line over a third grid', () => {
    const over = reshape(map, {
      grids: ['A', 'B'],
      line: line([2, 1], [1.5, 0.5], [1.5, -0.5], [2.5, -0.5], [2.5, 0.5], [2, 1.5]),
    })
    expect(refusalOf(over).refused).toBe('leaves-area')
  })

  it('grids that share no border, are of different levels, unknown, locked, or would be left without ground', () => {
    const drawn = line([2, 0.5], [1.5, 1], [2, 1.5])
    const code = (one: string, other: string) =>
      refusalOf(reshape(map, { grids: [one, other], line: drawn })).refused
    expect(code('A', 'b1')).toBe('different-depths')
    expect(code('A', 'nobody')).toBe('unknown-grid')
    expect(code('a1', 'b2')).toBe('misses-grid')
    const locked = coverageOf([...map.grids()].map(one => (one.id === 'b1' ? { ...one, locked: true } : one)))
    expect(refusalOf(reshape(locked, { grids: ['A', 'B'], line: drawn }))).toMatchObject({
      refused: 'locked',
      grid: 'b1',
    })
    const all = reshape(pair, { grids: between, line: line([1, 0], [0, 0], [0, 1], [1, 1]) })
    expect(refusalOf(all).refused).toBe('no-effect')
  })
})
