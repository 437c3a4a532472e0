// Whatever the seed: grids nest and tile, counts are exact, blocks tile their leaves, roads connect.
import { describe, expect, it } from 'vitest'
import { coverageOf, type Position, shapeArea2, validate } from '../../../core/topology/index.ts'
import { frameAt } from '../frame.ts'
import type { Face, Layout, Line, Random, Site } from '../place.ts'
import { randomOf } from '../random.ts'
import { interiorOf } from './face.ts'
import {
  areaGrid,
  chuzhou,
  layOut,
  layOutPlace,
  layOutSpecial,
  type SmallPlace,
  shangdi,
  tuanjie,
} from './index.ts'
import { shapeOf } from './outline.ts'
import { outlineFace } from './site-faces.ts'

const LIVED = ['estate', 'old-town', 'houses', 'hamlet']

const faults = (grids: Layout['grids']) =>
  validate(coverageOf(grids.map(grid => ({ ...grid, locked: false }))), { complete: true })

const doubled = (faces: readonly Face[]): bigint =>
  faces.reduce((sum, face) => sum + shapeArea2(shapeOf([face])), 0n)

/** How many separate pieces the roads are. */
function pieces(lines: readonly Line[]): number {
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
  return new Set([...parent.keys()].map(root)).size
}

/** Blocks tile the leaves, and people can live in each leaf of a village. */
function expectBlocks({ grids, blocks }: Pick<Layout, 'grids' | 'blocks'>): void {
  for (const leaf of grids.filter(grid => grid.leaf)) {
    const own = blocks.filter(block => block.grid === leaf.id)
    expect(doubled(own)).toBe(shapeArea2(leaf.shape))
    expect(shapeOf(own)).toEqual(leaf.shape)
    if (leaf.kind === 'basic') expect(own.some(({ use }) => LIVED.includes(use))).toBe(true)
  }
}

/** A made-up village with up to three ways in. */
function village(random: Random, ground: Site['ground']): Site {
  const frame = frameAt([1_166_000_000, 405_000_000])
  const radius = 500 + random.next() * 900
  const points = Array.from({ length: 9 }, (_, i): readonly [number, number] => {
    const [angle, r] = [(i / 9) * 2 * Math.PI, radius * (0.8 + random.next() * 0.4)]
    return [r * Math.cos(angle), r * Math.sin(angle)]
  })
  const face = outlineFace(frame, points, 12, random)
  const gates = [0, 0.45, 0.7].slice(0, random.whole(1, 3)).map((part, i) => ({
    at: face.ring[Math.floor(part * face.ring.length)]!,
    class: i < 2 ? ('tertiary' as const) : ('residential' as const),
    name: null,
  }))
  return {
    code: '110116200201',
    name: '北沟村',
    town: { code: '110116200000', name: '渤海镇' },
    area: shapeOf([face]),
    face,
    centre: interiorOf(face),
    ground,
    gates,
  }
}

const PLACES: readonly (readonly [string, (random: Random) => SmallPlace, readonly number[]])[] = [
  ['tuanjie', tuanjie, [10, 46, 86, 634]],
  ['shangdi', shangdi, [12, 56, 142, 0]],
  ['chuzhou', chuzhou, [4, 34, 0, 0]],
  ['area-grid', areaGrid, [5, 18, 38, 0]],
]

for (const [name, make, counts] of PLACES)
  describe(name, () => {
    for (const seed of [name, 'b', 'c'])
      it(`is sound, with seed ${seed}`, { timeout: 60_000 }, () => {
        const random = randomOf(seed)
        const place = make(random.fork('sites'))
        const laid = [...layOutPlace(place, random)]
        const grids = [...place.tops, ...laid.flatMap(layout => layout.grids)]
        expect(faults(grids)).toEqual([])
        expect([1, 2, 3, 4].map(level => grids.filter(grid => grid.level === level).length)).toEqual(counts)
        expect(new Set(grids.map(({ code }) => code)).size).toBe(grids.length)
        expect(new Set(grids.map(({ id }) => id)).size).toBe(grids.length)
        for (const layout of laid) expectBlocks(layout)
        const roads = [...place.lines, ...laid.flatMap(layout => layout.lines)]
        expect(pieces(roads)).toBe(1)
        const ground = place.jobs.flatMap(({ site, options }) => [site.face, ...(options.pieces ?? [])])
        const special = place.specials.flatMap(one => one.pieces.map(({ face }) => face))
        const [town] = place.areas
        expect(doubled([...ground, ...special])).toBe(shapeArea2(town!.shape))
      })
  })

describe('villages of mountains and plains', () => {
  for (let round = 0; round < 12; round++)
    it(`are sound, round ${round}`, () => {
      const random = randomOf(`village ${round}`)
      const site = village(random, round % 3 === 0 ? 'plain' : 'mountain')
      const counts = [1 + (round % 4), 6 + round, round % 2 === 0 ? 4 : 0]
      const layout = layOut(site, counts, random, { houses: 'compact', persons: 200 + 60 * round })
      expect(faults(layout.grids)).toEqual([])
      expect([2, 3, 4].map(level => layout.grids.filter(grid => grid.level === level).length)).toEqual(counts)
      expectBlocks(layout)
      expect(pieces(layout.lines)).toBe(1)
      const onRoads = new Set(
        layout.lines.flatMap(({ kind, path }) => (kind === 'road' ? path.map(String) : [])),
      )
      for (const { at } of site.gates) expect(onRoads.has(String(at))).toBe(true)
    })
})

describe('special grids', () => {
  it('are leaves or have a part for each piece', () => {
    const random = randomOf('special')
    const place = areaGrid(random)
    const [enterprise] = place.specials
    const whole = layOutSpecial(enterprise!, random)
    expect(whole.grids.map(({ level }) => level)).toEqual([1, 2, 2, 2, 2, 2, 2, 2, 2])
    const leaf = layOutSpecial({ ...enterprise!, kind: 'street', parts: false }, random)
    expect(leaf.grids).toHaveLength(1)
    for (const layout of [whole, leaf]) {
      expect(faults(layout.grids)).toEqual([])
      for (const grid of layout.grids.filter(one => one.leaf))
        expect(doubled(layout.blocks.filter(block => block.grid === grid.id))).toBe(shapeArea2(grid.shape))
    }
  })

  it('has parcels strictly inside villages', () => {
    const place = areaGrid(randomOf('holes'))
    const holes = place.jobs.flatMap(({ site, options }) =>
      shapeOf([site.face, ...(options.pieces ?? [])]).flatMap(face => face.slice(1)),
    )
    expect(holes).toHaveLength(2)
  })
})

it('is the same for a seed', () => {
  const lay = () => {
    const { jobs } = tuanjie(randomOf('same'))
    const { site, counts, options } = jobs[3]!
    return layOut(site, counts, randomOf('same'), options)
  }
  expect(lay()).toEqual(lay())
})
