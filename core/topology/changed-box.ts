// The box within which ground changes hands in an edit: what a tally must look at.
import type { Change, Grid } from './model.ts'
import type { Box } from './plans.ts'

/** The box of all border segments that a change takes from or gives to any grid, or null when no border moves. */
export const changedBox = ({ before, after }: Change): Box | null => {
  const now = new Map(after.map(grid => [grid.id, grid]))
  let box: Box | null = null
  const reach = (keys: ReadonlyMap<string, readonly number[]>) => {
    for (const [, [ax = 0, ay = 0, bx = 0, by = 0]] of keys)
      box = [
        Math.min(box?.[0] ?? ax, ax, bx),
        Math.min(box?.[1] ?? ay, ay, by),
        Math.max(box?.[2] ?? ax, ax, bx),
        Math.max(box?.[3] ?? ay, ay, by),
      ]
  }
  const seen = new Set<string>()
  for (const grid of before) {
    seen.add(grid.id)
    const next = now.get(grid.id)
    if (next?.shape === grid.shape) continue
    const [old, fresh] = [segmentsOf(grid), next ? segmentsOf(next) : new Map<string, number[]>()]
    for (const key of [...old.keys()]) if (fresh.delete(key)) old.delete(key)
    reach(old)
    reach(fresh)
  }
  for (const grid of after) if (!seen.has(grid.id)) reach(segmentsOf(grid))
  return box
}

const segmentsOf = (grid: Grid): Map<string, number[]> => {
  const found = new Map<string, number[]>()
  for (const face of grid.shape)
    for (const ring of face)
      for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
        const segment = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
        found.set(segment.join(), segment)
      }
  return found
}
