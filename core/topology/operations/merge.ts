// Merges grids that share a border into one of them.
import { Chain } from '../chains.ts'
import type { Coverage } from '../coverage.ts'
import { type Change, type Grid, isRefusal, type Position, type Refusal } from '../model.ts'
import { tracePieces } from '../pieces.ts'
import type { MergePlan } from '../plans.ts'
import { reassign } from '../reassign.ts'
import { regionAround } from '../region.ts'
import { retile, type Turn } from '../retile.ts'
import { DisjointSets } from '../sets.ts'
import { undrawn } from '../snap.ts'
import { boxAround, placeOf } from './ground-plan.ts'
import { leavesOf } from './on-region.ts'

/**
 * Merges grids of one parent into the one named by `keep`, at any level: leaves become one leaf; grids with children
 * become one parent of all the children. Together they must be connected by borders of positive length. Where leaves
 * merge, vertices that only the vanished border needed go when they lie exactly straight between two loaded grids; the
 * grid beyond and the ancestors are listed as bent then.
 *
 * Refuses with `unknown-grid`, `no-effect` (fewer than two), `locked`, `different-parents`, `different-depths` (a leaf
 * with a grid that has children), `not-adjacent`, `bad-geometry`.
 */
export const merge = (
  coverage: Coverage,
  request: { grids: readonly string[]; keep: string },
): MergePlan | Refusal => {
  const ids = [...new Set(request.grids)]
  const grids: Grid[] = []
  for (const id of ids) {
    const grid = coverage.grid(id)
    if (!grid) return { refused: 'unknown-grid', place: null, grid: id }
    grids.push(grid)
  }
  if (!ids.includes(request.keep)) return { refused: 'unknown-grid', place: null, grid: request.keep }
  const [first] = grids
  if (!first || grids.length < 2) return { refused: 'no-effect', place: first ? placeOf(first.shape) : null }
  for (const grid of grids) {
    const refuse = (refused: Refusal['refused']): Refusal => ({
      refused,
      place: placeOf(grid.shape),
      grid: grid.id,
    })
    if (grid.locked) return refuse('locked')
    if (grid.parent !== first.parent || grid.level !== first.level) return refuse('different-parents')
    if (grid.leaf !== first.leaf) return refuse('different-depths')
  }
  const apart = notConnected(grids)
  if (apart) return { refused: 'not-adjacent', place: placeOf(apart.shape), grid: apart.id }
  return first.leaf ? mergeLeaves(coverage, ids, request.keep) : mergeParents(grids, request.keep)
}

/** A grid that shares no segment, directly or through others, with the first one. */
const notConnected = (grids: readonly Grid[]): Grid | null => {
  const owners = new Map<string, number>()
  const parts = new DisjointSets(grids.length)
  grids.forEach((grid, g) => {
    for (const face of grid.shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          const a = `${ring[j]},${ring[j + 1]}`
          const b = `${ring[i]},${ring[i + 1]}`
          const key = a < b ? `${a} ${b}` : `${b} ${a}`
          const owner = owners.get(key)
          if (owner === undefined) owners.set(key, g)
          else parts.join(g, owner)
        }
  })
  return grids.find((_, g) => parts.root(g) !== parts.root(0)) ?? null
}

const mergeParents = (grids: readonly Grid[], keep: string): MergePlan | Refusal => {
  const chain = new Chain()
  const first = grids[0]!
  for (const grid of grids) chain.addShape(grid.shape, 1)
  const shape = chain.toShape()
  if (!shape) return { refused: 'bad-geometry', place: placeOf(first.shape), grid: first.id }
  return {
    kind: 'merge',
    grids: grids.map(grid => grid.id),
    keep,
    shape,
    bent: [],
    dissolved: sharedLines(grids),
    touchedBox: boxAround(grids),
  }
}

/** The segments that two of the grids share, joined to lines. */
const sharedLines = (grids: readonly Grid[]): Position[][] => {
  const seen = new Set<string>()
  const lines: Position[][] = []
  for (const grid of grids)
    for (const face of grid.shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          if (seen.has(`${ring[i]},${ring[i + 1]} ${ring[j]},${ring[j + 1]}`)) {
            const line = lines.at(-1)
            const end = line?.at(-1)
            if (line && end && end[0] === ring[j] && end[1] === ring[j + 1])
              line.push([ring[i]!, ring[i + 1]!])
            else
              lines.push([
                [ring[j]!, ring[j + 1]!],
                [ring[i]!, ring[i + 1]!],
              ])
          }
          seen.add(`${ring[j]},${ring[j + 1]} ${ring[i]},${ring[i + 1]}`)
        }
  return lines
}

const mergeLeaves = (coverage: Coverage, ids: readonly string[], keep: string): MergePlan | Refusal => {
  const region = regionAround(coverage, ids, [])
  if (region.broken) return { refused: 'bad-geometry', place: region.broken }
  const inPlay = leavesOf(coverage, region, ids)
  const pieces = tracePieces(region, inPlay, undrawn(region))
  if (isRefusal(pieces)) return pieces
  const keeper = region.numberOf.get(keep)!
  const shapes = reassign(
    region,
    region.points,
    pieces,
    pieces.pieces.map(() => keeper),
  )
  if (isRefusal(shapes)) return shapes
  const turns: Turn[] = []
  for (const [leaf, shape] of shapes) {
    const before = region.leaves[leaf]!
    turns.push({ before, after: inPlay[leaf] === 1 && leaf !== keeper ? null : { ...before, shape } })
  }
  const change = retile(coverage, turns)
  if (isRefusal(change)) return change
  const grids = ids.map(id => coverage.grid(id)!)
  return {
    kind: 'merge',
    grids: ids,
    keep,
    shape: shapes.get(keeper)!,
    bent: change.after.flatMap(grid =>
      grid.id === keep ? [] : [{ grid: grid.id, before: coverage.grid(grid.id)!.shape, after: grid.shape }],
    ),
    dissolved: sharedLines(grids),
    touchedBox: boxAround(grids),
  }
}

/** The change that a merge plan describes: `keep` takes the ground and the children of the others, which go. */
export const commitMerge = (coverage: Coverage, plan: MergePlan): Change => {
  const before: Grid[] = []
  const after: Grid[] = []
  const gridOf = (id: string): Grid => {
    const grid = coverage.grid(id)
    if (!grid) throw new Error(`the plan names a grid that is not in the coverage: ${id}`)
    return grid
  }
  for (const id of plan.grids) {
    const grid = gridOf(id)
    before.push(grid)
    if (id === plan.keep) {
      after.push({ ...grid, shape: plan.shape })
      continue
    }
    for (const child of coverage.childrenOf(id)) {
      before.push(child)
      after.push({ ...child, parent: plan.keep })
    }
  }
  for (const { grid: id, after: shape } of plan.bent) {
    const grid = gridOf(id)
    before.push(grid)
    after.push({ ...grid, shape })
  }
  return { before, after }
}
