// The leader's card: everything about one grid in one request.
import { sql } from 'kysely'
import type { GridCard, GridStaff } from '../../core/contract/grids.ts'
import type { StaffPost, StaffRule } from '../../core/contract/staff.ts'
import { sharedBorders } from '../../core/measures/neighbours.ts'
import { toGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { together } from '../db/together.ts'
import { clockBy } from '../incidents/clock.ts'
import { countsInside, latestInside, latestOf, withInside } from '../incidents/queries.ts'
import { residentsOrNull } from '../registry/counts.ts'
import { judgeRule } from '../staff/judge-rule.ts'
import { postsBelow, staffBelow } from '../staff/queries.ts'
import { responsibleUpward } from '../staff/responsible-upward.ts'
import { type CardAddress, findGrid } from './find-grid.ts'
import { type CardPlan, gridsBeside, gridsUnder, groundOfGrid, type WholeGrid } from './queries.ts'
import { keptTotals, totalsOf } from './totals.ts'
import { shapeOfTwkb } from './twkb.ts'

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

const upward = (plan: CardPlan, grid: WholeGrid, above: GridCard['breadcrumb'], on: string) =>
  responsibleUpward(
    { county: plan.county, area: plan.area_code },
    [grid, ...above.toReversed()],
    grid.bbox,
    on,
  )

/** @throws a problem when there is no such grid */
export async function gridCard(tx: Tx, address: CardAddress): Promise<GridCard> {
  const { revision } = address
  const found = await findGrid(tx, address)
  const { plan, grid, above } = found
  const clock = clockBy(found.clock, address.on)
  const { on } = clock
  const { tallied_at, from_revision: _, shape, ...summary } = grid
  const ground = groundOfGrid(plan, grid)
  const responsible = upward(plan, grid, above, on)
  const answers = await together(tx, sql`${ground.before}, ${withInside(ground, clock)}`, {
    ...responsible.parts,
    totals: keptTotals(plan, grid, on),
    known: sql<{
      known: boolean
    }>`select exists (select from resident where county = ${plan.county}) as known`,
    incidents: countsInside,
    latest: latestInside(plan.county, clock, LATEST),
    below: staffBelow(plan, grid.id, revision, on),
    children: gridsUnder(plan, grid.id, revision),
    beside: gridsBeside(plan, grid, revision),
  })
  const { residents, ...totals } = await totalsOf(tx, plan, grid, { revision, on, row: answers.totals[0] })
  const { chain, own } = responsible.read(answers)
  const { all: _all, ...incidents } = answers.incidents[0]!
  const shared = sharedBorders(
    shape,
    answers.beside.map(({ id, twkb }) => ({ id, shape: shapeOfTwkb(twkb) })),
  )
  return {
    ...summary,
    ...totals,
    plan: plan.plan_id,
    planName: plan.name,
    revision: revision ?? plan.revision,
    on,
    area: { code: plan.area_code, name: plan.areaName },
    levelName: plan.levels[grid.level - 1]?.name ?? {
      zh: `${grid.level}级网格`,
      en: `level ${grid.level}`,
    },
    demo: clock.demo,
    talliedAt: new Date(tallied_at).toISOString(),
    breadcrumb: above,
    residents: residentsOrNull({ known: answers.known[0]!.known, ...residents }, grid.persons),
    staff: { posts: own, below: answers.below[0]!, rule: ruleOf(plan, grid, own) },
    chain,
    incidents: { ...incidents, latest: latestOf(answers.latest) },
    children: answers.children,
    neighbours: answers.beside
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
  const { plan, grid, above, clock } = await findGrid(tx, address)
  const { on, demo } = clockBy(clock, address.on)
  const responsible = upward(plan, grid, above, on)
  const answers = await together(tx, groundOfGrid(plan, grid).before, responsible.parts)
  const { chain, own } = responsible.read(answers)
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
