// Edits of borders and of the tree other than splits and merges: the kernel plans them, new grids get code and name.
import { uuidv7 } from 'uuidv7'
import { inReadingOrder } from '../../core/coding/reading-order.ts'
import type { EditKind, EditOf } from '../../core/contract/edits.ts'
import {
  applyParts,
  bounds,
  carve,
  cleanOutline,
  commitGround,
  deleteVertex,
  type GroundPlan,
  insertVertex,
  isRefusal,
  moveVertex,
  pushBorder,
  type Refusal,
  reparent,
  reshape,
  type Shape,
  simplify,
  transferArea,
  transferGrids,
} from '../../core/topology/index.ts'
import { type Around, toLattice } from './around.ts'
import { namer } from './name-created.ts'
import type { PlannedEdit } from './plan-edit.ts'
import { tallyChange, weightsOfChange } from './tally-change.ts'

const GROUND_KINDS = [
  'reshape',
  'move-vertex',
  'insert-vertex',
  'delete-vertex',
  'transfer-area',
  'transfer-grids',
  'push',
  'carve',
  'reparent',
  'simplify',
  'partition',
] as const satisfies readonly EditKind[]
export type GroundRequest = EditOf<(typeof GROUND_KINDS)[number]>

export const isGroundRequest = (request: { kind: EditKind }): request is GroundRequest =>
  (GROUND_KINDS as readonly EditKind[]).includes(request.kind)

/** Of latitude; of longitude it is less, so a border moves no further than asked. */
const METRES_PER_STEP = 0.011132

const planOf = ({ coverage }: Around, request: GroundRequest): GroundPlan | Refusal => {
  switch (request.kind) {
    case 'reshape': {
      const [one, other] = request.grids as [string, string]
      return reshape(coverage, { grids: [one, other], line: request.line.coordinates.map(toLattice) })
    }
    case 'move-vertex':
      return moveVertex(coverage, { from: toLattice(request.from), to: toLattice(request.to) })
    case 'insert-vertex':
      return insertVertex(coverage, {
        at: toLattice(request.at),
        to: toLattice(request.to ?? request.at),
      })
    case 'delete-vertex':
      return deleteVertex(coverage, { at: toLattice(request.at) })
    case 'transfer-area':
      return transferArea(coverage, {
        from: request.from,
        to: request.to,
        line: request.line.coordinates.map(toLattice),
      })
    case 'transfer-grids':
      return transferGrids(coverage, { grids: request.grids, to: request.to })
    case 'push': {
      const [one, other] = request.grids as [string, string]
      const units = request.units && cleanShapes(request.units)
      if (units && isRefusal(units)) return units
      const [from, to] = [toLattice(request.from), toLattice(request.to)]
      return pushBorder(coverage, { grids: [one, other], from, to, units })
    }
    case 'carve':
      return carve(coverage, {
        line: request.line.coordinates.map(toLattice),
        kind: request.gridKind,
        parent: request.parent,
      })
    case 'reparent':
      return reparent(coverage, { grid: request.grid, parent: request.parent })
    case 'simplify': {
      const [one, other] = request.grids as [string, string]
      const { metres, smooth = false } = request
      return simplify(coverage, { grids: [one, other], tolerance: metres / METRES_PER_STEP, smooth })
    }
    case 'partition': {
      const parts = cleanShapes(request.parts)
      if (isRefusal(parts)) return parts
      return applyParts(coverage, { parent: request.parent, parts: inReadingOrder(parts, bounds) })
    }
  }
}

const cleanShapes = (given: EditOf<'partition'>['parts']): Shape[] | Refusal => {
  const shapes: Shape[] = []
  for (const one of given) {
    const clean = cleanOutline(one)
    if (isRefusal(clean)) return clean
    shapes.push(clean.shape)
  }
  return shapes
}

/** The codes of the level-1 grids that a plan takes ground from. */
const levelOneCodes = ({ coverage }: Around, planned: GroundPlan): string[] => {
  const sources = new Set(planned.lineage.map(({ from }) => from))
  return [...sources].flatMap(id => {
    const grid = coverage.grid(id)
    const top = coverage.ancestorsOf(id).at(-1) ?? grid
    return top?.level === 1 ? [top.code] : []
  })
}

export async function planGround(around: Around, request: GroundRequest): Promise<PlannedEdit | Refusal> {
  const planned = planOf(around, request)
  if (isRefusal(planned)) return planned
  const { tx, plan, stored } = around
  const ids = new Map<string, string>()
  let change = planned.change
  if (planned.created.length > 0) {
    const parent = request.kind === 'carve' || request.kind === 'partition' ? request.parent : null
    const name = await namer(around, parent, levelOneCodes(around, planned))
    let exhausted = false
    change = commitGround(planned, grid => {
      const id = uuidv7()
      const identity = name(id, grid.level, grid.parent)
      if (!identity) exhausted = true
      ids.set(grid.id, id)
      const asked = request.kind === 'carve' && grid.id === planned.created[0] ? request.name : undefined
      return { id, code: identity?.code ?? '', name: asked ?? identity?.name ?? '' }
    })
    if (exhausted) return { refused: 'codes-exhausted', place: null, ...(parent ? { grid: parent } : {}) }
  }
  const weights = await weightsOfChange(tx, plan.county, change)
  return {
    change: tallyChange(weights, stored, change),
    sides: new Map(),
    bent: planned.bent,
    lineage: planned.lineage.map(({ from, to }) => ({ from, to: ids.get(to) ?? to })),
    reads: planned.shifted.filter(id => stored.get(id)?.leaf),
    warnings: planned.warnings,
    drawn: planned.drawn,
  }
}
