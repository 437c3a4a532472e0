// Outlines as integer 1-chains: an ancestor's outline is the signed sum of its leaves', so changes can simply be added.
import type { Position, Shape } from './model.ts'
import { Points, pairKey } from './points.ts'
import { sortShape } from './shape.ts'
import { traceFaces } from './trace.ts'

/** A sum of directed segments, +1 for a→b and -1 for b→a; the face lies on the left of what remains. */
export class Chain {
  private readonly segments = new Map<number, { a: number; b: number; sum: number }>()

  /** Chains that are to be added to one another share their points. */
  constructor(readonly points: Points = new Points()) {}

  add(ax: number, ay: number, bx: number, by: number, sign: number): void {
    this.addSegment(this.points.add(ax, ay), this.points.add(bx, by), sign)
  }

  private addSegment(from: number, to: number, sign: number): void {
    const a = Math.min(from, to)
    const b = Math.max(from, to)
    const key = pairKey(a, b)
    const segment = this.segments.get(key)
    const sum = from === a ? sign : -sign
    if (!segment) this.segments.set(key, { a, b, sum })
    else {
      segment.sum += sum
      if (segment.sum === 0) this.segments.delete(key)
    }
  }

  addShape(shape: Shape, sign: number): void {
    for (const face of shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
          this.add(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!, sign)
  }

  addChain(other: Chain): void {
    for (const { a, b, sum } of other.segments.values()) this.addSegment(a, b, sum)
  }

  get empty(): boolean {
    return this.segments.size === 0
  }

  /** Any position on what remains. */
  place(): Position | null {
    for (const { a } of this.segments.values()) return [this.points.x(a), this.points.y(a)]
    return null
  }

  /** The shape that the chain bounds, or null when it bounds none. */
  toShape(): Shape | null {
    const from: number[] = []
    const to: number[] = []
    for (const { a, b, sum } of this.segments.values()) {
      if (sum !== 1 && sum !== -1) return null
      from.push(sum > 0 ? a : b)
      to.push(sum > 0 ? b : a)
    }
    return traceShape(this.points, from, to)
  }
}

export const traceShape = (points: Points, from: readonly number[], to: readonly number[]): Shape | null => {
  const traced = traceFaces(points, from, to)
  return traced && sortShape(traced.faces)
}

/** What shapes beside one another cover together; null when they do not lie beside one another. */
export const unionOf = (shapes: readonly Shape[]): Shape | null => {
  const outline = new Chain()
  for (const shape of shapes) outline.addShape(shape, 1)
  return outline.toShape()
}
