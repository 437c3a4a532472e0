// Writes batches of rows into a layer's table: new ones are added, changed ones changed, and equal ones left untouched.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import { type CopyText, fillStage, makeStage, type Stage } from '../db/write-table.ts'
import { LAYER_TABLES, type LayerTable, type TableLayer } from './layer-tables.ts'
import { PEOPLE, stageOf } from './row-lines.ts'

export interface Target {
  readonly layer: TableLayer
  readonly county: string
  readonly importId: string
}

/** One layer of one import: every batch travels by COPY into a table beside, and from there in one statement. */
export class RowWriter {
  readonly #target: Target
  readonly #table: LayerTable
  readonly #stage: Stage
  #made = false
  /** Whether each row must be looked for: where there was none before, none is met. */
  #careful: boolean

  /** @param careful even where there seems to be no row yet */
  constructor(target: Target, careful: boolean) {
    this.#careful = careful
    this.#target = target
    this.#table = LAYER_TABLES[target.layer]
    this.#stage = stageOf(target.layer)
  }

  /**
   * @param text the rows, as COPY's text
   * @param again rows of this import with the same keys have been written
   * @returns how many rows were added or changed; what a changed one was before is kept, so that it can be restored
   */
  async write(tx: Tx, text: Iterable<CopyText>, again: boolean): Promise<number> {
    if (!this.#made) await this.#begin(tx)
    await fillStage(tx, this.#stage, text)
    return this.#careful || again ? await this.#addOrChange(tx) : await this.#add(tx)
  }

  async #begin(tx: Tx): Promise<void> {
    await makeStage(tx, this.#stage)
    this.#made = true
    if (this.#careful) return
    const { rows } = await sql<{ any: boolean }>`
      select exists (select from ${sql.table(this.#table.table)} where county = ${this.#target.county}) as any`.execute(
      tx,
    )
    this.#careful = rows[0]!.any
  }

  get #key(): readonly string[] {
    return this.#table.within === undefined ? ['source_key'] : [this.#table.within, 'source_key']
  }

  #insert(): RawBuilder<unknown> {
    const { county, importId } = this.#target
    const columns = sql.raw(this.#stage.columns.join(', '))
    return sql`
      insert into ${sql.table(this.#table.table)} as t (county, import_id, ${columns})
      select ${county}, ${importId}::uuid, ${columns} from ${sql.table(this.#stage.table)}`
  }

  async #add(tx: Tx): Promise<number> {
    const result = await this.#insert().execute(tx)
    return Number(result.numAffectedRows ?? 0)
  }

  async #addOrChange(tx: Tx): Promise<number> {
    const { county, importId, layer } = this.#target
    const { table, shapes, columns } = this.#table
    const own = columns.map(([name]) => name)
    const people = layer === 'buildings' ? PEOPLE : []
    const list = (names: readonly string[], prefix: string) =>
      names.map(name => `${prefix}.${name}`).join(', ')
    const differs = (now: string, next: string) =>
      [
        `(${list(own, now)}) is distinct from (${list(own, next)})`,
        ...(people.length > 0
          ? [
              `(${next}.people_source = 'column' and (${list(people, now)}) is distinct from (${list(people, next)}))`,
            ]
          : []),
      ].join(' or ')
    const set = [
      ...own.map(name => `${name} = excluded.${name}`),
      ...people.map(
        name =>
          `${name} = case when excluded.people_source = 'column' then excluded.${name} else t.${name} end`,
      ),
      'import_id = excluded.import_id',
      'updated_at = now()',
    ]
    const result = await sql`
      with before as (
        insert into import_before (county, import_id, table_name, id, row_before)
        select ${county}, ${importId}::uuid, ${table}, t.id::text, ${sql.raw(rowBefore(shapes))}
        from ${sql.table(this.#stage.table)} incoming join ${sql.table(table)} t on t.county = ${county}
          and ${sql.raw(this.#key.map(name => `t.${name} = incoming.${name}`).join(' and '))}
        where t.import_id <> ${importId}::uuid and (${sql.raw(differs('t', 'incoming'))})
      )
      ${this.#insert()}
      on conflict (county, ${sql.raw(this.#key.join(', '))}) do update set ${sql.raw(set.join(', '))}
      where ${sql.raw(differs('t', 'excluded'))}`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  }
}

/** Shapes as they are stored, not as the GeoJSON that they would become. */
export const rowBefore = (shapes: readonly string[]): string =>
  shapes.length === 0
    ? 'to_jsonb(t)'
    : `to_jsonb(t) || jsonb_build_object(${shapes.map(name => `'${name}', t.${name}::text`).join(', ')})`
