// SQL for plans and the grids in them.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { LevelProfile, Plan } from '../../core/contract/plans.ts'
import {
  areaSquareMetres,
  fromGeoJson,
  type Grid,
  type Shape,
  type Tally,
  toGeoJson,
} from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { isDemo } from '../demo/queries.ts'

/** A grid with its totals, as the kernel and the journal know it. */
export interface TalliedGrid extends Grid, Tally {}

/** A plan's place in the county-first keys. */
export interface PlanKey {
  county: string
  plan_id: string
}

export const boxOf = (geom: string) => {
  const column = sql.ref(geom)
  return sql<Box>`jsonb_build_array(st_xmin(${column}), st_ymin(${column}), st_xmax(${column}), st_ymax(${column}))`
}

export const listProfiles = (tx: Tx): Promise<LevelProfile[]> =>
  tx.selectFrom('level_profile').selectAll().orderBy('profile').execute()

/** Plans with their size; `undo` and `redo` are for the actor who asks. */
export async function listPlans(
  tx: Tx,
  actor: string,
  only: { id?: string; area?: string } = {},
): Promise<Plan[]> {
  let query = tx
    .selectFrom('plan as p')
    .innerJoin('area as a', join =>
      join.onRef('a.county', '=', 'p.county').onRef('a.code', '=', 'p.area_code'),
    )
    .select([
      'p.plan_id as id',
      'p.name',
      'p.area_code as area',
      'a.name as areaName',
      'p.county',
      'p.profile',
    ])
    .select(['p.state', 'p.revision', 'p.grids', 'p.created_by as createdBy'])
    .select(['p.created_at', 'p.changed_at', boxOf('a.geom').as('bbox'), isDemo('p.county').as('demo')])
    .select(eb =>
      eb
        .exists(
          eb
            .selectFrom('building as b')
            .select('b.id')
            .whereRef('b.county', '=', 'p.county')
            .where('b.people_source', '=', 'spread')
            .where('b.persons', '>', 0)
            .where(sql<boolean>`b.point && a.geom`),
        )
        .as('synthetic'),
    )
  if (only.id) query = query.where('p.plan_id', '=', only.id)
  if (only.area) query = query.where('p.area_code', '=', only.area)
  const rows = await query.orderBy('p.changed_at', 'desc').execute()
  const available = await undoAndRedo(
    tx,
    actor,
    rows.map(row => row.id),
  )
  return rows.map(({ created_at, changed_at, synthetic, ...plan }) => ({
    ...plan,
    synthetic: Boolean(synthetic),
    createdAt: created_at.toISOString(),
    changedAt: changed_at.toISOString(),
    undo: available.get(plan.id)?.undo ?? null,
    redo: available.get(plan.id)?.redo ?? null,
  }))
}

export async function findPlan(tx: Tx, actor: string, id: string): Promise<Plan | undefined> {
  return (await listPlans(tx, actor, { id }))[0]
}

/**
 * For each plan: the caller's latest live edit, and the caller's latest live undo that no newer edit of theirs has
 * made obsolete. An edit is live unless a live undo names it.
 */
export async function undoAndRedo(
  tx: Tx,
  actor: string,
  planIds: readonly string[],
): Promise<Map<string, { undo: number | null; redo: number | null }>> {
  const found = new Map<string, { undo: number | null; redo: number | null }>()
  if (planIds.length === 0) return found
  const rows = await tx
    .selectFrom('edit as e')
    .select(['e.plan_id', 'e.kind', sql<number>`max(e.revision)::integer`.as('revision')])
    .where('e.plan_id', 'in', [...planIds])
    .where('e.actor', '=', actor)
    .where(live('e'))
    .where('e.kind', '!=', 'redo')
    .groupBy(['e.plan_id', 'e.kind'])
    .execute()
  for (const { plan_id, kind, revision } of rows) {
    const entry = found.get(plan_id) ?? { undo: null, redo: null }
    if (kind === 'undo') entry.redo = Math.max(entry.redo ?? 0, revision)
    else entry.undo = Math.max(entry.undo ?? 0, revision)
    found.set(plan_id, entry)
  }
  const newest = await tx
    .selectFrom('edit')
    .select(['plan_id', sql<number>`max(revision)::integer`.as('revision')])
    .where('plan_id', 'in', [...planIds])
    .where('actor', '=', actor)
    .where('kind', 'not in', ['undo', 'redo'])
    .groupBy('plan_id')
    .execute()
  for (const { plan_id, revision } of newest) {
    const entry = found.get(plan_id)
    if (entry?.redo && entry.redo < revision) entry.redo = null
  }
  return found
}

