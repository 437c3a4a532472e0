// Which leaf of a plan each incident of the columns lies in, in their order: what counts by grid add up while a slider moves.
import { sql } from 'kysely'
import { packLeaves } from '../../core/contract/incident-columns.ts'
import type { Tx } from '../db/database.ts'
import { aliveAt, type PlanKey } from '../plans/queries.ts'
import { ownsPoint } from '../registry/ground.ts'
import type { IncidentsState } from './columns.ts'

/** @param revision a known one of the plan */
export async function leavesOf(
  tx: Tx,
  plan: PlanKey,
  revision: number,
  state: IncidentsState,
): Promise<Uint8Array> {
  const { rows } = await sql<{ leaves: string[] | null; leaf: string | null }>`
    with leaf as materialized (
      select grid_id, row_number() over (order by code) as number, geom, st_boundary(geom) as border
      from (select g.grid_id, g.code, st_setsrid(g.geom, 4326) as geom from grid_version g
        where g.county = ${plan.county} and g.plan_id = ${plan.plan_id} and g.leaf and ${aliveAt(revision)}) as given
    ), inside as materialized (
      select i.id, leaf.number
      from leaf join incident i on i.county = ${plan.county} and i.point && leaf.geom
        and ${ownsPoint('leaf.geom', 'leaf.border', 'i.point')}
    ), ordered as materialized (
      select coalesce(inside.number, 0) as number
      from incident i left join inside on inside.id = i.id
      where i.county = ${plan.county} and i.point is not null
      order by i.reported_at, i.id
    )
    select (select array_agg(grid_id::text order by number) from leaf) as leaves,
      (select string_agg(number::text, ',') from ordered) as leaf`.execute(tx)
  const { leaves, leaf } = rows[0]!
  return packLeaves({
    version: state.tag,
    plan: plan.plan_id,
    revision,
    leaves: ['', ...(leaves ?? [])],
    leaf: Uint32Array.from(leaf ? leaf.split(',') : [], Number),
  })
}
