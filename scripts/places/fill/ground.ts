// The ground of one block in metres: its edges with what they ask for, what is taken already, and what still fits.
import type { Block, Frame, Line } from '../place.ts'
import {
  Axes,
  areaOf,
  type Box,
  boxesNear,
  boxOf,
  contains,
  distanceOfSegments,
  distanceToSegment,
  type Outline,
  outlinesNear,
  type Point,
} from './plane.ts'

export interface Edge {
  readonly a: Point
  readonly b: Point
  readonly box: Box
  readonly length: number
  /** Metres that nothing may be built on. */
  readonly clear: number
  readonly line: Line | null
}

interface Taken {
  /** Two points are a path. */
  readonly outline: Outline
  readonly box: Box
  readonly gap: number
}

/** From a garden wall or a field's edge. */
export const WALL_METRES = 2
/** Between two buildings. */
export const GAP_METRES = 1
/** What rounding to the lattice may take. */
const SLACK = 0.03

export class Ground {
  readonly ring: Outline
  readonly edges: readonly Edge[]
  readonly box: Box
  readonly area: number
  readonly taken: Taken[] = []
  #heart: { readonly at: Point; readonly room: number } | undefined

  constructor(block: Block, frame: Frame) {
    this.ring = block.ring.map(position => frame.metres(position))
    this.box = boxOf(this.ring)
    this.area = areaOf(this.ring)
    this.edges = this.ring.map((a, i) => {
      const b = this.ring[(i + 1) % this.ring.length]!
      const line = block.along[i] ?? null
      return {
        a,
        b,
        line,
        box: boxOf([a, b]),
        length: Math.hypot(b[0] - a[0], b[1] - a[1]),
        clear: (line?.halfWidth ?? WALL_METRES) + SLACK,
      }
    })
  }

  /** Metres from what the edges ask for; negative outside. */
  room(p: Point): number {
    let room = Infinity
    for (const { a, b, clear } of this.edges) room = Math.min(room, distanceToSegment(p, a, b) - clear)
    return contains(this.ring, p) ? room : -Infinity
  }

  /** Inside the block with every edge's clearance, and `gap` from everything that is taken. */
  fits(outline: Outline, gap = GAP_METRES): boolean {
    return this.within(outline) && this.free(outline, gap)
  }

  /** Inside the block; `clear` instead of what the edges ask for. */
  within(outline: Outline, clear?: number): boolean {
    const box = boxOf(outline)
    if (box.west < this.box.west || box.east > this.box.east) return false
    if (box.south < this.box.south || box.north > this.box.north) return false
    for (const edge of this.edges) {
      const needed = clear ?? edge.clear
      if (!boxesNear(edge.box, box, needed)) continue
      for (let i = 0, j = outline.length - 1; i < outline.length; j = i++)
        if (distanceOfSegments(edge.a, edge.b, outline[j]!, outline[i]!) < needed) return false
    }
    return contains(this.ring, outline[0]!)
  }

  free(outline: Outline, gap = GAP_METRES): boolean {
    const box = boxOf(outline)
    for (const other of this.taken) {
      const needed = Math.max(gap, other.gap) + SLACK
      if (boxesNear(other.box, box, needed) && outlinesNear(other.outline, outline, needed)) return false
    }
    return true
  }

  take(outline: Outline, gap = GAP_METRES): void {
    this.taken.push({ outline, gap, box: boxOf(outline) })
  }

  takePath(path: Outline, gap: number): void {
    for (let i = 1; i < path.length; i++) this.take([path[i - 1]!, path[i]!], gap)
  }

  /** The place farthest from all edges, and how far. */
  get heart(): { readonly at: Point; readonly room: number } {
    if (!this.#heart) this.#heart = this.#findHeart()
    return this.#heart
  }

  #findHeart(): { at: Point; room: number } {
    const { west, south, east, north } = this.box
    let best = { at: this.ring[0]!, room: -Infinity }
    const look = (x: number, y: number) => {
      const room = this.room([x, y])
      if (room > best.room) best = { at: [x, y], room }
    }
    const size = Math.max(east - west, north - south)
    const columns = Math.max(3, Math.ceil(((east - west) / size) * 14))
    const rows = Math.max(3, Math.ceil(((north - south) / size) * 14))
    for (let i = 0; i < columns; i++)
      for (let j = 0; j < rows; j++)
        look(west + ((i + 0.5) / columns) * (east - west), south + ((j + 0.5) / rows) * (north - south))
    // Edges' own middles, a step inwards: thin blocks slip through a grid.
    if (best.room < 6)
      for (const { a, b, length } of this.edges)
        for (const inwards of [4, 8, 12])
          look(
            (a[0] + b[0]) / 2 - ((b[1] - a[1]) / length) * inwards,
            (a[1] + b[1]) / 2 + ((b[0] - a[0]) / length) * inwards,
          )
    for (let step = size / 28; step > 0.3; step /= 2) {
      const [x, y] = best.at
      for (let i = -2; i <= 2; i++) for (let j = -2; j <= 2; j++) look(x + i * step * 0.6, y + j * step * 0.6)
    }
    return best
  }

  /** The direction that most of the edges follow or stand square to, within 45° of east. */
  get direction(): number {
    let x = 0
    let y = 0
    for (const { a, b, length, line } of this.edges) {
      const angle = 4 * Math.atan2(b[1] - a[1], b[0] - a[0])
      const weight = line?.kind === 'road' ? length * 1.5 : length
      x += weight * Math.cos(angle)
      y += weight * Math.sin(angle)
    }
    return Math.atan2(y, x) / 4
  }

  /** Axes through the middle of the block's box, turned by `angle`. */
  axes(angle: number): Axes {
    const { west, south, east, north } = this.box
    return new Axes([(west + east) / 2, (south + north) / 2], angle)
  }
}
