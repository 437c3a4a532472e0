// Carves a new grid of some kind out of everything inside a closed outline; what remains keeps its identity.
import type { Coverage } from '../coverage.ts'
import { type Grid, type GridKind, isRefusal, type Level, type Position, type Refusal } from '../model.ts'
import type { GroundPlan } from '../plans.ts'
import { newcomer, reassign } from '../reassign.ts'
import { leavesUnder } from '../region.ts'
import type { Turn } from '../retile.ts'
import { boxOfLine, closedLine, cutOutline } from './cut-outline.ts'
import { drawnCut } from './draw-line.ts'
import { turnsOf } from './give.ts'
import { groundPlan, placeOf } from './ground-plan.ts'
import { flowsOf } from './plan-given.ts'

/** The id of the carved grid, and of the rest of a parent that had no children, until the caller names them. */
export const CARVED = 'carved'
export const REST = 'rest'

/**
 * The new grid is at level 1, or under a parent; ground outside the parent, or outside the plan, is ignored. Grids that
 * lie wholly inside go. A parent without children gets two: the carved one and the rest.
 *
 * Refuses with `unknown-grid`, `different-depths` (a parent at level 4), `bad-geometry`, `misses-grid`, `touches-only`,
 * `self-crossing`, `too-narrow`, `would-empty` (the whole parent lies inside), `locked`; warns with `would-disconnect`.
 */
export const carve = (
  coverage: Coverage,
  request: { line: readonly Position[]; kind: GridKind; parent: string | null },
): GroundPlan | Refusal => {
  const parent = request.parent === null ? null : coverage.grid(request.parent)
  if (parent === undefined) return { refused: 'unknown-grid', place: null, grid: request.parent! }
  if (parent?.level === 4)
    return { refused: 'different-depths', place: placeOf(parent.shape), grid: parent.id }
  if (parent?.locked) return { refused: 'locked', place: placeOf(parent.shape), grid: parent.id }
  const outline = closedLine(request.line)
  if (isRefusal(outline)) return outline
  const own = parent && new Set(leavesUnder(coverage, parent.id).map(leaf => leaf.id))
  const near = coverage.leavesNear(boxOfLine(outline), 0).filter(leaf => own?.has(leaf.id) ?? true)
  if (near.length === 0) return { refused: 'misses-grid', place: outline[0]! }
  const target = new Set(near.map(leaf => leaf.id))
  const cut = cutOutline(coverage, [outline], [...target], leaf => target.has(leaf))
  if (isRefusal(cut)) return cut
  const { region, snapped, pieces, inside } = cut
  if (parent && own?.size === target.size && !inside.includes(false))
    return { refused: 'would-empty', place: placeOf(parent.shape), grid: parent.id }

  const divides = parent?.leaf === true
  const carved = newcomer(0)
  const rest = newcomer(1)
  const owner = pieces.pieces.map(({ leaf }, p) => (inside[p] ? carved : divides ? rest : leaf))
  const shapes = reassign(region, snapped.points, pieces, owner)
  if (isRefusal(shapes)) return shapes
  const fresh = (id: string, kind: GridKind, shape: Grid['shape']): Turn => ({
    before: null,
    after: {
      id,
      level: ((parent?.level ?? 0) + 1) as Level,
      parent: parent?.id ?? null,
      leaf: true,
      code: '',
      name: '',
      kind,
      locked: false,
      shape,
    },
  })
  const turns = turnsOf(coverage, region, shapes, new Map()).map(turn =>
    divides && turn.before?.id === parent.id ? { ...turn, after: { ...parent, leaf: false } } : turn,
  )
  turns.push(fresh(CARVED, request.kind, shapes.get(carved)!))
  if (divides) turns.push(fresh(REST, parent.kind, shapes.get(rest)!))
  const goers = new Set(near.flatMap(leaf => [leaf.id, ...coverage.ancestorsOf(leaf.id).map(({ id }) => id)]))
  const drawn = drawnCut(snapped)
  return groundPlan(coverage, {
    kind: 'carve',
    turns,
    flows: flowsOf(region, pieces, owner, one => (one === carved ? CARVED : REST)),
    created: divides ? [CARVED, REST] : [CARVED],
    mayGo: grid => grid.id !== parent?.id && goers.has(grid.id),
    drawn,
    snapped,
    place: outline[0]!,
  })
}
