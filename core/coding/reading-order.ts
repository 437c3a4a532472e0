// The order in which grids are numbered: from west to east in rows from north to south (DB11, DB6101/T 3185-2024).

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

/**
 * Things lie in one row when their middle is within the height of the row's northernmost thing, so that crooked grids of
 * one street do not fall apart into rows of one each.
 */
export function inReadingOrder<T>(things: readonly T[], boxOf: (thing: T) => Box): T[] {
  const placed = things
    .map(thing => {
      const [minX, minY, maxX, maxY] = boxOf(thing)
      return { thing, x: (minX + maxX) / 2, y: (minY + maxY) / 2, south: minY }
    })
    .sort((a, b) => b.y - a.y || a.x - b.x)
  const ordered: T[] = []
  for (let start = 0; start < placed.length; ) {
    const { south } = placed[start]!
    let end = start + 1
    while (end < placed.length && placed[end]!.y > south) end++
    for (const { thing } of placed.slice(start, end).sort((a, b) => a.x - b.x || b.y - a.y))
      ordered.push(thing)
    start = end
  }
  return ordered
}
