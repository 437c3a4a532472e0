// Boxes in degrees: west, south, east, north.
import type { Box, MultiPolygon } from '../../core/contract/geometry.ts'

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

export const boxesMeet = (a: Box, b: Box): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
