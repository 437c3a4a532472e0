// Gives pieces of ground to another grid: whole descendants move with their identity, parts join the leaf they border most.
import type { Coverage } from '../coverage.ts'
import type { Grid } from '../model.ts'
import type { Borders, Pieces } from '../pieces.ts'
import type { Points } from '../points.ts'
import { leavesUnder, type Region } from '../region.ts'
import type { Turn } from '../retile.ts'

export interface Given {
  /** The leaf that each piece belongs to from now on. */
  readonly owner: readonly number[]
  /** Descendants that move whole under another parent, by id. */
  readonly moved: ReadonlyMap<string, string>
}

/**
 * `to[p]` is the grid that piece p goes to, or null when it stays. A descendant of which everything goes to one grid moves
 * under it where that grid is divided to the right depth; other ground joins leaves of the receiving grid.
 */
export const give = (
  coverage: Coverage,
  region: Region,
  points: Points,
  { pieces, borders }: Pieces,
  to: readonly (string | null)[],
  donors: readonly string[],
): Given => {
  const owner = pieces.map(piece => piece.leaf)
  const piecesOf = new Map<number, number[]>()
  pieces.forEach(({ leaf }, p) => {
    const list = piecesOf.get(leaf)
    if (list) list.push(p)
    else piecesOf.set(leaf, [p])
  })
  const lengths = sharedLengths(points, borders, to)
  const piecesUnder = (id: string): number[] =>
    leavesUnder(coverage, id).flatMap(leaf => piecesOf.get(region.numberOf.get(leaf.id) ?? -1) ?? [])

  /** The grid of a level that a leaf lies in. */
  const above = (leaf: number, level: number): string | null => {
    let grid: Grid | undefined = region.leaves[leaf]!
    while (grid && grid.level > level) grid = grid.parent === null ? undefined : coverage.grid(grid.parent)
    return grid?.level === level ? grid.id : null
  }

  const moved = new Map<string, string>()
  const settled = new Set<number>()
  /** Only these can go whole: the leaves that lose ground, and what is above them. */
  const losing = new Set<string>()
  pieces.forEach(({ leaf }, p) => {
    if (!to[p]) return
    for (let id: string | null = region.leaves[leaf]!.id; id !== null && !losing.has(id); ) {
      losing.add(id)
      id = coverage.grid(id)?.parent ?? null
    }
  })
  for (const donor of donors)
    for (const grid of coverage.descendantsOf(donor)) {
      if (!losing.has(grid.id)) continue
      const all = piecesUnder(grid.id)
      const receiver = all.length > 0 ? to[all[0]!] : null
      if (!receiver || settled.has(all[0]!) || all.some(p => to[p] !== receiver)) continue
      const parent = adopter(coverage, grid, receiver, () => {
        const shared = new Map<string, number>()
        for (const p of all)
          for (const [other, length] of lengths[p]!) {
            const id = above(pieces[other]!.leaf, grid.level - 1)
            if (id !== null) shared.set(id, (shared.get(id) ?? 0) + length)
          }
        for (const id of shared.keys()) if (piecesUnder(id).every(p => to[p])) shared.set(id, 0)
        return shared
      })
      if (!parent) continue
      moved.set(grid.id, parent)
      for (const p of all) settled.add(p)
    }

  const open = new Set<number>()
  to.forEach((receiver, p) => {
    if (receiver && !settled.has(p)) open.add(p)
  })
  const receiverLeaves = new Map<string, Set<number>>()
  const leavesIn = (id: string): Set<number> => {
    let leaves = receiverLeaves.get(id)
    if (!leaves) {
      leaves = new Set(leavesUnder(coverage, id).map(leaf => region.numberOf.get(leaf.id)!))
      receiverLeaves.set(id, leaves)
    }
    return leaves
  }
  for (const id of moved.keys()) {
    const leaves = leavesUnder(coverage, id).map(leaf => region.numberOf.get(leaf.id)!)
    for (const leaf of leaves) leavesIn(to[piecesOf.get(leaves[0]!)![0]!]!).add(leaf)
  }
  while (open.size > 0) {
    let found: { piece: number; leaf: number; length: number } | null = null
    for (const piece of open) {
      const leaves = leavesIn(to[piece]!)
      const byLeaf = new Map<number, number>()
      for (const [other, length] of lengths[piece]!) {
        const leaf = owner[other]!
        if (open.has(other) || !leaves.has(leaf)) continue
        byLeaf.set(leaf, (byLeaf.get(leaf) ?? 0) + length)
      }
      for (const [leaf, length] of byLeaf)
        if (!found || length > found.length) found = { piece, leaf, length }
    }
    if (!found) {
      // Ground that nothing of the receiver borders: an exclave, told by a warning.
      const piece = open.values().next().value!
      found = { piece, leaf: nearestLeaf(region, pieces[piece]!.face[0]!, leavesIn(to[piece]!)), length: 0 }
    }
    owner[found.piece] = found.leaf
    open.delete(found.piece)
  }
  return { owner, moved }
}

