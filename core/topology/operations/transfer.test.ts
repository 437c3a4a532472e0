import { describe, expect, it } from 'vitest'
import { carve } from './carve.ts'
import { relabel } from './relabel.ts'
import { reparent } from './reparent.ts'
import { done, line, raggedMap, refusalOf } from './small-maps.ts'
import { transferArea, transferGrids } from './transfer.ts'

const map = raggedMap()
const loop = (x: number, y: number, w: number, h: number) =>
  line([x, y], [x + w, y], [x + w, y + h], [x, y + h], [x, y])

describe('transfer', () => {
  it('gives a drawn area to a neighbour, across parents and ragged levels', () => {
    const { area } = done(map, transferArea(map, { from: 'A', to: 'C', line: loop(-1, -0.5, 2.5, 1) }))
    expect(area('C')).toBeCloseTo(4.75)
    expect(area('a11')).toBeCloseTo(0.5)
    expect(area('a2')).toBeCloseTo(1.75)
    expect(area('A')).toBeCloseTo(3.25)
  })

  it('moves whole grids under a parent of their level, or dissolves them', () => {
    const moved = done(map, transferGrids(map, { grids: ['a2'], to: 'B' }))
    expect(moved.parent('a2')).toBe('B')
    expect(moved.area('B')).toBeCloseTo(6)
    const dissolved = done(map, transferGrids(map, { grids: ['a2'], to: 'b1' }))
    expect(dissolved.after.grid('a2')).toBeUndefined()
    expect(dissolved.area('b1')).toBeCloseTo(4)
  })

  it('warns when ground is torn off', () => {
    const plan = transferArea(map, { from: 'A', to: 'B', line: loop(0.2, 1.2, 0.5, 0.5) })
    expect(plan).toMatchObject({ warnings: [{ warning: 'would-disconnect', grid: 'b1' }, { grid: 'B' }] })
    done(map, plan)
  })

  it('refuses', () => {
    const code = (from: string, to: string, drawn = loop(0.5, 0.5, 1, 1)) =>
      refusalOf(transferArea(map, { from, to, line: drawn })).refused
    expect(code('A', 'b1')).toBe('different-depths')
    expect(code('A', 'A')).toBe('no-effect')
    expect(code('A', 'nobody')).toBe('unknown-grid')
    expect(code('A', 'B', loop(2.2, 0.2, 0.5, 0.5))).toBe('misses-grid')
    expect(code('A', 'B', loop(-1, -1, 4, 4))).toBe('would-empty')
    expect(code('A', 'B', line([0, 0], [1, 1], [1, 0]))).toBe('bad-geometry')
    expect(refusalOf(transferGrids(map, { grids: ['a2'], to: 'A' })).refused).toBe('no-effect')
    expect(refusalOf(transferGrids(map, { grids: ['A'], to: 'B' })).refused).toBe('would-empty')
    expect(refusalOf(transferGrids(map, { grids: ['a1', 'a2'], to: 'B' })).refused).toBe('would-empty')
  })
})

