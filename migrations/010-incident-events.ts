// Who wrote a step down; what listeners are told, numbered without gaps in the order of commits; when incidents changed.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table incident_step add column actor text`.execute(db)

  await sql`
    create table incident_event (
      county text not null,
      number bigint not null,
      kind text not null check (kind in ('reported')),
      incident_id uuid not null,
      at timestamptz not null default now(),
      primary key (county, number),
      foreign key (county, incident_id) references incident (county, id) on delete cascade
    )`.execute(db)
  await protectByCounty(db, ['incident_event'])

  // However incidents are written, their columns get another version; the row of the county is locked until the end
  // of the transaction, so versions grow in the order of commits.
  await sql`
    create function huage_layer_changed() returns trigger language plpgsql as $$
    begin
      insert into layer_version (county, layer)
      select distinct county, tg_argv[0] from changed order by county
      on conflict (county, layer) do update set version = layer_version.version + 1, changed_at = now();
      return null;
    end $$`.execute(db)
  for (const [event, table] of [
    ['insert', 'new'],
    ['update', 'new'],
    ['delete', 'old'],
  ] as const) {
    await sql`
      create trigger ${sql.id(`incident_${event}_seen`)} after ${sql.raw(event)} on incident
      referencing ${sql.raw(table)} table as changed
      for each statement execute function huage_layer_changed('incidents')`.execute(db)
  }
  await sql`create index incident_by_id on incident (id)`.execute(db)
}
