// A seeded walk of random and adversarial edits over a growing plan, with every invariant checked after each.
import { applyChange, boundsOf, type Coverage, coverageOf, invert } from './coverage.ts'
import { covers } from './covers.ts'
import { type Change, type Grid, isRefusal, type Level, type Position, type Ring } from './model.ts'
import { commitMerge, merge } from './operations/merge.ts'
import { commitSplit, split } from './operations/split.ts'
import type { SplitPlan } from './plans.ts'
import { areaSquareMetres, boxesMeet, interiorPoint, shapeArea2 } from './shape.ts'
import { tally, tallySplit, type Weights, weightsOf } from './tally.ts'
import { validate } from './validate.ts'

/** Numbers in [0, 1) from a seed (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface FuzzSettings {
  readonly seed: number
  readonly operations: number
  /** Side of a starting cell in steps: 40,000 is 400 m; 300 makes rounding bite. */
  readonly cell: number
  /** Starting cells per side. */
  readonly side: number
  /** Leaves beyond which merging is preferred. */
  readonly mostLeaves: number
}

export interface FuzzReport {
  readonly done: number
  readonly splits: number
  readonly merges: number
  readonly refusals: Readonly<Record<string, number>>
  readonly leaves: number
  readonly mostDrift: number
  readonly outerBends: number
}

/** Runs the walk; throws at the first broken invariant, with seed and step in the message. */
export const fuzz = (settings: FuzzSettings): FuzzReport => walk(settings).report

/** The plan at the end of such a walk. */
export const fuzzedPlan = (settings: FuzzSettings): Coverage => walk(settings).coverage

const walk = (settings: FuzzSettings): { report: FuzzReport; coverage: Coverage } => {
  const random = randomFrom(settings.seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  let coverage = jitteredPlan(random, settings)
  const weights = randomWeights(random, settings)
  const refusals: Record<string, number> = {}
  let splits = 0
  let merges = 0
  let mostDrift = 0
  let outerBends = 0
  let created = 0
  const identity = () => {
    created++
    return { id: `g${created}`, code: `c${created}`, name: `n${created}` }
  }
  const leavesOf = (c: Coverage) => [...c.grids()].filter(grid => grid.leaf)
  let step = 0
  const check = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`seed ${settings.seed} cell ${settings.cell} step ${step}: ${what}`)
  }
  const start = validate(coverage, { complete: true })
  check(start.length === 0, `the starting plan is unsound: ${JSON.stringify(start[0])}`)
  let area = mapArea(coverage)
  for (step = 0; step < settings.operations; step++) {
    const grids = [...coverage.grids()]
    const leaves = leavesOf(coverage)
    let change: Change | null = null
    let bent = false
    const crowded = leaves.length > settings.mostLeaves
    const dice = random()
    if (dice < (crowded ? 0.25 : 0.62)) {
      const target = random() < 0.75 ? pick(leaves) : pick(grids)
      const line = randomLine(random, target, settings.cell)
      const plan = split(coverage, { grid: target.id, line })
      if (isRefusal(plan)) {
        refusals[plan.refused] = (refusals[plan.refused] ?? 0) + 1
        check(plan.place !== null, `refusal ${plan.refused} without a place for ${JSON.stringify(line)}`)
        continue
      }
      checkPlan(coverage, plan, weights, (holds, what) =>
        check(holds, `${what}; split ${target.id} by ${JSON.stringify(line)}`),
      )
      if (random() < 0.1) {
        const again = split(partAround(coverage, target), { grid: target.id, line })
        check(samePlan(plan, again), `a part of the plan gives another split of ${target.id}`)
      }
      change = commitSplit(coverage, plan, { keep: random() < 0.5 ? 'left' : 'right', created: identity })
      mostDrift = Math.max(mostDrift, plan.drift)
      bent = plan.outerRingBent
      if (bent) outerBends++
      splits++
    } else if (dice < 0.95) {
      const first = pick(grids)
      const near = grids.filter(
        grid =>
          grid !== first &&
          grid.level === first.level &&
          grid.parent === first.parent &&
          boxesMeet(boundsOf(grid), boundsOf(first)),
      )
      if (near.length === 0) continue
      const ids = [first.id, ...new Set([pick(near).id, ...(random() < 0.2 ? [pick(near).id] : [])])]
      const plan = merge(coverage, { grids: ids, keep: pick(ids) })
      if (isRefusal(plan)) {
        refusals[plan.refused] = (refusals[plan.refused] ?? 0) + 1
        continue
      }
      change = commitMerge(coverage, plan)
      merges++
    } else {
      const leaf = pick(leaves)
      if (leaf.level === 4) continue
      change = {
        before: [leaf],
        after: [
          { ...leaf, leaf: false },
          { ...leaf, ...identity(), level: (leaf.level + 1) as Level, parent: leaf.id },
        ],
      }
    }
    const next = applyChange(coverage, change)
    const faults = validate(next, { complete: true })
    check(faults.length === 0, `fault ${JSON.stringify(faults[0])}`)
    const nextArea = mapArea(next)
    check(bent || nextArea === area, `the map's area went from ${area} to ${nextArea}`)
    area = nextArea
    checkUndo(coverage, next, change, check)
    if (step % 8 === 0) checkTallies(next, weights, check)
    coverage = next
  }
  const report = {
    done: step,
    splits,
    merges,
    refusals,
    leaves: leavesOf(coverage).length,
    mostDrift,
    outerBends,
  }
  return { report, coverage }
}

