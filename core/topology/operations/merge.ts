// Merges grids that share a border into one of them.
import { Chain } from '../chains.ts'
import { boundsOf, type Coverage } from '../coverage.ts'
import { orient } from '../exact.ts'
import { type Change, type Grid, isRefusal, type Position, type Refusal, type Shape } from '../model.ts'
import type { Bent, Box, MergePlan } from '../plans.ts'
import { pairKey } from '../points.ts'
import { OUTSIDE, type Region, regionAround } from '../region.ts'
import { sortShape } from '../shape.ts'
import { traceFaces } from '../trace.ts'
import { type BorderChange, bendAncestors } from './outlines.ts'

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
  if (!first || grids.length < 2) return { refused: 'no-effect', place: first ? placeOf(first) : null }
  for (const grid of grids) {
    const refuse = (refused: Refusal['refused']): Refusal => ({
      refused,
      place: placeOf(grid),
      grid: grid.id,
    })
    if (grid.locked) return refuse('locked')
    if (grid.parent !== first.parent || grid.level !== first.level) return refuse('different-parents')
    if (grid.leaf !== first.leaf) return refuse('different-depths')
  }
  const apart = notConnected(grids)
  if (apart) return { refused: 'not-adjacent', place: placeOf(apart), grid: apart.id }
  return first.leaf ? mergeLeaves(coverage, ids, request.keep) : mergeParents(grids, request.keep)
}

const placeOf = (grid: Grid): Position | null => {
  const ring = grid.shape[0]?.[0]
  return ring ? [ring[0]!, ring[1]!] : null
}

/** A grid that shares no segment, directly or through others, with the first one. */
const notConnected = (grids: readonly Grid[]): Grid | null => {
  const owners = new Map<string, number>()
  const reach = grids.map((_, i) => i)
  const root = (i: number): number => (reach[i] === i ? i : root(reach[i]!))
  grids.forEach((grid, g) => {
    for (const face of grid.shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
          const a = `${ring[j]},${ring[j + 1]}`
          const b = `${ring[i]},${ring[i + 1]}`
          const key = a < b ? `${a} ${b}` : `${b} ${a}`
          const owner = owners.get(key)
          if (owner === undefined) owners.set(key, g)
          else reach[root(g)] = root(owner)
        }
  })
  return grids.find((_, g) => root(g) !== root(0)) ?? null
}

const mergeParents = (grids: readonly Grid[], keep: string): MergePlan | Refusal => {
  const chain = new Chain()
  const first = grids[0]!
  for (const grid of grids) chain.addShape(grid.shape, 1)
  const shape = chain.toShape()
  if (!shape) return { refused: 'bad-geometry', place: placeOf(first), grid: first.id }
  return {
    kind: 'merge',
    grids: grids.map(grid => grid.id),
    keep,
    shape,
    bent: [],
    dissolved: sharedLines(grids),
    touchedBox: boxOf(grids),
  }
}

const boxOf = (grids: readonly Grid[]): Box => {
  const boxes = grids.map(boundsOf)
  return [
    Math.min(...boxes.map(box => box[0])),
    Math.min(...boxes.map(box => box[1])),
    Math.max(...boxes.map(box => box[2])),
    Math.max(...boxes.map(box => box[3])),
  ]
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
  const merged = new Set(ids.map(id => region.numberOf.get(id)!))
  const isMerged = (leaf: number) => merged.has(leaf)
  const dissolved = new Set<number>()
  for (const leaf of merged)
    for (const s of region.segmentsOf[leaf]!)
      if (isMerged(region.left[s]!) && isMerged(region.right[s]!)) dissolved.add(s)
  const straightened = straighten(region, merged, dissolved)

  const changes: BorderChange[] = []
  const gone = new Set<number>(dissolved)
  for (const { segments, a, b, left, right } of straightened) {
    for (const s of segments) {
      gone.add(s)
      changes.push({ ...ends(region, s), sign: -1 })
    }
    changes.push({ a, b, left, right, sign: 1 })
  }

  const outline = (leaves: ReadonlySet<number>): Shape | null => {
    const from: number[] = []
    const to: number[] = []
    const walk = (a: number, b: number, left: boolean, right: boolean) => {
      if (left === right) return
      from.push(left ? a : b)
      to.push(left ? b : a)
    }
    for (const leaf of leaves)
      for (const s of region.segmentsOf[leaf]!)
        if (!gone.has(s))
          walk(region.a[s]!, region.b[s]!, leaves.has(region.left[s]!), leaves.has(region.right[s]!))
    for (const { a, b, left, right } of straightened) walk(a, b, leaves.has(left), leaves.has(right))
    const traced = traceFaces(region.points, from, to)
    return traced && sortShape(traced.faces)
  }

  const grids = ids.map(id => coverage.grid(id)!)
  const shape = outline(merged)
  if (!shape) return { refused: 'bad-geometry', place: placeOf(grids[0]!), grid: grids[0]!.id }
  const bent: Bent[] = []
  const beyond = new Set(
    straightened.flatMap(({ left, right }) => [left, right]).filter(leaf => !isMerged(leaf)),
  )
  for (const leaf of beyond) {
    const grid = region.leaves[leaf]!
    const after = outline(new Set([leaf]))
    if (!after) return { refused: 'bad-geometry', place: placeOf(grid), grid: grid.id }
    bent.push({ grid: grid.id, before: grid.shape, after })
  }
  const ancestors = bendAncestors(coverage, region, region.points, changes, new Set())
  if (isRefusal(ancestors)) return ancestors
  bent.push(...ancestors)
  return {
    kind: 'merge',
    grids: ids,
    keep,
    shape,
    bent,
    dissolved: sharedLines(grids),
    touchedBox: boxOf(grids),
  }
}

