// A seeded walk of random and adversarial edits over a growing plan, with every invariant checked after each.
import { applyChange, boundsOf, type Coverage, coverageOf } from './coverage.ts'
import {
  checkGroundPlan,
  checkPlan,
  checkTallies,
  checkUndo,
  mapArea,
  partAround,
  sameChange,
  samePlan,
} from './fuzzing-checks.ts'
import { randomLine } from './fuzzing-lines.ts'
import { randomMove } from './fuzzing-moves.ts'
import { randomPush } from './fuzzing-pushes.ts'
import { type Change, type Grid, isRefusal, LEVELS, type Level, type Position, type Ring } from './model.ts'
import { commitGround } from './operations/ground-plan.ts'
import { commitMerge, merge } from './operations/merge.ts'
import { commitSplit, split } from './operations/split.ts'
import { boxesMeet } from './shape.ts'
import { type Weights, weightsOf } from './tally.ts'
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
  /** All operations, not splits and merges only. */
  readonly all?: boolean
  /** Pushes of borders too; apart, so that walks kept from before stay the same. */
  readonly pushes?: boolean
}

export interface FuzzReport {
  readonly done: number
  readonly splits: number
  readonly merges: number
  /** How often every other operation was done. */
  readonly others: Readonly<Record<string, number>>
  readonly refusals: Readonly<Record<string, number>>
  readonly leaves: number
  /** Grids of each level at the end. */
  readonly levels: readonly number[]
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
  const others: Record<string, number> = {}
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
    let now = ''
    if (settings.all && random() < 0.6) {
      const push = settings.pushes && random() < 0.15
      const move = (push ? randomPush : randomMove)(random, coverage, settings.cell)
      if (!move) continue
      const { what, run } = move
      const plan = run(coverage)
      if (isRefusal(plan)) {
        const key = `${what.split(' ')[0]} ${plan.refused}`
        refusals[key] = (refusals[key] ?? 0) + 1
        continue
      }
      const told = (holds: boolean, fault: string) => check(holds, `${fault}; ${what}`)
      if ('change' in plan) {
        checkGroundPlan(coverage, plan, weights, told)
        if (random() < 0.1) {
          const again = run(partAround(coverage, move.targets, move.boxes))
          told(
            'change' in again && sameChange(plan.change, again.change),
            'a part of the plan gives another edit',
          )
        }
        mostDrift = Math.max(mostDrift, plan.drift)
        bent = plan.outerRingBent
        change = commitGround(plan, identity)
      } else change = plan
      others[what.split(' ')[0]!] = (others[what.split(' ')[0]!] ?? 0) + 1
      now = what
    }
    const crowded = leaves.length > settings.mostLeaves
    const dice = random()
    if (change) {
      // One of the other operations, done above.
    } else if (dice < (crowded ? 0.25 : 0.62)) {
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
        const again = split(partAround(coverage, [target]), { grid: target.id, line })
        check(samePlan(plan, again), `a part of the plan gives another split of ${target.id}`)
      }
      change = commitSplit(coverage, plan, { keep: random() < 0.5 ? 'left' : 'right', created: identity })
      mostDrift = Math.max(mostDrift, plan.drift)
      bent = plan.outerRingBent
      if (bent) outerBends++
      splits++
    } else if (dice < (settings.all ? 0.75 : 0.95)) {
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
    check(faults.length === 0, `fault ${JSON.stringify(faults[0])} ${now}`)
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
    others,
    refusals,
    leaves: leavesOf(coverage).length,
    levels: LEVELS.map(level => [...coverage.grids()].filter(grid => grid.level === level).length),
    mostDrift,
    outerBends,
  }
  return { report, coverage }
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
