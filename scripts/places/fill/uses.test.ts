// What belongs on a block of each use, and how it is named, numbered and counted.
import { describe, expect, it } from 'vitest'
import type { Block, Building, Filling, Use } from '../place.ts'
import { randomOf } from '../random.ts'
import { fill, homesOf } from './index.ts'
import { distanceToSegment, type Point } from './plane.ts'
import { blockOf, frame, USES } from './testing-blocks.ts'

/** 240 by 200 m, streets all round, the southern one first. */
const square = (use: Use, density: number): Block =>
  blockOf(
    [
      [0, 0],
      [240, 0],
      [240, 200],
      [0, 200],
    ],
    [2, 1, 1, 1],
    use,
    density,
  )
const filled = (use: Use, density: number, seed = 'a'): Filling =>
  fill([square(use, density)], frame, randomOf(seed))
const middleOf = ({ point }: Building): Point => frame.metres(point)

describe('an estate', () => {
  it('has slab blocks in rows, numbered from west to east and from north to south', () => {
    const { buildings, lines } = filled('estate', 0.4)
    const slabs = buildings.filter(({ kind }) => kind === 'apartments')
    expect(slabs.length).toBeGreaterThan(12)
    expect(slabs.map(({ name }) => name)).toEqual(slabs.map((_, i) => `${i + 1}栋`))
    slabs.slice(1).forEach((slab, i) => {
      const [x, y] = middleOf(slab)
      const [beforeX, beforeY] = middleOf(slabs[i]!)
      expect(y < beforeY - 10 || (Math.abs(y - beforeY) < 0.1 && x > beforeX)).toBe(true)
    })
    expect(buildings.map(({ kind }) => kind)).toContain('gatehouse')
    const drive = lines.find(({ halfWidth }) => halfWidth > 2)!
    expect(Math.abs(frame.metres(drive.path[0]!)[1] % 200)).toBeLessThan(0.02)
  })

  it('has its entrances on the northern side, from west to east, 13 to 19 metres apart', () => {
    for (const { kind, entrances, point } of filled('estate', 0.6).buildings) {
      if (kind !== 'apartments') continue
      entrances.forEach(({ point: door }, i) => {
        const [x, y] = frame.metres(door)
        expect(y).toBeGreaterThan(frame.metres(point)[1] + 4)
        if (i === 0) return
        const [before] = frame.metres(entrances[i - 1]!.point)
        expect(x - before).toBeGreaterThan(13)
        expect(x - before).toBeLessThan(19.1)
      })
    }
  })

  it('grows with density from old walk-ups to towers', () => {
    const highest = [0.1, 0.4, 0.6, 0.8, 0.97].map(density =>
      Math.max(...filled('estate', density).buildings.map(({ storeys }) => storeys)),
    )
    expect(highest).toEqual(highest.toSorted((a, b) => a - b))
    expect(highest[0]).toBeLessThan(6)
    expect(highest.at(-1)).toBeGreaterThan(17)
  })
})

describe('homes', () => {
  const building = filled('estate', 0.4).buildings.find(({ kind }) => kind === 'apartments')!
  const entrances = building.entrances.slice(0, 3)
  it('are entrances × homes per floor × floors, without a ground floor of shops', () => {
    const slab = { ...building, entrances, storeys: 6, homesPerFloor: 2, use: 'estate' } as const
    expect(homesOf(slab)).toBe(36)
    expect(homesOf({ ...slab, use: 'shops' })).toBe(30)
    expect(homesOf({ ...slab, homesPerFloor: 0 })).toBe(0)
  })

  it('are one in a farmhouse of any height, and one on each floor above a shop', () => {
    const house = { ...building, entrances: entrances.slice(0, 1), homesPerFloor: 1, storeys: 3 }
    expect(homesOf({ ...house, kind: 'farm', use: 'hamlet' })).toBe(1)
    expect(homesOf({ ...house, kind: 'house', use: 'houses' })).toBe(1)
    expect(homesOf({ ...house, kind: 'house', use: 'old-town' })).toBe(2)
    expect(homesOf({ ...house, kind: 'house', use: 'old-town', storeys: 1 })).toBe(1)
  })
})

describe('addresses', () => {
  it('name the nearest street that has a name, else the block, else nothing', () => {
    const shops = filled('old-town', 0.5).buildings.filter(({ use }) => use === 'old-town')
    for (const { street, entrances } of shops) {
      const [x, y] = frame.metres(entrances[0]!.point)
      const off = [y, 240 - x, 200 - y, x]
      expect(street).toBe(`l${off.indexOf(Math.min(...off))}路`)
    }
    const block = square('hamlet', 0.2)
    const alone = { ...block, along: block.along.map(() => null) }
    expect(new Set(fill([alone], frame, randomOf('a')).buildings.map(({ street }) => street))).toEqual(
      new Set(['向阳院']),
    )
    const nameless = fill([{ ...alone, name: null }], frame, randomOf('a')).buildings
    expect(nameless.length).toBeGreaterThan(3)
    expect(nameless.every(({ street, estate }) => street === '' && estate === null)).toBe(true)
  })
})

describe('a place', () => {
  it('keeps off a road that only touches the corner of a block', () => {
    // The road comes from the south-west to the corner of the field, where the houses' western wall ends.
    const yard: readonly Point[] = [
      [0, 0],
      [90, 0],
      [90, 60],
      [0, 60],
    ]
    const field: readonly Point[] = [
      [-3, 0],
      [0, 60],
      [-40, 60],
    ]
    const houses = blockOf(yard, [1, 0, 0, 0], 'houses', 0.5)
    const beyond = blockOf(field, [3, 0, 0], 'field', 0)
    const [a, b] = [field[0]!, field[1]!]
    const near = (blocks: readonly Block[]) =>
      Math.min(
        ...fill(blocks, frame, randomOf('a')).buildings.flatMap(({ footprint }) =>
          footprint.map(p => distanceToSegment(frame.metres(p), a, b)),
        ),
      )
    expect(near([houses])).toBeLessThan(14)
    expect(near([houses, beyond])).toBeGreaterThanOrEqual(14)
  })

  it('has the same on a block whatever the blocks after it, and no id twice', () => {
    const first = square('estate', 0.4)
    const place = USES.map(use => square(use, 0.5))
    const alone = fill([first], frame, randomOf('a'))
    const together = fill([first, ...place], frame, randomOf('a'))
    expect(together.buildings.slice(0, alone.buildings.length)).toEqual(alone.buildings)
    const ids = [...together.buildings, ...together.lines].map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('puts on every use what belongs there', () => {
    const kinds = (use: Use) => new Set(filled(use, 0.5).buildings.map(({ kind }) => kind))
    expect(kinds('factory')).toContain('industrial')
    expect(kinds('school')).toContain('school')
    expect(kinds('hospital')).toContain('hospital')
    expect(kinds('greenhouse')).toEqual(new Set(['greenhouse']))
    expect(filled('school', 0.5).greens.map(({ kind }) => kind)).toContain('sport')
    expect(filled('lake', 0.5).ponds).toHaveLength(1)
    expect(filled('park', 0.5).lines.length).toBeGreaterThan(1)
    expect(filled('field', 0).greens.length).toBeGreaterThan(4)
    for (const use of ['field', 'orchard', 'forest', 'idle', 'lake'] as const)
      expect(filled(use, 0.5).buildings).toEqual([])
  })
})
