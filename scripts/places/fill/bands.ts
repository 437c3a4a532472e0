// Where along a band of ground something may be built: exact for the edges, so rows need no trial and error.
import type { Ground } from './ground.ts'
import type { Axes, Outline, Point } from './plane.ts'
import { contains } from './plane.ts'

export type Span = readonly [from: number, to: number]

interface Bar {
  readonly a: Point
  readonly b: Point
  readonly clear: number
  readonly street: boolean
}

/** What a piece of a band must have. */
export interface Need {
  readonly shortest: number
  /** Kept from edges beyond what they ask for; from streets, where that differs. */
  readonly margin?: number
  readonly fromStreet?: number
  /** Kept from what is taken, at least. */
  readonly gap?: number
}

/** All bands of one block that run along `axes`. */
export class Bands {
  readonly #edges: readonly Bar[]
  readonly #ring: Outline
  /** What was taken when last asked, local, with its lowest and highest y. */
  readonly #taken: { outline: Outline; gap: number; low: number; high: number }[] = []
  readonly low: Point
  readonly high: Point

  constructor(
    readonly ground: Ground,
    readonly axes: Axes,
  ) {
    this.#ring = ground.ring.map(p => axes.local(p))
    this.#edges = ground.edges.map(({ clear, line }, i) => ({
      a: this.#ring[i]!,
      b: this.#ring[(i + 1) % this.#ring.length]!,
      clear,
      street: line?.kind === 'road',
    }))
    const xs = this.#ring.map(([x]) => x)
    const ys = this.#ring.map(([, y]) => y)
    this.low = [Math.min(...xs), Math.min(...ys)]
    this.high = [Math.max(...xs), Math.max(...ys)]
  }

  /** Pieces of the band between two y that keep every edge's clearance and what `need` says, from west to east. */
  spans(south: number, north: number, need: Need): Span[] {
    const { shortest, margin = 0, fromStreet = margin, gap = 1 } = need
    const blocked: [number, number][] = []
    for (const { a, b, clear, street } of this.#edges) {
      const shadow = shadowOf(a, b, clear + (street ? fromStreet : margin), south, north)
      if (shadow) blocked.push(shadow)
    }
    this.#catchUp()
    for (const { outline, gap: own, low, high } of this.#taken) {
      const apart = Math.max(gap, own) + 0.05
      if (low > north + apart || high < south - apart) continue
      let west = Infinity
      let east = -Infinity
      for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
        const shadow = shadowOf(outline[j]!, outline[i]!, apart, south, north)
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

  #catchUp(): void {
    const { taken } = this.ground
    for (let i = this.#taken.length; i < taken.length; i++) {
      const { outline, gap } = taken[i]!
      const local = outline.map(p => this.axes.local(p))
      const ys = local.map(([, y]) => y)
      this.#taken.push({ outline: local, gap, low: Math.min(...ys), high: Math.max(...ys) })
    }
  }
}

/**
 * Southern sides of parallel rows, from north to south: as many as fit, spread over the height; one more where that
 * takes no more than a share `squeeze` of the distance. Rows much shorter than the longest possible one do not count.
 */
export function rowsAcross(bands: Bands, depth: number, between: number, need: Need, squeeze = 0): number[] {
  const room: [y: number, metres: number][] = []
  for (let y = bands.low[1]; y + depth <= bands.high[1]; y += 2) {
    const spans = bands.spans(y, y + depth, need)
    if (spans.length > 0) room.push([y, spans.reduce((sum, [from, to]) => sum + to - from, 0)])
  }
  const most = Math.max(0, ...room.map(([, metres]) => metres))
  const useful = room.filter(([, metres]) => metres >= most * 0.4).map(([y]) => y)
  if (useful.length === 0) return []
  const lowest = useful[0]!
  const height = useful.at(-1)! - lowest
  const count = Math.floor(height / (depth + between * (1 - squeeze))) + 1
  const pitch = count > 1 ? Math.min(height / (count - 1), (depth + between) * 1.3) : 0
  return Array.from({ length: count }, (_, i) => lowest + (count - 1 - i) * pitch)
}

/** What the disc of `radius` rolled along a–b covers between two y, as an interval of x; null where it does not reach. */
function shadowOf(a: Point, b: Point, radius: number, south: number, north: number): [number, number] | null {
  if (Math.max(a[1], b[1]) + radius <= south || Math.min(a[1], b[1]) - radius >= north) return null
  let west = Infinity
  let east = -Infinity
  for (let end = 0; end < 2; end++) {
    const [x, y] = end === 0 ? a : b
    if (y >= south && y <= north) {
      west = Math.min(west, x - radius)
      east = Math.max(east, x + radius)
      continue
    }
    const off = y < south ? south - y : y - north
    if (off > radius) continue
    const half = Math.sqrt(radius * radius - off * off)
    west = Math.min(west, x - half)
    east = Math.max(east, x + half)
  }
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  if (dy !== 0) {
    const scale = radius / Math.sqrt(dx * dx + dy * dy)
    for (let side = -1; side <= 1; side += 2)
      for (let end = 0; end < 2; end++) {
        const share = ((end === 0 ? south : north) - a[1] - side * dx * scale) / dy
        if (share < 0 || share > 1) continue
        const x = a[0] - side * dy * scale + dx * share
        west = Math.min(west, x)
        east = Math.max(east, x)
      }
  }
  return west <= east ? [west, east] : null
}
