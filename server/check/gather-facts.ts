// What the rules must know of every grid, from rows and ground; what was known of a grid that has not changed is kept.

import { type LineIndex, measureBorder } from '../../core/measures/border-on-lines.ts'
import type { DivisionFacts, GridFacts, LevelSettings, StaffFacts } from '../../core/rules/rule.ts'
import { covers } from '../../core/topology/covers.ts'
import { type Grid, interiorPoint, type Shape, tally, type Weights } from '../../core/topology/index.ts'
import { bounds, boxesMeet } from '../../core/topology/shape.ts'
import { judgeRule } from '../staff/judge-rule.ts'
import type { CheckedPlan, GridPosts, GridRow } from './queries.ts'

/** What lies around the grids of a plan, read once for each version of it. */
export interface Surroundings {
  readonly lines: LineIndex
  readonly divisions: readonly DivisionFacts[]
  readonly firms: Weights
  readonly area: Shape
  readonly areaSquareMetres: number
}

/** What a plan's profile sets for its levels, as the rules read it. */
export const levelSettings = ({ levels }: Pick<CheckedPlan, 'levels'>): LevelSettings[] =>
  levels.map(({ band, kinds, within, staff, needs, geometry }) => ({
    band,
    kinds: [...kinds],
    within,
    staff,
    needs,
    ground: geometry.every(one => one === 'ground'),
  }))

/** How long to compute before others get their turn. */
const TURN_MS = 20

/** Resolves at once, or after others had their turn when this one has taken long enough. */
export function turns(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < TURN_MS) return
    await new Promise<void>(resolve => setImmediate(resolve))
    began = performance.now()
  }
}

export interface Gathered {
  readonly grids: Map<string, GridFacts>
  /** Grids that came, went, or are not what they were. */
  readonly touched: readonly string[]
}

/** @param shapes of every grid that `before` does not know in this version */
export async function gatherFacts(
  before: ReadonlyMap<string, GridFacts>,
  rows: readonly GridRow[],
  shapes: ReadonlyMap<string, Shape>,
  posts: ReadonlyMap<string, GridPosts>,
  confirmed: ReadonlyMap<string, unknown>,
  around: Surroundings,
  levels: readonly LevelSettings[],
): Promise<Gathered> {
  const breathe = turns()
  const grids = new Map<string, GridFacts>()
  const touched: string[] = []
  const special = exceptions(rows, confirmed)
  for (const row of rows) {
    await breathe()
    const { version: _v, persons, households, buildings: _b, areaSquareMetres: ground, ...grid } = row
    const old = before.get(row.id)
    const shape = shapes.get(row.id)
    const level = levels[row.level - 1]
    const exception = special.has(row.id)
    const staff = level?.staff && posts.size > 0 ? staffOf(level, level.staff, posts.get(row.id)) : null
    const totals = { persons, households, areaSquareMetres: ground, staff, exception }
    if (shape || !old) {
      if (!shape) throw new Error(`The ground of ${row.id} was not read.`)
      grids.set(row.id, { ...totals, ...onGround({ ...grid, shape }, level, around) })
      touched.push(row.id)
      continue
    }
    const now = { ...old, ...totals }
    const isSame = JSON.stringify(totalsOf(old)) === JSON.stringify(totalsOf(now))
    grids.set(row.id, isSame ? old : now)
    if (!isSame) touched.push(row.id)
  }
  for (const id of before.keys()) if (!grids.has(id)) touched.push(id)
  return { grids, touched }
}

const totalsOf = ({ persons, households, staff, exception }: GridFacts) => [
  persons,
  households,
  staff,
  exception,
]

/** Grids of a kind that is made to cross divisions or confirmed to do so, and all below them. */
function exceptions(rows: readonly GridRow[], confirmed: ReadonlyMap<string, unknown>): Set<string> {
  const special = new Set<string>()
  for (const row of [...rows].sort((a, b) => a.level - b.level))
    if (row.kind !== 'basic' || confirmed.has(row.id) || (row.parent !== null && special.has(row.parent)))
      special.add(row.id)
  return special
}

function onGround(
  grid: Grid,
  level: LevelSettings | undefined,
  { lines, divisions, firms }: Surroundings,
): Pick<GridFacts, 'grid' | 'firms' | 'border' | 'village'> {
  const isTop = grid.level === 1 && grid.kind === 'basic'
  return {
    grid,
    firms: tally(firms, grid.shape).buildings,
    border: level?.ground ? measureBorder(grid.shape, lines) : null,
    village: isTop ? villageOf(grid.shape, divisions) : null,
  }
}

function villageOf(shape: Shape, divisions: readonly DivisionFacts[]): string | null {
  const middle = interiorPoint(shape)
  const [x, y] = middle
  const found = divisions.find(
    one =>
      one.division === 'village' && boxesMeet(bounds(one.shape), [x, y, x, y]) && covers(one.shape, middle),
  )
  return found?.code ?? null
}

function staffOf(
  level: LevelSettings,
  kind: NonNullable<LevelSettings['staff']>,
  posts: GridPosts | undefined,
): StaffFacts {
  const { heads, workers, others, missing } = judgeRule(kind, posts?.roles ?? [], level.needs)
  return {
    heads,
    workers,
    others,
    missing,
    sharedWorkers: level.needs?.shared ? 0 : (posts?.sharedWorkers ?? 0),
  }
}
