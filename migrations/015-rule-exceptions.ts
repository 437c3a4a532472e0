// Crossings of a division that somebody has confirmed as an exception (R1): append-only, the last word on a grid counts.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table rule_exception (
      county text not null,
      exception_id uuid not null,
      plan_id uuid not null,
      grid_id uuid not null,
      rule text not null check (rule in ('R1')),
      confirmed boolean not null,
      -- of the ground that was looked at: when it changes, somebody has to look again
      shape_hash text not null,
      note text not null check (note <> ''),
      actor text not null,
      at timestamptz not null default now(),
      primary key (county, exception_id),
      foreign key (county, plan_id) references plan (county, plan_id) on delete cascade
    )`.execute(db)
  await sql`create index rule_exception_plan on rule_exception (county, plan_id, grid_id, exception_id desc)`.execute(
    db,
  )
  await sql`alter table rule_exception enable row level security`.execute(db)
  await sql`
    create policy rule_exception_scope on rule_exception to huage_app
      using ((select huage_scope_all()) or county = any ((select huage_scope_counties())::text[]))`.execute(
    db,
  )
  await sql`grant select, insert on rule_exception to huage_app`.execute(db)
}
