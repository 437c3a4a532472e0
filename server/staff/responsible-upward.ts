// The chain of responsible people: heads of the grid and of those above it, who leads the areas, street and river chiefs.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { GridName } from '../../core/contract/grids.ts'
import type { Chain, StaffPost } from '../../core/contract/staff.ts'
import type { Answers } from '../db/together.ts'
import { CADRE, HEAD } from './judge-rule.ts'
import { linesOf, postsByKey, postsNear, postsOn } from './queries.ts'

/** A street or river chief is responsible for a grid this near. */
const NEAR_METRES = 50

/** Who leads: the heads, or the cadres where there is no head. */
const leading = (posts: readonly StaffPost[]): StaffPost[] => {
  const heads = posts.filter(post => post.role === HEAD)
  return heads.length > 0 ? heads : posts.filter(post => post.role === CADRE)
}

/** Codes of the areas that a code lies in, the smallest first. */
export const areasUp = (code: string): string[] =>
  [12, 9, 6].filter(digits => code.length >= digits).map(digits => code.slice(0, digits))

/**
 * The chain in two halves: what to ask, in a statement that has a table `ground` of the grid, and what the answers say.
 * @param upward the grid itself first, then its ancestors
 * @param box of the grid
 */
export function responsibleUpward(
  { county, area }: { county: string; area: string },
  upward: readonly GridName[],
  box: Box,
  on: string,
) {
  const codes = [...new Set([...areasUp(upward[0]!.code), ...areasUp(area)])].sort(
    (a, b) => b.length - a.length,
  )
  const parts = {
    onGrids: postsOn(
      county,
      'grid_id',
      upward.map(grid => grid.id),
      on,
    ),
    onAreas: postsOn(county, 'area_code', codes, on),
    areas: sql<{ code: string; name: string }>`
      select code, name from area where county = ${county} and code = any (${codes}::text[])`,
    onLines: postsNear(county, box, NEAR_METRES, on),
  }
  return {
    parts,
    read(rows: Answers<typeof parts>): { chain: Chain[]; own: StaffPost[] } {
      const onGrids = postsByKey(rows.onGrids)
      const grids = upward.map(
        ({ id, name, level }): Chain => ({
          kind: 'grid',
          id,
          name,
          level,
          posts: leading(onGrids.get(id) ?? []),
        }),
      )
      const onAreas = postsByKey(rows.onAreas)
      const nameOf = new Map(rows.areas.map(one => [one.code, one.name]))
      const areas = codes.flatMap((code): Chain[] => {
        const posts = onAreas.get(code)
        return posts ? [{ kind: 'area', id: code, name: nameOf.get(code) ?? code, level: null, posts }] : []
      })
      return { chain: [...grids, ...areas, ...linesOf(rows.onLines)], own: onGrids.get(upward[0]!.id) ?? [] }
    },
  }
}
