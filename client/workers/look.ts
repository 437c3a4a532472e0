// The answer to one pointer move: the snapped point and what the line makes of the grid.
import type { Place } from '../../core/contract/geometry.ts'
import {
  type Coverage,
  interiorPoint,
  isRefusal,
  LATTICE,
  type Position,
  type Shape,
  split,
  tallySplit,
  toGeoJson,
  type Weights,
} from '../../core/topology/index.ts'
import type { Outcome, PointerAt, SideAnswer, Snapped } from './messages.ts'
import { type Borders, snap, toLattice } from './snap.ts'

export interface Loaded {
  grid: string
  coverage: Coverage
  weights: Weights
  borders: Borders
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

export function cutAlong(loaded: Loaded, points: readonly Place[]): Outcome | null {
  const line = onLattice(points)
  if (line.length < 2) return null
  const plan = split(loaded.coverage, { grid: loaded.grid, line })
  if (isRefusal(plan)) return { refused: plan.refused, place: plan.place && toDegrees(plan.place) }
  const tallies = tallySplit(loaded.weights, plan)
  const side = (name: 'left' | 'right', shape: Shape): SideAnswer => ({
    ...tallies[name],
    geometry: {
      type: 'MultiPolygon',
      coordinates: toGeoJson(shape).coordinates as SideAnswer['geometry']['coordinates'],
    },
    at: toDegrees(interiorPoint(shape)),
  })
  return {
    sides: { left: side('left', plan.left), right: side('right', plan.right) },
    grids: plan.parts.length,
  }
}

export function look(
  loaded: Loaded,
  points: readonly Place[],
  pointer: PointerAt | null,
  done: boolean,
): { snapped: Snapped | null; outcome: Outcome | null } {
  const snapped = pointer && snap(loaded.borders, points, pointer)
  const reaching = snapped && !done && points.length > 0
  return { snapped, outcome: cutAlong(loaded, reaching ? [...points, snapped.at] : points) }
}
