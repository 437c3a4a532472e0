// A place that somebody typed: latitude and longitude in either order, with or without letters.
import type { Place } from '../../core/contract/geometry.ts'

/** As the map writes it (`30.87829° N 103.94285° E`), or two numbers: longitude first when only that can be meant. */
export function readPlace(text: string): Place | null {
  const parts = [...text.matchAll(/(-?\d+(?:\.\d+)?)\s*°?\s*([NSEW北南东西])?/gi)]
  if (parts.length !== 2) return null
  const read = parts.map(([, number, letter = '']) => {
    const side = letter.toUpperCase()
    const value = Number(number) * (/[SW南西]/.test(side) ? -1 : 1)
    return { value, isLng: /[EW东西]/.test(side), isLat: /[NS北南]/.test(side) }
  })
  const [one, other] = read
  if (!one || !other || (one.isLng && other.isLng) || (one.isLat && other.isLat)) return null
  const latFirst = one.isLat || other.isLng || (!one.isLng && !other.isLat && Math.abs(other.value) > 90)
  const place: Place = latFirst ? [other.value, one.value] : [one.value, other.value]
  return Math.abs(place[0]) <= 180 && Math.abs(place[1]) <= 90 ? place : null
}
