// What can be said of one shape: canonical form, area, bounds, a point inside.
import { edgeCounts } from './covers.ts'
import { orient } from './exact.ts'
import { LATTICE, type Polygon, type Position, type Ring, type Shape } from './model.ts'
import type { Box } from './plans.ts'

/** A copy of the ring turned so that it starts at its least position. */
export const startAtLeast = (ring: readonly number[]): number[] => {
  let least = 0
  for (let i = 2; i < ring.length; i += 2) {
    const dx = ring[i]! - ring[least]!
    if (dx < 0 || (dx === 0 && ring[i + 1]! < ring[least + 1]!)) least = i
  }
  if (least === 0) return ring.slice()
  return ring.slice(least).concat(ring.slice(0, least))
}

export const reverseRing = (ring: readonly number[]): number[] => {
  const reversed: number[] = []
  for (let i = ring.length - 2; i >= 0; i -= 2) reversed.push(ring[i]!, ring[i + 1]!)
  return reversed
}

/** Positive when a simple ring that starts at its least position runs counter-clockwise; exact. */
export const turnOf = (ring: Ring): number => {
  const n = ring.length
  return orient(ring[n - 2]!, ring[n - 1]!, ring[0]!, ring[1]!, ring[2]!, ring[3]!)
}

/** The ring as shapes hold it: from its least position, counter-clockwise, a hole clockwise. */
export const canonicalRing = (flat: readonly number[], hole: boolean): number[] => {
  const ring = startAtLeast(flat)
  const n = ring.length
  if (n < 6 || turnOf(ring) > 0 !== hole) return ring
  // Turned round, it still starts where it did.
  for (let i = 2, j = n - 2; i < j; i += 2, j -= 2) {
    const x = ring[i]!
    const y = ring[i + 1]!
    ring[i] = ring[j]!
    ring[i + 1] = ring[j + 1]!
    ring[j] = x
    ring[j + 1] = y
  }
  return ring
}

export const compareRings = (a: Ring, b: Ring): number => {
  const n = Math.min(a.length, b.length)
  for (let i = 0; i < n; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

/** Sorts holes and faces; the rings must be canonical already. */
export const sortShape = (faces: readonly Polygon[]): Shape =>
  faces.length === 1 && faces[0]!.length < 3 ? faces : sortFaces(faces)

const sortFaces = (faces: readonly Polygon[]): Shape =>
  faces
    .map(face => (face.length > 2 ? [face[0]!, ...face.slice(1).sort(compareRings)] : face))
    .sort((a, b) => compareRings(a[0]!, b[0]!))

/** Doubled area of a ring in lattice steps², positive when counter-clockwise; exact. */
export const ringArea2 = (ring: Ring): bigint => {
  const ox = ring[0]!
  const oy = ring[1]!
  let reach = 0
  for (let i = 2; i < ring.length; i += 2)
    reach = Math.max(reach, Math.abs(ring[i]! - ox), Math.abs(ring[i + 1]! - oy))
  const exact = reach * reach * ring.length < 2 ** 53
  let small = 0
  let large = 0n
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const ax = ring[i]! - ox
    const ay = ring[i + 1]! - oy
    const bx = ring[i + 2]! - ox
    const by = ring[i + 3]! - oy
    if (exact) small += ax * by - ay * bx
    else large += BigInt(ax) * BigInt(by) - BigInt(ay) * BigInt(bx)
  }
  return exact ? BigInt(small) : large
}

/** Doubled area of a shape in lattice steps², exact. */
export const shapeArea2 = (shape: Shape): bigint => {
  let sum = 0n
  for (const face of shape) for (const ring of face) sum += ringArea2(ring)
  return sum
}

/** Radius of the sphere with the ellipsoid's surface, metres, and the ellipsoid's eccentricity (WGS 84, CGCS2000). */
const AUTHALIC_RADIUS = 6_371_007.180_9
const ECCENTRICITY = 0.081_819_190_842_6
const RADIANS = Math.PI / 180 / LATTICE

const zone = (sine: number): number => {
  const e = ECCENTRICITY * sine
  return (1 - ECCENTRICITY ** 2) * (sine / (1 - e * e) - Math.log((1 - e) / (1 + e)) / (2 * ECCENTRICITY))
}
const POLE = zone(1)

/** Sine of the authalic latitude: on that sphere every zone has the area it has on the ellipsoid (Snyder 1987, 3-11). */
const authalicSine = (y: number): number => zone(Math.sin(y * RADIANS)) / POLE

/**
 * Area on the ellipsoid in m²: the spherical sum of Chamberlain & Duquette (2007) over authalic latitudes, sines taken
 * from a local origin so that small shapes lose no digits.
 */
export const areaSquareMetres = (shape: Shape): number => {
  let sum = 0
  for (const face of shape)
    for (const ring of face) {
      const n = ring.length
      const origin = authalicSine(ring[1]!)
      for (let i = 0; i < n; i += 2) {
        const before = ring[(i + n - 2) % n]!
        const after = ring[(i + 2) % n]!
        sum += (before - after) * RADIANS * (authalicSine(ring[i + 1]!) - origin)
      }
    }
  return Math.abs(sum / 2) * AUTHALIC_RADIUS ** 2
}

export const bounds = (shape: Shape): Box => {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const face of shape) {
    const ring = face[0] ?? []
    for (let i = 0; i < ring.length; i += 2) {
      const x = ring[i]!
      const y = ring[i + 1]!
      if (x < minX) minX = x
      if (x > maxX) maxX = x
      if (y < minY) minY = y
      if (y > maxY) maxY = y
    }
  }
  return [minX, minY, maxX, maxY]
}

