// Where things may stand or happen in a village: in its area, on dry ground, along its roads and banks.
import { bounds, covers, type Position } from '../../../core/topology/index.ts'
import type { Line, Random } from '../place.ts'
import type { Village } from './village.ts'

interface Segment {
  readonly line: Line
  readonly x: number
  readonly y: number
  /** Unit vector along it. */
  readonly dx: number
  readonly dy: number
  readonly length: number
  /** Metres of the road before it. */
  readonly before: number
}

interface Stretch {
  readonly line: Line
  readonly path: readonly Position[]
}

const CELL = 60
/** Metres that are kept from the water's edge, over its own half width. */
const FROM_WATER = 0.5

export class VillageGround {
  readonly roads: readonly Segment[]
  readonly banks: readonly Segment[]
  /** Metres of all roads and of all banks. */
  readonly roadMetres: number
  readonly bankMetres: number
  readonly #water = new Map<number, Segment[]>()

  constructor(private readonly village: Village) {
    const { ring, along } = village.site.face
    const border = new Set(along.filter(line => line !== null))
    // Of a line on the border only the stretch that is this village's.
    const stretches: Stretch[] = [
      ...village.lines.filter(line => !border.has(line)).map(line => ({ line, path: line.path })),
      ...along.flatMap((line, i) => (line ? [{ line, path: [ring[i]!, ring[(i + 1) % ring.length]!] }] : [])),
    ]
    const waters = stretches.filter(({ line }) => line.kind === 'water')
    this.roads = this.#segments(stretches.filter(({ line }) => line.kind === 'road' && !line.bridge))
    this.banks = this.#segments(waters)
    this.roadMetres = lengthOf(this.roads)
    this.bankMetres = lengthOf(this.banks)
    for (const segment of this.banks) this.#wet(segment)
    for (const segment of this.#segments(this.#elsewhere())) this.#wet(segment)
  }

  /** Stretches of the place's waters that come near the village. */
  #elsewhere(): Stretch[] {
    const { frame, site, waters = [] } = this.village
    const [west, south, east, north] = bounds(site.area)
    const [left, low] = frame.metres([west, south])
    const [right, high] = frame.metres([east, north])
    return waters.flatMap(line => {
      const reach = line.halfWidth + FROM_WATER
      const points = line.path.map(position => frame.metres(position))
      return line.path.slice(1).flatMap((to, i): Stretch[] => {
        const [ax, ay] = points[i]!
        const [bx, by] = points[i + 1]!
        const near =
          Math.max(ax, bx) > left - reach &&
          Math.min(ax, bx) < right + reach &&
          Math.max(ay, by) > low - reach &&
          Math.min(ay, by) < high + reach
        return near ? [{ line, path: [line.path[i]!, to] }] : []
      })
    })
  }

  #segments(stretches: readonly Stretch[]): Segment[] {
    const { frame } = this.village
    const segments: Segment[] = []
    let before = 0
    for (const { line, path } of stretches)
      for (let i = 1; i < path.length; i++) {
        const [x, y] = frame.metres(path[i - 1]!)
        const [toX, toY] = frame.metres(path[i]!)
        const length = Math.hypot(toX - x, toY - y)
        if (length === 0) continue
        segments.push({ line, x, y, dx: (toX - x) / length, dy: (toY - y) / length, length, before })
        before += length
      }
    return segments
  }

  #key = (column: number, row: number): number => column * 1_000_003 + row

  /** Enters a water's segment in every cell that it may wet. */
  #wet(segment: Segment): void {
    const reach = segment.line.halfWidth + FROM_WATER
    const endX = segment.x + segment.dx * segment.length
    const endY = segment.y + segment.dy * segment.length
    for (
      let column = Math.floor((Math.min(segment.x, endX) - reach) / CELL);
      column <= Math.floor((Math.max(segment.x, endX) + reach) / CELL);
      column++
    )
      for (
        let row = Math.floor((Math.min(segment.y, endY) - reach) / CELL);
        row <= Math.floor((Math.max(segment.y, endY) + reach) / CELL);
        row++
      ) {
        const key = this.#key(column, row)
        const cell = this.#water.get(key)
        if (cell) cell.push(segment)
        else this.#water.set(key, [segment])
      }
  }

  isDry(x: number, y: number): boolean {
    const near = this.#water.get(this.#key(Math.floor(x / CELL), Math.floor(y / CELL)))
    if (!near) return true
    for (const segment of near) {
      const along = Math.min(
        segment.length,
        Math.max(0, (x - segment.x) * segment.dx + (y - segment.y) * segment.dy),
      )
      const away = Math.hypot(x - segment.x - segment.dx * along, y - segment.y - segment.dy * along)
      if (away < segment.line.halfWidth + FROM_WATER) return false
    }
    return true
  }

  /** The position of a place given in metres, if it lies in the village and is dry. */
  standing(x: number, y: number): Position | null {
    if (!this.isDry(x, y)) return null
    const position = this.village.frame.position(x, y)
    return covers(this.village.site.area, position) ? position : null
  }

  /**
   * Beside a road, `metre` metres along all roads of the village.
   * @param aside metres from the middle of the road to its left; other sides and further metres are tried where that is
   * no ground of the village
   */
  beside(metre: number, aside: (line: Line) => number): { point: Position; line: Line } | null {
    for (let step = 0; step < 24; step++) {
      const at = (metre + step * 23) % this.roadMetres
      const segment = this.#at(this.roads, at)
      const along = at - segment.before
      const distance = aside(segment.line)
      for (const side of [distance, -distance, Math.sign(distance) * 0.4, -Math.sign(distance) * 0.4]) {
        const point = this.standing(
          segment.x + segment.dx * along - segment.dy * side,
          segment.y + segment.dy * along + segment.dx * side,
        )
        if (point) return { point, line: segment.line }
      }
    }
    return null
  }

  /** On the dry bank of a water, or null. */
  onBank(random: Random): { point: Position; line: Line } | null {
    if (this.bankMetres === 0) return null
    for (let attempt = 0; attempt < 8; attempt++) {
      const at = random.next() * this.bankMetres
      const { line, x, y, dx, dy, before } = this.#at(this.banks, at)
      const along = at - before
      const side = (line.halfWidth + 1 + random.next() * 2.5) * (random.next() < 0.5 ? 1 : -1)
      const point = this.standing(x + dx * along - dy * side, y + dy * along + dx * side)
      if (point) return { point, line }
    }
    return null
  }

  #at(segments: readonly Segment[], metre: number): Segment {
    let low = 0
    let high = segments.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (segments[middle]!.before <= metre) low = middle
      else high = middle - 1
    }
    return segments[low]!
  }
}

const lengthOf = (segments: readonly Segment[]): number => {
  const last = segments.at(-1)
  return last ? last.before + last.length : 0
}