describe('carve', () => {
  //  +---+---+---+---+
  //  |a12| +-------+ |    the zone takes ground of four grids; a level-1 grid beside A and B
  //  +---+ | zone  | |
  //  |a11| +-------+ |
  it('takes ground of many grids for a new one at level 1; the rest keeps its identity', () => {
    const plan = carve(map, { line: loop(1.5, 0.5, 2, 1), kind: 'development', parent: null })
    const { after, area } = done(map, plan)
    expect(after.grid('new1')).toMatchObject({ level: 1, parent: null, kind: 'development', leaf: true })
    expect(area('new1')).toBeCloseTo(2)
    expect(area('A')).toBeCloseTo(3.5)
    expect(area('b2')).toBeCloseTo(1.5)
    expect(plan).toMatchObject({ lineage: ['a2', 'b1', 'b2'].map(from => ({ from, to: 'carved' })) })
  })

  it('swallows grids that lie wholly inside, with their parents', () => {
    const { after, area } = done(map, carve(map, { line: loop(-1, 0, 2, 3), kind: 'special', parent: null }))
    for (const gone of ['a1', 'a11', 'a12']) expect(after.grid(gone)).toBeUndefined()
    expect(area('new1')).toBeCloseTo(2)
    expect(area('A')).toBeCloseTo(2)
  })

  it('under a parent takes only its ground; a parent without children gets two', () => {
    const under = done(map, carve(map, { line: loop(1.5, 0.5, 2, 1), kind: 'enterprise', parent: 'B' }))
    expect(under.after.grid('new1')).toMatchObject({ level: 2, parent: 'B' })
    expect(under.area('new1')).toBeCloseTo(1.5)
    expect(under.area('a2')).toBe(2)
    const divided = done(map, carve(map, { line: loop(0.5, 0.5, 1, 1), kind: 'enterprise', parent: 'a2' }))
    expect(divided.after.grid('a2')).toMatchObject({ leaf: false, level: 2 })
    expect(divided.after.childrenOf('a2').map(({ kind, level }) => [kind, level])).toEqual([
      ['enterprise', 3],
      ['basic', 3],
    ])
  })

  it('refuses', () => {
    const code = (drawn: ReturnType<typeof line>, parent: string | null = null) =>
      refusalOf(carve(map, { line: drawn, kind: 'special', parent })).refused
    expect(code(loop(9, 9, 1, 1))).toBe('misses-grid')
    expect(code(loop(-1, -2, 9, 9), 'B')).toBe('would-empty')
    expect(code(loop(0, 0, 1, 1), 'nobody')).toBe('unknown-grid')
    expect(code(line([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]))).toBe('self-crossing')
  })
})

describe('the tree', () => {
  it('re-parents a grid with its descendants', () => {
    const plan = reparent(map, { grid: 'a2', parent: 'B' })
    const { parent, area } = done(map, plan)
    expect(parent('a2')).toBe('B')
    expect([area('A'), area('B')]).toEqual([2, 6])
    expect(plan).toMatchObject({ shifted: ['a2', 'A', 'B'], bent: [], warnings: [] })
    const far = reparent(map, { grid: 'a1', parent: 'B' })
    expect(done(map, far).parent('a11')).toBe('a1')
    expect(far).toMatchObject({ warnings: [{ warning: 'would-disconnect', grid: 'B' }] })
  })

  it('refuses to re-parent across levels, to where it is, under a leaf, or the only child', () => {
    const code = (id: string, parent: string) => refusalOf(reparent(map, { grid: id, parent })).refused
    expect(code('a11', 'B')).toBe('different-depths')
    expect(code('a2', 'A')).toBe('no-effect')
    expect(code('a2', 'C')).toBe('different-depths')
    expect(code('A', 'B')).toBe('different-depths')
    const alone = done(map, reparent(map, { grid: 'a2', parent: 'B' })).after
    expect(refusalOf(reparent(alone, { grid: 'a1', parent: 'B' })).refused).toBe('would-empty')
  })

  it('renames, recodes, changes the kind, locks and unlocks', () => {
    const { after } = done(
      map,
      relabel(map, [{ grid: 'a2', name: '东院', code: '7', kind: 'street', locked: true }]),
    )
    expect(after.grid('a2')).toMatchObject({ name: '东院', code: '7', kind: 'street', locked: true })
    expect(refusalOf(relabel(after, [{ grid: 'a2', name: '西院' }])).refused).toBe('locked')
    expect(done(after, relabel(after, [{ grid: 'a2', locked: false }])).after.grid('a2')!.locked).toBe(false)
    expect(refusalOf(relabel(map, [{ grid: 'a2', code: 'b1' }])).refused).toBe('code-taken')
    expect(refusalOf(relabel(map, [{ grid: 'a2', name: 'a2' }])).refused).toBe('no-effect')
    const swapped = done(
      map,
      relabel(map, [
        { grid: 'a2', code: 'b1' },
        { grid: 'b1', code: 'a2' },
      ]),
    ).after
    expect([swapped.grid('a2')!.code, swapped.grid('b1')!.code]).toEqual(['b1', 'a2'])
  })
})
