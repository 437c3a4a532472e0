// Codes of level-1 grids: inside one village a number after its twelve digits, across villages a village place of their own.
import { nextCode } from './grid-code.ts'

/** Village places from here on are no villages but grids that span some. */
const FIRST_SPANNING = 601
const LAST_SPANNING = 999

/** Does a level-1 code stand for a grid that spans villages? */
export const isSpanning = (code: string): boolean => Number(code.slice(9, 12)) >= FIRST_SPANNING

/** The code of the nth grid of a town (nine digits) that spans villages; null when the places are used up. */
export const spanningCode = (town: string, n: number): string | null => {
  const place = FIRST_SPANNING + n
  return place > LAST_SPANNING ? null : `${town}${place}001`
}

/**
 * The next free code of level 1 for ground that comes from grids with these codes.
 * @param areaCode of the plan, 6, 9 or 12 digits
 * @param given every code given that begins with `levelOnePrefix`
 * @returns null when the digits are used up
 */
export function nextLevelOne(
  areaCode: string,
  sources: readonly string[],
  given: Iterable<string>,
): string | null {
  const prefix = levelOnePrefix(areaCode, sources)
  if (prefix.length === 12) return nextCode(prefix, 1, given)
  const town = townOf(areaCode, sources)
  let most = FIRST_SPANNING - 1
  for (const code of given)
    if (code.length === 15 && code.startsWith(town) && isSpanning(code))
      most = Math.max(most, Number(code.slice(9, 12)))
  return spanningCode(town, most + 1 - FIRST_SPANNING)
}

/** What all codes begin with that must be known to find the next one of level 1. */
export const levelOnePrefix = (areaCode: string, sources: readonly string[]): string => {
  if (areaCode.length === 12) return areaCode
  const villages = new Set(sources.map(code => code.slice(0, 12)))
  const [village] = villages
  return villages.size === 1 && village && !isSpanning(village) ? village : townOf(areaCode, sources)
}

/** The nine digits that all sources share, or those of the area. */
export const townOf = (areaCode: string, sources: readonly string[]): string => {
  const towns = new Set(sources.map(code => code.slice(0, 9)))
  const [town] = towns
  return towns.size === 1 && town ? town : areaCode.slice(0, 9).padEnd(9, '0')
}
