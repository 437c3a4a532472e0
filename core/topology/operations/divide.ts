// Which pieces a snapped cut makes of the target's leaves, and on which side of the line each one lies.
import type { Polygon, Position, Refusal } from '../model.ts'
import type { Side } from '../plans.ts'
import { pairKey } from '../points.ts'
import { OUTSIDE, type Region } from '../region.ts'
import { shapeArea2 } from '../shape.ts'
import type { AddedSegment, Snapped } from '../snap.ts'
import { traceFaces } from '../trace.ts'

/** A connected piece of one of the target's leaves after the cut. */
export interface LeafPiece {
  readonly leaf: number
  readonly face: Polygon
  side: Side
  /** The piece of the target (numbered through) that it is part of. */
  group: number
}

/** A segment of the map after the cut, with the pieces of the target on either side (-1: not of the target). */
export interface PieceBorder {
  readonly a: number
  readonly b: number
  readonly left: number
  readonly right: number
}

export interface Division {
  readonly pieces: readonly LeafPiece[]
  readonly borders: readonly PieceBorder[]
  /** The new faces of every leaf whose outline or inside changed, in or out of the target. */
  readonly traced: ReadonlyMap<number, readonly Polygon[]>
  /** The target's leaves that a cut divides. */
  readonly cutLeaves: ReadonlySet<number>
}

