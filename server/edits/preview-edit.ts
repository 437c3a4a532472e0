// Shows what an edit would do, by the very function that the edit runs.
import type { EditPreview, EditRequest } from '../../core/contract/edits.ts'
import type { Box } from '../../core/contract/geometry.ts'
import { type Language, sentence } from '../../core/contract/refusals.ts'
import {
  areaSquareMetres,
  bounds,
  isRefusal,
  LATTICE,
  type Refusal,
  toGeoJson,
} from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { nameBuildings } from '../registry/queries.ts'
import { checkBase, checkReads } from './commit-edit.ts'
import { planEdit } from './plan-edit.ts'
import { editablePlan } from './write-change.ts'

/** So many buildings of a warning are named. */
const NAMED = 20

export async function previewEdit(
  tx: Tx,
  planId: string,
  request: EditRequest,
  language: Language,
): Promise<EditPreview | Refusal> {
  const plan = await editablePlan(tx, planId, { lock: false })
  await checkBase(tx, plan, request)
  const planned = await planEdit(tx, plan, request)
  if (isRefusal(planned)) return planned
  await checkReads(tx, plan, request.base, planned)
  const { before, after } = planned.change
  const old = new Set(before.map(grid => grid.id))
  const alive = new Set(after.map(grid => grid.id))
  return {
    kind: request.kind,
    revision: plan.revision,
    grids: after.map(({ shape, ...grid }) => ({
      ...grid,
      areaSquareMetres: areaSquareMetres(shape),
      bbox: bounds(shape).map(steps => steps / LATTICE) as Box,
      created: !old.has(grid.id),
      side: planned.sides.get(grid.id) ?? null,
      geometry: toGeoJson(shape),
    })),
    removed: before.flatMap(grid => (alive.has(grid.id) ? [] : [grid.id])),
    bent: [...planned.bent],
    warnings: await Promise.all(
      planned.warnings.map(async ({ warning, place, grid, buildings = [] }) => ({
        code: warning,
        message: sentence(warning, language),
        place: place && ([place[0] / LATTICE, place[1] / LATTICE] as [number, number]),
        grid: grid ?? null,
        buildings: [...buildings],
        named: await nameBuildings(tx, plan.county, buildings, NAMED),
      })),
    ),
  }
}