/** True for edits that no live undo names. An undo is itself undone by a redo. */
export const live = (alias: string) => {
  const e = (column: string) => sql.ref(`${alias}.${column}`)
  return sql<boolean>`not exists (
    select from edit u
    where u.county = ${e('county')} and u.plan_id = ${e('plan_id')} and u.undoes_revision = ${e('revision')}
      and not exists (
        select from edit r
        where r.county = u.county and r.plan_id = u.plan_id and r.undoes_revision = u.revision and r.kind = 'redo'
      ))`
}

/** What an edit must know of its plan. */
export interface PlanRow extends PlanKey {
  area_code: string
  areaName: string
  state: Plan['state']
  revision: number
  /** How many there are. */
  grids: number
  demo: boolean
}

/** The plan's row; with `lock` edits of this plan wait for each other. */
export const planRow = (tx: Tx, id: string, options: { lock: boolean }): Promise<PlanRow | undefined> =>
  tx
    .selectFrom('plan as p')
    .innerJoin('area as a', join =>
      join.onRef('a.county', '=', 'p.county').onRef('a.code', '=', 'p.area_code'),
    )
    .select([
      'p.county',
      'p.plan_id',
      'p.area_code',
      'a.name as areaName',
      'p.state',
      'p.revision',
      'p.grids',
    ])
    .select(isDemo('p.county').as('demo'))
    .where('p.plan_id', '=', id)
    .$if(options.lock, query => query.forUpdate('p'))
    .executeTakeFirst()

export async function insertPlan(
  tx: Tx,
  plan: PlanKey & { area_code: string; name: string; profile: string; grids: number; created_by: string },
): Promise<void> {
  await tx.insertInto('plan').values(plan).execute()
}

/** @param more grids created less grids removed */
export async function setRevision(tx: Tx, key: PlanKey, revision: number, more: number): Promise<void> {
  await tx
    .updateTable('plan')
    .set({ revision, grids: sql`grids + ${more}`, changed_at: sql`now()` })
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .execute()
}

/** Versions alive at a revision; the present when none is named. */
export const aliveAt = (revision?: number) =>
  revision === undefined
    ? sql<boolean>`to_revision is null`
    : sql<boolean>`from_revision <= ${sql.lit(revision)} and (to_revision is null or to_revision > ${sql.lit(revision)})`

/** The grids of a plan, under the name `g`: the present ones, or those of a revision. */
export const gridsOf = (tx: Tx, key: PlanKey, revision?: number) =>
  tx
    .selectFrom('grid_version as g')
    .where('g.county', '=', key.county)
    .where('g.plan_id', '=', key.plan_id)
    .where(aliveAt(revision))

const summaryColumns = [
  'g.grid_id as id',
  'g.level',
  'g.parent_id as parent',
  'g.leaf',
  'g.code',
  'g.name',
  'g.kind',
  'g.locked',
  'g.persons',
  'g.households',
  'g.buildings',
  'g.area_m2 as areaSquareMetres',
] as const

