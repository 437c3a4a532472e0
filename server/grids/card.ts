// The leader's card: everything about one grid in one request.
import { sql } from 'kysely'
import type { GridCard } from '../../core/contract/grids.ts'
import { sharedBorders } from '../../core/measures/neighbours.ts'
import { toGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { aliveAt, findPlan, listGrids, listProfiles, loadAround } from '../plans/queries.ts'

/** The plan to look in when none is named: the published one, else the one last worked on. */
async function planOf(tx: Tx, grid: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('grid_version as g')
    .innerJoin('plan as p', join =>
      join.onRef('p.county', '=', 'g.county').onRef('p.plan_id', '=', 'g.plan_id'),
    )
    .select('p.plan_id')
    .where('g.grid_id', '=', grid)
    .orderBy(sql`p.state = 'published'`, 'desc')
    .orderBy(sql`g.to_revision is null`, 'desc')
    .orderBy('p.changed_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.plan_id
}

/** @returns undefined when the plan has no such grid at that revision */
export async function gridCard(
  tx: Tx,
  actor: string,
  id: string,
  at: { plan?: string | undefined; revision?: number | undefined },
): Promise<GridCard | undefined> {
  const planId = at.plan ?? (await planOf(tx, id))
  const plan = planId && (await findPlan(tx, actor, planId))
  if (!plan) return undefined
  const key = { county: plan.county, plan_id: plan.id }
  const [summary] = await listGrids(tx, key, { ids: [id], revision: at.revision })
  if (!summary) return undefined

  const around = await loadAround(tx, key, [id], at.revision)
  const grid = around.find(other => other.id === id)!
  const known = new Map(around.map(other => [other.id, other]))
  const breadcrumb: GridCard['breadcrumb'] = []
  for (let step = grid.parent; step; ) {
    const ancestor = known.get(step)
    if (!ancestor) break
    breadcrumb.unshift({ id: ancestor.id, name: ancestor.name, level: ancestor.level })
    step = ancestor.parent
  }
  const shared = sharedBorders(
    grid.shape,
    around.filter(other => other.level === grid.level && other.id !== id),
  )
  const profile = (await listProfiles(tx)).find(known => known.profile === plan.profile)
  const { tallied_at } = await tx
    .selectFrom('grid_version')
    .select('tallied_at')
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('grid_id', '=', id)
    .where(aliveAt(at.revision))
    .executeTakeFirstOrThrow()
  return {
    ...summary,
    plan: plan.id,
    planName: plan.name,
    revision: at.revision ?? plan.revision,
    area: { code: plan.area, name: plan.areaName },
    levelName: profile?.levels[grid.level - 1]?.name ?? {
      zh: `${grid.level}级网格`,
      en: `level ${grid.level}`,
    },
    synthetic: plan.synthetic,
    talliedAt: tallied_at.toISOString(),
    breadcrumb,
    children: grid.leaf ? [] : await listGrids(tx, key, { parent: id, revision: at.revision }),
    neighbours: [...shared]
      .map(([other, metres]) => {
        const { code, name } = known.get(other)!
        return { id: other, code, name, sharedMetres: metres }
      })
      .sort((a, b) => b.sharedMetres - a.sharedMetres),
    geometry: toGeoJson(grid.shape),
  }
}
