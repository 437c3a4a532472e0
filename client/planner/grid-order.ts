// Grids in the order of a tree: parents before their children, by code within.
import type { GridSummary } from '../../core/contract/grids.ts'

export function inTreeOrder(grids: readonly GridSummary[]): GridSummary[] {
  const known = new Set(grids.map(grid => grid.id))
  const children = new Map<string | null, GridSummary[]>()
  for (const grid of [...grids].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))) {
    const parent = grid.parent && known.has(grid.parent) ? grid.parent : null
    children.set(parent, [...(children.get(parent) ?? []), grid])
  }
  const walk = (parent: string | null): GridSummary[] =>
    (children.get(parent) ?? []).flatMap(grid => [grid, ...walk(grid.id)])
  return walk(null)
}
