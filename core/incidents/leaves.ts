// Which grid of a plan each incident lies in: told once by the server or found by the kernel's half-open test, then counted
// by number.
import { covers } from '../topology/covers.ts'
import type { Grid, Level } from '../topology/model.ts'
import type { Box } from '../topology/plans.ts'
import { bounds } from '../topology/shape.ts'

export interface Leaves {
  /** The grids without children; a leaf's number is its place here, and `grids.length` means: in none. */
  readonly grids: readonly Grid[]
  readonly box: Box
  readonly boxes: readonly Box[]
  /** Leaves whose box meets a square of `SIDE` by `SIDE` over the plan. */
  readonly squares: readonly (readonly number[])[]
}

const SIDE = 96

const squareOf = (value: number, from: number, to: number): number =>
  Math.min(SIDE - 1, Math.max(0, Math.floor(((value - from) * SIDE) / Math.max(1, to - from))))

export function leavesOf(all: readonly Grid[]): Leaves {
  const grids = all.filter(grid => grid.leaf)
  const boxes = grids.map(grid => bounds(grid.shape))
  const box = boxes.reduce<Box>(
    (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])],
    [Infinity, Infinity, -Infinity, -Infinity],
  )
  const squares: number[][] = Array.from({ length: SIDE * SIDE }, () => [])
  for (const [number, [west, south, east, north]] of boxes.entries()) {
    const right = squareOf(east, box[0], box[2])
    const upper = squareOf(north, box[1], box[3])
    for (let row = squareOf(south, box[1], box[3]); row <= upper; row++) {
      for (let column = squareOf(west, box[0], box[2]); column <= right; column++) {
        squares[row * SIDE + column]!.push(number)
      }
    }
  }
  return { grids, box, boxes, squares }
}

/** The number of the leaf that owns a place; of none the number of leaves. */
export function leafAt({ grids, box, boxes, squares }: Leaves, x: number, y: number): number {
  const none = grids.length
  if (!(x >= box[0] && y >= box[1] && x <= box[2] && y <= box[3])) return none
  const square = squareOf(y, box[1], box[3]) * SIDE + squareOf(x, box[0], box[2])
  for (const number of squares[square]!) {
    const [west, south, east, north] = boxes[number]!
    if (x < west || x > east || y < south || y > north) continue
    if (covers(grids[number]!.shape, [x, y])) return number
  }
  return none
}

/** The server's word on every row, in numbers of these leaves; what it names that is no leaf here is in none. */
export function leafOfEach({ grids }: Leaves, ids: readonly string[], leaf: Uint32Array): Uint32Array {
  const numbers = new Map(grids.map((grid, number) => [grid.id, number]))
  const known = Uint32Array.from(ids, id => numbers.get(id) ?? grids.length)
  return leaf.map(index => known[index] ?? grids.length)
}

/** The grids shown at a level, and to which of them each leaf adds. */
export interface LevelSums {
  readonly ids: readonly string[]
  /** Of each leaf an index into `ids`, or as many as there are: it lies in none of them. */
  readonly gridOf: Uint32Array
}

/** A shallow leaf stands in for itself. */
export function gridsShownAt(all: readonly Grid[], { grids: leaves }: Leaves, level: Level): LevelSums {
  const parents = new Map(all.map(grid => [grid.id, grid.parent]))
  const ids = all
    .filter(grid => grid.level === level || (grid.leaf && grid.level < level))
    .map(grid => grid.id)
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const gridOf = Uint32Array.from(leaves, leaf => {
    let at: string | null | undefined = leaf.id
    while (at && !numbers.has(at)) at = parents.get(at)
    return numbers.get(at ?? '') ?? ids.length
  })
  return { ids, gridOf }
}

export interface CountsAtLevel {
  readonly ids: readonly string[]
  /** Of each of `ids`. */
  readonly counts: Uint32Array
  /** In no grid of the plan: inside and outside together are all. */
  readonly outside: number
}

/** @param ofLeaf how many incidents each leaf has; after them those in none */
export function countsAt({ ids, gridOf }: LevelSums, ofLeaf: Uint32Array): CountsAtLevel {
  const counts = new Uint32Array(ids.length)
  for (let leaf = 0; leaf < gridOf.length; leaf++) {
    const grid = gridOf[leaf]!
    if (grid < counts.length) counts[grid]! += ofLeaf[leaf]!
  }
  return { ids, counts, outside: ofLeaf[gridOf.length] ?? 0 }
}
