// How far a border that is redrawn strays from where it was.
import { distanceToSegment } from '../../core/topology/exact.ts'
import type { GroundPlan, Position, Shape } from '../../core/topology/index.ts'
import type { Strayed } from './messages.ts'

/** Of latitude; of longitude it is less. */
export const METRES_PER_STEP = 0.011132

const verticesOf = (shapes: readonly Shape[]): Map<string, Position> => {
  const found = new Map<string, Position>()
  for (const ring of shapes.flat(2))
    for (let i = 0; i < ring.length; i += 2) found.set(`${ring[i]},${ring[i + 1]}`, [ring[i]!, ring[i + 1]!])
  return found
}

/** The largest distance of a vertex that goes from the new course. */
export function strayOf({ change, drawn }: GroundPlan): Strayed {
  const before = verticesOf(change.before.map(grid => grid.shape))
  const after = verticesOf(change.after.map(grid => grid.shape))
  const gone = [...before].flatMap(([key, place]) => (after.has(key) ? [] : [place]))
  const shrink = Math.cos((((gone[0]?.[1] ?? 0) / 1e7) * Math.PI) / 180)
  const away = ([x, y]: Position): number => {
    let least = Infinity
    for (const line of drawn)
      for (let i = 1; i < line.length; i++) {
        const [p, q] = [line[i - 1]!, line[i]!]
        least = Math.min(least, distanceToSegment(x * shrink, y, p[0] * shrink, p[1], q[0] * shrink, q[1]))
      }
    return least
  }
  return {
    metres: gone.reduce((most, place) => Math.max(most, away(place)), 0) * METRES_PER_STEP,
    lost: gone.length,
    won: [...after.keys()].filter(key => !before.has(key)).length,
  }
}
