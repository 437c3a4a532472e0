// The answer to one pointer move: the snapped point and what the line makes of the grids.
import type { Place } from '../../core/contract/geometry.ts'
import type { RoadGraph } from '../../core/routing/road-graph.ts'
import {
  type Coverage,
  carve,
  deleteVertex,
  type GroundPlan,
  insertVertex,
  interiorPoint,
  isRefusal,
  LATTICE,
  type LiveTally,
  moveVertex,
  type Position,
  pushBorder,
  type Refusal,
  reshape,
  type Shape,
  simplify,
  split,
  type Tally,
  toGeoJson,
  transferArea,
} from '../../core/topology/index.ts'
import type { Act, LineNow, MovedGrid, Outcome, PointerAt, SideAnswer, Snapped } from './messages.ts'
import { along } from './road-course.ts'
import { type Borders, NO_BORDERS, sharedBorders, snap, toLattice } from './snap.ts'
import { METRES_PER_STEP, strayOf } from './stray.ts'

export interface Loaded {
  coverage: Coverage
  live: LiveTally
  /** Every border that is loaded. */
  borders: Borders
  /** Those in and around the grids that were asked for. */
  own: Borders
  /** When a cut goes along them. */
  roads: RoadGraph | null
}

const toDegrees = ([x, y]: Position): Place => [x / LATTICE, y / LATTICE]

/** Consecutive positions that fall on the same lattice point are one. */
function onLattice(points: readonly Place[]): Position[] {
  const line: Position[] = []
  for (const point of points) {
    const next = toLattice(point)
    const last = line.at(-1)
    if (!last || last[0] !== next[0] || last[1] !== next[1]) line.push(next)
  }
  return line
}

const sideOf = (shape: Shape, counts: Tally): SideAnswer => ({
  ...counts,
  geometry: {
    type: 'MultiPolygon',
    coordinates: toGeoJson(shape).coordinates as SideAnswer['geometry']['coordinates'],
  },
  at: toDegrees(interiorPoint(shape)),
})

const refusedAs = ({ refused, place }: Refusal): Outcome => ({ refused, place: place && toDegrees(place) })

function cut({ coverage, live }: Loaded, grid: string, line: readonly Position[]): Outcome {
  const plan = split(coverage, { grid, line })
  if (isRefusal(plan)) return refusedAs(plan)
  const sides = live.split(plan)
  const whole = sides.get(grid)!
  const parts = plan.parts.flatMap(({ grid: one, left, right }) =>
    one !== grid && left && right ? [{ grid: one, ...sides.get(one)! }] : [],
  )
  return {
    sides: { left: sideOf(plan.left, whole.left), right: sideOf(plan.right, whole.right) },
    parts,
    grids: plan.parts.length,
  }
}

const NOTHING: Tally = { persons: 0, households: 0, buildings: 0 }
const less = (one: Tally, other: Tally): Tally => ({
  persons: one.persons - other.persons,
  households: one.households - other.households,
  buildings: one.buildings - other.buildings,
})

/** Which of the grids that shift the operation is about; of a vertex those at the bottom, where borders are. */
function isMeant(act: Act, grid: { id: string; leaf: boolean }, created: ReadonlySet<string>): boolean {
  switch (act.do) {
    case 'reshape':
    case 'push':
    case 'simplify':
      return act.grids.includes(grid.id)
    case 'transfer':
      return grid.id === act.from || grid.id === act.to
    case 'carve':
      return created.has(grid.id)
    default:
      return grid.leaf
  }
}

function moved({ live }: Loaded, act: Act, plan: GroundPlan): Outcome {
  const before = new Map(plan.change.before.map(grid => [grid.id, grid]))
  const after = new Map(plan.change.after.map(grid => [grid.id, grid]))
  const created = new Set(plan.created)
  const totalAfter = live.after(plan)
  const found = [...new Set([...plan.shifted, ...plan.created])].flatMap((id): MovedGrid[] => {
    const old = before.get(id)
    const now = after.get(id)
    const grid = now ?? old
    // Ground that only gets another parent is the same ground.
    if (!grid || old?.shape === now?.shape) return []
    const then = old ? live.stored(old) : NOTHING
    const counts = totalAfter(id)
    return [
      {
        grid: id,
        level: grid.level,
        created: !old,
        gone: !now,
        more: less(counts, then),
        side: now && isMeant(act, now, created) ? sideOf(now.shape, counts) : null,
      },
    ]
  })
  // First what it is about, then from the top down.
  const rank = ({ side, level }: MovedGrid) => (side ? 0 : level)
  return {
    moved: found.sort((a, b) => rank(a) - rank(b)),
    ...(act.do === 'simplify' ? { strayed: strayOf(plan) } : {}),
  }
}

