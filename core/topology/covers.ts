// The half-open test that decides which grid owns a point; the SQL function implements the same rule.
import { orient } from './exact.ts'
import type { Position, Shape } from './model.ts'

/**
 * Does the edge a-b count for the point p? Ends ordered by y; horizontal edges never count; the upper end is left out;
 * the edge must lie strictly east of p. So a point on a border belongs to the face east of it (north of a horizontal one).
 */
export const edgeCounts = (
  ax: number,
  ay: number,
  bx: number,
  by: number,
  px: number,
  py: number,
): boolean => {
  if (ay <= py === by <= py) return false
  if (ax <= px && bx <= px) return false
  if (ax > px && bx > px) return true
  return ay < by ? orient(ax, ay, bx, by, px, py) > 0 : orient(bx, by, ax, ay, px, py) > 0
}

/** Does the shape own the point? Points on borders and corners belong to exactly one face of a coverage. */
export const covers = (shape: Shape, position: Position): boolean =>
  coversPoint(shape, position[0], position[1])

export const coversPoint = (shape: Shape, x: number, y: number): boolean => {
  let inside = false
  for (const face of shape)
    for (const ring of face)
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
        if (edgeCounts(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!, x, y)) inside = !inside
  return inside
}
