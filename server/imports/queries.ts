// SQL for the list of imports, their rejected rows, and how a kind of file was read the last time.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { ImportRecord, ImportSettings } from '../../core/contract/imports.ts'
import type { Language } from '../../core/contract/refusals.ts'
import type { Tx } from '../db/database.ts'
import { changesTable, type KeptChange } from './grids/write-report.ts'
import { type RepairedRow, repairsTable } from './repaired-rows.ts'

const LISTED = 200

interface LoggedLayer {
  readonly layer: string
  readonly name: string | null
  readonly read: number
  readonly imported: number
  readonly unchanged: number
  readonly rejected: number
  readonly repaired: number
  readonly duplicates: number
}

/** Newest first; what was withdrawn is no longer among them. */
export async function listImports(tx: Tx, id?: string): Promise<ImportRecord[]> {
  const { rows } = await sql<{
    id: string
    county: string
    file: string
    actor: string
    at: Date
    settings: Record<string, unknown>
    layers: LoggedLayer[]
    has_rejects: boolean
    has_repairs: boolean
    plan: string | null
  }>`
    select coalesce(run_id, import_id) as id, min(county) as county, min(file_name) as file, min(actor) as actor,
      max(finished_at) as at, (array_agg(options - 'repairs' - 'changes' order by layer))[1] as settings,
      jsonb_agg(jsonb_build_object('layer', layer, 'name', options->>'name', 'read', read, 'imported', imported,
        'unchanged', unchanged, 'rejected', rejected, 'repaired', repaired, 'duplicates', duplicates) order by layer) as layers,
      exists (select from import_rejects r where r.run_id = coalesce(import.run_id, import.import_id)) as has_rejects,
      bool_or(jsonb_array_length(coalesce(options->'repairs', options->'changes', '[]')) > 0) as has_repairs,
      min(options->'result'->>'id') as plan
    from import
    where withdrawn_at is null ${id === undefined ? sql`` : sql`and coalesce(run_id, import_id) = ${id}::uuid`}
    group by coalesce(run_id, import_id), import.run_id, import.import_id
    order by max(finished_at) desc, coalesce(run_id, import_id)
    limit ${LISTED}`.execute(tx)
  const byRun = new Map<string, ImportRecord>()
  for (const row of rows) {
    const known = byRun.get(row.id)
    if (known) known.layers.push(...row.layers)
    else
      byRun.set(row.id, {
        id: row.id,
        county: row.county,
        file: row.file,
        actor: row.actor,
        at: row.at.toISOString(),
        layers: row.layers,
        read: 0,
        imported: 0,
        unchanged: 0,
        rejected: 0,
        repaired: 0,
        duplicates: 0,
        bbox: (row.settings.bbox as Box | null | undefined) ?? null,
        rejects: row.has_rejects ? rejectsAddress(row.id) : null,
        repairs: row.has_repairs ? repairsAddress(row.id) : null,
        plan: row.plan,
        settings: row.settings,
      })
  }
  for (const record of byRun.values())
    for (const key of ['read', 'imported', 'unchanged', 'rejected', 'repaired', 'duplicates'] as const)
      record[key] = record.layers.reduce((sum, layer) => sum + layer[key], 0)
  return [...byRun.values()]
}

export const rejectsAddress = (id: string): string => `/api/imports/${id}/rejects`

export const repairsAddress = (id: string): string => `/api/imports/${id}/repairs`

/** The file, and the table of what was put right in it; undefined when nothing was. */
export async function repairsOf(
  tx: Tx,
  id: string,
  language: Language,
): Promise<{ file: string; table: string } | undefined> {
  const { rows } = await sql<{ file: string; repairs: RepairedRow[] | null; changes: KeptChange[] | null }>`
    select file_name as file, options->'repairs' as repairs, options->'changes' as changes from import
    where coalesce(run_id, import_id) = ${id}::uuid and withdrawn_at is null
      and jsonb_array_length(coalesce(options->'repairs', options->'changes', '[]')) > 0
    limit 1`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const table = row.changes ? changesTable(row.changes, language) : repairsTable(row.repairs ?? [], language)
  return { file: row.file, table }
}

export async function rejectsOf(tx: Tx, id: string) {
  return tx
    .selectFrom('import_rejects')
    .select(['file_name', 'media_type', 'body'])
    .where('run_id', '=', id)
    .executeTakeFirst()
}

export async function rememberedSettings(tx: Tx, kind: string): Promise<ImportSettings | undefined> {
  const row = await tx
    .selectFrom('import_setting')
    .select('settings')
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row?.settings as ImportSettings | undefined
}

export async function rememberSettings(
  tx: Tx,
  actor: string,
  kind: string,
  settings: ImportSettings,
): Promise<void> {
  const text = JSON.stringify(settings)
  await tx
    .insertInto('import_setting')
    .values({ actor, kind, settings: text })
    .onConflict(conflict =>
      conflict.columns(['actor', 'kind']).doUpdateSet({ settings: text, at: sql`now()` }),
    )
    .execute()
}

/** A longitude near which a county's data lies: of its areas, else of everything there is. */
export async function nearOf(tx: Tx, area: string | undefined): Promise<number | null> {
  const { rows } = await sql<{ near: number | null }>`
    select (st_xmin(box) + st_xmax(box)) / 2 as near
    from (select st_extent(geom)::geometry as box from area
      where ${area === undefined ? sql`true` : sql`county = ${area.slice(0, 6)}`}) one`.execute(tx)
  return rows[0]?.near ?? null
}
