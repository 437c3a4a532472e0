// What must hold after every step of the fuzz.
import { applyChange, boundsOf, type Coverage, coverageOf, invert } from './coverage.ts'
import { covers } from './covers.ts'
import { LiveTally } from './live-tally.ts'
import type { Change, Grid } from './model.ts'
import type { Box, GroundPlan, SplitPlan } from './plans.ts'
import { areaSquareMetres, interiorPoint, shapeArea2 } from './shape.ts'
import { tally, tallySplit, type Weights } from './tally.ts'

export const mapArea = (coverage: Coverage): bigint => {
  let sum = 0n
  for (const grid of coverage.grids()) if (grid.leaf) sum += shapeArea2(grid.shape)
  return sum
}

export type Check = (holds: boolean, what: string) => void

export const checkPlan = (coverage: Coverage, plan: SplitPlan, weights: Weights, check: Check): void => {
  const target = coverage.grid(plan.grid)!
  check(plan.left.length > 0 && plan.right.length > 0, 'a side is empty')
  check(plan.pieces.length >= 2, 'fewer than two pieces')
  const sides = shapeArea2(plan.left) + shapeArea2(plan.right)
  let pieces = 0n
  for (const piece of plan.pieces) pieces += shapeArea2([piece.shape])
  check(sides === pieces, 'pieces and sides differ')
  check(areaSquareMetres(plan.left) > 0 && areaSquareMetres(plan.right) > 0, 'no area')
  const { left, right } = tallySplit(weights, plan)
  const live = new LiveTally(coverage, weights).split(plan)
  for (const part of plan.parts) {
    const sides = live.get(part.grid)
    const counted = [part.left, part.right].map(shape => tally(weights, shape ?? []))
    check(
      JSON.stringify([sides?.left, sides?.right]) === JSON.stringify(counted),
      `live totals of ${part.grid}`,
    )
  }
  let bentIn = false
  for (const { grid } of plan.bent) if (coverage.grid(grid)) bentIn = true
  if (!bentIn && !plan.outerRingBent) {
    const whole = tally(weights, target.shape)
    check(left.persons + right.persons === whole.persons, 'the sides do not sum to the whole')
    check(left.buildings + right.buildings === whole.buildings, 'the sides do not sum to the whole')
    check(sides === shapeArea2(target.shape), 'the areas do not sum to the whole')
  }
  for (const shape of [plan.left, plan.right]) {
    const point = interiorPoint(shape)
    const [minX, minY, maxX, maxY] = boundsOf({ ...target, shape })
    // A sliver less than a few steps wide may hold no lattice point at all.
    const thin = Number(shapeArea2(shape)) < 16 * (maxX - minX + maxY - minY)
    check(thin || covers(shape, point), 'the interior point lies outside')
  }
}

export const samePlan = (plan: SplitPlan, again: object): boolean => {
  const sorted = (value: object) =>
    JSON.stringify(value, (key, inner) =>
      key === 'bent' && Array.isArray(inner)
        ? [...inner].sort((a, b) => (a.grid < b.grid ? -1 : 1))
        : key === 'touchedBox'
          ? undefined
          : inner,
    )
  return sorted(plan) === sorted(again)
}

/** What a caller must load for an edit of some grids, and no more. */
export const partAround = (
  coverage: Coverage,
  targets: readonly Grid[],
  boxes: readonly Box[] = [],
): Coverage => {
  const part = new Map<string, Grid>()
  const load = (grid: Grid) => {
    for (const one of [grid, ...coverage.descendantsOf(grid.id), ...coverage.ancestorsOf(grid.id)])
      part.set(one.id, one)
  }
  for (const target of targets) load(target)
  for (const box of [...targets.map(boundsOf), ...boxes])
    for (const leaf of coverage.leavesNear(box, 50)) {
      load(leaf)
      for (const second of coverage.leavesNear(boundsOf(leaf), 1)) load(second)
    }
  return coverageOf([...part.values()])
}

const inOrder = (grids: readonly Grid[]) => [...grids].sort((a, b) => (a.id < b.id ? -1 : 1))

/** A plan says what becomes of every grid it changes, and an edit that only bends a border bends it by a step or so. */
export const checkGroundPlan = (
  coverage: Coverage,
  plan: GroundPlan,
  weights: Weights,
  check: Check,
): void => {
  const told = new Set([...plan.shifted, ...plan.bent])
  const { before, after } = plan.change
  for (const grid of [...before, ...after]) check(told.has(grid.id), `${grid.id} changes without being told`)
  for (const grid of before) check(coverage.grid(grid.id) === grid, `${grid.id} is not as it was`)
  const liveAfter = new LiveTally(coverage, weights).after(plan)
  for (const grid of after)
    check(
      JSON.stringify(liveAfter(grid.id)) === JSON.stringify(tally(weights, grid.shape)),
      `live totals of ${grid.id}`,
    )
  const shifted = new Set(plan.shifted)
  const was = new Map(before.map(grid => [grid.id, grid]))
  for (const grid of after) {
    const old = was.get(grid.id)
    if (!old || shifted.has(grid.id)) continue
    check(grid.parent === old.parent, `${grid.id} moved and is told to bend`)
    const [minX, minY, maxX, maxY] = boundsOf(old)
    const most = 8 * (maxX - minX + maxY - minY + 10) * (1 + old.shape.flat(2).length / 8)
    const moved = Number(shapeArea2(grid.shape) - shapeArea2(old.shape))
    check(Math.abs(moved) <= most, `${grid.id} bends by ${moved}`)
  }
}

export const sameChange = (one: Change, other: Change): boolean =>
  JSON.stringify([inOrder(one.before), inOrder(one.after)]) ===
  JSON.stringify([inOrder(other.before), inOrder(other.after)])

export const checkUndo = (before: Coverage, after: Coverage, change: Change, check: Check): void => {
  const back = applyChange(after, invert(change))
  check(back.size === before.size, 'undo leaves another number of grids')
  for (const { id } of [...change.before, ...change.after]) {
    check(JSON.stringify(back.grid(id)) === JSON.stringify(before.grid(id)), `undo does not restore ${id}`)
    const children = (coverage: Coverage) =>
      coverage
        .childrenOf(id)
        .map(child => child.id)
        .sort()
        .join()
    check(children(back) === children(before), `undo does not restore the children of ${id}`)
  }
}

export const checkTallies = (coverage: Coverage, weights: Weights, check: Check): void => {
  const sums = new Map<string, number>()
  let tops = 0
  let leaves = 0
  for (const grid of coverage.grids()) {
    const own = tally(weights, grid.shape)
    if (grid.leaf) leaves += own.persons
    if (grid.parent === null) tops += own.persons
    else sums.set(grid.parent, (sums.get(grid.parent) ?? 0) + own.persons)
    if (!grid.leaf) sums.set(grid.id, (sums.get(grid.id) ?? 0) - own.persons)
  }
  check(tops === leaves, `the leaves hold ${leaves}, the top level ${tops}`)
  for (const [id, rest] of sums) check(rest === 0, `the children of ${id} do not sum to it`)
}
