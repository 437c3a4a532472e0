// Withdraws an import whole: rows it added go, rows it changed are as they were; refused where later work depends on it.
import { sql } from 'kysely'
import type { ImportWithdrawn } from '../../core/contract/imports.ts'
import type { Actor, Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { keepCountyTotals } from '../grids/keep-totals.ts'
import { bumpLayer } from '../layers/queries.ts'
import { refreshTallies } from '../plans/refresh-tallies.ts'
import { undoSpread } from '../registry/spread-people.ts'
import { refreshSearch } from '../search/refresh-search.ts'
import { countHouseholds } from './count-households.ts'
import { withdrawPlan } from './grids/withdraw-plan.ts'
import { LAYER_TABLES, type TableLayer } from './layer-tables.ts'

/** Areas lie in the county that their code says, whichever the import was for. */
const ofCounty = (table: string, county: string, column: 'county' | 't.county' | 'b.county') =>
  table === 'area' ? sql`true` : sql`${sql.ref(column)} = ${county}`

const keyOf = (table: string) => (table === 'area' ? sql`t.code` : sql`t.id::text`)

interface Logged {
  readonly county: string
  readonly import_id: string
  readonly layer: string
  readonly withdrawn_at: Date | null
}

export async function withdrawImport(tx: Tx, actor: Actor, id: string): Promise<ImportWithdrawn> {
  const { rows: parts } = await sql<Logged>`
    select county, import_id, layer, withdrawn_at from import
    where coalesce(run_id, import_id) = ${id}::uuid
    order by county, import_id for update`.execute(tx)
  if (parts.length === 0) throw new ProblemError('unknown-import')
  if (parts.some(part => part.withdrawn_at !== null)) throw new ProblemError('withdrawn-already')
  let removed = 0
  let restored = 0
  const touched = new Set<string>()
  for (const part of parts) {
    if (part.layer === 'grids') {
      removed += await withdrawPlan(tx, part.county, part.import_id)
      touched.add(part.county)
      continue
    }
    const table = tableOf(part.layer)
    await refuseWhenNeeded(tx, part, table)
    const buildings = await buildingsOf(tx, part)
    const counties = await countiesOf(tx, part, table)
    if (part.layer === 'staff')
      await sql`delete from post where county = ${part.county} and import_id = ${part.import_id}::uuid`.execute(
        tx,
      )
    await undoSpread(tx, part.county, part.import_id)
    restored += await restore(tx, part, table)
    removed += await remove(tx, part, table)
    if (part.layer === 'households' || part.layer === 'residents')
      await countHouseholds(tx, part.county, buildings)
    for (const county of counties) {
      await bumpLayer(tx, county, part.layer)
      touched.add(county)
    }
  }
  await sql`
    update import set withdrawn_at = now(), withdrawn_by = ${actor.name}
    where coalesce(run_id, import_id) = ${id}::uuid`.execute(tx)
  await sql`delete from import_rejects where run_id = ${id}::uuid`.execute(tx)
  for (const county of touched) {
    await refreshSearch(tx, county)
    if (parts.some(part => ['buildings', 'households', 'residents'].includes(part.layer)))
      await refreshTallies(tx, county)
    await keepCountyTotals(tx, county)
  }
  return { id, removed, restored }
}

function tableOf(layer: string): string {
  if (layer === 'areas') return 'area'
  const found = LAYER_TABLES[layer as TableLayer]
  // The generator's own row: a demo place goes as a whole, by `huage demo`.
  if (!found) throw new ProblemError('unknown-import')
  return found.table
}

/** What refers to rows of an import, by table. */
const DEPENDANTS: Record<string, readonly (readonly [table: string, condition: string])[]> = {
  building: [
    ['household', 'd.building_id = t.id'],
    ['organisation', 'd.building_id = t.id'],
    ['address', 'd.building_id = t.id'],
  ],
  household: [
    ['resident', 'd.household_id = t.id'],
    ['visit', 'd.household_id = t.id'],
  ],
  road: [['post', 'd.road_id = t.id']],
  water: [['post', 'd.water_id = t.id']],
  organisation: [['visit', 'd.organisation_id = t.id']],
  staff: [
    ['visit', 'd.staff_id = t.id'],
    ['matter', 'd.staff_id = t.id'],
    ['incident', 'd.staff_id = t.id'],
  ],
  incident: [['incident_step', 'd.incident_id = t.id and d.number > 1']],
  area: [['plan', 'd.area_code = t.code']],
}

async function refuseWhenNeeded(tx: Tx, part: Logged, table: string): Promise<void> {
  // A later import that changed rows of this one holds what they were then.
  const { rows } = await sql<{ file: string }>`
    select i.file_name as file from import_before b
    join import i on i.import_id = b.import_id
    where ${ofCounty(table, part.county, 'b.county')} and b.table_name = ${table} and i.withdrawn_at is null
      and b.row_before->>'import_id' = ${part.import_id} limit 1`.execute(tx)
  if (rows[0])
    throw new ProblemError('needed-later', {
      sentence: {
        zh: `之后导入的“${rows[0].file}”改动了这次导入的内容。请先撤回那一次。`,
        en: `"${rows[0].file}", imported later, has changed rows of this import. Withdraw that one first.`,
      },
    })
  for (const [dependant, condition] of DEPENDANTS[table] ?? []) {
    const found = await sql<{ count: number }>`
      select count(*)::integer as count from ${sql.table(dependant)} d
      where exists (
        select from ${sql.table(table)} t where ${ofCounty(table, part.county, 't.county')} and t.county = d.county and t.import_id = ${part.import_id}::uuid
          and not exists (select from import_before b where b.county = t.county and b.import_id = t.import_id
            and b.table_name = ${table} and b.id = ${keyOf(table)})
          and ${sql.raw(condition)})`.execute(tx)
    const { count } = found.rows[0]!
    if (count > 0)
      throw new ProblemError('needed-later', {
        where: `${WHAT[dependant]?.zh ?? dependant} / ${dependant}: ${count}`,
      })
  }
}

const WHAT: Record<string, { zh: string }> = {
  household: { zh: '住户' },
  organisation: { zh: '单位' },
  address: { zh: '地址' },
  resident: { zh: '居民' },
  visit: { zh: '走访' },
  post: { zh: '岗位' },
  matter: { zh: '事项' },
  incident: { zh: '事件' },
  incident_step: { zh: '事件处置步骤' },
  plan: { zh: '划分方案' },
}

/** Columns that the database makes itself cannot be written back. */
const GENERATED: Record<string, readonly string[]> = { address: ['written'], area: ['parent_code'] }

async function restore(tx: Tx, part: Logged, table: string): Promise<number> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`.execute(tx)
  const columns = rows.map(({ name }) => name).filter(name => !GENERATED[table]?.includes(name))
  const set = columns.map(name => `${quoted(name)} = was.${quoted(name)}`).join(', ')
  const result = await sql`
    update ${sql.table(table)} t set ${sql.raw(set)}
    from import_before b, jsonb_populate_record(null::${sql.table(table)}, b.row_before) was
    where ${ofCounty(table, part.county, 'b.county')} and b.import_id = ${part.import_id}::uuid and b.table_name = ${table}
      and t.county = b.county and ${keyOf(table)} = b.id and t.import_id = ${part.import_id}::uuid`.execute(
    tx,
  )
  return Number(result.numAffectedRows ?? 0)
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

async function remove(tx: Tx, part: Logged, table: string): Promise<number> {
  if (table === 'incident')
    await sql`
      delete from incident_event e using incident t where t.county = ${part.county}
        and t.import_id = ${part.import_id}::uuid and e.county = t.county and e.incident_id = t.id`.execute(
      tx,
    )
  const result = await sql`
    delete from ${sql.table(table)} where ${ofCounty(table, part.county, 'county')} and import_id = ${part.import_id}::uuid`.execute(
    tx,
  )
  if (table === 'catalogue_feature')
    await sql`
      delete from catalogue_layer l where l.county = ${part.county}
        and not exists (select from catalogue_feature f where f.county = l.county and f.layer_id = l.layer_id)`.execute(
      tx,
    )
  return Number(result.numAffectedRows ?? 0)
}

async function countiesOf(tx: Tx, part: Logged, table: string): Promise<string[]> {
  if (table !== 'area') return [part.county]
  const { rows } = await sql<{ county: string }>`
    select distinct county from area where import_id = ${part.import_id}::uuid order by county`.execute(tx)
  return rows.map(({ county }) => county)
}

/** Whose people are to be counted again. */
async function buildingsOf(tx: Tx, { county, import_id, layer }: Logged): Promise<string[]> {
  if (layer !== 'households' && layer !== 'residents') return []
  const { rows } = await sql<{ id: string }>`
    select distinct h.building_id as id from household h
    where h.county = ${county} and h.building_id is not null and ${
      layer === 'households'
        ? sql`h.import_id = ${import_id}::uuid`
        : sql`exists (select from resident r where r.county = h.county and r.household_id = h.id
            and r.import_id = ${import_id}::uuid)`
    }`.execute(tx)
  return rows.map(({ id }) => id)
}
