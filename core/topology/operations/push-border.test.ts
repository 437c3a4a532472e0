import { describe, expect, it } from 'vitest'
import { pushBorder } from './push-border.ts'
import { done, line, raggedMap, refusalOf, square } from './small-maps.ts'

const map = raggedMap()
const at = (x: number, y: number) => line([x, y])[0]!
const push = (
  from: readonly [number, number],
  to: readonly [number, number],
  units?: ReturnType<typeof square>[],
) => pushBorder(map, { grids: ['A', 'B'], from: at(...from), to: at(...to), units })

//   +---+---+---+---+
//   |a12|   |   |   |     A and B share the border at x = 2; units of half a square
//   +---+a2 |b1 |b2 |
//   |a11|   |   |   |
//   +---+---+---+---+
const halves = (x: number) => [0, 0.5, 1, 1.5].map(y => square(x, y, 0.5, 0.5))
const units = [1, 1.5, 2, 2.5, 3].flatMap(halves)

describe('a border pushed by units', () => {
  it('takes the units that it sweeps, on the side it moves to', () => {
    const east = done(map, push([2, 1], [2.4, 1], units))
    expect(east.area('A')).toBeCloseTo(5)
    expect(east.area('a2')).toBeCloseTo(3)
    expect(east.area('b1')).toBeCloseTo(1)
    const west = push([2, 1], [1.6, 1.1], units)
    expect(west).toMatchObject({ kind: 'push', lineage: [], shifted: ['a2', 'b1', 'A', 'B'] })
    expect(done(map, west).area('B')).toBeCloseTo(5)
    expect(done(map, push([2, 1], [2.9, 1], units)).area('A')).toBeCloseTo(6)
  })

  it('leaves a unit whose middle it does not reach, and fits units to the loser', () => {
    expect(refusalOf(push([2, 1], [2.2, 1], units)).refused).toBe('no-effect')
    const wide = done(map, push([2, 1], [2.4, 1], [square(1.9, 0.5, 0.6, 0.7)]))
    expect(wide.area('B')).toBeCloseTo(3.65)
  })

  it('takes units apart from one another, meeting in a corner, or around one that stays', () => {
    const apart = done(map, push([2, 1], [2.4, 1], [square(2, 0, 0.5, 0.5), square(2, 1.2, 0.5, 0.5)]))
    expect(apart.area('B')).toBeCloseTo(3.5)
    const corner = [square(2, 0.5, 0.3, 0.5), square(2.3, 1, 0.3, 0.5)]
    expect(done(map, push([2, 1], [2.6, 1], corner)).area('B')).toBeCloseTo(3.7)
    const around = [square(2, 0, 0.9, 0.5), square(2, 1, 0.9, 0.5), square(2, 0.5, 0.3, 0.5)]
    const ring = [...around, square(2.6, 0.5, 0.3, 0.5)]
    expect(done(map, push([2, 1], [2.95, 1], ring)).area('B')).toBeCloseTo(4 - 0.9 - 0.3)
  })

  it('gives whole grids of the loser when no units are given', () => {
    const plan = push([2, 1], [2.6, 1])
    expect(done(map, plan).parent('b1')).toBe('A')
    expect(plan).toMatchObject({ kind: 'push', warnings: [] })
    expect(done(map, push([2, 1], [1.3, 1])).parent('a2')).toBe('B')
    expect(refusalOf(push([2, 1], [4.5, 1])).refused).toBe('would-empty')
  })

  it('warns when ground is torn off', () => {
    const island = push([2, 1], [2.9, 1], [square(2.5, 0.5, 0.3, 0.3)])
    expect(island).toMatchObject({ warnings: [{ warning: 'would-disconnect', grid: 'a2' }, { grid: 'A' }] })
  })

  it('refuses', () => {
    const code = (grids: [string, string], from = at(2, 1), to = at(2.4, 1), given = units) =>
      refusalOf(pushBorder(map, { grids, from, to, units: given })).refused
    expect(code(['A', 'nobody'])).toBe('unknown-grid')
    expect(code(['A', 'A'])).toBe('no-effect')
    expect(code(['A', 'b1'])).toBe('different-depths')
    expect(code(['b2', 'a2'])).toBe('not-adjacent')
    expect(code(['A', 'B'], at(2, 1), at(2, 1))).toBe('no-effect')
    expect(code(['A', 'B'], at(2, 1), at(2, 1.5))).toBe('no-effect')
    expect(code(['A', 'B'], at(2, 1), at(2.4, 1), [])).toBe('no-effect')
    expect(code(['A', 'B'], at(2, 1), at(4.5, 1), [2, 2.5, 3, 3.5].flatMap(halves))).toBe('would-empty')
    const crossed = [square(2, 0, 0.4, 0.4), square(2.1, 0.1, 0.4, 0.4)]
    expect(code(['A', 'B'], at(2, 1), at(2.4, 1), crossed)).toBe('bad-geometry')
  })
})
