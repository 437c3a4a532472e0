// Random pushes of borders for the fuzz: by crooked blocks laid over two grids, or by the loser's own grids.
import { boundsOf, type Coverage } from './coverage.ts'
import type { Move } from './fuzzing-moves.ts'
import type { Position, Shape } from './model.ts'
import { pushBorder } from './operations/push-border.ts'
import { boxesMeet, startAtLeast } from './shape.ts'

export const randomPush = (random: () => number, coverage: Coverage, cell: number): Move | null => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const grids = [...coverage.grids()]
  const one = pick(grids)
  const other = pick(
    grids.filter(
      grid => grid !== one && grid.level === one.level && boxesMeet(boundsOf(grid), boundsOf(one), 1),
    ),
  )
  if (!other) return null
  const theirs = new Set(other.shape.flat().flatMap(places).map(String))
  const from = pick(
    one.shape
      .flat()
      .flatMap(places)
      .filter(place => theirs.has(String(place))),
  )
  if (!from) return null
  const far = cell * pick([0.05, 0.2, 0.6])
  const turn = random() * 7
  const to: Position = [
    Math.round(from[0] + far * Math.cos(turn)),
    Math.round(from[1] + far * Math.sin(turn)),
  ]
  const units = random() < 0.75 ? blocks(random, from, cell) : undefined
  const request = { grids: [one.id, other.id] as const, from, to, units }
  return {
    what: `push ${JSON.stringify(request)}`,
    run: c => pushBorder(c, request),
    targets: [one, other],
    boxes: [],
  }
}

const places = (ring: readonly number[]): Position[] =>
  ring.flatMap((x, i): Position[] => (i % 2 === 0 ? [[x, ring[i + 1]!]] : []))

/** Blocks around a place that share their crooked sides; some are missing. */
const blocks = (random: () => number, [x, y]: Position, cell: number): Shape[] => {
  const count = 3 + Math.floor(random() * 4)
  const side = Math.max(8, cell * (0.05 + random() * 0.25))
  const corners = Array.from({ length: count + 1 }, (_, i) =>
    Array.from({ length: count + 1 }, (_, j): Position => {
      const along = (n: number) => Math.round((n - count / 2 + (random() - 0.5) * 0.4) * side)
      return [x + along(i), y + along(j)]
    }),
  )
  const units: Shape[] = []
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      if (random() < 0.15) continue
      const ring = [corners[i]![j]!, corners[i + 1]![j]!, corners[i + 1]![j + 1]!, corners[i]![j + 1]!]
      units.push([[startAtLeast(ring.flat())]])
    }
  return units
}
