// SQL for the journal of edits.
import { sql } from 'kysely'
import type { EditSummary } from '../../core/contract/edits.ts'
import type { Tx } from '../db/database.ts'
import { live, type PlanKey, type TalliedGrid } from '../plans/queries.ts'

/** Every grid an edit touched, whole, as it was and as it became. */
export interface TalliedChange {
  readonly before: readonly TalliedGrid[]
  readonly after: readonly TalliedGrid[]
}

export interface Lineage {
  readonly from: string
  readonly to: string
}

export interface NewEdit {
  readonly revision: number
  readonly kind: string
  readonly params: Record<string, unknown>
  readonly change: TalliedChange
  readonly lineage: readonly Lineage[]
  readonly actor: string
  readonly note?: string | undefined
  readonly idempotencyKey?: string | undefined
  readonly undoes?: number | undefined
}

export async function insertEdit(tx: Tx, key: PlanKey, edit: NewEdit): Promise<void> {
  await tx
    .insertInto('edit')
    .values({
      county: key.county,
      plan_id: key.plan_id,
      revision: edit.revision,
      kind: edit.kind,
      params: JSON.stringify(edit.params),
      before: JSON.stringify(edit.change.before),
      after: JSON.stringify(edit.change.after),
      actor: edit.actor,
      note: edit.note ?? null,
      idempotency_key: edit.idempotencyKey ?? null,
      undoes_revision: edit.undoes ?? null,
    })
    .execute()
  if (edit.lineage.length === 0) return
  await tx
    .insertInto('grid_lineage')
    .values(
      edit.lineage.map(({ from, to }) => ({
        county: key.county,
        plan_id: key.plan_id,
        revision: edit.revision,
        from_grid: from,
        to_grid: to,
      })),
    )
    .execute()
}

const named = (column: 'before' | 'after') =>
  sql<{ id: string; code: string; name: string }[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', g->'id', 'code', g->'code', 'name', g->'name')), '[]')
    from jsonb_array_elements(${sql.ref(`e.${column}`)}) g)`

const summaries = (tx: Tx, key: PlanKey) =>
  tx
    .selectFrom('edit as e')
    .select(['e.revision', 'e.kind', 'e.actor', 'e.at', 'e.note', 'e.undoes_revision'])
    .select([live('e').as('live'), named('before').as('before'), named('after').as('after')])
    .where('e.county', '=', key.county)
    .where('e.plan_id', '=', key.plan_id)

type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['execute']>>[number]

const summaryOf = ({ undoes_revision, live: alive, at, ...row }: SummaryRow): EditSummary => ({
  ...row,
  at: at.toISOString(),
  undoes: undoes_revision,
  undone: !alive,
})

/** The journal, newest first. */
export async function listEdits(
  tx: Tx,
  key: PlanKey,
  page: { limit: number; before?: number; revision?: number },
): Promise<EditSummary[]> {
  let query = summaries(tx, key)
  if (page.before !== undefined) query = query.where('e.revision', '<', page.before)
  if (page.revision !== undefined) query = query.where('e.revision', '=', page.revision)
  return (await query.orderBy('e.revision', 'desc').limit(page.limit).execute()).map(summaryOf)
}

/** The edits after a revision, oldest first. */
export async function editsAfter(
  tx: Tx,
  key: PlanKey,
  revision: number,
  limit: number,
): Promise<EditSummary[]> {
  const query = summaries(tx, key).where('e.revision', '>', revision)
  return (await query.orderBy('e.revision').limit(limit).execute()).map(summaryOf)
}

/** A whole edit, for undoing it. */
export async function findEdit(tx: Tx, key: PlanKey, revision: number) {
  const row = await tx
    .selectFrom('edit as e')
    .select(['e.revision', 'e.kind', 'e.actor', 'e.at', 'e.before', 'e.after', 'e.undoes_revision'])
    .select(live('e').as('live'))
    .where('e.county', '=', key.county)
    .where('e.plan_id', '=', key.plan_id)
    .where('e.revision', '=', revision)
    .executeTakeFirst()
  if (!row) return undefined
  return { ...row, before: row.before as TalliedGrid[], after: row.after as TalliedGrid[] }
}

/** Who made a revision, and when: for telling the one who came too late. */
export const whoMade = (tx: Tx, key: PlanKey, revision: number) =>
  tx
    .selectFrom('edit')
    .select(['actor', 'at'])
    .where('county', '=', key.county)
    .where('plan_id', '=', key.plan_id)
    .where('revision', '=', revision)
    .executeTakeFirst()
