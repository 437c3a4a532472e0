// Boxes in degrees: west, south, east, north.
import type { Geometry } from 'geojson'
import type { Box, MultiPolygon } from '../../core/contract/geometry.ts'

/** A few metres, in degrees. */
const AROUND = 0.0005

/** The least box around all of them; null for none. */
export function unionOf(boxes: readonly Box[]): Box | null {
  const [first, ...others] = boxes
  if (!first) return null
  return others.reduce<Box>(
    (all, box) => [
      Math.min(all[0], box[0]),
      Math.min(all[1], box[1]),
      Math.max(all[2], box[2]),
      Math.max(all[3], box[3]),
    ],
    first,
  )
}

/** The least box around an outline that has positions. */
export function boxOf({ coordinates }: MultiPolygon): Box {
  const box: Box = [180, 90, -180, -90]
  for (const [lng = 0, lat = 0] of coordinates.flat(2)) {
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  return box
}

/** The least box around any shape; around a point, the houses next to it. */
export function boxOfShape(shape: Geometry): Box {
  const box: Box = [180, 90, -180, -90]
  const take = (part: unknown): void => {
    if (!Array.isArray(part)) return
    const [lng, lat] = part as unknown[]
    if (typeof lng !== 'number' || typeof lat !== 'number') {
      for (const one of part) take(one)
      return
    }
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  if (shape.type === 'GeometryCollection') return unionOf(shape.geometries.map(boxOfShape)) ?? box
  take(shape.coordinates)
  return [box[0] - AROUND, box[1] - AROUND, box[2] + AROUND, box[3] + AROUND]
}

export const boxesMeet = (a: Box, b: Box): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
