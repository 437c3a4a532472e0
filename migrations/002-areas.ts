// Administrative divisions: county → town/street → village/community, by code.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table area (
      county text not null check (county ~ '^[0-9]{6}$'),
      code text not null check (code ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$' and left(code, 6) = county),
      name text not null check (name <> ''),
      parent_code text generated always as (
        case length(code) when 12 then left(code, 9) when 9 then left(code, 6) end
      ) stored,
      local boolean not null default false,
      source text not null,
      source_key text,
      geom geometry(MultiPolygon, 4326) not null,
      created_by text not null,
      created_at timestamptz not null default now(),
      primary key (county, code),
      unique (county, source_key)
    )`.execute(db)
  await sql`create index area_geom on area using gist (geom)`.execute(db)
  await sql`alter table area enable row level security`.execute(db)
  await sql`
    create policy area_scope on area for select to huage_app
      using ((select huage_scope_all()) or huage_in_scope(code))`.execute(db)
  await sql`
    create policy area_scope_to_write on area to huage_app
      using ((select huage_scope_all()) or huage_in_scope_to_write(code))`.execute(db)
  await sql`grant select, insert, update, delete on area to huage_app`.execute(db)
}