/** Traces what is new; when some chains do not divide the target, names them instead. */
export const divide = (
  region: Region,
  inTarget: Uint8Array,
  snapped: Snapped,
): Division | { idle: ReadonlySet<number> } | Refusal => {
  const { points, removed, added, cutOn } = snapped
  const changed = new Set<number>()
  const cutLeaves = new Set<number>()
  for (const s of removed)
    for (const leaf of [region.left[s]!, region.right[s]!]) if (leaf !== OUTSIDE) changed.add(leaf)
  const addedOf = new Map<number, AddedSegment[]>()
  for (const segment of added) {
    if (segment.left === segment.right) cutLeaves.add(segment.left)
    for (const leaf of new Set([segment.left, segment.right])) {
      if (leaf === OUTSIDE) continue
      changed.add(leaf)
      const list = addedOf.get(leaf)
      if (list) list.push(segment)
      else addedOf.set(leaf, [segment])
    }
  }

  const pieces: LeafPiece[] = []
  const pieceAt = new Map<number, number>()
  const traced = new Map<number, readonly Polygon[]>()
  for (const leaf of changed) {
    const from: number[] = []
    const to: number[] = []
    const walk = (a: number, b: number) => {
      from.push(a)
      to.push(b)
    }
    for (const s of region.segmentsOf[leaf]!) {
      if (removed.has(s)) continue
      if (region.left[s] === leaf) walk(region.a[s]!, region.b[s]!)
      else walk(region.b[s]!, region.a[s]!)
    }
    for (const segment of addedOf.get(leaf) ?? []) {
      if (segment.left === leaf) walk(segment.a, segment.b)
      if (segment.right === leaf) walk(segment.b, segment.a)
    }
    const corner = from[0] ?? region.a[region.segmentsOf[leaf]![0]!]!
    const place: Position = [points.x(corner), points.y(corner)]
    const result = from.length > 0 ? traceFaces(points, from, to) : null
    if (!result) return { refused: 'too-narrow', place, grid: region.leaves[leaf]!.id }
    if (!cutLeaves.has(leaf) && result.faces.length !== region.leaves[leaf]!.shape.length)
      return { refused: 'too-narrow', place, grid: region.leaves[leaf]!.id }
    traced.set(leaf, result.faces)
    if (inTarget[leaf] !== 1) continue
    const first = pieces.length
    for (const face of result.faces) pieces.push({ leaf, face, side: 'left', group: -1 })
    for (let e = 0; e < from.length; e++) pieceAt.set(pairKey(from[e]!, to[e]!), first + result.faceOf[e]!)
  }

  const pieceOfFace = new Map<number, number>()
  for (let leaf = 0; leaf < inTarget.length; leaf++) {
    if (inTarget[leaf] !== 1 || changed.has(leaf)) continue
    region.leaves[leaf]!.shape.forEach((face, f) => {
      pieceOfFace.set(region.firstFace[leaf]! + f, pieces.length)
      pieces.push({ leaf, face, side: 'left', group: -1 })
    })
  }
  const pieceOn = (leaf: number, face: number, from: number, to: number): number => {
    if (leaf === OUTSIDE || inTarget[leaf] !== 1) return -1
    return (changed.has(leaf) ? pieceAt.get(pairKey(from, to)) : pieceOfFace.get(face)) ?? -1
  }

  const borders: PieceBorder[] = []
  const cuts: { left: number; right: number; chain: number }[] = []
  const parent = pieces.map((_, i) => i)
  const root = (piece: number): number => {
    let top = piece
    while (parent[top] !== top) top = parent[top]!
    for (let next = piece; next !== top; ) {
      const above = parent[next]!
      parent[next] = top
      next = above
    }
    return top
  }
  const border = (a: number, b: number, left: number, right: number, chain: number, forward: boolean) => {
    if (left < 0 && right < 0) return
    borders.push({ a, b, left, right })
    if (left < 0 || right < 0) return
    if (chain < 0) parent[root(left)] = root(right)
    else cuts.push(forward ? { left, right, chain } : { left: right, right: left, chain })
  }
  const seen = new Set<number>()
  for (let leaf = 0; leaf < inTarget.length; leaf++) {
    if (inTarget[leaf] !== 1) continue
    for (const s of region.segmentsOf[leaf]!) {
      if (seen.has(s) || removed.has(s)) continue
      seen.add(s)
      const a = region.a[s]!
      const b = region.b[s]!
      const left = pieceOn(region.left[s]!, region.leftFace[s]!, a, b)
      const right = pieceOn(region.right[s]!, region.rightFace[s]!, b, a)
      const cut = cutOn.get(s)
      border(a, b, left, right, cut ? cut.chain : -1, cut ? cut.forward : true)
    }
  }
  for (const { a, b, left, right, leftFace, rightFace, chain, forward } of added)
    border(a, b, pieceOn(left, leftFace, a, b), pieceOn(right, rightFace, b, a), chain, forward)

  const idle = new Set<number>()
  for (const { left, right, chain } of cuts) if (root(left) === root(right)) idle.add(chain)
  if (idle.size > 0) return { idle }
  if (cuts.length === 0) return { idle: new Set() }
  const groups = new Map<number, number>()
  pieces.forEach((piece, i) => {
    const top = root(i)
    let group = groups.get(top)
    if (group === undefined) {
      group = groups.size
      groups.set(top, group)
    }
    piece.group = group
  })
  const clash = colour(pieces, cuts, groups.size)
  if (clash.size > 0) return { idle: clash }
  return { pieces, borders, traced, cutLeaves }
}

/**
 * Two-colours the pieces: what lies left of the line where it first enters is left, and crossing the line changes the
 * side. Pieces the line does not bound join the greater side. A line that ends in holes can make a ring of three; the
 * chains that would then have one side on both hands are returned.
 */
const colour = (
  pieces: readonly LeafPiece[],
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
  let balance = 0n
  for (const { group, face } of pieces) {
    if (sideOf[group] === 'left') balance += shapeArea2([face])
    if (sideOf[group] === 'right') balance -= shapeArea2([face])
  }
  for (const piece of pieces) piece.side = sideOf[piece.group] ?? (balance >= 0n ? 'left' : 'right')
  const clash = new Set<number>()
  for (const { left, right, chain } of ordered)
    if (pieces[left]!.side === pieces[right]!.side) clash.add(chain)
  return clash
}
