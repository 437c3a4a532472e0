// Picks by weight in logarithmic time: for lists that are picked from thousands of times.
import type { Random } from '../place.ts'

export type Picker<T> = (random: Random) => T

/** @throws where nothing has a positive weight */
export function pickerOf<T>(list: readonly (readonly [T, number])[]): Picker<T> {
  const values = list.map(([value]) => value)
  const index = indexPickerOf(list.map(([, weight]) => weight))
  return random => values[index(random)]!
}

/** Picks an index. */
export function indexPickerOf(weights: readonly number[]): Picker<number> {
  const ends = new Float64Array(weights.length)
  let sum = 0
  weights.forEach((weight, i) => {
    sum += weight
    ends[i] = sum
  })
  if (!(sum > 0)) throw new RangeError('Nothing to pick from.')
  return random => {
    const at = random.next() * sum
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (ends[middle]! > at) high = middle
      else low = middle + 1
    }
    return low
  }
}

/** Reorders in place, every order equally likely. */
export function shuffle<T>(list: T[], random: Random): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1))
    const kept = list[i]!
    list[i] = list[j]!
    list[j] = kept
  }
  return list
}
