// The connected pieces of some leaves once something is drawn on the map, and which pieces share which border.
import type { Polygon, Position, Refusal } from './model.ts'
import { type LeafPiece, OUTSIDE, type Region } from './region.ts'
import type { Snapped } from './snap.ts'
import { nestedHole, traceFaces } from './trace.ts'

/**
 * The segments of the map as it now is, in columns: with every pointer move there are thousands, and no object is made
 * for any of them.
 */
export interface Borders {
  readonly count: number
  readonly a: Int32Array
  readonly b: Int32Array
  /** The pieces on either side; -1: of no leaf in play. */
  readonly left: Int32Array
  readonly right: Int32Array
  readonly leftLeaf: Int32Array
  readonly rightLeaf: Int32Array
  /** The chain of the drawn line that lies here, or -1, and whether (1) it runs from a to b. */
  readonly chain: Int32Array
  readonly forward: Int32Array
}

const bordersFor = (most: number): Borders & { count: number } => {
  const buffer = new Int32Array(most * 8)
  const column = (n: number) => buffer.subarray(n * most, (n + 1) * most)
  return {
    count: 0,
    a: column(0),
    b: column(1),
    left: column(2),
    right: column(3),
    leftLeaf: column(4),
    rightLeaf: column(5),
    chain: column(6),
    forward: column(7),
  }
}

export interface Pieces {
  readonly pieces: readonly LeafPiece[]
  readonly borders: Borders
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
  for (const s of removed) {
    if (region.left[s] !== OUTSIDE) changed.add(region.left[s]!)
    if (region.right[s] !== OUTSIDE) changed.add(region.right[s]!)
  }
  const addedOf = new Map<number, number[]>()
  const addTo = (leaf: number, i: number) => {
    if (leaf === OUTSIDE) return
    changed.add(leaf)
    const list = addedOf.get(leaf)
    if (list) list.push(i)
    else addedOf.set(leaf, [i])
  }
  for (let i = 0; i < added.length; i++) {
    const segment = added[i]!
    if (segment.left === segment.right) cutLeaves.add(segment.left)
    addTo(segment.left, i)
    if (segment.right !== segment.left) addTo(segment.right, i)
  }

  const pieces: LeafPiece[] = []
  /** The pieces on both sides of each segment of a changed leaf, old ones first: left of segment s at 2s, right behind. */
  const known = region.a.length
  const pieceBeside = new Int32Array(2 * (known + added.length)).fill(-1)
  const traced = new Map<number, readonly Polygon[]>()
  for (const leaf of changed) {
    const from: number[] = []
    const to: number[] = []
    const beside: number[] = []
    const walk = (a: number, b: number, side: number) => {
      from.push(a)
      to.push(b)
      beside.push(side)
    }
    for (const s of region.segmentsOf[leaf]!) {
      if (removed.has(s)) continue
      if (region.left[s] === leaf) walk(region.a[s]!, region.b[s]!, 2 * s)
      else walk(region.b[s]!, region.a[s]!, 2 * s + 1)
    }
    for (const i of addedOf.get(leaf) ?? []) {
      const { a, b, left, right } = added[i]!
      if (left === leaf) walk(a, b, 2 * (known + i))
      if (right === leaf) walk(b, a, 2 * (known + i) + 1)
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
    for (let e = 0; e < from.length; e++) pieceBeside[beside[e]!] = first + result.faceOf[e]!
  }

  /** The first piece of a leaf in play that is as it was; -1 of others. */
  const firstPiece = new Int32Array(inPlay.length).fill(-1)
  for (let leaf = 0; leaf < inPlay.length; leaf++) {
    if (inPlay[leaf] !== 1 || changed.has(leaf)) continue
    firstPiece[leaf] = pieces.length
    const first = region.firstFace[leaf]!
    const count = region.leaves[leaf]!.shape.length
    for (let face = first; face < first + count; face++) pieces.push(region.faces[face]!)
  }
  const pieceOn = (leaf: number, face: number, beside: number): number => {
    if (leaf === OUTSIDE || inPlay[leaf] !== 1) return -1
    const first = firstPiece[leaf]!
    return first >= 0 ? first + face - region.firstFace[leaf]! : pieceBeside[beside]!
  }

  const borders = bordersFor(known + added.length)
  const add = (a: number, b: number, left: number, right: number, leftLeaf: number, rightLeaf: number) => {
    const i = borders.count++
    borders.a[i] = a
    borders.b[i] = b
    borders.left[i] = left
    borders.right[i] = right
    borders.leftLeaf[i] = leftLeaf
    borders.rightLeaf[i] = rightLeaf
    borders.chain[i] = -1
    borders.forward[i] = 1
    return i
  }
  const drawn = (i: number, { chain, forward }: { chain: number; forward: boolean }) => {
    borders.chain[i] = chain
    borders.forward[i] = forward ? 1 : 0
  }
  const seen = new Uint8Array(known)
  for (const s of removed) seen[s] = 1
  for (let leaf = 0; leaf < inPlay.length; leaf++) {
    if (inPlay[leaf] !== 1) continue
    const segments = region.segmentsOf[leaf]!
    for (let k = 0; k < segments.length; k++) {
      const s = segments[k]!
      if (seen[s] === 1) continue
      seen[s] = 1
      const leftLeaf = region.left[s]!
      const rightLeaf = region.right[s]!
      const left = pieceOn(leftLeaf, region.leftFace[s]!, 2 * s)
      const right = pieceOn(rightLeaf, region.rightFace[s]!, 2 * s + 1)
      if (left < 0 && right < 0) continue
      const i = add(region.a[s]!, region.b[s]!, left, right, leftLeaf, rightLeaf)
      const on = cutOn.size > 0 ? cutOn.get(s) : undefined
      if (on) drawn(i, on)
    }
  }
  for (let i = 0; i < added.length; i++) {
    const segment = added[i]!
    const left = pieceOn(segment.left, segment.leftFace, 2 * (known + i))
    const right = pieceOn(segment.right, segment.rightFace, 2 * (known + i) + 1)
    if (left < 0 && right < 0) continue
    drawn(add(segment.a, segment.b, left, right, segment.left, segment.right), segment)
  }
  return { pieces, borders, traced, cutLeaves }
}
