// A coverage: the loaded grids of all levels with what finds them, as a value that edits replace cheaply.
import { type Boxed, Boxes } from './boxes.ts'
import type { Change, Grid } from './model.ts'
import type { Box } from './plans.ts'
import { bounds } from './shape.ts'
import { Shards } from './shards.ts'

/** Grids whose descendants are remembered. */
const MOST_REMEMBERED = 8

/**
 * The grids of a plan, or a part of them: those to be edited with all their descendants, every grid whose box meets
 * theirs grown by 50 steps with its descendants (the ring of neighbours, and what touches it), and all ancestors of all.
 * A segment with a loaded leaf on one side only counts as the plan's outer ring. A value: never changed in place.
 */
export class Coverage {
  private readonly descendants = new Map<string, readonly Grid[]>()

  constructor(
    private readonly byId: Shards<string, Grid>,
    private readonly children: Shards<string, readonly string[]>,
    private readonly leaves: Boxes,
    readonly size: number,
  ) {}

  grid(id: string): Grid | undefined {
    return this.byId.get(id)
  }

  grids(): IterableIterator<Grid> {
    return this.byId.values()
  }

  childrenOf(id: string): readonly Grid[] {
    return (this.children.get(id) ?? []).flatMap(child => this.byId.get(child) ?? [])
  }

  /** All descendants, top down; remembered, because a pointer asks for the same with every move. */
  descendantsOf(id: string): readonly Grid[] {
    const known = this.descendants.get(id)
    if (known) return known
    const found: Grid[] = []
    let row = this.childrenOf(id)
    while (row.length > 0) {
      for (const grid of row) found.push(grid)
      row = row.flatMap(grid => this.childrenOf(grid.id))
    }
    if (this.descendants.size >= MOST_REMEMBERED) this.descendants.clear()
    this.descendants.set(id, found)
    return found
  }

  /** Parent, grandparent and so on, as far as they are loaded. */
  ancestorsOf(id: string): Grid[] {
    const found: Grid[] = []
    for (let grid = this.grid(id); grid?.parent; ) {
      grid = this.grid(grid.parent)
      if (!grid || found.includes(grid)) break
      found.push(grid)
    }
    return found
  }

  /** The leaves whose box meets a box grown by a margin. */
  leavesNear(box: Box, margin: number): Grid[] {
    const grown: Box = [box[0] - margin, box[1] - margin, box[2] + margin, box[3] + margin]
    const found: Grid[] = []
    for (const id of this.leaves.near(grown)) {
      const grid = this.byId.get(id)
      if (grid) found.push(grid)
    }
    return found
  }

  apply(change: Change): Coverage {
    const grids = new Map<string, Grid | undefined>()
    const children = new Map<string, readonly string[] | undefined>()
    const childrenNow = (id: string) => (children.has(id) ? children.get(id) : this.children.get(id)) ?? []
    let size = this.size
    for (const { id } of change.before) {
      const grid = this.byId.get(id)
      if (!grid) continue
      grids.set(id, undefined)
      size--
      if (grid.parent !== null)
        children.set(
          grid.parent,
          childrenNow(grid.parent).filter(child => child !== id),
        )
    }
    for (const grid of change.after) {
      grids.set(grid.id, grid)
      size++
      if (grid.parent !== null) children.set(grid.parent, [...childrenNow(grid.parent), grid.id])
    }
    const gone = change.before.flatMap(({ id }) => this.byId.get(id) ?? [])
    return new Coverage(
      this.byId.with(grids),
      this.children.with(children),
      this.leaves.with(leafBoxes(gone), leafBoxes(change.after)),
      size,
    )
  }
}

const known = new WeakMap<Grid, Box>()

/** The box of a grid's shape, remembered. */
export const boundsOf = (grid: Grid): Box => {
  let box = known.get(grid)
  if (!box) {
    box = bounds(grid.shape)
    known.set(grid, box)
  }
  return box
}

function* leafBoxes(grids: Iterable<Grid>): IterableIterator<Boxed> {
  for (const grid of grids)
    if (grid.leaf && grid.shape.length > 0) yield { id: grid.id, box: bounds(grid.shape) }
}

/** Builds a coverage from grids of all levels, leaves and ancestors; see `Coverage` for what must be among them. */
export const coverageOf = (grids: readonly Grid[]): Coverage => {
  const byId = new Map<string, Grid>()
  for (const grid of grids) byId.set(grid.id, grid)
  const children = new Map<string, string[]>()
  for (const grid of byId.values()) {
    if (grid.parent === null) continue
    const siblings = children.get(grid.parent)
    if (siblings) siblings.push(grid.id)
    else children.set(grid.parent, [grid.id])
  }
  return new Coverage(
    Shards.of(byId),
    Shards.of<string, readonly string[]>(children),
    Boxes.of(leafBoxes(byId.values())),
    byId.size,
  )
}

/** The coverage after a change: every grid of `before` goes, every grid of `after` comes. The old value stays good. */
export const applyChange = (coverage: Coverage, change: Change): Coverage => coverage.apply(change)

/** The change that takes another one back. */
export const invert = (change: Change): Change => ({ before: change.after, after: change.before })
