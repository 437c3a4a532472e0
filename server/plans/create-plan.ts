// Starting a plan: one level-1 grid that is the area itself.
import { uuidv7 } from 'uuidv7'
import { nextCode, villageDigits } from '../../core/coding/grid-code.ts'
import type { NewPlan } from '../../core/contract/plans.ts'
import { bounds, cleanOutline, isRefusal, type Refusal, tally } from '../../core/topology/index.ts'
import { findArea } from '../areas/queries.ts'
import type { Tx } from '../db/database.ts'
import { weightsAround } from '../edits/tally-change.ts'
import { ProblemError } from '../errors.ts'
import { lockPeople } from './people-lock.ts'
import { insertPlan, listProfiles, openVersions } from './queries.ts'

const DEFAULT_PROFILE = 'country'

/** @returns the new plan's id, or why the area's outline cannot be a grid */
export async function createPlan(tx: Tx, actor: string, request: NewPlan): Promise<string | Refusal> {
  const area = await findArea(tx, request.area)
  if (!area) throw new ProblemError('unknown-area')
  const profile = request.profile ?? DEFAULT_PROFILE
  if (!(await listProfiles(tx)).some(known => known.profile === profile))
    throw new ProblemError('unknown-profile')
  const outline = cleanOutline(area.geometry)
  if (isRefusal(outline)) return outline

  const key = { county: area.county, plan_id: uuidv7() }
  await insertPlan(tx, {
    ...key,
    area_code: area.code,
    name: request.name.trim(),
    profile,
    grids: 1,
    created_by: actor,
  })
  await lockPeople(tx, area.county, 'count')
  const grid = {
    id: uuidv7(),
    level: 1 as const,
    parent: null,
    leaf: true,
    code: nextCode(villageDigits(area.code), 1, [])!,
    name: area.name,
    kind: 'basic' as const,
    locked: false,
    shape: outline.shape,
  }
  const weights = await weightsAround(tx, area.county, [bounds(grid.shape)])
  await openVersions(tx, key, [{ ...grid, ...tally(weights, grid.shape) }], 0)
  return key.plan_id
}