const mapArea = (coverage: Coverage): bigint => {
  let sum = 0n
  for (const grid of coverage.grids()) if (grid.leaf) sum += shapeArea2(grid.shape)
  return sum
}

type Check = (holds: boolean, what: string) => void

const checkPlan = (coverage: Coverage, plan: SplitPlan, weights: Weights, check: Check): void => {
  const target = coverage.grid(plan.grid)!
  check(plan.left.length > 0 && plan.right.length > 0, 'a side is empty')
  check(plan.pieces.length >= 2, 'fewer than two pieces')
  const sides = shapeArea2(plan.left) + shapeArea2(plan.right)
  let pieces = 0n
  for (const piece of plan.pieces) pieces += shapeArea2([piece.shape])
  check(sides === pieces, 'pieces and sides differ')
  check(areaSquareMetres(plan.left) > 0 && areaSquareMetres(plan.right) > 0, 'no area')
  const { left, right } = tallySplit(weights, plan)
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

const samePlan = (plan: SplitPlan, again: object): boolean => {
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

/** What a caller must load for an edit of one grid, and no more. */
export const partAround = (coverage: Coverage, target: Grid): Coverage => {
  const box = boundsOf(target)
  const part = new Map<string, Grid>()
  const load = (grid: Grid) => {
    for (const one of [grid, ...coverage.descendantsOf(grid.id), ...coverage.ancestorsOf(grid.id)])
      part.set(one.id, one)
  }
  load(target)
  for (const leaf of coverage.leavesNear(box, 50)) {
    load(leaf)
    for (const second of coverage.leavesNear(boundsOf(leaf), 1)) load(second)
  }
  return coverageOf([...part.values()])
}

const checkUndo = (before: Coverage, after: Coverage, change: Change, check: Check): void => {
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

const checkTallies = (coverage: Coverage, weights: Weights, check: Check): void => {
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

/** A plan of side × side crooked cells at level 1, its corners shaken. */
const jitteredPlan = (random: () => number, { cell, side }: FuzzSettings): Coverage => {
  const shake = () => Math.round((random() - 0.5) * cell * 0.5)
  const corner: Position[][] = []
  for (let i = 0; i <= side; i++) {
    corner.push([])
    for (let j = 0; j <= side; j++) corner[i]!.push([i * cell + shake(), j * cell + shake()])
  }
  const grids: Grid[] = []
  for (let i = 0; i < side; i++)
    for (let j = 0; j < side; j++) {
      const ring = [corner[i]![j]!, corner[i + 1]![j]!, corner[i + 1]![j + 1]!, corner[i]![j + 1]!].flat()
      grids.push({
        id: `s${i}-${j}`,
        level: 1,
        parent: null,
        leaf: true,
        code: '',
        name: '',
        kind: 'basic',
        locked: false,
        shape: [[startLeast(ring)]],
      })
    }
  return coverageOf(grids)
}

const startLeast = (ring: readonly number[]): Ring => {
  let least = 0
  for (let i = 2; i < ring.length; i += 2)
    if ((ring[i]! - ring[least]! || ring[i + 1]! - ring[least + 1]!) < 0) least = i
  return [...ring.slice(least), ...ring.slice(0, least)]
}

const randomWeights = (random: () => number, { cell, side }: FuzzSettings): Weights => {
  const reach = () => Math.round((random() * 1.2 - 0.1) * cell * side)
  const column = (value: () => number) => Int32Array.from({ length: 400 }, value)
  return weightsOf({
    x: column(reach),
    y: column(reach),
    persons: column(() => Math.floor(random() * 9)),
    households: column(() => Math.floor(random() * 4)),
  })
}

/** A line of one of many kinds, most of them unpleasant. */
const randomLine = (random: () => number, grid: Grid, cell: number): Position[] => {
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
