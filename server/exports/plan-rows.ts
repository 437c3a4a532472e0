// The grids of a plan as rows to export: each with the names, codes and totals that a planner's table has.
import { sql } from 'kysely'
import type { LevelProfile } from '../../core/contract/plans.ts'
import { fromGeoJson, type GridKind, interiorPoint, LATTICE } from '../../core/topology/index.ts'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { gridsOf, type PlanKey } from '../plans/queries.ts'
import { ExportRefused } from './export-refused.ts'
import type { Exported, ExportRow, Field } from './rows.ts'

const KINDS: Readonly<Record<GridKind, string>> = {
  basic: '基础',
  special: '专属',
  street: '街路',
  enterprise: '企业',
  development: '开发区',
}
const FIELDS: readonly Field[] = [
  { name: 'code', zh: '网格编码' },
  { name: 'name', zh: '网格名称', width: 254 },
  { name: 'level', zh: '层级' },
  { name: 'level_name', zh: '层级名称' },
  { name: 'parent', zh: '上级编码' },
  { name: 'kind', zh: '网格类型', words: KINDS },
  { name: 'persons', zh: '人口' },
  { name: 'households', zh: '户数' },
  { name: 'buildings', zh: '楼栋数' },
  { name: 'area_m2', zh: '面积(平方米)' },
]
const PAGE = 1000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Throws `ExportRefused` when there is no such plan. */
export async function planToExport(database: Database, actor: Actor, id: string): Promise<Exported> {
  const plan = await inScope(database, actor, tx => head(tx, id))
  return {
    name: 'grids',
    fields: FIELDS,
    count: plan.codes.size,
    async *pages() {
      let after = ''
      for (;;) {
        const rows = await inScope(database, actor, tx => page(tx, plan, after))
        yield rows.map(({ geometry, parent, ...row }): ExportRow => {
          const [x, y] = interiorPoint(fromGeoJson(JSON.parse(geometry)))
          return {
            values: {
              ...row,
              level_name: plan.levels[row.level - 1]?.name.zh ?? null,
              parent: plan.codes.get(parent ?? '') ?? null,
              area_m2: Math.round(row.area_m2 * 100) / 100,
            },
            geometry,
            inside: [x / LATTICE, y / LATTICE],
          }
        })
        if (rows.length < PAGE) return
        after = rows.at(-1)!.code
      }
    },
  }
}

interface Head extends PlanKey {
  /** Pages show this one, whatever is edited while they are read. */
  readonly revision: number
  readonly levels: LevelProfile['levels']
  /** Of each grid. */
  readonly codes: ReadonlyMap<string, string>
}

async function head(tx: Tx, id: string): Promise<Head> {
  const plan = UUID.test(id)
    ? await tx
        .selectFrom('plan')
        .innerJoin('level_profile as l', 'l.profile', 'plan.profile')
        .select(['plan.county', 'plan.plan_id', 'plan.revision', 'l.levels'])
        .where('plan.plan_id', '=', id)
        .executeTakeFirst()
    : undefined
  if (!plan) throw noSuchPlan(id)
  const grids = await gridsOf(tx, plan, plan.revision).select(['g.grid_id', 'g.code']).execute()
  return { ...plan, codes: new Map(grids.map(grid => [grid.grid_id, grid.code])) }
}

const page = (tx: Tx, plan: Head, after: string) =>
  gridsOf(tx, plan, plan.revision)
    .select(['g.code', 'g.name', 'g.level', 'g.parent_id as parent', 'g.kind'])
    .select(['g.persons', 'g.households', 'g.buildings', 'g.area_m2'])
    .select(sql<string>`st_asgeojson(g.geom, 7)`.as('geometry'))
    .where('g.code', '>', after)
    .orderBy('g.code')
    .limit(PAGE)
    .execute()

const noSuchPlan = (id: string) =>
  new ExportRefused('unknown-plan', {
    zh: `没有划分方案“${id}”。`,
    en: `There is no plan "${id}".`,
  })
