// For migrations from 006 on: row-level security by county, and what the application may do.
import { type Kysely, sql } from 'kysely'

export async function protectByCounty(db: Kysely<unknown>, tables: readonly string[]): Promise<void> {
  for (const table of tables) {
    const name = sql.table(table)
    await sql`alter table ${name} enable row level security`.execute(db)
    await sql`
      create policy ${sql.id(`${table}_scope`)} on ${name} to huage_app
        using ((select huage_scope_all()) or county = any ((select huage_scope_counties())::text[]))`.execute(
      db,
    )
    await sql`grant select, insert, update, delete on ${name} to huage_app`.execute(db)
  }
}
