// What stands on the ground, as imported: buildings with their people, addresses, roads, water, green, facilities.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table import (
      county text not null,
      import_id uuid not null,
      layer text not null,
      file_name text not null,
      file_hash text not null,
      options jsonb not null,
      read integer not null,
      imported integer not null,
      unchanged integer not null,
      rejected integer not null,
      actor text not null,
      started_at timestamptz not null,
      finished_at timestamptz not null default now(),
      primary key (county, import_id)
    )`.execute(db)

  // `source_key` is what makes a second import of the same file change nothing: the source's own identity, or a hash.
  const common = sql`
      county text not null,
      id uuid not null,
      source_key text not null,
      import_id uuid not null,
      name text,
      updated_at timestamptz not null default now(),
      primary key (county, id),
      unique (county, source_key)`

  await sql`
    create table building (
      kind text,
      storeys smallint check (storeys > 0),
      floor_area_m2 real not null check (floor_area_m2 >= 0),
      persons integer not null default 0 check (persons >= 0),
      households integer not null default 0 check (households >= 0),
      -- none: nobody has said; column: the file said; spread: synthetic, spread from a total
      people_source text not null default 'none' check (people_source in ('none', 'column', 'spread')),
      geom geometry(MultiPolygon, 4326) not null,
      point geometry(Point, 4326) not null,
      ${common}
    )`.execute(db)
  await sql`create index building_geom on building using gist (geom)`.execute(db)
  await sql`create index building_point on building using gist (point)`.execute(db)

  await sql`
    create table address (
      street text,
      house_number text,
      postcode text,
      place text,
      point geometry(Point, 4326) not null,
      ${common}
    )`.execute(db)
  await sql`create index address_point on address using gist (point)`.execute(db)

  await sql`
    create table road (
      class text not null,
      bridge boolean not null default false,
      tunnel boolean not null default false,
      geom geometry(MultiLineString, 4326) not null,
      ${common}
    )`.execute(db)
  await sql`create index road_geom on road using gist (geom)`.execute(db)

  await sql`
    create table water (
      kind text not null,
      geom geometry(Geometry, 4326) not null check (geometrytype(geom) in ('MULTIPOLYGON', 'MULTILINESTRING')),
      ${common}
    )`.execute(db)
  await sql`create index water_geom on water using gist (geom)`.execute(db)

  await sql`
    create table green (
      kind text not null,
      geom geometry(MultiPolygon, 4326) not null,
      ${common}
    )`.execute(db)
  await sql`create index green_geom on green using gist (geom)`.execute(db)

  await sql`
    create table facility (
      category text not null,
      kind text not null,
      point geometry(Point, 4326) not null,
      ${common}
    )`.execute(db)
  await sql`create index facility_point on facility using gist (point)`.execute(db)

  // How the synthetic people of an area came about: shown wherever such numbers are.
  await sql`
    create table people_spread (
      county text not null,
      spread_id uuid not null,
      area_code text,
      persons integer not null check (persons >= 0),
      households integer not null check (households >= 0),
      buildings integer not null,
      actor text not null,
      at timestamptz not null default now(),
      primary key (county, spread_id)
    )`.execute(db)

  // The content version of a layer in a county; tiles carry it in their address, so a change is a new address.
  await sql`
    create table layer_version (
      county text not null,
      layer text not null,
      version bigint not null default 1,
      changed_at timestamptz not null default now(),
      primary key (county, layer)
    )`.execute(db)

  for (const table of [
    'import',
    'building',
    'address',
    'road',
    'water',
    'green',
    'facility',
    'people_spread',
    'layer_version',
  ]) {
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