export const listGrids = (
  tx: Tx,
  key: PlanKey,
  only: { revision?: number; level?: number; ids?: readonly string[]; parent?: string; since?: number } = {},
): Promise<GridSummary[]> => {
  if (only.ids?.length === 0) return Promise.resolve([])
  let query = gridsOf(tx, key, only.revision).select(summaryColumns).select(boxOf('g.geom').as('bbox'))
  if (only.level) query = query.where('g.level', '=', only.level as GridSummary['level'])
  if (only.ids) query = query.where('g.grid_id', 'in', [...only.ids])
  if (only.parent) query = query.where('g.parent_id', '=', only.parent)
  if (only.since !== undefined) query = query.where('g.from_revision', '>', only.since)
  return query.orderBy('g.code').execute()
}

/** A grid as stored, with the revision its present version dates from. */
export interface StoredGrid extends TalliedGrid {
  fromRevision: number
}

/** About half a metre: no border can bend further than this away from a cut. */
const REACH = 5e-6

/** Whole grids for the kernel: the named ones, those near a box, or all of the plan. */
async function loadGrids(
  tx: Tx,
  key: PlanKey,
  where: { revision?: number; ids?: readonly string[]; near?: Box },
): Promise<StoredGrid[]> {
  if (where.ids?.length === 0) return []
  let query = gridsOf(tx, key, where.revision)
    .select(summaryColumns)
    .select(['g.from_revision as fromRevision', sql<string>`st_asgeojson(g.geom, 7)`.as('geojson')])
  if (where.ids) query = query.where('g.grid_id', 'in', [...where.ids])
  if (where.near) {
    const [west, south, east, north] = where.near
    query = query.where(
      sql<boolean>`g.geom && st_makeenvelope(${west - REACH}, ${south - REACH}, ${east + REACH}, ${north + REACH}, 4326)`,
    )
  }
  const rows = await query.orderBy('g.code').execute()
  return rows.map(({ geojson, areaSquareMetres: _, ...grid }) => ({
    ...grid,
    shape: fromGeoJson(JSON.parse(geojson)),
  }))
}

/**
 * What the kernel needs to edit some grids: themselves, their descendants and ancestors, and every grid whose box comes
 * near theirs, so that all neighbours and the second ring of a bent border are there.
 */
export async function loadAround(
  tx: Tx,
  key: PlanKey,
  targets: readonly string[],
  revision?: number,
  also: Box | null = null,
): Promise<StoredGrid[]> {
  if (targets.length === 0) return also ? loadGrids(tx, key, { revision, near: also }) : []
  const { box } = await gridsOf(tx, key, revision)
    .where('g.grid_id', 'in', [...targets])
    .select(
      sql<Box | null>`case when count(*) > 0 then jsonb_build_array(
        min(st_xmin(g.geom)), min(st_ymin(g.geom)), max(st_xmax(g.geom)), max(st_ymax(g.geom))) end`.as(
        'box',
      ),
    )
    .executeTakeFirstOrThrow()
  // The box goes back as a constant: with a joined one the planner reads every grid of the plan.
  const near = box && also ? boxOfBoth(box, also) : (box ?? also)
  return near ? loadGrids(tx, key, { revision, near }) : []
}

const boxOfBoth = (one: Box, other: Box): Box => [
  Math.min(one[0], other[0]),
  Math.min(one[1], other[1]),
  Math.max(one[2], other[2]),
  Math.max(one[3], other[3]),
]

/** The revision at which each of some plans is. */
export async function revisionsOf(tx: Tx, plans: readonly string[]): Promise<Map<string, number>> {
  if (plans.length === 0) return new Map()
  const rows = await tx
    .selectFrom('plan')
    .select(['plan_id', 'revision'])
    .where('plan_id', 'in', [...plans])
    .execute()
  return new Map(rows.map(row => [row.plan_id, row.revision]))
}

/** The leaves whose box meets a box in degrees. */
export async function leavesAt(tx: Tx, key: PlanKey, [west, south, east, north]: Box): Promise<string[]> {
  const rows = await gridsOf(tx, key)
    .select('g.grid_id')
    .where('g.leaf', '=', true)
    .where(sql<boolean>`g.geom && st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4326)`)
    .execute()
  return rows.map(row => row.grid_id)
}

