// Where along a band of ground something may be built: exact for the edges, so rows need no trial and error.
import type { Ground } from './ground.ts'
import type { Axes, Outline, Point } from './plane.ts'
import { contains } from './plane.ts'

export type Span = readonly [from: number, to: number]

interface Bar {
  readonly a: Point
  readonly b: Point
  readonly gap: number
}

/** All bands of one block that run along `axes`. */
export class Bands {
  readonly #edges: readonly Bar[]
  readonly #ring: Outline
  readonly low: Point
  readonly high: Point

  constructor(
    readonly ground: Ground,
    readonly axes: Axes,
  ) {
    this.#ring = ground.ring.map(p => axes.local(p))
    this.#edges = ground.edges.map(({ clear }, i) => ({
      a: this.#ring[i]!,
      b: this.#ring[(i + 1) % this.#ring.length]!,
      gap: clear,
    }))
    const xs = this.#ring.map(([x]) => x)
    const ys = this.#ring.map(([, y]) => y)
    this.low = [Math.min(...xs), Math.min(...ys)]
    this.high = [Math.max(...xs), Math.max(...ys)]
  }

  /**
   * Pieces of the band between two y that keep every edge's clearance and `gap` (or more) to what is taken, each at least
   * `shortest` long, from west to east. `margin` is kept from edges beyond what they ask for.
   */
  spans(south: number, north: number, shortest: number, margin = 0, gap = 1): Span[] {
    const blocked: [number, number][] = []
    for (const { a, b, gap: clear } of this.#edges) {
      const shadow = shadowOf(a, b, clear + margin, south, north)
      if (shadow) blocked.push(shadow)
    }
    for (const { outline, gap: own } of this.ground.taken) {
      let west = Infinity
      let east = -Infinity
      const local = outline.map(p => this.axes.local(p))
      for (let i = 0, j = local.length - 1; i < local.length; j = i++) {
        const shadow = shadowOf(local[j]!, local[i]!, Math.max(gap, own) + 0.05, south, north)
        if (!shadow) continue
        west = Math.min(west, shadow[0])
        east = Math.max(east, shadow[1])
      }
      if (west < east) blocked.push([west, east])
    }
    blocked.sort((p, q) => p[0] - q[0])
    const spans: Span[] = []
    const middle = (south + north) / 2
    let from = this.low[0]
    for (const [west, east] of [...blocked, [this.high[0], this.high[0]] as const]) {
      if (west - from >= shortest && contains(this.#ring, [(from + west) / 2, middle]))
        spans.push([from, west])
      from = Math.max(from, east)
    }
    return spans
  }
}

/** What the disc of `radius` rolled along a–b covers between two y, as an interval of x; null where it does not reach. */
function shadowOf(a: Point, b: Point, radius: number, south: number, north: number): [number, number] | null {
  if (Math.max(a[1], b[1]) + radius <= south || Math.min(a[1], b[1]) - radius >= north) return null
  let west = Infinity
  let east = -Infinity
  const see = (x: number, y: number) => {
    if (y < south - 1e-9 || y > north + 1e-9) return
    if (x < west) west = x
    if (x > east) east = x
  }
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length = Math.hypot(dx, dy) || 1
  const nx = (-dy / length) * radius
  const ny = (dx / length) * radius
  for (const [x, y] of [a, b]) {
    see(x - radius, y)
    see(x + radius, y)
    for (const level of [south, north]) {
      const half2 = radius * radius - (level - y) * (level - y)
      if (half2 < 0) continue
      see(x - Math.sqrt(half2), level)
      see(x + Math.sqrt(half2), level)
    }
  }
  if (dy !== 0)
    for (const level of [south, north])
      for (const side of [-1, 1]) {
        const share = (level - (a[1] + side * ny)) / dy
        if (share >= 0 && share <= 1) see(a[0] + side * nx + dx * share, level)
      }
  return west <= east ? [west, east] : null
}
