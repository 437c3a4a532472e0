// Whatever the block: nothing overlaps, nothing leaves it or comes too near its edges, and people find a home.
//
//     ┌──road────────────┐
//     │ ▭ ▭ ▭ ▭ ▭ ▭ ▭ ▭  │   gap ≥ 1 m between footprints, halfWidth from
//     │ - - path - - - - wall   roads and waters, 2 m from walls
//     └─────canal────────┘
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverageOf, covers, type Shape, validate } from '../../../core/topology/index.ts'
import { startAtLeast } from '../../../core/topology/shape.ts'
import { livingFloor } from '../../../server/registry/likely-residents.ts'
import type { Block, Building, Filling, Line } from '../place.ts'
import { randomOf } from '../random.ts'
import { WALL_METRES } from './ground.ts'
import { fill, homesOf } from './index.ts'
import { areaOf, distanceOfSegments, type Outline, type Point } from './plane.ts'
import { blockOf, EDGES, frame, LIVED_IN, metresOf, shapeOf, USES } from './testing-blocks.ts'

/** Star-shaped, from nearly round to deeply dented; stretched, so thin ones come too. */
const stars = fc
  .record({
    radii: fc.array(fc.double({ min: 0.25, max: 1, noNaN: true }), { minLength: 3, maxLength: 14 }),
    size: fc.integer({ min: 4, max: 190 }),
    stretch: fc.double({ min: 0.08, max: 1, noNaN: true }),
    turn: fc.double({ min: 0, max: 6.28, noNaN: true }),
  })
  .map(({ radii, size, stretch, turn }) =>
    radii.map((radius, i): Point => {
      const angle = (2 * Math.PI * i) / radii.length
      const [x, y] = [Math.cos(angle) * radius * size, Math.sin(angle) * radius * size * stretch]
      return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)]
    }),
  )

/** L-shaped, with arms of any thickness. */
const ells = fc
  .record({
    width: fc.integer({ min: 20, max: 260 }),
    height: fc.integer({ min: 20, max: 260 }),
    across: fc.double({ min: 0.15, max: 0.9, noNaN: true }),
    up: fc.double({ min: 0.15, max: 0.9, noNaN: true }),
    turn: fc.double({ min: 0, max: 6.28, noNaN: true }),
  })
  .map(({ width, height, across, up, turn }) =>
    (
      [
        [0, 0],
        [width, 0],
        [width, height * up],
        [width * across, height * up],
        [width * across, height],
        [0, height],
      ] as const
    ).map(
      ([x, y]): Point => [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)],
    ),
  )

const blocks = fc
  .record({
    points: fc.oneof(stars, ells),
    edges: fc.array(fc.integer({ min: 0, max: EDGES.length - 1 }), { minLength: 1, maxLength: 6 }),
    use: fc.constantFrom(...USES),
    density: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ points, edges, use, density }) => blockOf(points, edges, use, density))
  .filter(({ ring }) => sound([shapeOf(ring)]) && areaOf(metresOf(ring)) > 1)

/** Simple rings and no overlap, judged by the coverage kernel on the lattice. */
function sound(shapes: readonly Shape[]): boolean {
  const grids = shapes.map((shape, i) => ({
    id: String(i),
    level: 1 as const,
    parent: null,
    leaf: true,
    code: String(i),
    name: '',
    kind: 'basic' as const,
    locked: false,
    shape,
  }))
  return validate(coverageOf(grids), { complete: false }).length === 0
}

function gapOf(a: Outline, b: Outline): number {
  let gap = Infinity
  for (let i = 0; i < a.length; i++)
    for (let j = 0; j < b.length; j++)
      gap = Math.min(gap, distanceOfSegments(a[i]!, a[(i + 1) % a.length]!, b[j]!, b[(j + 1) % b.length]!))
  return gap
}