const ends = (region: Region, s: number) => ({
  a: region.a[s]!,
  b: region.b[s]!,
  left: region.left[s]!,
  right: region.right[s]!,
})

interface Straightened {
  readonly segments: readonly number[]
  readonly a: number
  readonly b: number
  readonly left: number
  readonly right: number
}

/**
 * Where the vanished border ended in the middle of an exactly straight course between the merged grid and another loaded
 * one, the vertex goes: two or more segments become one. A border with nothing loaded beyond is left alone.
 */
const straighten = (
  region: Region,
  merged: ReadonlySet<number>,
  dissolved: ReadonlySet<number>,
): Straightened[] => {
  const { points } = region
  const candidates = new Set<number>()
  for (const s of dissolved) {
    candidates.add(region.a[s]!)
    candidates.add(region.b[s]!)
  }
  const around = new Map<number, number[]>()
  for (const v of candidates) {
    const list: number[] = []
    const x = points.x(v)
    const y = points.y(v)
    region.index.search(x, y, x, y, s => {
      if (s < region.a.length && !dissolved.has(s) && (region.a[s] === v || region.b[s] === v)) list.push(s)
      return false
    })
    around.set(v, list)
  }
  const otherEnd = (s: number, v: number) => (region.a[s] === v ? region.b[s]! : region.a[s]!)
  const beyond = (s: number) => (merged.has(region.left[s]!) ? region.right[s]! : region.left[s]!)
  const straightAt = (v: number): boolean => {
    const list = around.get(v)
    if (list?.length !== 2) return false
    const [s, t] = list as [number, number]
    if (beyond(s) !== beyond(t) || beyond(s) === OUTSIDE || merged.has(beyond(s))) return false
    const p = otherEnd(s, v)
    const q = otherEnd(t, v)
    if (p === q) return false
    const px = points.x(p)
    const py = points.y(p)
    const qx = points.x(q)
    const qy = points.y(q)
    const x = points.x(v)
    const y = points.y(v)
    if (orient(px, py, x, y, qx, qy) !== 0) return false
    return (x - px) * (qx - x) >= 0 && (y - py) * (qy - y) >= 0
  }
  const straight = new Set([...candidates].filter(straightAt))
  const used = new Set<number>()
  const found: Straightened[] = []
  for (const start of straight) {
    if (used.has(start)) continue
    const segments: number[] = []
    const walk = (first: number): number => {
      let v = start
      let s = first
      for (;;) {
        segments.push(s)
        v = otherEnd(s, v)
        if (!straight.has(v)) return v
        used.add(v)
        s = around.get(v)!.find(next => next !== s)!
      }
    }
    used.add(start)
    const [s, t] = around.get(start) as [number, number]
    const p = walk(s)
    const q = walk(t)
    const a = Math.min(p, q)
    const b = Math.max(p, q)
    if (region.segmentOf.has(pairKey(a, b))) continue
    const known = ends(region, s)
    const inner = merged.has(known.left) ? known.left : known.right
    const outer = beyond(s)
    const runsAlong = sameDirection(region, a, b, s)
    const innerLeft = merged.has(known.left) === runsAlong
    found.push({ segments, a, b, left: innerLeft ? inner : outer, right: innerLeft ? outer : inner })
  }
  return found
}

/** Does the segment s, which lies straight on a-b, run the same way as a→b? */
const sameDirection = ({ points, a, b }: Region, from: number, to: number, s: number): boolean => {
  const dx = points.x(to) - points.x(from)
  const dy = points.y(to) - points.y(from)
  const sx = points.x(b[s]!) - points.x(a[s]!)
  const sy = points.y(b[s]!) - points.y(a[s]!)
  return dx !== 0 ? dx > 0 === sx > 0 : dy > 0 === sy > 0
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
