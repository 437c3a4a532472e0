// Adds up the faces on both sides of segments that come to lie in one place.
import { pairKey } from './points.ts'
import { OUTSIDE, type Region } from './region.ts'
import type { AddedSegment, Source } from './snap.ts'

interface Label {
  readonly leaf: number
  readonly face: number
  sum: number
}

/**
 * Adds the signed labels of segments that coincide. Cancelled goes; anything but one +1 and one -1, or two cuts in one
 * place, gives the vertex where it happens. Removed grows by the old segments that take part.
 */
export const addLabels = (
  region: Region,
  sources: readonly Source[],
  removed: Set<number>,
): number | { added: AddedSegment[]; cutOn: Map<number, { chain: number; forward: boolean }> } => {
  interface Pile {
    readonly a: number
    readonly b: number
    readonly labels: Label[]
    chain: number
    leaf: number
    forward: boolean
  }
  const piles = new Map<number, Pile>()
  const pileOf = (a: number, b: number): Pile => {
    const key = pairKey(a, b)
    let pile = piles.get(key)
    if (!pile) {
      pile = { a, b, labels: [], chain: -1, leaf: OUTSIDE, forward: true }
      piles.set(key, pile)
    }
    return pile
  }
  const label = (pile: Pile, leaf: number, face: number, sign: number) => {
    const same = pile.labels.find(known => known.leaf === leaf)
    if (same) same.sum += sign
    else pile.labels.push({ leaf, face, sum: sign })
  }
  for (const { path, segment, cut } of sources)
    for (let i = 1; i < path.length; i++) {
      const u = path[i - 1]!
      const w = path[i]!
      const forward = u < w
      const pile = forward ? pileOf(u, w) : pileOf(w, u)
      if (cut) {
        if (pile.chain >= 0) return u
        pile.chain = cut.chain
        pile.leaf = cut.leaf
        pile.forward = forward
      } else {
        const sign = forward ? 1 : -1
        label(pile, region.left[segment]!, region.leftFace[segment]!, sign)
        label(pile, region.right[segment]!, region.rightFace[segment]!, -sign)
      }
    }
  const added: AddedSegment[] = []
  const cutOn = new Map<number, { chain: number; forward: boolean }>()
  for (const [key, pile] of piles) {
    const { a, b, chain, forward } = pile
    const old = region.segmentOf.get(key)
    if (old !== undefined && !removed.has(old)) {
      if (pile.labels.length === 0) {
        cutOn.set(old, { chain, forward })
        continue
      }
      label(pile, region.left[old]!, region.leftFace[old]!, 1)
      label(pile, region.right[old]!, region.rightFace[old]!, -1)
      removed.add(old)
    }
    if (pile.labels.length === 0) {
      const { leaf } = pile
      if (leaf === OUTSIDE) return a
      added.push({ a, b, left: leaf, right: leaf, leftFace: -1, rightFace: -1, chain, forward })
      continue
    }
    const left = pile.labels.filter(known => known.sum > 0)
    const right = pile.labels.filter(known => known.sum < 0)
    if (left.length === 0 && right.length === 0) {
      if (chain >= 0) return a
      continue
    }
    if (left.length !== 1 || right.length !== 1 || left[0]!.sum !== 1 || right[0]!.sum !== -1) return a
    added.push({
      a,
      b,
      left: left[0]!.leaf,
      right: right[0]!.leaf,
      leftFace: left[0]!.face,
      rightFace: right[0]!.face,
      chain,
      forward,
    })
  }
  return { added, cutOn }
}