function check(block: Block, { buildings, greens, lines, ponds }: Filling): void {
  const ground = shapeOf(block.ring)
  const ring = metresOf(block.ring)
  const footprints = buildings.map(({ footprint }) => metresOf(footprint))
  const waters = ponds.map(({ rings }) => metresOf(rings[0]!))
  expect(sound([...buildings.map(b => shapeOf(b.footprint)), ...ponds.map(p => shapeOf(p.rings[0]!))])).toBe(
    true,
  )
  footprints.forEach((footprint, i) => {
    for (let j = 0; j < i; j++) expect(gapOf(footprint, footprints[j]!)).toBeGreaterThanOrEqual(1)
    for (const water of waters) expect(gapOf(footprint, water)).toBeGreaterThanOrEqual(1)
    ring.forEach((a, k) => {
      const edge: Outline = [a, ring[(k + 1) % ring.length]!]
      expect(gapOf(footprint, edge)).toBeGreaterThanOrEqual(block.along[k]?.halfWidth ?? WALL_METRES)
    })
    for (const { path, halfWidth } of lines)
      for (let k = 1; k < path.length; k++)
        expect(gapOf(footprint, metresOf(path.slice(k - 1, k + 1)))).toBeGreaterThanOrEqual(halfWidth)
  })
  for (const { footprint, point, entrances, ...building } of buildings) {
    expect(areaOf(metresOf(footprint))).toBeGreaterThan(8)
    for (const corner of footprint) expect(covers(ground, corner)).toBe(true)
    expect(covers(shapeOf(footprint), point)).toBe(true)
    entrances.forEach(({ number, point: door }, i) => {
      expect(number).toBe(i + 1)
      expect(covers(shapeOf(footprint), door)).toBe(true)
      expect(gapOf(metresOf(footprint), [frame.metres(door)])).toBeLessThan(0.5)
    })
    expect(building.storeys).toBeGreaterThanOrEqual(1)
    expect(building.built).toBeGreaterThanOrEqual(1970)
    expect(building.built).toBeLessThanOrEqual(2024)
    expect(building.street).not.toBe('')
    expect(homesOf({ footprint, point, entrances, ...building }) > 0).toBe(
      isLivedIn({ footprint, point, entrances, ...building }),
    )
  }
  for (const { path } of lines)
    for (const position of path.slice(1, -1)) expect(covers(ground, position)).toBe(true)
  for (const shape of ponds) expect(gapOf(metresOf(shape.rings[0]!), ring)).toBeGreaterThan(1)
  const surfaces = greens.map(
    ({ rings }): Shape => [
      [
        startAtLeast(rings[0]!.flat()),
        ...rings
          .slice(1)
          .map(hole => startAtLeast(hole.flat()))
          .sort((p, q) => p[0]! - q[0]! || p[1]! - q[1]!),
      ],
    ],
  )
  expect(sound(surfaces)).toBe(true)
}

const isLivedIn = ({ kind, storeys, footprint }: Building): boolean =>
  livingFloor({
    kind,
    storeys,
    footprint: areaOf(metresOf(footprint)),
    addresses: null,
    onWorkingLand: false,
  }) > 0

describe('filling a block', () => {
  it('keeps every rule on any block, and is the same every time', () => {
    fc.assert(
      fc.property(blocks, fc.string({ maxLength: 5 }), (block, seed) => {
        const filling = fill([block], frame, randomOf(seed))
        check(block, filling)
        expect(fill([block], frame, randomOf(seed))).toEqual(filling)
      }),
      { numRuns: 300 },
    )
  })

  it('gives every block for living a home where there is room for one', () => {
    const roomy = fc.record({
      width: fc.integer({ min: 20, max: 90 }),
      depth: fc.integer({ min: 20, max: 90 }),
      turn: fc.double({ min: 0, max: 6.28, noNaN: true }),
      edges: fc.array(fc.constantFrom(0, 1, 4), { minLength: 1, maxLength: 4 }),
      use: fc.constantFrom(...LIVED_IN),
      density: fc.double({ min: 0, max: 1, noNaN: true }),
      seed: fc.string({ maxLength: 5 }),
    })
    fc.assert(
      fc.property(roomy, ({ width, depth, turn, edges, use, density, seed }) => {
        fc.pre(width * depth >= 600)
        const points = (
          [
            [0, 0],
            [width, 0],
            [width, depth],
            [0, depth],
          ] as const
        ).map(
          ([x, y]): Point => [
            x * Math.cos(turn) - y * Math.sin(turn),
            x * Math.sin(turn) + y * Math.cos(turn),
          ],
        )
        const block = blockOf(points, edges, use, density)
        const filling = fill([block], frame, randomOf(seed))
        check(block, filling)
        expect(filling.buildings.some(building => homesOf(building) > 0)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })
  it('keeps off a wide river that only passes by', () => {
    const square: Point[] = [
      [0, 0],
      [140, 0],
      [140, 90],
      [0, 90],
    ]
    const block = blockOf(square, [1], 'houses', 0.6)
    const path = [frame.position(-200, -20), frame.position(300, -20)]
    const river: Line = { id: 'r', kind: 'water', class: 'river', name: '毗河', path, halfWidth: 60 }
    const gapsIn = ({ buildings }: Filling) =>
      buildings.map(({ footprint }) => gapOf(metresOf(footprint), metresOf(path)))
    expect(Math.min(...gapsIn(fill([block], frame, randomOf('dry'))))).toBeLessThan(60)
    const gaps = gapsIn(fill([block], frame, randomOf('dry'), [river]))
    expect(gaps.length).toBeGreaterThan(0)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60)
  })
})
