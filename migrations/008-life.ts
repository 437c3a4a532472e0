// What goes on: organisations, objects, matters, staff and their posts, bodies, incidents with their steps, visits.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  // What makes a second import of the same file change nothing, as in 003.
  const imported = sql`
      county text not null,
      id uuid not null,
      source_key text not null,
      import_id uuid not null,
      updated_at timestamptz not null default now(),
      primary key (county, id),
      unique (county, source_key)`

  await sql`
    create table organisation (
      name text not null check (name <> ''),
      kind text not null,
      industry text,
      credit_code text,
      employees integer not null default 0 check (employees >= 0),
      special_equipment integer not null default 0 check (special_equipment >= 0),
      -- what must be looked after in particular: dangerous goods, a crowd, a boiler … null: nothing
      key_place text,
      factory_premises boolean not null default false,
      floor_area_m2 real,
      contact text,
      phone text,
      building_id uuid,
      point geometry(Point, 4326) not null,
      ${imported}
    )`.execute(db)
  await sql`create index organisation_point on organisation using gist (point)`.execute(db)

  await sql`
    create table object (
      kind text not null,
      category text not null,
      number text not null,
      state text not null default 'good' check (state in ('good', 'damaged', 'missing')),
      point geometry(Point, 4326) not null,
      ${imported}
    )`.execute(db)
  await sql`create index object_point on object using gist (point)`.execute(db)

  await sql`
    create table body (
      county text not null,
      id uuid not null,
      name text not null check (name <> ''),
      kind text not null check (kind in ('office', 'station', 'team', 'company', 'work-group')),
      circulation text not null check (circulation in ('micro', 'small', 'large')),
      area_code text not null,
      phone text,
      primary key (county, id)
    )`.execute(db)

  await sql`
    create table staff (
      name text not null check (name <> ''),
      sex text check (sex in ('f', 'm')),
      phone text,
      -- on what terms somebody works, and of which of the force's kinds; team: what for (督导 指导 服务 …)
      force text not null
        check (force in ('professional', 'full-time', 'assistant', 'part-time', 'volunteer', 'other')),
      force_kind text,
      team text,
      body_id uuid,
      party_member boolean not null default false,
      ${imported},
      foreign key (county, body_id) references body (county, id)
    )`.execute(db)
  await sql`create index staff_body on staff (county, body_id) where body_id is not null`.execute(db)

  // A person's role on one grid, area, road or water, from a date to a date (the last day, null: still).
  await sql`
    create table post (
      county text not null,
      id uuid not null,
      staff_id uuid not null,
      role text not null,
      grid_id uuid,
      area_code text,
      road_id uuid,
      water_id uuid,
      from_date date not null,
      to_date date check (to_date >= from_date),
      primary key (county, id),
      check (num_nonnulls(grid_id, area_code, road_id, water_id) = 1),
      foreign key (county, staff_id) references staff (county, id) on delete cascade
    )`.execute(db)
  await sql`create index post_grid on post (county, grid_id) where grid_id is not null`.execute(db)
  await sql`create index post_area on post (county, area_code) where area_code is not null`.execute(db)
  await sql`create index post_road on post (county, road_id) where road_id is not null`.execute(db)
  await sql`create index post_water on post (county, water_id) where water_id is not null`.execute(db)
  await sql`create index post_staff on post (county, staff_id)`.execute(db)

  // 事: what was seen, asked for or done in a grid and needed no incident.
  await sql`
    create table matter (
      kind text not null,
      title text not null,
      at timestamptz not null,
      staff_id uuid,
      point geometry(Point, 4326) not null,
      ${imported}
    )`.execute(db)
  await sql`create index matter_point on matter using gist (point)`.execute(db)
  await sql`create index matter_at on matter (county, at)`.execute(db)

  await sql`
    create table incident (
      number text not null,
      source text not null check (source in ('hotline', 'grid', 'public', 'camera', 'assigned', 'other')),
      category text not null references incident_category,
      severity smallint not null check (severity between 1 and 4),
      title text not null,
      description text,
      address text,
      -- null: only an address is known, and it was not found yet
      point geometry(Point, 4326),
      reported_at timestamptz not null,
      reporter_name text,
      reporter_phone text,
      circulation text not null default 'micro' check (circulation in ('micro', 'small', 'large')),
      -- the last of the seven steps that was taken: 1 collect, 2 file, 3 dispatch, 4 handle, 5 verify, 6 close, 7 evaluate
      step smallint not null default 1 check (step between 1 and 7),
      body_id uuid,
      staff_id uuid,
      pass_on_due timestamptz,
      due timestamptz,
      passed_on_at timestamptz,
      solved_at timestamptz,
      closed_at timestamptz,
      -- asked by phone whether it is well; null: not asked, or no answer
      feedback_at timestamptz,
      satisfied boolean,
      ${imported},
      unique (county, number),
      foreign key (county, body_id) references body (county, id),
      check (satisfied is null or feedback_at is not null)
    )`.execute(db)
  await sql`create index incident_reported on incident (county, reported_at)`.execute(db)
  await sql`create index incident_point on incident using gist (point)`.execute(db)
  await sql`create index incident_body on incident (county, body_id) where body_id is not null`.execute(db)
  await sql`create index incident_open on incident (county, due) where closed_at is null`.execute(db)

  await sql`
    create table incident_step (
      county text not null,
      incident_id uuid not null,
      number smallint not null check (number > 0),
      step smallint not null check (step between 1 and 7),
      circulation text not null check (circulation in ('micro', 'small', 'large')),
      at timestamptz not null,
      staff_id uuid,
      body_id uuid,
      -- why it went up, what was done, what the caller said
      note text,
      primary key (county, incident_id, number),
      foreign key (county, incident_id) references incident (county, id) on delete cascade
    )`.execute(db)

  await sql`
    create table visit (
      county text not null,
      id uuid not null,
      staff_id uuid not null,
      kind text not null check (kind in ('patrol', 'household', 'organisation')),
      started_at timestamptz not null,
      ended_at timestamptz check (ended_at >= started_at),
      household_id uuid,
      organisation_id uuid,
      note text,
      point geometry(Point, 4326) not null,
      primary key (county, id),
      foreign key (county, staff_id) references staff (county, id)
    )`.execute(db)
  await sql`create index visit_point on visit using gist (point)`.execute(db)
  await sql`create index visit_staff on visit (county, staff_id)`.execute(db)
  await sql`create index visit_started on visit (county, started_at)`.execute(db)

  // Which counties hold a generated place and not a real one: every screen and export of theirs says so.
  await sql`
    create table demo_place (
      county text not null primary key,
      place text not null,
      name text not null,
      seed bigint not null,
      scale double precision not null,
      -- what was generated, for comparison: {"residents": 66473, …}
      counts jsonb not null,
      actor text not null,
      loaded_at timestamptz not null default now()
    )`.execute(db)

  await protectByCounty(db, [
    'organisation',
    'object',
    'body',
    'staff',
    'post',
    'matter',
    'incident',
    'incident_step',
    'visit',
    'demo_place',
  ])
}
