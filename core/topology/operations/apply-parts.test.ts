import { describe, expect, it } from 'vitest'
import { applyParts } from './apply-parts.ts'
import { done, raggedMap, refusalOf, square, UNIT } from './small-maps.ts'

const map = raggedMap()
const ring = (...positions: [number, number][]) => [[positions.flat().map(v => Math.round(v * UNIT))]]

describe('parts of a parent', () => {
  it('take the place of a leaf, one level below; one part is the parent once more', () => {
    const two = done(
      map,
      applyParts(map, { parent: 'a2', parts: [square(1, 0, 1, 0.5), square(1, 0.5, 1, 1.5)] }),
    )
    expect(two.after.childrenOf('a2').map(({ level, leaf }) => [level, leaf])).toEqual([
      [3, true],
      [3, true],
    ])
    expect([two.area('new1'), two.area('new2')]).toEqual([0.5, 1.5])
    const one = done(map, applyParts(map, { parent: 'C', parts: [map.grid('C')!.shape] }))
    expect(one.after.grid('new1')!.shape).toEqual(map.grid('C')!.shape)
  })

  it('take the place of all grids below, and say which came from which', () => {
    const parts = [ring([0, 0], [2, 0], [2, 1.2], [0, 0.7]), ring([0, 0.7], [2, 1.2], [2, 2], [0, 2])]
    const plan = applyParts(map, { parent: 'A', parts })
    const { after } = done(map, plan)
    expect(after.childrenOf('A')).toHaveLength(2)
    for (const gone of ['a1', 'a11', 'a12', 'a2']) expect(after.grid(gone)).toBeUndefined()
    expect(plan).toMatchObject({
      warnings: [],
      lineage: expect.arrayContaining([
        { from: 'a11', to: 'part-0' },
        { from: 'a12', to: 'part-1' },
      ]),
    })
    // the border of B got the vertex at which the parts meet it
    expect(after.grid('B')!.shape.flat(2).length).toBe(map.grid('B')!.shape.flat(2).length + 2)
  })

  //  +---+---+
  //  | 1 | 2 |    the long side of 0 has no vertex where 1 and 2 meet
  //  +---+---+
  //  |   0   |
  it('may lack a vertex where three of them meet', () => {
    const parts = [square(1, 0, 1, 1), square(1, 1, 0.5, 1), square(1.5, 1, 0.5, 1)]
    const { area } = done(map, applyParts(map, { parent: 'a2', parts }))
    expect([area('new1'), area('new2'), area('new3')]).toEqual([1, 0.5, 0.5])
  })

  it('must tile the parent', () => {
    const code = (parts: ReturnType<typeof square>[], parent = 'a2') =>
      refusalOf(applyParts(map, { parent, parts })).refused
    expect(code([square(1, 0, 1, 0.5)])).toBe('bad-geometry')
    expect(code([square(1, 0, 1, 0.5), square(1, 0.5, 1, 1)])).toBe('bad-geometry')
    expect(code([square(1, 0, 0.5, 2), square(1, 0.5, 1, 1.5)])).toBe('bad-geometry')
    expect(code([])).toBe('no-effect')
    expect(code([square(0, 0)], 'nobody')).toBe('unknown-grid')
  })
})
