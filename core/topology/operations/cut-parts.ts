// What a cut makes of the grid that it divides and of all below it.
import { traceShape } from '../chains.ts'
import type { Coverage } from '../coverage.ts'
import { type Grid, isRefusal, type Polygon, type Refusal, type Shape } from '../model.ts'
import type { Part, Piece, Side } from '../plans.ts'
import type { Points } from '../points.ts'
import { leavesUnder, type Region } from '../region.ts'
import { sortShape } from '../shape.ts'
import type { Division } from './divide.ts'

/** The outline of the pieces that are kept. */
const outlineOf = (points: Points, { borders }: Division, kept: Uint8Array): Shape | null => {
  const { count, a, b, left, right } = borders
  const from: number[] = []
  const to: number[] = []
  for (let i = 0; i < count; i++) {
    const inLeft = left[i]! >= 0 && kept[left[i]!] === 1
    const inRight = right[i]! >= 0 && kept[right[i]!] === 1
    if (inLeft === inRight) continue
    from.push(inLeft ? a[i]! : b[i]!)
    to.push(inLeft ? b[i]! : a[i]!)
  }
  return traceShape(points, from, to)
}

/** The target's own pieces, each with its side. */
export const piecesOfTarget = (points: Points, division: Division): Piece[] | null => {
  const { pieces } = division
  const leaves = new Set(pieces.map(piece => piece.leaf))
  if (leaves.size === 1) return sortPieces(pieces.map(({ side, face }) => ({ side, shape: face })))
  const found: Piece[] = []
  const groups = new Map(pieces.map(piece => [piece.group, piece.side]))
  for (const [group, side] of groups) {
    const kept = Uint8Array.from(pieces, piece => (piece.group === group ? 1 : 0))
    const shape = outlineOf(points, division, kept)
    if (!shape) return null
    for (const face of shape) found.push({ side, shape: face })
  }
  return sortPieces(found)
}

const sortPieces = (pieces: readonly Piece[]): Piece[] => {
  const order = sortShape(pieces.map(piece => piece.shape))
  const sideOf = new Map<Polygon, Side>()
  const canonical = new Map(order.map(face => [face[0]!, face]))
  for (const piece of pieces) sideOf.set(canonical.get(piece.shape[0]!)!, piece.side)
  return order.map(shape => ({ side: sideOf.get(shape)!, shape }))
}

/** The sides that a grid has ground on. */
const LEFT = 1
const RIGHT = 2
const BOTH = LEFT | RIGHT

/**
 * The parts of the grids below the target, in their order; those that fall whole to a side keep the shape of `whole`.
 * Refuses with `locked` (one that would be divided) and `too-narrow`, without a place.
 */
export const partsBelow = (
  coverage: Coverage,
  region: Region,
  points: Points,
  division: Division,
  grids: readonly Grid[],
  whole: (grid: Grid) => Shape,
): Part[] | Refusal => {
  const piecesOf: number[][] = region.leaves.map(() => [])
  const sidesOf = new Uint8Array(region.leaves.length)
  division.pieces.forEach(({ leaf, side }, i) => {
    piecesOf[leaf]!.push(i)
    sidesOf[leaf]! |= side === 'left' ? LEFT : RIGHT
  })
  const parts: Part[] = []
  for (const grid of grids) {
    const leaves = leavesUnder(coverage, grid.id)
    let sides = 0
    for (const { id } of leaves) sides |= sidesOf[region.numberOf.get(id)!]!
    const isTraced = grid.leaf && division.traced.has(region.numberOf.get(grid.id)!)
    let part: Part = { grid: grid.id, level: grid.level, left: null, right: null }
    if (sides === BOTH || isTraced) {
      const divided = dividedPart(
        points,
        division,
        grid,
        leaves.flatMap(leaf => piecesOf[region.numberOf.get(leaf.id)!]!),
      )
      if (isRefusal(divided)) return divided
      part = divided
    } else if (sides === LEFT) part = { ...part, left: whole(grid) }
    else if (sides === RIGHT) part = { ...part, right: whole(grid) }
    if (sides === BOTH && grid.locked) return { refused: 'locked', place: null, grid: grid.id }
    parts.push(part)
  }
  return parts
}

/** A grid of which these pieces, on one side or both, are drawn anew. */
const dividedPart = (
  points: Points,
  division: Division,
  grid: Grid,
  own: readonly number[],
): Part | Refusal => {
  const { pieces } = division
  const shapes: Record<Side, Shape | null> = { left: null, right: null }
  for (const side of new Set(own.map(i => pieces[i]!.side))) {
    const kept = own.filter(i => pieces[i]!.side === side)
    // An untouched leaf with exclaves can still fall to both sides.
    if (grid.leaf) shapes[side] = sortShape(kept.map(i => pieces[i]!.face))
    else {
      const flags = new Uint8Array(pieces.length)
      for (const i of kept) flags[i] = 1
      shapes[side] = outlineOf(points, division, flags)
    }
    if (!shapes[side]) return { refused: 'too-narrow', place: null, grid: grid.id }
  }
  return { grid: grid.id, level: grid.level, left: shapes.left, right: shapes.right }
}
