// Numbers grids anew: from west to east in rows from north to south, under their parents; an explicit act of a planner.
import { isSpanning, spanningCode } from './level-one.ts'
import { inReadingOrder } from './reading-order.ts'

type Box = readonly [minX: number, minY: number, maxX: number, maxY: number]

export interface Numbered {
  readonly id: string
  readonly level: number
  readonly parent: string | null
  readonly code: string
  readonly box: Box
}

/**
 * The new codes of the grids below a parent (null: of level 1), and of all below them, by id; only of those that change.
 * Level 1: 001 … in each village, 601 … as village places for grids that span some; below: 01 … after the parent's code.
 * @param grids of the plan
 * @returns or the grid for which no digits are left
 */
export function renumber(
  grids: readonly Numbered[],
  parent: string | null,
): Map<string, string> | { readonly exhausted: string } {
  const childrenOf = new Map<string | null, Numbered[]>()
  for (const grid of grids) {
    const list = childrenOf.get(grid.parent)
    if (list) list.push(grid)
    else childrenOf.set(grid.parent, [grid])
  }
  const below = new Set<string>()
  const gather = (id: string | null) => {
    for (const child of childrenOf.get(id) ?? []) {
      below.add(child.id)
      gather(child.id)
    }
  }
  gather(parent)
  // A grid that was moved here from elsewhere kept its code, which somebody here may not take.
  const held = new Set(grids.flatMap(({ id, code }) => (below.has(id) ? [] : [code])))
  const codes = new Map<string, string>()
  let exhausted: string | null = null
  const number = (row: readonly Numbered[], codeOf: (n: number) => string | null) => {
    let n = 0
    for (const grid of inReadingOrder(row, one => one.box)) {
      let code = codeOf(n++)
      while (code !== null && held.has(code)) code = codeOf(n++)
      if (code === null) {
        exhausted ??= grid.id
        return
      }
      codes.set(grid.id, code)
    }
  }
  const numberBelow = (id: string, prefix: string) => {
    const row = childrenOf.get(id) ?? []
    number(row, n => (n < 99 ? prefix + String(n + 1).padStart(2, '0') : null))
    for (const child of row) numberBelow(child.id, codes.get(child.id) ?? child.code)
  }
  if (parent === null) {
    const rows = new Map<string, Numbered[]>()
    for (const grid of childrenOf.get(null) ?? []) {
      const place = isSpanning(grid.code) ? grid.code.slice(0, 9) : grid.code.slice(0, 12)
      rows.set(place, [...(rows.get(place) ?? []), grid])
    }
    for (const [place, row] of rows)
      number(row, n =>
        place.length === 9 ? spanningCode(place, n) : n < 999 ? place + String(n + 1).padStart(3, '0') : null,
      )
    for (const grid of childrenOf.get(null) ?? []) numberBelow(grid.id, codes.get(grid.id) ?? grid.code)
  } else {
    const top = grids.find(grid => grid.id === parent)
    if (top) numberBelow(top.id, top.code)
  }
  if (exhausted !== null) return { exhausted }
  for (const { id, code } of grids) if (codes.get(id) === code) codes.delete(id)
  return codes
}
