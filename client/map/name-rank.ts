// Whose names the map carries: of nested things (levels of grids, ranks of areas) the deepest that have room for a name.

/** A name has room when the lesser side of its polygon's box is so long on the screen, in pixels. */
const ROOM = 110

const median = (sizes: readonly number[]): number =>
  [...sizes].sort((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0

/**
 * @param sizes of each rank the lesser side of every visible polygon's box, in pixels
 * @returns the largest rank whose polygons mostly have room; where none has, the smallest there is; null of nothing
 */
export function namedRank(sizes: ReadonlyMap<number, readonly number[]>): number | null {
  const ranks = [...sizes.keys()].sort((a, b) => a - b)
  return ranks.findLast(rank => median(sizes.get(rank) ?? []) >= ROOM) ?? ranks[0] ?? null
}
