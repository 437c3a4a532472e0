// People come out exact, nobody is crowded without need, no leaf with homes is empty, and sister grids are rather even.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Level } from '../../../core/topology/index.ts'
import type { Building, GeneratedGrid } from '../place.ts'
import { type Dwelling, MOST_IN_A_HOME, personsByGrid } from './persons-by-grid.ts'

const grid = (id: string, level: Level, parent: string | null): GeneratedGrid => ({
  id,
  level,
  parent,
  leaf: level > 1,
  code: id,
  name: id,
  kind: 'basic',
  shape: [],
})
/** A village whose level-2 grids hold buildings with so many homes each. */
const villageOf = (homes: readonly (readonly number[])[]) => ({
  grids: [grid('village', 1, null), ...homes.map((_, i) => grid(`${i}`, 2, 'village'))],
  list: homes.flatMap((buildings, i) =>
    buildings.map(
      (count): Dwelling => ({
        building: { grid: `${i}` } as Building,
        homes: Array.from({ length: count }),
        weight: count,
      }),
    ),
  ),
})
const byGrid = (list: readonly Dwelling[], persons: readonly number[]): Map<string, number> => {
  const sums = new Map<string, number>()
  list.forEach(({ building }, i) => {
    sums.set(building.grid, (sums.get(building.grid) ?? 0) + persons[i]!)
  })
  return sums
}

test('exact, in homes, and somebody in every grid', () => {
  const homes = fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 9,
  })
  fc.assert(
    fc.property(homes, fc.double({ min: 0, max: 1, noNaN: true }), (of, part) => {
      const { grids, list } = villageOf(of)
      const room = list.reduce((sum, { homes: { length } }) => sum + length, 0) * MOST_IN_A_HOME
      const total = of.length + Math.floor(part * (room * 0.97 - of.length))
      if (total < of.length) return
      const persons = personsByGrid(list, grids, total, null)
      expect(persons.reduce((a, b) => a + b, 0)).toBe(total)
      persons.forEach((count, i) => {
        expect(count).toBeLessThanOrEqual(list[i]!.homes.length * MOST_IN_A_HOME)
      })
      for (const count of byGrid(list, persons).values()) expect(count).toBeGreaterThan(0)
    }),
  )
})

test('more people than fit are crowded evenly', () => {
  const { grids, list } = villageOf([[10, 10], [20]])
  const persons = personsByGrid(list, grids, 480, null)
  expect(persons.reduce((a, b) => a + b, 0)).toBe(480)
  persons.forEach((count, i) => {
    expect(count / list[i]!.homes.length).toBeGreaterThan(10)
    expect(count / list[i]!.homes.length).toBeLessThan(14)
  })
})

test('grids are more even than their homes, and a band is kept where homes allow', () => {
  const { grids, list } = villageOf([[100], [90, 60], [150, 150], [200, 300], [350, 350]])
  const free = [...byGrid(list, personsByGrid(list, grids, 3_600, null)).values()]
  expect(Math.max(...free) / Math.min(...free)).toBeLessThan(4)
  expect(Math.max(...free)).toBeGreaterThan(1_000)
  const kept = [...byGrid(list, personsByGrid(list, grids, 3_600, [500, 1_000])).values()]
  expect(kept.reduce((a, b) => a + b, 0)).toBe(3_600)
  for (const count of kept) expect(count >= 500 && count <= 1_000).toBe(true)
})
