// What an estate is built of: storeys, depth, lengths and distances, by how densely it is lived in.
import type { Random } from '../place.ts'

/** Where a building may stand: local, as long as its units. */
export interface Slot {
  readonly x: number
  readonly y: number
  readonly length: number
  readonly units: number
}

export interface Columns {
  readonly count: number
  readonly length: number
  readonly unit: number
  readonly gap: number
}

export interface EstateStyle {
  readonly tower: boolean
  readonly storeys: number
  readonly depth: number
  /** From the back of a row to the front of the next. */
  readonly between: number
  /** The usual length of a building, and the least that a row must offer. */
  readonly length: number
  readonly shortest: number
  readonly homesPerFloor: number
  readonly built: number
  /** How a row of this width is divided. */
  columns(width: number): Columns
}

const STOREY = 3
const LONGEST = 76

/** `room` is the smaller side of the block: towers need space around them. */
export function styleOf(density: number, random: Random, room: number): EstateStyle {
  const lively = density + random.normal() * 0.04
  if (lively > 0.88 && room > 60) return towers(random)
  if (lively > 0.72 && room > 45) return slabs(random, [14, 18], 13.5, 17.5, 2, [2005, 2022], 13)
  if (lively > 0.5) return slabs(random, [8, 11], 12.5, 16.5, 3, [2003, 2019], 9)
  if (lively > 0.3) return slabs(random, [6, 7], 11.5, 16, 3, [1996, 2010], 7)
  if (lively > 0.15) return slabs(random, [5, 6], 10.5, 15, 3, [1984, 2002], 7)
  return slabs(random, [3, 5], 10, 15, 2, [1976, 1994], 9)
}

function slabs(
  random: Random,
  storeys: readonly [number, number],
  depth: number,
  unit: number,
  units: number,
  built: readonly [number, number],
  gap: number,
): EstateStyle {
  const high = random.whole(...storeys)
  const usual = units + (units > 2 && random.next() < 0.35 ? 1 : 0)
  const length = usual * unit
  return {
    tower: false,
    storeys: high,
    depth: depth + Math.round(random.next() * 3) / 2,
    between: Math.max(15, Math.min(high * STOREY * (1.08 + random.next() * 0.2), 40)),
    length,
    shortest: 14,
    homesPerFloor: high > 11 && random.next() < 0.5 ? 3 : 2,
    built: random.whole(...built),
    columns(width) {
      const count = Math.max(
        1,
        Math.floor((width + gap) / (length * 0.8 + gap)),
        Math.ceil((width + gap) / (LONGEST + gap)),
      )
      const each = (width + gap) / count - gap
      const entrances = Math.max(1, Math.round(each / unit))
      // A unit is a stair with two homes: no wider than 19 m, whatever the row.
      const fitted = Math.min(19, each / entrances)
      return { count, length: fitted * entrances, unit: fitted, gap: gap + each - fitted * entrances }
    },
  }
}

function towers(random: Random): EstateStyle {
  const length = random.pick([25, 27, 30])
  const storeys = random.whole(20, 31)
  const nearest = random.whole(12, 16)
  return {
    tower: true,
    storeys,
    depth: random.pick([17, 18, 19]),
    between: Math.min(storeys * STOREY * 1.1, 45),
    length,
    shortest: length,
    homesPerFloor: random.pick([4, 4, 6]),
    built: random.whole(2008, 2023),
    columns(width) {
      const count = Math.max(1, Math.floor((width + nearest) / (length + nearest)))
      const gap = count > 1 ? (width - count * length) / (count - 1) : nearest
      return { count, length, unit: length, gap: Math.min(gap, nearest * 1.8) }
    },
  }
}
