// Gives codes and names to new grids: the next free number under the parent, never one that was given before.
import { nextCode, sequenceOf } from '../../core/coding/grid-code.ts'
import { isSpanning, levelOnePrefix, nextLevelOne } from '../../core/coding/level-one.ts'
import { codesGiven } from '../plans/queries.ts'
import type { Around } from './around.ts'

export interface CodeAndName {
  readonly code: string
  readonly name: string
}

/**
 * @param parent the grid under which the first new ones come; null: level 1
 * @param sources codes of the level-1 grids that the ground of a new one of level 1 comes from
 * @returns for each new grid its code and name, or null where the digits are used up
 */
export async function namer(
  { tx, plan, stored }: Around,
  parent: string | null,
  sources: readonly string[] = [],
) {
  const known = new Map<string | null, CodeAndName>(stored)
  known.set(null, { code: levelOnePrefix(plan.area_code, sources), name: plan.areaName })
  const given = new Set(await codesGiven(tx, plan, known.get(parent)!.code))
  return (id: string, level: number, under: string | null): CodeAndName | null => {
    const above = known.get(under)
    const code =
      under === null
        ? nextLevelOne(plan.area_code, sources, given)
        : above
          ? nextCode(above.code, level, given)
          : null
    if (code === null) return null
    given.add(code)
    const number = under === null && isSpanning(code) ? code.slice(9, 12) : sequenceOf(code, level)
    const identity = { code, name: `${above!.name} ${number}` }
    known.set(id, identity)
    return identity
  }
}
