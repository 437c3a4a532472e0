// Whatever the seed: grids nest and tile, counts are exact, blocks tile their leaves, roads connect.
import { describe, expect, it } from 'vitest'
import { coverageOf, type Position, shapeArea2, validate } from '../../../core/topology/index.ts'
import type { Face, Layout, Line, Site } from '../place.ts'
import { randomOf } from '../random.ts'
import { layOut, tuanjieOptions, tuanjieSites } from './index.ts'
import { shapeOf } from './outline.ts'

const LIVED = ['estate', 'old-town', 'houses', 'hamlet']

const faults = (grids: Layout['grids']) =>
  validate(coverageOf(grids.map(grid => ({ ...grid, locked: false }))), { complete: true })

const doubled = (faces: readonly Face[]): bigint =>
  faces.reduce((sum, face) => sum + shapeArea2(shapeOf([face])), 0n)

const countsOf = ({ grids }: Layout): number[] =>
  [1, 2, 3, 4].map(level => grids.filter(grid => grid.level === level).length)

/** How many separate pieces the roads are, borders' roads of the site among them. */
function pieces(lines: readonly Line[], faces: readonly Face[]): number {
  const parent = new Map<string, string>()
  const root = (key: string): string => {
    let top = key
    while (parent.get(top)! !== top) top = parent.get(top)!
    parent.set(key, top)
    return top
  }
  const tie = (a: Position, b: Position) => {
    for (const p of [a, b]) if (!parent.has(p.join())) parent.set(p.join(), p.join())
    parent.set(root(a.join()), root(b.join()))
  }
  for (const { kind, path } of lines)
    if (kind === 'road') for (let i = 1; i < path.length; i++) tie(path[i - 1]!, path[i]!)
  for (const { ring, along } of faces)
    ring.forEach((a, i) => {
      if (along[i]?.kind === 'road') tie(a, ring[(i + 1) % ring.length]!)
    })
  return new Set([...parent.keys()].map(root)).size
}

function expectSound(layout: Layout): void {
  const { grids, blocks, site } = layout
  expect(faults(grids)).toEqual([])
  expect(grids.map(grid => grid.code)).toHaveLength(new Set(grids.map(grid => grid.code)).size)
  for (const leaf of grids.filter(grid => grid.leaf)) {
    const own = blocks.filter(block => block.grid === leaf.id)
    expect(doubled(own)).toBe(shapeArea2(leaf.shape))
    expect(shapeOf(own)).toEqual(leaf.shape)
    expect(own.some(({ use }) => LIVED.includes(use))).toBe(true)
  }
  expect(doubled(blocks)).toBe(doubled([site.face]))
}

const COUNTS = { town: [9, 17, 90], plain: [4, 7, 52], mountain: [3, 12, 4] }

describe('Tuanjie', () => {
  for (const seed of ['tuanjie', 'b', 'c']) {
    it(`is sound, with seed ${seed}`, { timeout: 60_000 }, () => {
      const random = randomOf(seed)
      const { sites, lines } = tuanjieSites(random.fork('sites'))
      expect(sites).toHaveLength(10)
      const layouts = sites.map(site =>
        layOut(site, COUNTS[site.ground], random.fork(site.code), tuanjieOptions(site)),
      )
      for (const layout of layouts) {
        expectSound(layout)
        expect(countsOf(layout)).toEqual([1, ...COUNTS[layout.site.ground]])
      }
      expect(faults(layouts.flatMap(({ grids }) => grids))).toEqual([])
      const roads = [...lines, ...layouts.flatMap(layout => layout.lines)]
      expect(
        pieces(
          roads,
          sites.map(({ face }) => face),
        ),
      ).toBe(1)
    })
  }

  it('is the same for a seed', () => {
    const lay = () => {
      const { sites } = tuanjieSites(randomOf('same'))
      return layOut(sites[3] as Site, [4, 7, 40], randomOf('same'), tuanjieOptions(sites[3] as Site))
    }
    expect(lay()).toEqual(lay())
  })
})
