import { describe, expect, it } from 'vitest'
import { coverageOf } from '../coverage.ts'
import { isRefusal } from '../model.ts'
import { simplify } from './simplify.ts'
import { done, grid, raggedMap, refusalOf } from './small-maps.ts'

// +---+---+
// | a < b |    a border of many small steps
// +---+---+
const stairs: [number, number][] = Array.from({ length: 19 }, (_, i) => [
  10_000 + (i % 2 === 0 ? 60 : -60),
  500 + i * 500,
])
const wavy = coverageOf([
  grid('a', [[[0, 0, 10_000, 0, ...stairs.flat(), 10_000, 10_000, 0, 10_000]]]),
  grid('b', [[[10_000, 0, 20_000, 0, 20_000, 10_000, 10_000, 10_000, ...[...stairs].reverse().flat()]]]),
])
const border = (coverage: ReturnType<typeof coverageOf>) => coverage.grid('a')!.shape[0]![0]!.length / 2 - 4

describe('simplify', () => {
  it('takes out what is less than the tolerance, on both sides at once', () => {
    const plan = simplify(wavy, { grids: ['a', 'b'], tolerance: 100, smooth: false })
    const { after, area } = done(wavy, plan)
    expect(border(after)).toBe(0)
    expect(area('a')).toBe(1)
    expect(refusalOf(simplify(after, { grids: ['a', 'b'], tolerance: 100, smooth: false })).refused).toBe(
      'no-effect',
    )
  })

  it('leaves what is more', () => {
    expect(refusalOf(simplify(wavy, { grids: ['a', 'b'], tolerance: 10, smooth: false })).refused).toBe(
      'no-effect',
    )
  })

  it('cuts corners when asked to smooth', () => {
    const { after } = done(wavy, simplify(wavy, { grids: ['a', 'b'], tolerance: 20, smooth: true }))
    const turns = (ring: readonly number[]) => {
      let sum = 0
      for (let i = 2; i + 3 < ring.length; i += 2) {
        const into = Math.atan2(ring[i + 1]! - ring[i - 1]!, ring[i]! - ring[i - 2]!)
        const out = Math.atan2(ring[i + 3]! - ring[i + 1]!, ring[i + 2]! - ring[i]!)
        sum = Math.max(sum, Math.min(Math.abs(out - into), 2 * Math.PI - Math.abs(out - into)))
      }
      return sum
    }
    expect(border(after)).toBeGreaterThan(border(wavy))
    expect(turns(after.grid('a')!.shape[0]![0]!.slice(4, -4))).toBeLessThan(
      turns(wavy.grid('a')!.shape[0]![0]!.slice(4, -4)),
    )
  })

  //   a crooked border with a hole's grid in its bay: straight through it would cross; less is done instead
  it('tries less where borders would cross', () => {
    const bay: [number, number][] = [
      [10_000, 2000],
      [14_000, 2500],
      [14_000, 7500],
      [10_000, 8000],
    ]
    const island = [11_000, 4000, 12_000, 4000, 12_000, 6000, 11_000, 6000]
    const pierced = coverageOf([
      grid('a', [
        [
          [0, 0, 10_000, 0, ...bay.flat(), 10_000, 10_000, 0, 10_000],
          [11_000, 4000, 11_000, 6000, 12_000, 6000, 12_000, 4000],
        ],
      ]),
      grid('b', [[[10_000, 0, 20_000, 0, 20_000, 10_000, 10_000, 10_000, ...[...bay].reverse().flat()]]]),
      grid('i', [[island]]),
    ])
    const plan = simplify(pierced, { grids: ['a', 'b'], tolerance: 5000, smooth: false })
    expect(isRefusal(plan)).toBe(false)
    const { after } = done(pierced, plan)
    expect(after.grid('i')!.shape).toEqual(pierced.grid('i')!.shape)
  })

  it('works at any level and refuses what is no neighbour', () => {
    const map = raggedMap()
    expect(refusalOf(simplify(map, { grids: ['a1', 'b2'], tolerance: 9, smooth: false })).refused).toBe(
      'not-adjacent',
    )
    expect(refusalOf(simplify(map, { grids: ['A', 'B'], tolerance: 9, smooth: false })).refused).toBe(
      'no-effect',
    )
    expect(refusalOf(simplify(map, { grids: ['A', 'x'], tolerance: 9, smooth: false })).refused).toBe(
      'unknown-grid',
    )
  })
})
