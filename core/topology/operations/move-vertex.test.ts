import { describe, expect, it } from 'vitest'
import { coverageOf } from '../coverage.ts'
import { deleteVertex, insertVertex, moveVertex } from './move-vertex.ts'
import { done, grid, line, raggedMap, refusalOf, square, UNIT } from './small-maps.ts'

const at = (x: number, y: number) => line([x, y])[0]!

describe('a border vertex', () => {
  const map = raggedMap()
  //  +---+---+
  //  |a12|   |     the node where a11, a12 and a2 meet goes east: all three change, A does not
  //  +---+>a2|
  //  |a11|   |
  it('where three grids meet takes all their borders along', () => {
    const plan = moveVertex(map, { from: at(1, 1), to: at(1.4, 1.2) })
    const { area } = done(map, plan)
    expect(area('a11')).toBeCloseTo(1.3)
    expect(area('a2')).toBeCloseTo(1.6)
    expect(area('a1')).toBeCloseTo(2.4)
    expect(area('A')).toBe(4)
    expect(plan).toMatchObject({ bent: [] })
  })

  it('is inserted and moved, and taken out again', () => {
    const plan = insertVertex(map, { at: at(2, 1), to: at(1.5, 1) })
    const { after, area } = done(map, plan)
    expect(area('B')).toBeCloseTo(4.5)
    const back = done(after, deleteVertex(after, { at: at(1.5, 1) }))
    expect(back.area('B')).toBe(4)
    expect(back.after.grid('A')!.shape).toEqual(map.grid('A')!.shape)
  })

  it('refuses: no vertex there, on the outer ring, no move, over another border, a node to be deleted', () => {
    const code = (from: readonly [number, number], to: readonly [number, number]) =>
      refusalOf(moveVertex(map, { from: at(...from), to: at(...to) })).refused
    expect(code([1.5, 1], [1.6, 1])).toBe('misses-grid')
    expect(code([0, 0], [0.1, 0.1])).toBe('leaves-area')
    expect(code([1, 1], [1, 1])).toBe('no-effect')
    expect(code([1, 1], [3.5, 1])).toBe('self-crossing')
    expect(refusalOf(deleteVertex(map, { at: at(1, 1) })).refused).toBe('no-effect')
    expect(refusalOf(insertVertex(map, { at: at(0, 0.5), to: at(0.1, 0.5) })).refused).toBe('leaves-area')
    expect(refusalOf(insertVertex(map, { at: at(1.5, 0.5), to: at(1.5, 0.6) })).refused).toBe('misses-grid')
  })

  //  +---------+----+
  //  |  a  [] >|    |    a moved border must not leave a hole's grid on its other side
  //  +---------+----+
  it('does not sweep over a grid inside', () => {
    const hole = [13000, 4000, 13000, 6000, 15000, 6000, 15000, 4000]
    const inside = [13000, 4000, 15000, 4000, 15000, 6000, 13000, 6000]
    const outline = [0, 0, 20000, 0, 20000, 5000, 20000, 10000, 0, 10000]
    const pierced = coverageOf([
      grid('a', [[outline, hole]]),
      grid('i', [[inside]]),
      grid('b', [[[20000, 0, 30000, 0, 30000, 10000, 20000, 10000, 20000, 5000]]]),
    ])
    const plan = moveVertex(pierced, { from: [20000, 5000], to: [2000, 5000] })
    expect(refusalOf(plan)).toMatchObject({ refused: 'too-narrow' })
    expect(UNIT).toBe(10_000)
  })

  it('may lie on another vertex only if every grid stays whole', () => {
    const one = coverageOf([grid('a', square(0, 0)), grid('b', square(1, 0))])
    expect(refusalOf(moveVertex(one, { from: at(1, 0), to: at(1, 1) })).refused).toBe('leaves-area')
  })
})