const NONE: Map<number, number> = new Map()

/** A grid at the right level, with children, under which a descendant can go on: the receiver, or one inside it. */
const adopter = (
  coverage: Coverage,
  grid: Grid,
  receiver: string,
  sharedByGrid: () => ReadonlyMap<string, number>,
): string | null => {
  const whole = coverage.grid(receiver)!
  if (whole.level === grid.level - 1) return whole.leaf ? null : whole.id
  const shared = sharedByGrid()
  let best: string | null = null
  let most = 0
  for (const inner of coverage.descendantsOf(receiver)) {
    if (inner.leaf || inner.level !== grid.level - 1) continue
    const length = shared.get(inner.id) ?? 0
    if (length > most) {
      most = length
      best = inner.id
    }
  }
  return best
}

/** For each piece that goes somewhere: the pieces it shares a border with, and how long that is in steps. */
const sharedLengths = (
  points: Points,
  { count, a, b, left, right }: Borders,
  to: readonly (string | null)[],
): ReadonlyMap<number, number>[] => {
  const lengths = to.map(() => NONE)
  to.forEach((receiver, p) => {
    if (receiver) lengths[p] = new Map()
  })
  const add = (one: number, other: number, length: number) => {
    if (to[one]) lengths[one]!.set(other, (lengths[one]!.get(other) ?? 0) + length)
  }
  for (let i = 0; i < count; i++) {
    const p = left[i]!
    const q = right[i]!
    if (p < 0 || q < 0 || p === q || !(to[p] || to[q])) continue
    const length = Math.hypot(points.x(a[i]!) - points.x(b[i]!), points.y(a[i]!) - points.y(b[i]!))
    add(p, q, length)
    add(q, p, length)
  }
  return lengths
}

const nearestLeaf = (region: Region, [x = 0, y = 0]: readonly number[], leaves: ReadonlySet<number>) => {
  let nearest = -1
  let least = Infinity
  for (const leaf of leaves) {
    const [px = 0, py = 0] = region.leaves[leaf]!.shape[0]?.[0] ?? []
    const away = Math.hypot(px - x, py - y)
    if (away < least) {
      least = away
      nearest = leaf
    }
  }
  return nearest
}

/** The turns of leaves with new shapes and of grids that move; a leaf without ground goes. */
export const turnsOf = (
  coverage: Coverage,
  region: Region,
  shapes: ReadonlyMap<number, Grid['shape']>,
  moved: ReadonlyMap<string, string>,
): Turn[] => {
  const turns: Turn[] = []
  const done = new Set<string>()
  for (const [leaf, shape] of shapes) {
    if (leaf < 0) continue
    const before = region.leaves[leaf]!
    const parent = moved.get(before.id) ?? before.parent
    done.add(before.id)
    turns.push({ before, after: shape.length > 0 ? { ...before, parent, shape } : null })
  }
  for (const [id, parent] of moved) {
    const before = coverage.grid(id)!
    if (!done.has(id)) turns.push({ before, after: { ...before, parent } })
  }
  return turns
}
