// The homes of a village and how its exact number of people and households is spread over them.
import { homesOf } from '../fill/home.ts'
import type { Building, GeneratedGrid, Random } from '../place.ts'
import { apportionBetween } from './apportion-between.ts'
import { MOST_IN_A_HOME, personsByGrid } from './persons-by-grid.ts'

export interface Home {
  readonly entrance: number
  readonly floor: number
  /** 301; null where the building is one home. */
  readonly number: string | null
}

export interface Inhabited {
  readonly building: Building
  readonly homes: readonly Home[]
  readonly persons: number
  readonly households: number
}

export const DORMITORY_USES: ReadonlySet<string> = new Set([
  'factory',
  'school',
  'office',
  'hospital',
  'yard',
])

/** Every home of a building by entrance, floor and door; as many as `homesOf` says. */
export function homesIn(building: Building): Home[] {
  const count = homesOf(building)
  const { entrances, homesPerFloor, storeys } = building
  if (count === 0) return []
  const floors = count / (entrances.length * homesPerFloor)
  if (count === entrances.length && entrances.length === 1) return [{ entrance: 1, floor: 1, number: null }]
  const lowest = Math.max(1, storeys - Math.max(1, Math.round(floors)) + 1)
  return Array.from({ length: count }, (_, i) => {
    const entrance = i % entrances.length
    const onEntrance = Math.floor(i / entrances.length)
    const floor = lowest + Math.floor(onEntrance / homesPerFloor)
    return {
      entrance: entrances[entrance]!.number,
      floor,
      number: `${floor}${String((onEntrance % homesPerFloor) + 1).padStart(2, '0')}`,
    }
  })
}

/**
 * People and households by building, both exact. They are shared out down the grids, so that sister grids come out more
 * even than their homes are; every leaf grid with homes gets somebody, and a band for level-2 grids is kept where homes
 * allow.
 * @throws where people have no home to live in
 */
export function spreadPeople(
  buildings: readonly Building[],
  grids: readonly GeneratedGrid[],
  quota: { readonly persons: number; readonly households: number },
  band: readonly [number, number] | null,
  random: Random,
): Inhabited[] {
  const all = buildings
    .map(building => ({ building, homes: homesIn(building) }))
    .filter(({ homes }) => homes.length > 0)
    .map(of => ({
      ...of,
      weight: of.homes.length * sizeOf(of.building, of.homes.length) * occupancy(random),
    }))
  if (all.length === 0) throw new Error('A village with people and without homes.')
  const [list, vacant] = apart(all, Math.floor(quota.households * 0.85), random)
  const persons = personsByGrid(list, grids, quota.persons, band)
  const fewest = persons.map(count => Math.ceil(count / MOST_IN_A_HOME))
  const tooFew = fewest.reduce((a, b) => a + b, 0) > quota.households
  const households = apportionBetween(
    quota.households,
    list.map(({ homes }, i) => (0.1 + persons[i]!) * (0.4 + 0.6 * Math.min(1, homes.length / 2.4))),
    tooFew ? persons.map(count => Math.min(1, count)) : fewest,
    persons,
  )
  const counts = new Map(list.map(({ building }, i) => [building.id, [persons[i]!, households[i]!] as const]))
  for (const { building } of vacant) counts.set(building.id, [0, 0])
  return all.map(({ building, homes }) => {
    const [inIt, ofThem] = counts.get(building.id)!
    return { building, homes, persons: inIt, households: ofThem }
  })
}

/** At most so many buildings to live in, at least one of every grid; the others stand empty. */
function apart<T extends { building: Building; weight: number }>(
  all: readonly T[],
  most: number,
  random: Random,
): [inhabited: T[], vacant: T[]] {
  if (all.length <= most) return [[...all], []]
  const firsts = new Map<string, T>()
  for (const of of all) {
    const first = firsts.get(of.building.grid)
    if (!first || of.weight > first.weight) firsts.set(of.building.grid, of)
  }
  const chosen = new Set(firsts.values())
  // The larger ones are the likelier to be lived in.
  const order = all
    .map(of => [Math.log(1 - random.next()) / Math.max(of.weight, 1e-9), of] as const)
    .sort((a, b) => b[0] - a[0])
  for (const [, of] of order) if (chosen.size < most) chosen.add(of)
  return [all.filter(of => chosen.has(of)), all.filter(of => !chosen.has(of))]
}

/** Larger homes hold more people, up to a point. */
function sizeOf({ footprint, storeys }: Building, homes: number): number {
  let doubled = 0
  footprint.forEach(([x, y], i) => {
    const [nextX, nextY] = footprint[(i + 1) % footprint.length]!
    const [x0, y0] = footprint[0]!
    doubled += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0)
  })
  // A square step is about 1.1e-4 square metres; between here and Beijing the difference does not matter.
  const squareMetres = (Math.abs(doubled) / 2) * 1.06e-4 * storeys
  return Math.min(2.2, Math.max(0.7, Math.sqrt(squareMetres / homes / 90)))
}

/** Some stand empty, the rest differ. */
const occupancy = (random: Random): number => (random.next() < 0.05 ? 0.02 : 0.75 + random.next() * 0.5)
