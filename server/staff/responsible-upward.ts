// The chain of responsible people: heads of the grid and of those above it, who leads the areas, street and river chiefs.
import type { RawBuilder } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { GridName } from '../../core/contract/grids.ts'
import type { Chain, StaffPost } from '../../core/contract/staff.ts'
import type { Tx } from '../db/database.ts'
import { CADRE, HEAD } from './judge-rule.ts'
import { postsNear, postsOn } from './queries.ts'

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
 * @param upward the grid itself first, then its ancestors
 * @param shape the grid's geometry, an expression, and its box
 */
export async function responsibleUpward(
  tx: Tx,
  place: { county: string; area: string },
  upward: readonly GridName[],
  shape: { readonly geometry: RawBuilder<unknown>; readonly box: Box },
  on: string,
): Promise<{ chain: Chain[]; own: StaffPost[] }> {
  const ids = upward.map(grid => grid.id)
  const onGrids = await postsOn(tx, place.county, 'grid_id', ids, on)
  const grids = upward.map(
    (grid): Chain => ({
      kind: 'grid',
      id: grid.id,
      name: grid.name,
      level: grid.level,
      posts: leading(onGrids.get(grid.id) ?? []),
    }),
  )
  const codes = [...new Set([...areasUp(upward[0]!.code), ...areasUp(place.area)])].sort(
    (a, b) => b.length - a.length,
  )
  const onAreas = await postsOn(tx, place.county, 'area_code', codes, on)
  const names =
    onAreas.size === 0
      ? []
      : await tx
          .selectFrom('area')
          .select(['code', 'name'])
          .where('county', '=', place.county)
          .where('code', 'in', [...onAreas.keys()])
          .execute()
  const nameOf = new Map(names.map(area => [area.code, area.name]))
  const areas = codes.flatMap((code): Chain[] => {
    const posts = onAreas.get(code)
    return posts ? [{ kind: 'area', id: code, name: nameOf.get(code) ?? code, level: null, posts }] : []
  })
  const lines: Chain[] = []
  for (const { kind, id, name, post } of await postsNear(tx, place.county, shape, NEAR_METRES, on)) {
    const known = lines.find(line => line.kind === kind && line.id === id)
    if (known) known.posts.push(post)
    else lines.push({ kind, id, name, level: null, posts: [post] })
  }
  return { chain: [...grids, ...areas, ...lines], own: onGrids.get(ids[0]!) ?? [] }
}