export const boxesMeet = (a: Box, b: Box, margin = 0): boolean =>
  a[0] <= b[2] + margin && b[0] <= a[2] + margin && a[1] <= b[3] + margin && b[1] <= a[3] + margin

/** Where the shape is met by the horizontal through y, sorted from west to east. */
const crossingsAt = (face: Polygon, y: number): number[] => {
  const xs: number[] = []
  for (const ring of face)
    for (let i = 0; i < ring.length; i += 2) {
      const j = (i + 2) % ring.length
      const ay = ring[i + 1]!
      const by = ring[j + 1]!
      if (ay <= y === by <= y) continue
      xs.push(ring[i]! + ((ring[j]! - ring[i]!) * (y - ay)) / (by - ay))
    }
  if (xs.length !== 2) return xs.sort((a, b) => a - b)
  // Nearly always.
  if (xs[0]! > xs[1]!) xs.reverse()
  return xs
}

/**
 * A lattice point that the shape covers, in the widest interval of its greatest face along a few horizontals; for labels
 * and as a stand-in. A shape without any interior lattice point gives its first position.
 */
export const interiorPoint = (shape: Shape): Position => {
  let greatest: Polygon | undefined = shape.length === 1 ? shape[0] : undefined
  let most = -1n
  if (!greatest)
    for (const face of shape) {
      const area = shapeArea2([face])
      if (area > most) {
        most = area
        greatest = face
      }
    }
  if (!greatest) return [0, 0]
  const [, minY, , maxY] = bounds([greatest])
  const ys = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9].map(part =>
    Math.floor(minY + (maxY - minY) * part),
  )
  const found = widest(greatest, ys)
  if (found) return found
  // A sliver: look beside its vertices and half-way between them.
  const levels = [...new Set(greatest[0]!.filter((_, i) => i % 2 === 1))].sort((p, q) => p - q).slice(0, 200)
  const between = levels.map((y, i) => Math.floor((y + (levels[i + 1] ?? y)) / 2))
  const beside = widest(greatest, [...levels.flatMap(y => [y - 1, y, y + 1]), ...between])
  if (beside) return beside
  const ring = greatest[0]!
  for (let i = 0; i < ring.length; i += 2)
    if (faceCovers(greatest, ring[i]!, ring[i + 1]!)) return [ring[i]!, ring[i + 1]!]
  return [ring[0]!, ring[1]!]
}

/** The middle of the widest interval that the horizontals cut out of a face, if a lattice point lies there. */
const widest = (face: Polygon, ys: readonly number[]): Position | null => {
  let best: Position | null = null
  let width = -1
  for (const y of new Set(ys)) {
    const xs = crossingsAt(face, y)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      if (xs[i + 1]! - xs[i]! <= width) continue
      const middle = Math.floor((xs[i]! + xs[i + 1]!) / 2)
      const x = [middle, middle + 1].find(near => faceCovers(face, near, y))
      if (x === undefined) continue
      width = xs[i + 1]! - xs[i]!
      best = [x, y]
    }
  }
  return best
}

const faceCovers = (face: Polygon, x: number, y: number): boolean => {
  let inside = false
  for (const ring of face)
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      if (edgeCounts(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!, x, y)) inside = !inside
  return inside
}
