// The homes of a village and how its exact number of people and households is spread over them.
import { homesOf } from '../fill/home.ts'
import type { Building, GeneratedGrid, Random } from '../place.ts'
import { apportionBetween } from './apportion-between.ts'

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

const MOST_IN_A_HOME = 6

/**
 * People and households by building, both exact. Every leaf grid with homes gets somebody; where the place has a band
 * for grids, each leaf stays inside it when its homes allow.
 * @throws where people have no home to live in
 */
export function spreadPeople(
  buildings: readonly Building[],
  grids: readonly GeneratedGrid[],
  quota: { readonly persons: number; readonly households: number },
  band: readonly [number, number] | null,
  random: Random,
): Inhabited[] {
  const list = buildings
    .map(building => ({ building, homes: homesIn(building) }))
    .filter(({ homes }) => homes.length > 0)
  if (list.length === 0) throw new Error('A village with people and without homes.')
  const weights = list.map(
    ({ building, homes }) => homes.length * sizeOf(building, homes.length) * occupancy(random),
  )
  const persons = personsOf(list, weights, grids, quota.persons, band)
  const fewest = persons.map(count => Math.ceil(count / MOST_IN_A_HOME))
  const homeless = fewest.reduce((a, b) => a + b, 0) > quota.households
  const households = apportionBetween(
    quota.households,
    list.map(
      ({ building, homes }, i) =>
        (0.1 + persons[i]!) * (0.4 + 0.6 * Math.min(1, homes.length / 2.4)) +
        Number(DORMITORY_USES.has(building.use)) * 0.01,
    ),
    homeless ? persons.map(count => Math.min(1, count)) : fewest,
    persons,
  )
  return list.map(({ building, homes }, i) => ({
    building,
    homes,
    persons: persons[i]!,
    households: households[i]!,
  }))
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

interface Dwelling {
  readonly building: Building
  readonly homes: readonly Home[]
}

function personsOf(
  list: readonly Dwelling[],
  weights: readonly number[],
  grids: readonly GeneratedGrid[],
  persons: number,
  band: readonly [number, number] | null,
): number[] {
  const byGrid = new Map<string, number[]>()
  list.forEach(({ building }, i) => {
    const members = byGrid.get(building.grid)
    if (members) members.push(i)
    else byGrid.set(building.grid, [i])
  })
  const within = band && inBand(byGrid, weights, grids, persons, band)
  if (within) {
    const result = list.map(() => 0)
    byGrid.forEach((members, grid) => {
      const shares = over(members, list, weights, within.get(grid)!, [members])
      members.forEach((i, k) => {
        result[i] = shares[k]!
      })
    })
    return result
  }
  return over(
    list.map((_, i) => i),
    list,
    weights,
    persons,
    [...byGrid.values()],
  )
}

/** Over some buildings; the weightiest of every group gets one person at least. */
function over(
  members: readonly number[],
  list: readonly Dwelling[],
  weights: readonly number[],
  persons: number,
  groups: readonly (readonly number[])[],
): number[] {
  const first = new Set(groups.map(group => group.reduce((a, b) => (weights[b]! > weights[a]! ? b : a))))
  const room = members.map(i => list[i]!.homes.length * MOST_IN_A_HOME)
  // Where homes are too few they are crowded rather than people lost.
  const crowding = Math.max(1, (persons * 1.02) / room.reduce((a, b) => a + b, 0))
  return apportionBetween(
    persons,
    members.map(i => weights[i]!),
    members.map(i => (first.has(i) && persons >= groups.length ? 1 : 0)),
    room.map(count => Math.ceil(count * crowding)),
  )
}

/** People of each leaf inside the band, or null where that cannot be. */
function inBand(
  byGrid: ReadonlyMap<string, readonly number[]>,
  weights: readonly number[],
  grids: readonly GeneratedGrid[],
  persons: number,
  [least, most]: readonly [number, number],
): Map<string, number> | null {
  const basic = new Set(grids.filter(({ kind }) => kind === 'basic').map(({ id }) => id))
  const ids = [...byGrid.keys()]
  const low = ids.map(id => (basic.has(id) ? Math.ceil(least * 1.04) : 1))
  const high = ids.map(id => (basic.has(id) ? Math.floor(most * 0.98) : Math.floor(most / 10)))
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0)
  if (sum(low) > persons || sum(high) < persons) return null
  const wish = ids.map(id => sum(byGrid.get(id)!.map(i => weights[i]!)))
  const shares = apportionBetween(persons, wish, low, high)
  return new Map(ids.map((id, k) => [id, shares[k]!]))
}
