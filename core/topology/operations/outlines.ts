// The other grids whose outline an edit changes: bent leaves, and every ancestor by the sum of its leaves' changes.
import { Chain } from '../chains.ts'
import type { Coverage } from '../coverage.ts'
import type { Grid, Refusal } from '../model.ts'
import { isRefusal } from '../model.ts'
import type { Bent } from '../plans.ts'
import type { Points } from '../points.ts'
import { OUTSIDE, type Region } from '../region.ts'

/** A border that an edit takes away or adds, with the leaves on either side. */
export interface BorderChange {
  readonly a: number
  readonly b: number
  readonly left: number
  readonly right: number
  readonly sign: 1 | -1
}

/**
 * The new outlines of all ancestors of the leaves that a list of border changes touches. `skip` names grids that the
 * edit treats itself. Leaves are numbers in the region.
 */
export const bendAncestors = (
  coverage: Coverage,
  region: Region,
  points: Points,
  changes: readonly BorderChange[],
  skip: ReadonlySet<string>,
): Bent[] | Refusal => {
  const ancestors = new Map<number, ReadonlySet<Grid>>()
  const above = (leaf: number): ReadonlySet<Grid> => {
    let found = ancestors.get(leaf)
    if (!found) {
      found = new Set(leaf === OUTSIDE ? [] : coverage.ancestorsOf(region.leaves[leaf]!.id))
      ancestors.set(leaf, found)
    }
    return found
  }
  const perGrid = new Map<Grid, { change: BorderChange; sign: number }[]>()
  const note = (grid: Grid, change: BorderChange, sign: number) => {
    const list = perGrid.get(grid)
    if (list) list.push({ change, sign })
    else perGrid.set(grid, [{ change, sign }])
  }
  for (const change of changes) {
    const left = above(change.left)
    const right = above(change.right)
    for (const grid of left) if (!right.has(grid) && !skip.has(grid.id)) note(grid, change, change.sign)
    for (const grid of right) if (!left.has(grid) && !skip.has(grid.id)) note(grid, change, -change.sign)
  }
  const bent: Bent[] = []
  for (const [grid, list] of perGrid) {
    const after = addToOutline(grid, points, list)
    if (isRefusal(after)) return after
    bent.push({ grid: grid.id, before: grid.shape, after: after.shape })
  }
  return bent
}

const addToOutline = (
  grid: Grid,
  points: Points,
  list: readonly { change: BorderChange; sign: number }[],
): Refusal | { shape: Grid['shape'] } => {
  const chain = new Chain()
  chain.addShape(grid.shape, 1)
  for (const { change, sign } of list)
    chain.add(points.x(change.a), points.y(change.a), points.x(change.b), points.y(change.b), sign)
  const shape = chain.toShape()
  const { a } = list[0]!.change
  if (!shape) return { refused: 'too-narrow', place: [points.x(a), points.y(a)], grid: grid.id }
  return { shape }
}
