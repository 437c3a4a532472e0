// The leader's card: everything about one grid in one request.
import type { GridCard, GridStaff } from '../../core/contract/grids.ts'
import type { StaffPost, StaffRule } from '../../core/contract/staff.ts'
import { sharedBorders } from '../../core/measures/neighbours.ts'
import { toGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { keepPlans } from '../db/kept.ts'
import { clockOf } from '../incidents/clock.ts'
import { incidentsByIds, incidentsIn } from '../incidents/queries.ts'
import { listGrids } from '../plans/queries.ts'
import {
  addressesIn,
  buildingsIn,
  kindsIn,
  organisationsIn,
  residentsIn,
  residentsOrNull,
} from '../registry/counts.ts'
import { hasSpreadPeople } from '../registry/queries.ts'
import { judgeRule } from '../staff/judge-rule.ts'
import { postsBelow, staffBelow } from '../staff/queries.ts'
import { responsibleUpward } from '../staff/responsible-upward.ts'
import { type CardAddress, findGrid } from './find-grid.ts'
import {
  type CardPlan,
  geometryOfGrid,
  gridsAbove,
  gridsNear,
  groundOfGrid,
  type WholeGrid,
} from './queries.ts'

const LATEST = 5

function ruleOf(plan: CardPlan, grid: WholeGrid, own: readonly StaffPost[]): StaffRule | null {
  const level = plan.levels[grid.level - 1]
  if (!level?.staff) return null
  return judgeRule(
    level.staff,
    own.map(post => post.role),
    level.needs,
  )
}

/** @throws a problem when there is no such grid */
export async function gridCard(tx: Tx, address: CardAddress): Promise<GridCard> {
  await keepPlans(tx)
  const { plan, grid } = await findGrid(tx, address)
  const { revision } = address
  const clock = await clockOf(tx, plan.county, address.on)
  const { tallied_at, from_revision: _, shape, ...summary } = grid
  const ground = groundOfGrid(plan, grid)
  const breadcrumb = await gridsAbove(tx, plan, grid.parent, revision)

  const { known, ...counted } = await residentsIn(tx, ground, clock.on)
  const { dangerous } = await buildingsIn(tx, ground)
  const { chain, own } = await responsibleUpward(
    tx,
    { county: plan.county, area: plan.area_code },
    [grid, ...breadcrumb.toReversed()],
    { geometry: geometryOfGrid(plan, grid), box: grid.bbox },
    clock.on,
  )
  const { counts, latest } = await incidentsIn(tx, ground, clock, LATEST)
  const { all: _all, ...incidents } = counts

  const beside = (await gridsNear(tx, plan, grid.level, grid.bbox, revision)).filter(
    other => other.id !== grid.id,
  )
  const shared = sharedBorders(shape, beside)
  return {
    ...summary,
    plan: plan.plan_id,
    planName: plan.name,
    revision: revision ?? plan.revision,
    on: clock.on,
    area: { code: plan.area_code, name: plan.areaName },
    levelName: plan.levels[grid.level - 1]?.name ?? {
      zh: `${grid.level}级网格`,
      en: `level ${grid.level}`,
    },
    synthetic: await hasSpreadPeople(tx, plan.county, grid.bbox),
    demo: clock.demo,
    talliedAt: tallied_at.toISOString(),
    breadcrumb,
    residents: residentsOrNull({ known, ...counted }, grid.persons),
    dangerousHouses: dangerous,
    addresses: await addressesIn(tx, ground),
    organisations: await organisationsIn(tx, ground),
    facilities: await kindsIn(tx, ground, 'facility'),
    objects: await kindsIn(tx, ground, 'object'),
    staff: {
      posts: own,
      below: await staffBelow(tx, plan, grid.id, revision, clock.on),
      rule: ruleOf(plan, grid, own),
    },
    chain,
    incidents: { ...incidents, latest: await incidentsByIds(tx, plan.county, latest, clock) },
    children: grid.leaf ? [] : await listGrids(tx, plan, { parent: grid.id, revision }),
    neighbours: beside
      .flatMap(({ id, code, name }) => {
        const sharedMetres = shared.get(id)
        return sharedMetres === undefined ? [] : [{ id, code, name, sharedMetres }]
      })
      .sort((a, b) => b.sharedMetres - a.sharedMetres),
    geometry: toGeoJson(shape),
  }
}

/** Everybody who has a post on the grid or below it, and who is responsible upward. */
export async function gridStaff(tx: Tx, address: CardAddress): Promise<GridStaff> {
  const { plan, grid } = await findGrid(tx, address)
  const { on, demo } = await clockOf(tx, plan.county, address.on)
  const above = await gridsAbove(tx, plan, grid.parent, address.revision)
  const { chain, own } = await responsibleUpward(
    tx,
    { county: plan.county, area: plan.area_code },
    [grid, ...above.toReversed()],
    { geometry: geometryOfGrid(plan, grid), box: grid.bbox },
    on,
  )
  return {
    plan: plan.plan_id,
    revision: address.revision ?? plan.revision,
    on,
    demo,
    rule: ruleOf(plan, grid, own),
    posts: await postsBelow(tx, plan, grid.id, address.revision, on),
    chain,
  }
}
