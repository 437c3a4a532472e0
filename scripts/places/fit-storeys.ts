// Blocks of flats as high as their people need: layouts know ground, not how many will live on it.
import { homesOf } from './fill/index.ts'
import type { Building } from './place.ts'

/** Homes for each household: some are always empty. */
const HOMES_PER_HOUSEHOLD = 1.12
/** Lower, and an estate would look like a village. */
const LOWEST = 3

/** Lowers the blocks of flats of a village, all in proportion, until its homes suit its households. */
export function fitStoreys(buildings: readonly Building[], households: number): readonly Building[] {
  const isFlats = ({ kind, use }: Building) => kind === 'apartments' && use !== 'old-town'
  let flats = 0
  let others = 0
  for (const building of buildings) {
    if (isFlats(building)) flats += homesOf(building)
    else others += homesOf(building)
  }
  const share = Math.max(0, households * HOMES_PER_HOUSEHOLD - others) / flats
  if (!(share < 1)) return buildings
  return buildings.map(building =>
    isFlats(building)
      ? {
          ...building,
          storeys: Math.min(building.storeys, Math.max(LOWEST, Math.round(building.storeys * share))),
        }
      : building,
  )
}
