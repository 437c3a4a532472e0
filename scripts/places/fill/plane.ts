// Plane geometry in metres for what stands on a block: axes turned with a street, rectangles, distances, insides.

export type Point = readonly [x: number, y: number]
/** Counter-clockwise, first point not repeated. */
export type Outline = readonly Point[]

export interface Box {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

export function boxOf(points: Outline): Box {
  let west = Infinity
  let south = Infinity
  let east = -Infinity
  let north = -Infinity
  for (const [x, y] of points) {
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  return { west, south, east, north }
}

export const boxesNear = (a: Box, b: Box, by: number): boolean =>
  a.west - by <= b.east && b.west - by <= a.east && a.south - by <= b.north && b.south - by <= a.north

/** A place and a direction to measure from: x along, y to the left of it. */
export class Axes {
  readonly #cos: number
  readonly #sin: number

  constructor(
    readonly origin: Point,
    readonly angle: number,
  ) {
    this.#cos = Math.cos(angle)
    this.#sin = Math.sin(angle)
  }

  local([x, y]: Point): Point {
    const dx = x - this.origin[0]
    const dy = y - this.origin[1]
    return [dx * this.#cos + dy * this.#sin, dy * this.#cos - dx * this.#sin]
  }

  world(x: number, y: number): Point {
    return [this.origin[0] + x * this.#cos - y * this.#sin, this.origin[1] + x * this.#sin + y * this.#cos]
  }

  /** Local corners as an outline on the ground. */
  outline(corners: Outline): Outline {
    return corners.map(([x, y]) => this.world(x, y))
  }

  rectangle(x: number, y: number, width: number, depth: number): Outline {
    return [
      this.world(x, y),
      this.world(x + width, y),
      this.world(x + width, y + depth),
      this.world(x, y + depth),
    ]
  }
}

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Share of the way from a to b (0 to 1) that is nearest to p. */
export function nearestShare(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length2 = dx * dx + dy * dy
  if (length2 === 0) return 0
  const share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2
  return share < 0 ? 0 : share > 1 ? 1 : share
}

export const between = (a: Point, b: Point, share: number): Point => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
]

export function distanceToSegment(p: Point, a: Point, b: Point): number {
  const share = nearestShare(p, a, b)
  return Math.hypot(p[0] - a[0] - (b[0] - a[0]) * share, p[1] - a[1] - (b[1] - a[1]) * share)
}

const turn = (a: Point, b: Point, c: Point): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  return turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0 && boxesTouch(a, b, c, d)
}

const boxesTouch = (a: Point, b: Point, c: Point, d: Point): boolean =>
  Math.min(a[0], b[0]) <= Math.max(c[0], d[0]) &&
  Math.min(c[0], d[0]) <= Math.max(a[0], b[0]) &&
  Math.min(a[1], b[1]) <= Math.max(c[1], d[1]) &&
  Math.min(c[1], d[1]) <= Math.max(a[1], b[1])

export function distanceOfSegments(a: Point, b: Point, c: Point, d: Point): number {
  if (segmentsCross(a, b, c, d)) return 0
  return Math.min(
    distanceToSegment(a, c, d),
    distanceToSegment(b, c, d),
    distanceToSegment(c, a, b),
    distanceToSegment(d, a, b),
  )
}

export function contains(outline: Outline, [x, y]: Point): boolean {
  let inside = false
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[i]!
    const [bx, by] = outline[j]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

export function areaOf(outline: Outline): number {
  let doubled = 0
  const [ox, oy] = outline[0]!
  for (let i = 0, j = outline.length - 1; i < outline.length; j = i++) {
    const [ax, ay] = outline[j]!
    const [bx, by] = outline[i]!
    doubled += (ax - ox) * (by - oy) - (bx - ox) * (ay - oy)
  }
  return doubled / 2
}

/** Whether two outlines come nearer than `gap`, or one lies in the other. Two points make a line. */
export function outlinesNear(a: Outline, b: Outline, gap: number): boolean {
  for (let i = 0, j = a.length - 1; i < a.length; j = i++)
    for (let k = 0, l = b.length - 1; k < b.length; l = k++)
      if (distanceOfSegments(a[j]!, a[i]!, b[l]!, b[k]!) < gap) return true
  return contains(a, b[0]!) || contains(b, a[0]!)
}
