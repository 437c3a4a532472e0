// Which grids an edit names, and what must be loaded for the kernel to make it.
import type { EditRequest } from '../../core/contract/edits.ts'
import type { Box } from '../../core/contract/geometry.ts'
import { type Coverage, coverageOf, type Grid, LATTICE, type Position } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { leavesAt, loadAll, loadAround, loadByIds, type PlanRow, type StoredGrid } from '../plans/queries.ts'

/** A plan's grids around an edit, as they are now. */
export interface Around {
  readonly tx: Tx
  readonly plan: PlanRow
  readonly stored: ReadonlyMap<string, StoredGrid>
  readonly coverage: Coverage
}

type Degrees = readonly [number, number]

export const toLattice = ([x, y]: Degrees): Position => [Math.round(x * LATTICE), Math.round(y * LATTICE)]

/** The grids that a request names. */
export function targetsOf(request: EditRequest): readonly string[] {
  switch (request.kind) {
    case 'split':
    case 'rename':
    case 'recode':
    case 'change-kind':
    case 'lock':
      return [request.grid]
    case 'merge':
    case 'reshape':
    case 'simplify':
    case 'push':
      return request.grids
    case 'transfer-area':
      return [request.from, request.to]
    case 'transfer-grids':
      return [...new Set([...request.grids, request.to])]
    case 'reparent':
      return [request.grid, request.parent]
    case 'partition':
      return [request.parent]
    case 'carve':
    case 'renumber':
      return request.parent === null ? [] : [request.parent]
    case 'move-vertex':
    case 'insert-vertex':
    case 'delete-vertex':
      return []
  }
}

/** About ten steps: a place means the border that runs there. */
const NEAR = 1e-6

const boxOf = (places: readonly Degrees[], margin = 0): Box => [
  Math.min(...places.map(([x]) => x)) - margin,
  Math.min(...places.map(([, y]) => y)) - margin,
  Math.max(...places.map(([x]) => x)) + margin,
  Math.max(...places.map(([, y]) => y)) + margin,
]

/** The grids named or meant, with all that the kernel needs around them. */
export async function loadFor(tx: Tx, plan: PlanRow, request: EditRequest): Promise<Around> {
  let targets = targetsOf(request)
  let also: Box | null = null
  switch (request.kind) {
    case 'move-vertex':
    case 'insert-vertex':
    case 'delete-vertex': {
      const place = request.kind === 'move-vertex' ? request.from : request.at
      const to = 'to' in request && request.to ? request.to : place
      targets = await leavesAt(tx, plan, boxOf([place], NEAR))
      also = boxOf([place, to])
      break
    }
    case 'carve':
      also = boxOf(request.line.coordinates)
      break
  }
  const grids = await loadGrids(tx, plan, request.kind, targets, also)
  return {
    tx,
    plan,
    stored: new Map(grids.map(grid => [grid.id, grid])),
    coverage: coverageOf(grids.map(toKernel)),
  }
}

function loadGrids(
  tx: Tx,
  plan: PlanRow,
  kind: EditRequest['kind'],
  targets: readonly string[],
  also: Box | null,
): Promise<StoredGrid[]> {
  switch (kind) {
    case 'renumber':
      return loadAll(tx, plan)
    // No border moves: nobody else is asked.
    case 'rename':
    case 'recode':
    case 'change-kind':
    case 'lock':
      return loadByIds(tx, plan, targets)
    default:
      return loadAround(tx, plan, targets, undefined, also)
  }
}

/** Drops what only the store knows. */
export function toKernel({
  fromRevision: _r,
  persons: _p,
  households: _h,
  buildings: _b,
  ...grid
}: StoredGrid): Grid {
  return grid
}
