// How far a number of people lies outside the band that a level profile sets for a level (rule R6).

export type Band = readonly [from: number, to: number]

/**
 * 0 inside the band; 0.2: a fifth more people than its upper end; -0.2: a fifth fewer than its lower end.
 * null where the profile sets no band.
 */
export function bandDeviation(persons: number, band: Band | null | undefined): number | null {
  if (!band) return null
  const [from, to] = band
  if (persons > to) return to > 0 ? persons / to - 1 : Number.POSITIVE_INFINITY
  if (persons < from) return persons / from - 1
  return 0
}
