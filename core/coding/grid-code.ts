// Grid codes: 15 digits for level 1, two more for each level below (DB11, DB6101/T 3185-2024; product.md).

/** The village place that a grid spanning villages takes, as CJ/T 349 does for merged communities. */
const SPANNING = 601

/**
 * The 12 digits that level-1 codes of an area begin with.
 * @param areaCode 6, 9 or 12 digits
 */
export function villageDigits(areaCode: string): string {
  if (areaCode.length === 12) return areaCode
  return `${areaCode.padEnd(9, '0')}${SPANNING}`
}

/** Level 1: three digits after the village's twelve. Below: two digits after the parent's code. */
const WIDTH = { first: 3, below: 2 }

/**
 * The next free code after a prefix: one more than the highest ever given, so none is given twice.
 * @param prefix `villageDigits(area)` for level 1, the parent's code below
 * @param given every code the plan has ever given (others are ignored)
 * @returns the code, or null when the digits are used up
 */
export function nextCode(prefix: string, level: number, given: Iterable<string>): string | null {
  const width = level === 1 ? WIDTH.first : WIDTH.below
  let highest = 0
  for (const code of given) {
    if (code.length === prefix.length + width && code.startsWith(prefix)) {
      highest = Math.max(highest, Number(code.slice(prefix.length)))
    }
  }
  const next = String(highest + 1)
  return next.length > width ? null : prefix + next.padStart(width, '0')
}

/** The number that a code ends with, for names: 990000900001002 → 2. */
export const sequenceOf = (code: string, level: number): number =>
  Number(code.slice(-(level === 1 ? WIDTH.first : WIDTH.below)))

/** Has a code the digits of its level, and does it begin as codes of the area do? */
export const isCodeOf = (level: number, areaCode: string, code: string): boolean =>
  /^[0-9]+$/.test(code) &&
  code.length === 12 + WIDTH.first + WIDTH.below * (level - 1) &&
  code.startsWith(areaCode)
