// The grids of a plan as a tree: which rows are to be seen, in which order, and what the arrow keys do.
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Level } from '../../core/topology/model.ts'

export interface GridTree {
  byId: ReadonlyMap<string, GridSummary>
  /** Children of each grid by code, and under null the grids at the top. */
  children: ReadonlyMap<string | null, readonly GridSummary[]>
}

export interface TreeRow {
  grid: GridSummary
  /** How far it is indented: 0 at the top. */
  depth: number
  /** null: nothing below it. */
  expanded: boolean | null
}

/** With no more grids than this, all of them stand open at first. */
const OPEN_UP_TO = 60

const byCode = (a: GridSummary, b: GridSummary) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)

export function treeOf(grids: readonly GridSummary[]): GridTree {
  const byId = new Map(grids.map(grid => [grid.id, grid]))
  const children = new Map<string | null, GridSummary[]>()
  for (const grid of [...grids].sort(byCode)) {
    const parent = grid.parent && byId.has(grid.parent) ? grid.parent : null
    const siblings = children.get(parent)
    if (siblings) siblings.push(grid)
    else children.set(parent, [grid])
  }
  return { byId, children }
}

export const parentsIn = (tree: GridTree, above: Level): string[] =>
  [...tree.byId.values()]
    .filter(grid => grid.level < above && tree.children.has(grid.id))
    .map(grid => grid.id)

/** What stands open when a plan is shown first. */
export const openAtFirst = (tree: GridTree): string[] =>
  tree.byId.size <= OPEN_UP_TO ? parentsIn(tree, 4) : []

/** The grids above one, nearest first. */
export function ancestorsOf(tree: GridTree, id: string): string[] {
  const above: string[] = []
  for (let at = tree.byId.get(id)?.parent ?? null; at && tree.byId.has(at); ) {
    above.push(at)
    at = tree.byId.get(at)?.parent ?? null
  }
  return above
}

/** The rows in view: those whose ancestors all stand open. */
export function openRows(tree: GridTree, open: ReadonlySet<string>): TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (parent: string | null, depth: number) => {
    for (const grid of tree.children.get(parent) ?? []) {
      const expanded = tree.children.has(grid.id) ? open.has(grid.id) : null
      rows.push({ grid, depth, expanded })
      if (expanded) walk(grid.id, depth + 1)
    }
  }
  walk(null, 0)
  return rows
}

/** The grids that match a text by name or code, below the grids that hold them. */
export function matchingRows(tree: GridTree, text: string): TreeRow[] {
  const wanted = text.trim().toLowerCase()
  const kept = new Set<string>()
  for (const grid of tree.byId.values()) {
    if (!grid.name.toLowerCase().includes(wanted) && !grid.code.includes(wanted)) continue
    kept.add(grid.id)
    for (const above of ancestorsOf(tree, grid.id)) kept.add(above)
  }
  return openRows(tree, kept).filter(row => kept.has(row.grid.id))
}

/** Grids with a deviation, the worst first; equal ones by code. */
export function worstRows(
  grids: readonly GridSummary[],
  deviation: (grid: GridSummary) => number | null,
): TreeRow[] {
  return grids
    .flatMap(grid => {
      const off = deviation(grid)
      return off === null ? [] : [{ grid, off: Math.abs(off) }]
    })
    .sort((a, b) => (a.off === b.off ? byCode(a.grid, b.grid) : b.off - a.off))
    .map(({ grid }) => ({ grid, depth: 0, expanded: null }))
}

export type TreeMove = { go: number } | { open: string } | { close: string } | null

/** What a key does at a row, as trees do everywhere: arrows move, open and close, Home and End jump. */
export function moveBy(key: string, rows: readonly TreeRow[], at: number, page: number): TreeMove {
  const last = rows.length - 1
  const row = rows[at]
  if (!row) return rows.length > 0 ? { go: 0 } : null
  const to = (index: number) => ({ go: Math.max(0, Math.min(last, index)) })
  switch (key) {
    case 'ArrowDown':
      return to(at + 1)
    case 'ArrowUp':
      return to(at - 1)
    case 'PageDown':
      return to(at + page)
    case 'PageUp':
      return to(at - page)
    case 'Home':
      return to(0)
    case 'End':
      return to(last)
    case 'ArrowRight':
      if (row.expanded === false) return { open: row.grid.id }
      return row.expanded ? to(at + 1) : null
    case 'ArrowLeft': {
      if (row.expanded) return { close: row.grid.id }
      const parent = rows.findLastIndex((one, index) => index < at && one.depth < row.depth)
      return parent >= 0 ? to(parent) : null
    }
    default:
      return null
  }
}