function operation({ coverage }: Loaded, act: Act, line: readonly Position[]): GroundPlan | Refusal | null {
  const [first] = line
  switch (act.do) {
    case 'reshape':
      return line.length < 2 ? null : reshape(coverage, { grids: act.grids, line })
    case 'transfer':
      return line.length < 4 ? null : transferArea(coverage, { from: act.from, to: act.to, line })
    case 'carve':
      return line.length < 4 ? null : carve(coverage, { parent: act.parent, kind: act.gridKind, line })
    case 'move-vertex':
      return first ? moveVertex(coverage, { from: toLattice(act.from), to: first }) : null
    case 'insert-vertex':
      return first ? insertVertex(coverage, { at: toLattice(act.from), to: first }) : null
    case 'delete-vertex':
      return deleteVertex(coverage, { at: toLattice(act.at) })
    case 'push':
      return first ? pushBorder(coverage, { grids: act.grids, from: toLattice(act.from), to: first }) : null
    case 'simplify': {
      const { grids, metres, smooth } = act
      return simplify(coverage, { grids, tolerance: metres / METRES_PER_STEP, smooth })
    }
    default:
      return null
  }
}

function cutAlongRoads(loaded: Loaded, grid: string, places: readonly Position[]): Outcome | null {
  if (!loaded.roads) return null
  const course = along(loaded.roads, places)
  if ('none' in course) return { refused: course.none, place: toDegrees(course.place) }
  return { ...cut(loaded, grid, course), course: course.map(toDegrees) }
}

/** What the line makes of the grids; null while there is too little of it. */
export function drawAlong(loaded: Loaded, act: Act, points: readonly Place[]): Outcome | null {
  const isRing = act.do === 'transfer' || act.do === 'carve'
  const [first] = points
  const line = onLattice(isRing && first && points.length > 2 ? [...points, first] : points)
  if (act.do === 'split') {
    if (line.length < 2) return null
    return act.roads ? cutAlongRoads(loaded, act.grid, line) : cut(loaded, act.grid, line)
  }
  const plan = operation(loaded, act, line)
  if (!plan) return null
  return isRefusal(plan) ? refusedAs(plan) : moved(loaded, act, plan)
}

/** A vertex is taken from the borders and put anywhere: its old place must not draw it back. */
function snapFor(loaded: Loaded, { act, points }: LineNow, pointer: PointerAt): Snapped {
  switch (act.do) {
    case 'find': {
      const borders = act.between ? sharedBorders(loaded.coverage, act.between) : loaded.own
      return snap(borders, [], { ...pointer, road: null, free: false })
    }
    case 'push':
      return snap(NO_BORDERS, [], { ...pointer, road: null })
    case 'move-vertex':
    case 'insert-vertex':
      return snap(NO_BORDERS, [], pointer)
    case 'reshape':
      return snap(loaded.borders, [], pointer)
    default:
      return snap(loaded.borders, points, pointer)
  }
}

export function look(
  loaded: Loaded,
  line: LineNow,
  pointer: PointerAt | null,
): { snapped: Snapped | null; outcome: Outcome | null } {
  const { act, points, done } = line
  const snapped = pointer && snapFor(loaded, line, pointer)
  const isVertex = act.do === 'move-vertex' || act.do === 'insert-vertex' || act.do === 'push'
  const reaches = snapped && !done && (isVertex || points.length > 0)
  return {
    snapped,
    outcome: drawAlong(loaded, act, reaches ? [...(isVertex ? [] : points), snapped.at] : points),
  }
}
