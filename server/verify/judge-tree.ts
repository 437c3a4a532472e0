// Judges what is written on the grids of a plan: parents, leaf flags, their number, and codes that are given once.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import { type Fault, type FaultName, faultOf } from './faults.ts'
import { present } from './present.ts'

interface Found {
  readonly ids: string[]
  readonly detail: string
}

export async function judgeTree(tx: Tx, key: PlanKey): Promise<Fault[]> {
  const checks: readonly (readonly [FaultName, RawBuilder<Found>])[] = [
    [
      'bad-parent',
      sql`
        select array[g.grid_id] as ids, g.code || ', level ' || g.level || ', under level ' || coalesce(p.level::text, 'none') as detail
        from grid_version g
        left join grid_version p on ${present('p', key)} and p.grid_id = g.parent_id
        where ${present('g', key)} and g.parent_id is not null and p.level is distinct from g.level - 1`,
    ],
    [
      'leaf-with-children',
      sql`
        select array[g.grid_id] as ids, g.code as detail from grid_version g
        where ${present('g', key)} and g.leaf and exists (
          select from grid_version c where ${present('c', key)} and c.parent_id = g.grid_id)`,
    ],
    [
      'no-children',
      sql`
        select array[g.grid_id] as ids, g.code as detail from grid_version g
        where ${present('g', key)} and not g.leaf and not exists (
          select from grid_version c where ${present('c', key)} and c.parent_id = g.grid_id)`,
    ],
    [
      'grid-count',
      sql`
        select '{}'::uuid[] as ids, p.grids || ' said, ' || counted.grids || ' counted' as detail
        from plan p, lateral (select count(*) as grids from grid_version g where ${present('g', key)}) counted
        where p.county = ${key.county} and p.plan_id = ${key.plan_id} and p.grids <> counted.grids`,
    ],
    [
      'code-duplicate',
      sql`
        select array_agg(grid_id order by grid_id) as ids, code as detail from grid_version g
        where ${present('g', key)} group by code having count(*) > 1`,
    ],
    ['code-unknown', codeOwner(key, sql`c.grid_id is null`)],
    [
      // Numbering anew is the one act that may give a code again; undo and redo bring back what had been.
      'code-reused',
      codeOwner(
        key,
        sql`c.grid_id <> g.grid_id and not exists (
          select from edit e where e.county = g.county and e.plan_id = g.plan_id
            and e.revision = g.from_revision and e.kind in ('renumber', 'undo', 'redo')
        ) and not exists (
          select from grid_version p where p.county = g.county and p.plan_id = g.plan_id
            and p.grid_id = g.grid_id and p.to_revision = g.from_revision and p.code = g.code)`,
      ),
    ],
    [
      // Re-parenting and merging keep codes, so it is not always the present parent's.
      'code-prefix',
      sql`
        select array[g.grid_id] as ids, g.code as detail from grid_version g
        where ${present('g', key)} and case when g.level = 1
          then left(g.code, 6) <> g.county
          else not exists (
            select from grid_code c where c.county = g.county and c.plan_id = g.plan_id
              and c.code = left(g.code, greatest(length(g.code) - 2, 0)) collate "C")
          end`,
    ],
  ]
  const faults: Fault[] = []
  for (const [fault, query] of checks) {
    const { rows } = await query.execute(tx)
    faults.push(...rows.map(({ ids, detail }) => faultOf(fault, { grids: ids, detail })))
  }
  return faults
}

/** Of all versions, past ones too: whose code it was when it was given out. */
const codeOwner = (key: PlanKey, wrong: RawBuilder<unknown>): RawBuilder<Found> => sql`
  select distinct array_remove(array[g.grid_id, c.grid_id], null) as ids, g.code as detail
  from grid_version g
  left join grid_code c on c.county = g.county and c.plan_id = g.plan_id and c.code = g.code collate "C"
  where g.county = ${key.county} and g.plan_id = ${key.plan_id} and ${wrong}`
