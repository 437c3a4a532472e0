// Replays a plan's journal from revision 0: every edit must close and open exactly the versions that are stored.
import { sql } from 'kysely'
import { fromGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import type { PlanKey, TalliedGrid } from '../plans/queries.ts'
import { type Fault, faultOf } from './faults.ts'

const EDITS_AT_ONCE = 50

/** A version as stored, without the totals: those move on with the people. */
interface Version extends Omit<TalliedGrid, 'persons' | 'households' | 'buildings'> {
  readonly from: number
  readonly to: number | null
}

export async function replayJournal(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const faults = [...(await revisionFaults(tx, key)), ...(await versionFaults(tx, key))]
  let after = 0
  for (;;) {
    const edits = await tx
      .selectFrom('edit')
      .select(['revision', 'before', 'after'])
      .where('county', '=', key.county)
      .where('plan_id', '=', key.plan_id)
      .where('revision', '>', after)
      .orderBy('revision')
      .limit(EDITS_AT_ONCE)
      .execute()
    const last = edits.at(-1)
    if (!last) return faults
    const versions = await versionsTouched(tx, key, after + 1, last.revision)
    for (const { revision, before, after: opened } of edits) {
      const sides = [
        ['before', before as TalliedGrid[], versions.filter(version => version.to === revision)],
        ['after', opened as TalliedGrid[], versions.filter(version => version.from === revision)],
      ] as const
      for (const [side, told, stored] of sides) faults.push(...compare(revision, side, told, stored))
    }
    after = last.revision
  }
}

/** The same set of grids on both sides, each the same to the last position. */
function* compare(
  revision: number,
  side: 'before' | 'after',
  told: readonly TalliedGrid[],
  stored: readonly Version[],
): Generator<Fault> {
  const where = `revision ${revision}, ${side}`
  const versions = new Map(stored.map(version => [version.id, version]))
  for (const grid of told) {
    const version = versions.get(grid.id)
    versions.delete(grid.id)
    const differing = version ? differences(grid, version) : ['not stored']
    if (differing.length > 0)
      yield faultOf('journal-differs', { grids: [grid.id], detail: `${where}: ${differing.join(', ')}` })
  }
  for (const id of versions.keys())
    yield faultOf('journal-differs', { grids: [id], detail: `${where}: stored, not in the journal` })
}

const WRITTEN = ['level', 'parent', 'leaf', 'code', 'name', 'kind', 'locked'] as const

function differences(grid: TalliedGrid, version: Version): string[] {
  const names: string[] = WRITTEN.filter(name => grid[name] !== version[name])
  if (JSON.stringify(grid.shape) !== JSON.stringify(version.shape)) names.push('outline')
  return names
}

async function versionsTouched(tx: Tx, key: PlanKey, from: number, to: number): Promise<Version[]> {
  const { rows } = await sql<Omit<Version, 'shape'> & { geojson: string }>`
    select grid_id as id, from_revision as from, to_revision as to, level, parent_id as parent, leaf, code, name, kind,
      locked, st_asgeojson(geom, 7) as geojson
    from grid_version
    where county = ${key.county} and plan_id = ${key.plan_id}
      and (from_revision between ${from} and ${to} or to_revision between ${from} and ${to})`.execute(tx)
  return rows.map(({ geojson, ...version }) => ({ ...version, shape: fromGeoJson(JSON.parse(geojson)) }))
}

/** Revisions run from 1 to the plan's, and every version dates from one of them. */
async function revisionFaults(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const { rows } = await sql<{ detail: string }>`
    select 'the plan is at revision ' || p.revision || ', the journal has ' || journal.count || ' edits from '
      || coalesce(journal.least::text, '-') || ' to ' || coalesce(journal.most::text, '-') as detail
    from plan p, lateral (
      select count(*) as count, min(revision) as least, max(revision) as most from edit e
      where e.county = p.county and e.plan_id = p.plan_id) journal
    where p.county = ${key.county} and p.plan_id = ${key.plan_id}
      and (journal.count <> p.revision or coalesce(journal.least, 1) <> 1 or coalesce(journal.most, 0) <> p.revision)
    union all
    select 'a version of ' || g.grid_id || ' is of revision ' || touched.revision || ', which the plan has not had'
    from plan p join grid_version g using (county, plan_id),
      lateral (values (g.from_revision), (g.to_revision)) touched (revision)
    where p.county = ${key.county} and p.plan_id = ${key.plan_id} and (touched.revision > p.revision or touched.revision < 0)`.execute(
    tx,
  )
  return rows.map(({ detail }) => faultOf('journal-gap', { detail }))
}

/** A grid has one version at a time. */
async function versionFaults(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const { rows } = await sql<{ id: string; revision: number }>`
    select id, revision from (
      select grid_id as id, from_revision as revision,
        lag(coalesce(to_revision, 2147483647)) over (partition by grid_id order by from_revision) as before
      from grid_version where county = ${key.county} and plan_id = ${key.plan_id}) as version
    where before > revision`.execute(tx)
  return rows.map(({ id, revision }) =>
    faultOf('version-overlap', { grids: [id], detail: `at revision ${revision}` }),
  )
}
