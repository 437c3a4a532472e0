// Outlines as integer 1-chains: an ancestor's outline is the signed sum of its leaves', so changes can simply be added.
import type { Position, Ring, Shape } from './model.ts'
import { Points } from './points.ts'
import { sortShape } from './shape.ts'
import { traceFaces } from './trace.ts'

/** A sum of directed segments, +1 for a→b and -1 for b→a; the face lies on the left of what remains. */
export class Chain {
  // Segments in lists, found by a hash: with every pointer move thousands are added and cancelled.
  private readonly a: number[] = []
  private readonly b: number[] = []
  private readonly sums: number[] = []
  private slots = new Int32Array(64).fill(-1)
  private remaining = 0

  /** Chains that are to be added to one another share their points. */
  constructor(readonly points: Points = new Points()) {}

  add(ax: number, ay: number, bx: number, by: number, sign: number): void {
    this.addSegment(this.points.add(ax, ay), this.points.add(bx, by), sign)
  }

  private addSegment(from: number, to: number, sign: number): void {
    const a = Math.min(from, to)
    const b = Math.max(from, to)
    const more = from === a ? sign : -sign
    let slot = this.slot(a, b)
    let segment = this.slots[slot]!
    if (segment < 0) {
      if ((this.a.length + 1) * 2 > this.slots.length) {
        this.grow()
        slot = this.slot(a, b)
      }
      segment = this.a.length
      this.slots[slot] = segment
      this.a.push(a)
      this.b.push(b)
      this.sums.push(0)
    }
    const before = this.sums[segment]!
    const sum = before + more
    this.sums[segment] = sum
    if (before === 0 && sum !== 0) this.remaining++
    else if (before !== 0 && sum === 0) this.remaining--
  }

  private slot(a: number, b: number): number {
    const mask = this.slots.length - 1
    let hash = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)
    hash ^= hash >>> 15
    let slot = hash & mask
    for (;;) {
      const segment = this.slots[slot]!
      if (segment < 0 || (this.a[segment] === a && this.b[segment] === b)) return slot
      slot = (slot + 1) & mask
    }
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1)
    for (let i = 0; i < this.a.length; i++) this.slots[this.slot(this.a[i]!, this.b[i]!)] = i
  }

  addShape(shape: Shape, sign: number): void {
    for (const face of shape)
      for (const ring of face)
        for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
          this.add(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!, sign)
  }

  /** Takes one shape away and adds another; stretches that both rings begin or end with cancel and are left out. */
  addChange(before: Shape, after: Shape): void {
    const [old, now] = [before[0]?.[0], after[0]?.[0]]
    if (
      !old ||
      !now ||
      before.length > 1 ||
      after.length > 1 ||
      before[0]!.length > 1 ||
      after[0]!.length > 1
    ) {
      this.addShape(before, -1)
      this.addShape(after, 1)
      return
    }
    const most = Math.min(old.length, now.length)
    let head = 0
    while (head < most && old[head] === now[head] && old[head + 1] === now[head + 1]) head += 2
    let tail = 0
    while (
      tail < most - head &&
      old[old.length - tail - 2] === now[now.length - tail - 2] &&
      old[old.length - tail - 1] === now[now.length - tail - 1]
    )
      tail += 2
    this.addStretch(old, head, tail, -1)
    this.addStretch(now, head, tail, 1)
  }

  /** The segments of a ring but for those that lie wholly in its first `head` or last `tail` numbers. */
  private addStretch(ring: Ring, head: number, tail: number, sign: number): void {
    const n = ring.length
    if (head === 0 || tail === 0) this.add(ring[n - 2]!, ring[n - 1]!, ring[0]!, ring[1]!, sign)
    for (let i = Math.max(2, head); i <= n - Math.max(2, tail); i += 2)
      this.add(ring[i - 2]!, ring[i - 1]!, ring[i]!, ring[i + 1]!, sign)
  }

  addChain(other: Chain): void {
    for (let i = 0; i < other.a.length; i++)
      if (other.sums[i] !== 0) this.addSegment(other.a[i]!, other.b[i]!, other.sums[i]!)
  }

  get empty(): boolean {
    return this.remaining === 0
  }

  /** Any position on what remains. */
  place(): Position | null {
    const first = this.sums.findIndex(sum => sum !== 0)
    if (first < 0) return null
    const vertex = this.a[first]!
    return [this.points.x(vertex), this.points.y(vertex)]
  }

  /** What remains as directed segments, or null when a segment remains more than once. */
  directed(): { from: number[]; to: number[] } | null {
    const from: number[] = []
    const to: number[] = []
    for (let i = 0; i < this.a.length; i++) {
      const sum = this.sums[i]!
      if (sum === 0) continue
      if (sum !== 1 && sum !== -1) return null
      from.push(sum > 0 ? this.a[i]! : this.b[i]!)
      to.push(sum > 0 ? this.b[i]! : this.a[i]!)
    }
    return { from, to }
  }

  /** The shape that the chain bounds, or null when it bounds none. */
  toShape(): Shape | null {
    const segments = this.directed()
    return segments && traceShape(this.points, segments.from, segments.to)
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
