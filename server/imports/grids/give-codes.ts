// The codes of imported grids: their own where these are sound and free, else the next free number under their parent.
import { isCodeOf, nextCode } from '../../../core/coding/grid-code.ts'
import { levelOnePrefix, nextLevelOne } from '../../../core/coding/level-one.ts'
import { inReadingOrder } from '../../../core/coding/reading-order.ts'
import { bounds, type Grid } from '../../../core/topology/index.ts'

interface Coded {
  readonly codes: ReadonlyMap<string, string>
  /** Grids for which no digits are left. */
  readonly exhausted: readonly string[]
}

/**
 * @param grids with the codes of the file, any or none
 * @param villageOf the twelve digits of the village that a grid of level 1 lies in, if it lies in one
 */
export function giveCodes(
  grids: readonly Grid[],
  areaCode: string,
  villageOf: (grid: Grid) => string | null,
): Coded {
  const codes = new Map<string, string>()
  const held = new Map<string, string[]>()
  const taken = new Set<string>()
  const give = (id: string, code: string, prefix: string) => {
    codes.set(id, code)
    taken.add(code)
    held.set(prefix, [...(held.get(prefix) ?? []), code])
  }
  const exhausted: string[] = []
  for (const level of [1, 2, 3, 4]) {
    const here = inReadingOrder(
      grids.filter(grid => grid.level === level),
      grid => bounds(grid.shape),
    )
    const without: Grid[] = []
    for (const grid of here) {
      // One that was moved keeps the code that it got under another parent.
      const prefix = level === 1 ? levelOnePrefix(areaCode, [grid.code]) : grid.code.slice(0, -2)
      const isSound =
        isCodeOf(level, areaCode, grid.code) && !taken.has(grid.code) && (level === 1 || taken.has(prefix))
      if (isSound) give(grid.id, grid.code, prefix)
      else without.push(grid)
    }
    const groups = new Map<string, { sources: readonly string[] | null; grids: Grid[] }>()
    for (const grid of without) {
      const above = grid.parent === null ? null : codes.get(grid.parent)
      // Its parent got no code, which is told already.
      if (above === undefined) continue
      const village = above === null ? villageOf(grid) : null
      const sources = above !== null ? null : village === null ? [] : [village]
      const prefix = above ?? levelOnePrefix(areaCode, sources!)
      const group = groups.get(prefix) ?? { sources, grids: [] }
      group.grids.push(grid)
      groups.set(prefix, group)
    }
    for (const [prefix, group] of groups) {
      const given = () =>
        group.sources === null || prefix.length === 12 ? (held.get(prefix) ?? []) : [...taken]
      for (const grid of group.grids) {
        const code =
          group.sources === null
            ? nextCode(prefix, level, given())
            : nextLevelOne(areaCode, group.sources, given())
        if (code === null) exhausted.push(grid.id)
        else give(grid.id, code, prefix)
      }
    }
  }
  return { codes, exhausted }
}
