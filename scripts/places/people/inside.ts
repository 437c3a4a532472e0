// Where in the village's buildings something is: picked by what a building is for.

import type { Position } from '../../../core/topology/index.ts'
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import type { Building, Random, Use } from '../place.ts'
import type { Address } from './addresses.ts'
import { indexPickerOf, type Picker } from './picker.ts'
import type { Spot } from './village.ts'

/** Somewhere in a building, nearer to its middle than to its walls. */
export function pointInside({ point, footprint }: Building, random: Random): Position {
  const [x, y] = footprint[Math.floor(random.next() * footprint.length)]!
  const share = random.next() * 0.7
  return [Math.round(point[0] + (x - point[0]) * share), Math.round(point[1] + (y - point[1]) * share)]
}

export function spotIn(building: Building, addresses: ReadonlyMap<string, Address>, random: Random): Spot {
  return {
    ewkb: pointEwkb(pointInside(building, random)),
    where: addresses.get(building.id)?.written ?? building.street,
    grid: building.grid,
  }
}

/** Picks a building by weight; where nothing weighs, any; null where there are no buildings. */
export function buildingPicker(
  buildings: readonly Building[],
  weigh: (building: Building) => number,
): Picker<Building> | null {
  if (buildings.length === 0) return null
  const weights = buildings.map(weigh)
  const index = indexPickerOf(weights.some(weight => weight > 0) ? weights : weights.map(() => 1))
  return random => buildings[index(random)]!
}

/** Weights by use, times how many storeys there are to be on. */
export const byUse =
  (weights: Partial<Record<Use, number>>) =>
  ({ use, kind, storeys }: Building): number =>
    kind === 'shed' || kind === 'greenhouse' ? 0 : (weights[use] ?? 0) * Math.min(6, storeys)