/** Which other grid a code was ever given to, if any. */
export async function otherHolderOfCode(
  tx: Tx,
  key: PlanKey,
  code: string,
  grid: string,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom('grid_version')
    .select('grid_id')
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('code', '=', code)
    .where('grid_id', '!=', grid)
    .limit(1)
    .executeTakeFirst()
  return row?.grid_id
}

export const loadAll = (tx: Tx, key: PlanKey, revision?: number): Promise<StoredGrid[]> =>
  loadGrids(tx, key, { revision })

export const loadByIds = (
  tx: Tx,
  key: PlanKey,
  ids: readonly string[],
  revision?: number,
): Promise<StoredGrid[]> => loadGrids(tx, key, { ids, revision })

/** Closes versions at a revision. @returns how many were open */
export async function closeVersions(
  tx: Tx,
  key: PlanKey,
  ids: readonly string[],
  revision: number,
): Promise<number> {
  if (ids.length === 0) return 0
  const result = await tx
    .updateTable('grid_version')
    .set({ to_revision: revision })
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('grid_id', 'in', [...ids])
    .where('to_revision', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

const geometryOf = (shape: Shape) =>
  sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(toGeoJson(shape))}), 4326)`

/** Opens a version of each grid at a revision, and notes its code as given. */
export async function openVersions(
  tx: Tx,
  key: PlanKey,
  grids: readonly TalliedGrid[],
  revision: number,
): Promise<void> {
  for (let start = 0; start < grids.length; start += PIECE)
    await openSome(tx, key, grids.slice(start, start + PIECE), revision)
}

/** A statement has at most 65,535 parameters; a version takes 17. */
const PIECE = 2000

async function openSome(
  tx: Tx,
  key: PlanKey,
  grids: readonly TalliedGrid[],
  revision: number,
): Promise<void> {
  await tx
    .insertInto('grid_version')
    .values(
      grids.map(grid => ({
        county: key.county,
        plan_id: key.plan_id,
        grid_id: grid.id,
        from_revision: revision,
        to_revision: null,
        level: grid.level,
        parent_id: grid.parent,
        leaf: grid.leaf,
        code: grid.code,
        name: grid.name,
        kind: grid.kind,
        locked: grid.locked,
        geom: geometryOf(grid.shape),
        area_m2: areaSquareMetres(grid.shape),
        persons: grid.persons,
        households: grid.households,
        buildings: grid.buildings,
      })),
    )
    .execute()
  await tx
    .insertInto('grid_code')
    .values(
      grids.map(grid => ({ county: key.county, plan_id: key.plan_id, code: grid.code, grid_id: grid.id })),
    )
    .onConflict(conflict => conflict.columns(['county', 'plan_id', 'code']).doNothing())
    .execute()
}

/** Every code the plan has ever given that begins so. The column sorts by bytes, and ":" comes after "9". */
export async function codesGiven(tx: Tx, key: PlanKey, prefix: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('grid_code')
    .select('code')
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('code', '>=', prefix)
    .where('code', '<', `${prefix}:`)
    .execute()
  return rows.map(row => row.code)
}

/** Since which revision each of these grids is as it is now; the ones that are gone are missing. */
export async function presentSince(
  tx: Tx,
  key: PlanKey,
  ids: readonly string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map()
  const rows = await gridsOf(tx, key)
    .select(['g.grid_id', 'g.from_revision'])
    .where('g.grid_id', 'in', [...ids])
    .execute()
  return new Map(rows.map(row => [row.grid_id, row.from_revision]))
}

/** The revision at which a grid last changed or went, alive or gone: for telling "just merged" from "never was". */
export async function lastVersion(tx: Tx, key: PlanKey, grid: string): Promise<number | undefined> {
  const row = await tx
    .selectFrom('grid_version')
    .select(sql<number>`coalesce(to_revision, from_revision)`.as('revision'))
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('grid_id', '=', grid)
    .orderBy('from_revision', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.revision
}
