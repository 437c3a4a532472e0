// How many of something lie in each grid of a level; a shallow leaf stands in for itself.
import { type RawBuilder, sql } from 'kysely'
import type { Counted, CountsRequest, GridCounts } from '../../core/contract/analysis.ts'
import { RESIDENT_GROUPS } from '../../core/contract/grids.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { keptOfLeaves } from '../grids/totals.ts'
import { type Clock, clockOf } from '../incidents/clock.ts'
import { timeRange } from '../incidents/page.ts'
import { wantedIncidents } from '../incidents/queries.ts'
import { aliveAt, listGrids, type PlanKey, planRow } from '../plans/queries.ts'
import { residentGroups } from '../registry/counts.ts'
import { ownsPoint } from '../registry/ground.ts'
import { validOn } from '../staff/queries.ts'

type Grids = Awaited<ReturnType<typeof listGrids>>
type PerGrid = ReadonlyMap<string, number>

const SQUARE_METRES = 1e6
const THOUSAND = 1000

/** The table of points of everything that is not a total of buildings, and its condition. */
const POINTS: Partial<Record<Counted, string>> = {
  addresses: 'address',
  facilities: 'facility',
  organisations: 'organisation',
  objects: 'object',
  incidents: 'incident',
}

export async function countByGrid(tx: Tx, request: CountsRequest): Promise<GridCounts> {
  const { level, what, revision } = request
  const plan = await planRow(tx, request.plan, { lock: false })
  if (!plan) throw new ProblemError('unknown-plan')
  if (revision !== undefined && revision > plan.revision) throw new ProblemError('unknown-revision')
  const clock = await clockOf(tx, plan.county, request.on)
  const grids = await listGrids(tx, plan, { revision })
  const { perGrid, counted } = await counts(tx, plan, grids, request, clock)

  const shown = grids.filter(grid => grid.level === level || (grid.leaf && grid.level < level))
  const isShown = new Set(shown.map(grid => grid.id))
  const parents = new Map(grids.map(grid => [grid.id, grid.parent]))
  const sums = new Map<string, number>()
  let above = 0
  for (const [id, count] of perGrid) {
    let at: string | null | undefined = id
    while (at && !isShown.has(at)) at = parents.get(at)
    if (at) sums.set(at, (sums.get(at) ?? 0) + count)
    else above += count
  }
  return {
    plan: plan.plan_id,
    revision: revision ?? plan.revision,
    level,
    what,
    on: clock.on,
    demo: clock.demo,
    counted,
    total: [...sums.values()].reduce((sum, count) => sum + count, 0),
    above,
    grids: shown.map(({ id, level, code, name, persons, areaSquareMetres }) => {
      const count = sums.get(id) ?? 0
      return {
        id,
        level,
        code,
        name,
        count,
        persons,
        perThousand: persons > 0 ? (count * THOUSAND) / persons : null,
        perSquareKilometre: (count * SQUARE_METRES) / areaSquareMetres,
      }
    }),
  }
}

/** Of each leaf; of staff of each grid. Grids with none may be missing. */
async function counts(
  tx: Tx,
  plan: PlanKey,
  grids: Grids,
  request: CountsRequest,
  clock: Clock,
): Promise<{ perGrid: PerGrid; counted: boolean }> {
  const { what, revision } = request
  if (what === 'persons' || what === 'households' || what === 'buildings') {
    const leaves = grids.filter(grid => grid.leaf)
    return { perGrid: new Map(leaves.map(grid => [grid.id, grid[what]])), counted: true }
  }
  if (what === 'staff') {
    const { rows } = await sql<{ id: string; count: number }>`
      select p.grid_id as id, count(*)::integer as count
      from post p join grid_version g on g.county = p.county and g.plan_id = ${plan.plan_id} and g.grid_id = p.grid_id
        and ${aliveAt(revision)}
      where p.county = ${plan.county} and ${validOn(clock.on)} group by p.grid_id`.execute(tx)
    return { perGrid: toMap(rows), counted: await any(tx, 'post', plan.county) }
  }
  const kept = what === 'incidents' ? undefined : await keptOfLeaves(tx, plan, revision, what, clock.on)
  const group = RESIDENT_GROUPS.find(one => one === what)
  if (kept)
    return { perGrid: toMap(kept), counted: await any(tx, group ? 'resident' : POINTS[what]!, plan.county) }
  if (group) {
    const joined = sql`join resident r on r.county = i.county and r.household_id = i.id`
    const perGrid = await perLeaf(tx, plan, 'household', revision, residentGroups(clock.on)[group], joined)
    return { perGrid, counted: await any(tx, 'resident', plan.county) }
  }
  const table = POINTS[what]!
  const condition =
    what === 'incidents'
      ? wantedIncidents(
          {
            ...timeRange(request.from, request.to),
            categories: request.categories,
            statuses: request.status,
          },
          clock,
        )
      : sql<boolean>`true`
  const perGrid = await perLeaf(tx, plan, table, revision, condition)
  return { perGrid, counted: await any(tx, table, plan.county) }
}

const toMap = (rows: readonly { id: string; count: number }[]) =>
  new Map(rows.map(({ id, count }) => [id, count]))

/** Rows of a table of points, which is called `i` here, by the half-open test, for each leaf. */
async function perLeaf(
  tx: Tx,
  plan: PlanKey,
  table: string,
  revision: number | undefined,
  condition: RawBuilder<boolean>,
  joined: RawBuilder<unknown> = sql``,
): Promise<PerGrid> {
  const { rows } = await sql<{ id: string; count: number }>`
    with leaf as materialized (
      select grid_id, geom, st_boundary(geom) as border
      from (select g.grid_id, st_setsrid(g.geom, 4326) as geom from grid_version g
        where g.county = ${plan.county} and g.plan_id = ${plan.plan_id} and g.leaf and ${aliveAt(revision)}) as given
    )
    select leaf.grid_id as id, count(*)::integer as count
    from leaf join ${sql.table(table)} i on i.county = ${plan.county} and i.point && leaf.geom
      and ${ownsPoint('leaf.geom', 'leaf.border', 'i.point')} ${joined}
    where ${condition}
    group by leaf.grid_id`.execute(tx)
  return toMap(rows)
}

async function any(tx: Tx, table: string, county: string): Promise<boolean> {
  const { rows } = await sql<{ any: boolean }>`
    select exists (select from ${sql.table(table)} where county = ${county}) as any`.execute(tx)
  return rows[0]!.any
}
