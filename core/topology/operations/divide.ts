// On which side of a drawn line each piece of a target lies.
import type { Refusal } from '../model.ts'
import { isRefusal } from '../model.ts'
import { type Pieces, tracePieces } from '../pieces.ts'
import type { Side } from '../plans.ts'
import type { LeafPiece, Region } from '../region.ts'
import { DisjointSets } from '../sets.ts'
import { shapeArea2 } from '../shape.ts'
import type { Snapped } from '../snap.ts'

/** A piece of the target, its side, and the connected part of the target (numbered through) that it belongs to. */
export interface SidedPiece extends LeafPiece {
  side: Side
  group: number
}

export interface Division extends Omit<Pieces, 'pieces'> {
  readonly pieces: readonly SidedPiece[]
}

/** Traces what is new; when some chains do not divide the target, names them instead. */
export const divide = (
  region: Region,
  inTarget: Uint8Array,
  snapped: Snapped,
): Division | { idle: ReadonlySet<number> } | Refusal => {
  const found = tracePieces(region, inTarget, snapped)
  if (isRefusal(found)) return found
  const pieces = found.pieces.map(({ leaf, face }): SidedPiece => ({ leaf, face, side: 'left', group: -1 }))
  const sets = new DisjointSets(pieces.length)
  const cuts: { left: number; right: number; chain: number }[] = []
  const { borders } = found
  for (let i = 0; i < borders.count; i++) {
    const left = borders.left[i]!
    const right = borders.right[i]!
    const chain = borders.chain[i]!
    if (left < 0 || right < 0) continue
    if (chain < 0) sets.join(left, right)
    else cuts.push(borders.forward[i] === 1 ? { left, right, chain } : { left: right, right: left, chain })
  }

  const idle = new Set<number>()
  for (const { left, right, chain } of cuts) if (sets.root(left) === sets.root(right)) idle.add(chain)
  if (idle.size > 0) return { idle }
  if (cuts.length === 0) return { idle: new Set() }
  const groups = new Map<number, number>()
  pieces.forEach((piece, i) => {
    const top = sets.root(i)
    let group = groups.get(top)
    if (group === undefined) {
      group = groups.size
      groups.set(top, group)
    }
    piece.group = group
  })
  const clash = colour(pieces, cuts, groups.size)
  if (clash.size > 0) return { idle: clash }
  return { ...found, pieces }
}

/**
 * Two-colours the pieces: what lies left of the line where it first enters is left, and crossing the line changes the
 * side. Pieces the line does not bound join the greater side. A line that ends in holes can make a ring of three; the
 * chains that would then have one side on both hands are returned.
 */
const colour = (
  pieces: readonly SidedPiece[],
  cuts: readonly { left: number; right: number; chain: number }[],
  groups: number,
): Set<number> => {
  const sideOf = new Array<Side | undefined>(groups)
  const neighbours = new Map<number, number[]>()
  const link = (from: number, to: number) => {
    const list = neighbours.get(from)
    if (list) list.push(to)
    else neighbours.set(from, [to])
  }
  const ordered = [...cuts].sort((a, b) => a.chain - b.chain)
  for (const { left, right } of ordered) {
    link(pieces[left]!.group, pieces[right]!.group)
    link(pieces[right]!.group, pieces[left]!.group)
  }
  for (const { left } of ordered) {
    const start = pieces[left]!.group
    if (sideOf[start]) continue
    sideOf[start] = 'left'
    const queue = [start]
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      for (const other of neighbours.get(next) ?? [])
        if (!sideOf[other]) {
          sideOf[other] = sideOf[next] === 'left' ? 'right' : 'left'
          queue.push(other)
        }
  }
  let greater: Side | undefined
  const greaterSide = (): Side => {
    let balance = 0n
    for (const { group, face } of pieces) {
      if (sideOf[group] === 'left') balance += shapeArea2([face])
      if (sideOf[group] === 'right') balance -= shapeArea2([face])
    }
    return balance >= 0n ? 'left' : 'right'
  }
  for (const piece of pieces) {
    const own = sideOf[piece.group]
    if (!own) greater ??= greaterSide()
    piece.side = own ?? greater!
  }
  const clash = new Set<number>()
  for (const { left, right, chain } of ordered)
    if (pieces[left]!.side === pieces[right]!.side) clash.add(chain)
  return clash
}
