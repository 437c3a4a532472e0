// How many homes a building has, and the last house that a block for living always finds room for.
import type { Building } from '../place.ts'
import { GAP_METRES } from './ground.ts'
import { Axes, type Point } from './plane.ts'
import { plainHouse } from './shapes.ts'
import type { Stand } from './stand.ts'

/** A family has the whole of one. */
const FAMILY_HOUSES = new Set(['house', 'farm'])

/**
 * Homes of a building. A farmhouse is one home whatever its storeys. Else entrances × homes per floor × floors lived on:
 * all storeys, but not a ground floor of shops (uses `shops` and `old-town`; a shop-house of one storey is lived in).
 */
export function homesOf(building: Building): number {
  const { kind, use, storeys, entrances, homesPerFloor } = building
  if (homesPerFloor === 0) return 0
  if (FAMILY_HOUSES.has(kind) && use !== 'old-town') return entrances.length
  const shops = use === 'shops' || use === 'old-town' ? 1 : 0
  return entrances.length * homesPerFloor * Math.max(1, storeys - shops)
}

/** One small house where nothing else would fit; false where not even that does. */
export function anyHome(stand: Stand): boolean {
  const { ground, random } = stand
  const { at, room } = ground.heart
  if (room < 3.5) return false
  const { west, south, east, north } = ground.box
  const places: Point[] = [at]
  for (let i = 1; i < 8; i++)
    for (let j = 1; j < 8; j++)
      places.push([west + ((east - west) * i) / 8, south + ((north - south) * j) / 8])
  const built = random.whole(1985, 2015)
  const turn = ground.direction
  for (const [x, y] of places)
    for (const [width, depth] of [
      [11, 9],
      [9, 7],
      [7.6, 6],
      [6.5, 5],
    ] as const)
      for (const angle of [turn, turn + Math.PI / 4, turn + Math.PI / 8, turn - Math.PI / 8]) {
        const house = plainHouse(new Axes([x, y], angle), -width / 2, -depth / 2, width, depth)
        if (!ground.fits(house.outline, GAP_METRES)) continue
        const { outline, heart, door } = house
        return stand.build({
          outline,
          heart,
          doors: [door],
          kind: 'house',
          storeys: 2,
          built,
          homesPerFloor: 1,
        })
      }
  return false
}
