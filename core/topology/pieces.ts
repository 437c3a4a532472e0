// The connected pieces of some leaves once something is drawn on the map, and which pieces share which border.
import type { Polygon, Position, Refusal } from './model.ts'
import { pairKey } from './points.ts'
import { OUTSIDE, type Region } from './region.ts'
import type { AddedSegment, Snapped } from './snap.ts'
import { nestedHole, traceFaces } from './trace.ts'

/** A connected piece of one leaf. */
export interface LeafPiece {
  readonly leaf: number
  readonly face: Polygon
}

/** A segment of the map as it now is, with the pieces on either side (-1: of no leaf in play). */
export interface PieceBorder {
  readonly a: number
  readonly b: number
  readonly left: number
  readonly right: number
  readonly leftLeaf: number
  readonly rightLeaf: number
  /** The chain of the drawn line that lies here, or -1, and whether it runs from a to b. */
  readonly chain: number
  readonly forward: boolean
}

export interface Pieces {
  readonly pieces: readonly LeafPiece[]
  readonly borders: readonly PieceBorder[]
  /** The new faces of every leaf whose outline or inside changed, in play or not. */
  readonly traced: ReadonlyMap<number, readonly Polygon[]>
  /** The leaves in play that a cut divides. */
  readonly cutLeaves: ReadonlySet<number>
}

/** Traces the leaves that a drawing changed and lists the pieces of all leaves in play; `inPlay[l]` tells which. */
export const tracePieces = (region: Region, inPlay: Uint8Array, snapped: Snapped): Pieces | Refusal => {
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
    if (result.faces.some(nestedHole)) return { refused: 'too-narrow', place, grid: region.leaves[leaf]!.id }
    traced.set(leaf, result.faces)
    if (inPlay[leaf] !== 1) continue
    const first = pieces.length
    for (const face of result.faces) pieces.push({ leaf, face })
    for (let e = 0; e < from.length; e++) pieceAt.set(pairKey(from[e]!, to[e]!), first + result.faceOf[e]!)
  }

  /** The first piece of a leaf in play that is as it was; -1 of others. */
  const firstPiece = new Int32Array(inPlay.length).fill(-1)
  for (let leaf = 0; leaf < inPlay.length; leaf++) {
    if (inPlay[leaf] !== 1 || changed.has(leaf)) continue
    firstPiece[leaf] = pieces.length
    for (const face of region.leaves[leaf]!.shape) pieces.push({ leaf, face })
  }
  const pieceOn = (leaf: number, face: number, from: number, to: number): number => {
    if (leaf === OUTSIDE || inPlay[leaf] !== 1) return -1
    const first = firstPiece[leaf]!
    return first >= 0 ? first + face - region.firstFace[leaf]! : (pieceAt.get(pairKey(from, to)) ?? -1)
  }

  const borders: PieceBorder[] = []
  // With every pointer move this runs over all segments in play: no garbage but what is returned.
  const seen = new Uint8Array(region.a.length)
  for (let leaf = 0; leaf < inPlay.length; leaf++) {
    if (inPlay[leaf] !== 1) continue
    for (const s of region.segmentsOf[leaf]!) {
      if (seen[s] === 1 || removed.has(s)) continue
      seen[s] = 1
      const [a, b] = [region.a[s]!, region.b[s]!]
      const [leftLeaf, rightLeaf] = [region.left[s]!, region.right[s]!]
      const left = pieceOn(leftLeaf, region.leftFace[s]!, a, b)
      const right = pieceOn(rightLeaf, region.rightFace[s]!, b, a)
      if (left < 0 && right < 0) continue
      const on = cutOn.get(s)
      const [chain, forward] = on ? [on.chain, on.forward] : [-1, true]
      borders.push({ a, b, left, right, leftLeaf, rightLeaf, chain, forward })
    }
  }
  for (const { a, b, left: leftLeaf, right: rightLeaf, leftFace, rightFace, chain, forward } of added) {
    const left = pieceOn(leftLeaf, leftFace, a, b)
    const right = pieceOn(rightLeaf, rightFace, b, a)
    if (left >= 0 || right >= 0) borders.push({ a, b, left, right, leftLeaf, rightLeaf, chain, forward })
  }
  return { pieces, borders, traced, cutLeaves }
}
