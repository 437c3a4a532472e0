// Counts what a plan makes of every grid it touches, for each pointer move: only leaves with new ground are tested anew.
import type { Coverage } from './coverage.ts'
import type { Grid, Shape, Tally } from './model.ts'
import type { GroundPlan, SplitPlan } from './plans.ts'
import { tally, type Weights } from './tally.ts'

const NOTHING: Tally = { persons: 0, households: 0, buildings: 0 }

const plus = (one: Tally, other: Tally): Tally => ({
  persons: one.persons + other.persons,
  households: one.households + other.households,
  buildings: one.buildings + other.buildings,
})

export interface SidesTally {
  readonly left: Tally
  readonly right: Tally
}

/** Each point is in exactly one leaf, so a grid holds what its leaves hold. */
export class LiveTally {
  readonly #coverage: Coverage
  readonly #weights: Weights
  readonly #leaves = new WeakMap<Shape, Tally>()
  readonly #stored = new Map<string, Tally>()

  constructor(coverage: Coverage, weights: Weights) {
    this.#coverage = coverage
    this.#weights = weights
  }

  /** What a grid holds as it is. */
  stored(grid: Grid): Tally {
    if (grid.leaf) return this.#leaf(grid.shape)
    const known = this.#stored.get(grid.id)
    if (known) return known
    const sum = this.#coverage
      .childrenOf(grid.id)
      .reduce((before, child) => plus(before, this.stored(child)), NOTHING)
    this.#stored.set(grid.id, sum)
    return sum
  }

  #leaf(shape: Shape): Tally {
    const found = this.#leaves.get(shape) ?? tally(this.#weights, shape)
    this.#leaves.set(shape, found)
    return found
  }

  /** A part of a leaf; one that falls whole to a side is counted once for all moves. */
  #part(shape: Shape | null, whole: Shape): Tally {
    if (!shape) return NOTHING
    return shape === whole ? this.#leaf(whole) : tally(this.#weights, shape)
  }

  /** Both sides of the grid that is split and of all below it, by id. */
  split(plan: SplitPlan): Map<string, SidesTally> {
    const sides = new Map<string, SidesTally>()
    for (const { grid: id, left, right } of plan.parts) {
      const grid = this.#coverage.grid(id)
      if (!grid?.leaf) continue
      const one = { left: this.#part(left, grid.shape), right: this.#part(right, grid.shape) }
      for (let at: Grid | undefined = grid; at; ) {
        const sum = sides.get(at.id)
        sides.set(at.id, sum ? { left: plus(sum.left, one.left), right: plus(sum.right, one.right) } : one)
        if (at.id === plan.grid || at.parent === null) break
        at = this.#coverage.grid(at.parent)
      }
    }
    return sides
  }

  /** What each grid holds once a plan is carried out. */
  after(plan: GroundPlan): (id: string) => Tally {
    const gone = new Set(plan.change.before.map(grid => grid.id))
    const come = new Map(plan.change.after.map(grid => [grid.id, grid]))
    const children = new Map<string, Grid[]>()
    for (const grid of plan.change.after) {
      if (grid.parent === null) continue
      const list = children.get(grid.parent)
      if (list) list.push(grid)
      else children.set(grid.parent, [grid])
    }
    const known = new Map<string, Tally>()
    const count = (grid: Grid): Tally => {
      if (!come.has(grid.id)) return this.stored(grid)
      const before = known.get(grid.id)
      if (before) return before
      const old = this.#coverage.grid(grid.id)
      const found = grid.leaf
        ? this.#part(grid.shape, old?.leaf ? old.shape : [])
        : [
            ...this.#coverage.childrenOf(grid.id).filter(({ id }) => !gone.has(id)),
            ...(children.get(grid.id) ?? []),
          ].reduce((sum, child) => plus(sum, count(child)), NOTHING)
      known.set(grid.id, found)
      return found
    }
    return id => {
      const grid = come.get(id) ?? (gone.has(id) ? undefined : this.#coverage.grid(id))
      return grid ? count(grid) : NOTHING
    }
  }
}
