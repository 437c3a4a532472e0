// Gives codes and names to new grids: the next free number under the parent, never one that was given before.
import { nextCode, sequenceOf, villageDigits } from '../../core/coding/grid-code.ts'
import { codesGiven } from '../plans/queries.ts'
import type { Around } from './around.ts'

export interface CodeAndName {
  readonly code: string
  readonly name: string
}

/**
 * @param parent the grid under which the first new ones come; null: level 1
 * @returns for each new grid its code and name, or null where the digits are used up
 */
export async function namer({ tx, plan, stored }: Around, parent: string | null) {
  const known = new Map<string | null, CodeAndName>(stored)
  known.set(null, { code: villageDigits(plan.area_code), name: plan.areaName })
  const given = new Set(await codesGiven(tx, plan, known.get(parent)!.code))
  return (id: string, level: number, under: string | null): CodeAndName | null => {
    const above = known.get(under)
    const code = above ? nextCode(above.code, level, given) : null
    if (code === null) return null
    given.add(code)
    const identity = { code, name: `${above!.name} ${sequenceOf(code, level)}` }
    known.set(id, identity)
    return identity
  }
}
