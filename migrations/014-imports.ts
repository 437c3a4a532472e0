// Bringing data in: an import can be listed, its rejected rows fetched, and withdrawn whole; layers that users add.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  // One file may fill several layers, each a row of `import`; `run_id` holds them together; null: it stands alone.
  await sql`
    alter table import
      add column run_id uuid,
      add column repaired integer not null default 0,
      add column duplicates integer not null default 0,
      add column withdrawn_at timestamptz,
      add column withdrawn_by text`.execute(db)
  await sql`create index import_run on import (run_id)`.execute(db)

  await sql`alter table area add column import_id uuid`.execute(db)

  // What a row was before an import changed it. Rows that an import added need none: they carry its id.
  await sql`
    create table import_before (
      county text not null,
      import_id uuid not null,
      table_name text not null,
      id text not null,
      row_before jsonb not null,
      primary key (county, import_id, table_name, id)
    )`.execute(db)

  await sql`
    create table import_rejects (
      county text not null,
      run_id uuid not null,
      file_name text not null,
      media_type text not null,
      body bytea not null,
      primary key (county, run_id)
    )`.execute(db)

  // Layers of every kind that a place brings itself: forest, rented houses, campaign areas … with their attributes.
  await sql`
    create table catalogue_layer (
      county text not null,
      layer_id uuid not null,
      name text not null check (name <> ''),
      created_by text not null,
      created_at timestamptz not null default now(),
      primary key (county, layer_id),
      unique (county, name)
    )`.execute(db)
  await sql`
    create table catalogue_feature (
      county text not null,
      id uuid not null,
      layer_id uuid not null,
      source_key text not null,
      import_id uuid not null,
      name text,
      attributes jsonb not null,
      geom geometry(Geometry, 4326) not null,
      updated_at timestamptz not null default now(),
      primary key (county, id),
      unique (county, layer_id, source_key),
      foreign key (county, layer_id) references catalogue_layer on delete cascade
    )`.execute(db)
  await sql`create index catalogue_feature_geom on catalogue_feature using gist (geom)`.execute(db)
  await sql`create index catalogue_feature_import on catalogue_feature (county, import_id)`.execute(db)

  await protectByCounty(db, ['import_before', 'import_rejects', 'catalogue_layer', 'catalogue_feature'])

  // How somebody read a file of a kind the last time: the same columns in the same format.
  await sql`
    create table import_setting (
      actor text not null,
      kind text not null,
      settings jsonb not null,
      at timestamptz not null default now(),
      primary key (actor, kind)
    )`.execute(db)
  await sql`alter table import_setting enable row level security`.execute(db)
  await sql`
    create policy import_setting_own on import_setting to huage_app
      using (actor = (select current_setting('huage.actor', true)))`.execute(db)
  await sql`grant select, insert, update, delete on import_setting to huage_app`.execute(db)

  // How many live in a household where its residents are not listed one by one.
  await sql`alter table household add column persons integer check (persons >= 0)`.execute(db)

  // Somebody's own categories are kept in the title; until they are sorted into a tree they count here.
  await sql`
    insert into incident_category (category, parent, tree, name, severity, hours)
    values ('unclassified', null, 'social', '{"zh": "未分类", "en": "Unclassified"}', 4, 72)`.execute(db)
}
