// Rules that look at one grid by itself: divisions, borders, band, shape, staff, kind.
import { boundsOf } from '../topology/coverage.ts'
import { placeInside } from '../topology/cuts-building.ts'
import type { Position, Shape } from '../topology/model.ts'
import type { Box } from '../topology/plans.ts'
import { interiorPoint } from '../topology/shape.ts'
import { compactnessOf } from './compactness.ts'
import type { DivisionFacts, Finding, GridFacts, LevelSettings, Limits, RuleSettings } from './rule.ts'

/** R1 is judged at 2 cm: about this many steps. */
const SEAM = 2

type Found = Partial<Pick<Finding, 'place' | 'value' | 'unit' | 'from' | 'to'>>

/** A finding about one grid, at its middle unless a place is named. */
export const foundOf = (
  { grid }: GridFacts,
  [rule, what, severity]: readonly [Finding['rule'], Finding['what'], Finding['severity']],
  found: Found = {},
): Finding => ({
  rule,
  what,
  severity,
  grids: [grid.id],
  place: found.place ?? (grid.shape.length > 0 ? interiorPoint(grid.shape) : null),
  value: found.value ?? null,
  unit: found.unit ?? null,
  from: found.from ?? null,
  to: found.to ?? null,
})

/** `below`: how many grids are right below it. */
export function* judgeGrid(
  facts: GridFacts,
  below: number,
  divisions: readonly DivisionFacts[],
  { levels, limits }: RuleSettings,
): Generator<Finding> {
  const { grid } = facts
  const level = levels[grid.level - 1]
  if (!level) return
  yield* judgeDivisions(facts, divisions, level)

  if (level.band && grid.kind === 'basic') {
    const [from, to] = level.band
    const band = { value: facts.persons, unit: 'persons', from, to } as const
    if (facts.persons < from) yield foundOf(facts, ['R6', 'few-people', 'warning'], band)
    if (facts.persons > to) yield foundOf(facts, ['R6', 'many-people', 'warning'], band)
  }

  if (isPiece(facts, level) && facts.border && facts.border.metres > 0) {
    const { metres, onLines, off } = facts.border
    const value = onLines / metres
    if (value < limits.shareOnLines)
      yield foundOf(facts, ['R5', 'off-lines', 'note'], {
        place: off,
        value,
        unit: 'share',
        from: limits.shareOnLines,
      })
  }

  yield* judgeShape(facts, level, limits)
  yield* judgeKind(facts, level, limits)
  yield* judgeStaff(facts, below, level, limits)
}

/** A piece of ground whose course somebody chose; a street corridor is as long and as wide as its street. */
const isPiece = ({ grid }: GridFacts, { ground }: LevelSettings): boolean => ground && grid.kind !== 'street'

function* judgeDivisions(
  facts: GridFacts,
  divisions: readonly DivisionFacts[],
  { within }: LevelSettings,
): Generator<Finding> {
  const { shape } = facts.grid
  const box = boundsOf(facts.grid)
  let edges: Set<string> | undefined
  const crossed = divisions.flatMap((one): Position[] => {
    if (one.division !== within) return []
    // Most of a border that comes near is an edge of the grid: told at once, as it is shared to the last vertex.
    const strange = segmentsNear(one.shape, box).filter(([p, q]) => {
      edges ??= edgesOf(shape)
      return !edges.has(`${p},${q}`) && !edges.has(`${q},${p}`)
    })
    const place = placeInside(strange, shape, SEAM)
    return place ? [place] : []
  })
  const [place] = crossed
  if (place)
    yield foundOf(facts, ['R1', 'crosses-division', facts.exception ? 'note' : 'warning'], {
      place,
      value: crossed.length,
      unit: 'borders',
      to: 0,
    })
}

function* judgeShape(facts: GridFacts, level: LevelSettings, limits: Limits): Generator<Finding> {
  const { shape } = facts.grid
  const [, second] = shape
  if (second)
    yield foundOf(facts, ['R8', 'in-pieces', 'warning'], {
      place: [second[0]![0]!, second[0]![1]!],
      value: shape.length,
      unit: 'pieces',
      to: 1,
    })
  const value = compactnessOf(shape)
  if (isPiece(facts, level) && value < limits.compactness)
    yield foundOf(facts, ['R8', 'not-compact', 'note'], { value, unit: 'ratio', from: limits.compactness })
}

function* judgeKind(facts: GridFacts, level: LevelSettings, limits: Limits): Generator<Finding> {
  const { grid, firms } = facts
  if (!level.kinds.includes(grid.kind)) yield foundOf(facts, ['R13', 'kind-not-allowed', 'warning'])
  else if (grid.leaf && grid.kind === 'basic' && firms >= limits.firms)
    yield foundOf(facts, ['R13', 'enterprise-area', 'note'], {
      value: firms,
      unit: 'firms',
      to: limits.firms,
    })
}

/** What is missing is decided where the posts are known; here, which rule that breaks. */
function* judgeStaff(
  facts: GridFacts,
  below: number,
  level: LevelSettings,
  limits: Limits,
): Generator<Finding> {
  const { staff } = facts
  if (!level.staff || !staff) return
  const needs = level.needs ?? { heads: 1, workers: 1 }
  const rule = level.staff === '1+1+x' ? 'R11' : 'R10'
  const { heads, workers, others, missing, sharedWorkers } = staff
  if (missing.includes('head'))
    yield foundOf(facts, [rule, 'few-heads', 'warning'], { value: heads, unit: 'heads', from: needs.heads })
  if (missing.includes('worker'))
    yield foundOf(facts, [rule, 'few-workers', 'warning'], {
      value: workers,
      unit: 'workers',
      from: needs.workers,
    })
  else if (sharedWorkers > 0 && sharedWorkers === workers)
    yield foundOf(facts, [rule, 'shared-worker', 'warning'], {
      value: 0,
      unit: 'workers',
      from: needs.workers,
    })
  if (missing.includes('others'))
    yield foundOf(facts, [rule, 'no-others', 'warning'], { value: others, unit: 'others', from: 1 })
  const wanted = needs.workers + Math.floor(below / limits.gridsPerWorker)
  if (rule === 'R11' && workers > 0 && workers < wanted)
    yield foundOf(facts, ['R11', 'few-workers', 'warning'], {
      value: workers,
      unit: 'workers',
      from: wanted,
    })
}

const segmentsNear = (shape: Shape, [minX, minY, maxX, maxY]: Box): [Position, Position][] => {
  const near: [Position, Position][] = []
  for (const ring of shape.flat())
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [ax, ay, bx, by] = [ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!]
      if ((ax < minX && bx < minX) || (ax > maxX && bx > maxX)) continue
      if ((ay < minY && by < minY) || (ay > maxY && by > maxY)) continue
      near.push([
        [ax, ay],
        [bx, by],
      ])
    }
  return near
}

const edgesOf = (shape: Shape): Set<string> => {
  const edges = new Set<string>()
  for (const ring of shape.flat())
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2)
      edges.add(`${ring[j]},${ring[j + 1]},${ring[i]},${ring[i + 1]}`)
  return edges
}
