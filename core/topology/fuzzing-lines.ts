// Lines and places for the fuzz, most of them unpleasant: through vertices, along borders, loops that touch them.
import { boundsOf } from './coverage.ts'
import type { Grid, Position } from './model.ts'
import { interiorPoint } from './shape.ts'

/** A line of one of many kinds, most of them unpleasant. */
export const randomLine = (random: () => number, grid: Grid, cell: number): Position[] => {
  const [minX, minY, maxX, maxY] = boundsOf(grid)
  const width = maxX - minX
  const height = maxY - minY
  const whole = (value: number) => Math.round(value)
  const anywhere = (): Position => [
    whole(minX + (random() * 1.4 - 0.2) * width),
    whole(minY + (random() * 1.4 - 0.2) * height),
  ]
  const rings = grid.shape.flat()
  const ring = rings[Math.floor(random() * rings.length)]!
  const corner = (): { at: Position; next: Position } => {
    const i = 2 * Math.floor((random() * ring.length) / 2)
    const j = (i + 2) % ring.length
    return { at: [ring[i]!, ring[i + 1]!], next: [ring[j]!, ring[j + 1]!] }
  }
  const shaken = (p: Position, by: number): Position => [
    whole(p[0] + (random() * 2 - 1) * by),
    whole(p[1] + (random() * 2 - 1) * by),
  ]
  const along = (p: Position, q: Position, t: number): Position => [
    whole(p[0] + (q[0] - p[0]) * t),
    whole(p[1] + (q[1] - p[1]) * t),
  ]
  const loop = (centre: Position, radius: number): Position[] => {
    const n = 3 + Math.floor(random() * 9)
    const turn = random() * 7
    const positions = Array.from(
      { length: n },
      (_, i): Position => [
        whole(centre[0] + radius * Math.cos(turn + (i * 2 * Math.PI) / n)),
        whole(centre[1] + radius * Math.sin(turn + (i * 2 * Math.PI) / n)),
      ],
    )
    return [...positions, positions[0]!]
  }
  const { at, next } = corner()
  const other = corner()
  switch (Math.floor(random() * 12)) {
    case 0:
    case 1:
      return [
        along([minX, minY], [maxX, minY], random() * 1.2 - 0.1),
        anywhere(),
        along([minX, maxY], [maxX, maxY], random() * 1.2 - 0.1),
      ]
    case 2:
      return [along(at, other.at, -0.2), along(at, other.at, 1.2)]
    case 3:
      return [at, other.at]
    case 4: {
      const by = 1 + Math.floor(random() * 12)
      return [shaken(along(at, next, -0.3), by), shaken(along(at, next, 1.3), by)]
    }
    case 5:
      return [at, next, anywhere(), other.at]
    case 6:
      return Array.from({ length: 2 + Math.floor(random() * 10) }, anywhere)
    case 7:
      return loop(interiorPoint(grid.shape), (random() * Math.min(width, height)) / 3)
    case 8:
      return loop(shaken(along(at, next, random()), 3), random() * cell * 0.3)
    case 9:
      return [
        along(at, next, random()),
        shaken(interiorPoint(grid.shape), cell / 20),
        along(other.at, other.next, random()),
      ]
    case 10: {
      const zigzag: Position[] = []
      const n = 4 + Math.floor(random() * 20)
      for (let i = 0; i <= n; i++) zigzag.push(shaken(along(at, next, i / n), 2 + random() * cell * 0.05))
      zigzag.push(anywhere())
      return zigzag
    }
    default:
      return [shaken(at, 12), shaken(interiorPoint(grid.shape), cell / 4), shaken(other.at, 12)]
  }
}
