// How compact a shape is: Polsby–Popper, 1 for a circle.
import { LATTICE, type Shape } from '../topology/model.ts'

/** 4π × area ÷ perimeter², in a local equirectangular plane; holes count as ground missing and border more. */
export const compactnessOf = (shape: Shape): number => {
  const first = shape[0]?.[0]
  if (!first) return 0
  const [ox, oy] = [first[0]!, first[1]!]
  const shrink = Math.cos(((oy / LATTICE) * Math.PI) / 180)
  let area = 0
  let perimeter = 0
  for (const ring of shape.flat())
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const ax = (ring[j]! - ox) * shrink
      const ay = ring[j + 1]! - oy
      const bx = (ring[i]! - ox) * shrink
      const by = ring[i + 1]! - oy
      area += (ax * by - ay * bx) / 2
      perimeter += Math.hypot(bx - ax, by - ay)
    }
  return perimeter === 0 ? 0 : (4 * Math.PI * area) / perimeter ** 2
}
