// Plans: grids with identity and version, the append-only journal of edits, lineage, codes that are never reused.
import { type Kysely, sql } from 'kysely'

const text = (zh: string, en: string) => ({ zh, en })
const level = (zh: string, en: string, band: [number, number] | null) => ({ name: text(zh, en), band })

// Frozen with this migration; users add their own rows.
const profiles = [
  [
    'town',
    text('城镇', 'Town'),
    [
      level('社区', 'community', null),
      level('楼院', 'courtyard', null),
      level('楼栋', 'building', null),
      level('楼门', 'entrance', null),
    ],
  ],
  [
    'country',
    text('乡村', 'Country'),
    [
      level('村', 'village', null),
      level('自然村/片', 'hamlet', null),
      level('街巷', 'lane', null),
      level('党员中心户', 'Party household', null),
    ],
  ],
  [
    'tuanjie',
    text('团结', 'Tuanjie'),
    [
      level('村(社区)', 'village', null),
      level('综合网格', 'comprehensive grid', [1000, 2000]),
      level('村(居)民小组', 'residents’ group', [500, 1000]),
      level('小区院落', 'courtyard', [50, 200]),
    ],
  ],
  [
    'shangdi',
    text('上地', 'Shangdi'),
    [
      level('社区', 'community', null),
      level('网格单元', 'grid unit', null),
      level('自治小组', 'self-governed group', null),
    ],
  ],
  [
    'area-grid',
    text('片区', 'Area–grid'),
    [level('片区', 'area', null), level('网格', 'grid', [500, 1000]), level('子网格', 'sub-grid', null)],
  ],
] as const

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table level_profile (
      profile text primary key,
      name jsonb not null,
      levels jsonb not null check (jsonb_array_length(levels) between 1 and 4)
    )`.execute(db)
  await sql`grant select on level_profile to huage_app`.execute(db)
  for (const [id, name, levels] of profiles) {
    await sql`
      insert into level_profile values (${id}, ${JSON.stringify(name)}::jsonb, ${JSON.stringify(levels)}::jsonb)
    `.execute(db)
  }

  await sql`
    create table plan (
      county text not null,
      plan_id uuid not null,
      area_code text not null,
      name text not null check (name <> ''),
      profile text not null references level_profile,
      state text not null default 'draft' check (state in ('draft', 'review', 'published', 'archived')),
      revision integer not null default 0,
      -- how many grids are present, so that a list of plans need not count them
      grids integer not null default 0,
      created_by text not null,
      created_at timestamptz not null default now(),
      changed_at timestamptz not null default now(),
      primary key (county, plan_id),
      foreign key (county, area_code) references area (county, code)
    )`.execute(db)
  await sql`create unique index plan_id on plan (plan_id)`.execute(db)

  // Identity and version are two things: grid_id stays, a version lives from one revision up to another.
  await sql`
    create table grid_version (
      county text not null,
      plan_id uuid not null,
      grid_id uuid not null,
      from_revision integer not null,
      to_revision integer check (to_revision > from_revision),
      level smallint not null check (level between 1 and 4),
      parent_id uuid,
      leaf boolean not null,
      code text not null,
      name text not null,
      kind text not null default 'basic'
        check (kind in ('basic', 'special', 'street', 'enterprise', 'development')),
      locked boolean not null default false,
      geom geometry(MultiPolygon, 4326) not null,
      area_m2 double precision not null,
      -- a cache written by the edit, refreshed when people move
      persons integer not null,
      households integer not null,
      buildings integer not null,
      tallied_at timestamptz not null default now(),
      primary key (county, plan_id, grid_id, from_revision),
      foreign key (county, plan_id) references plan,
      check ((level = 1) = (parent_id is null))
    )`.execute(db)
  await sql`
    create unique index grid_present on grid_version (county, plan_id, grid_id) where to_revision is null`.execute(
    db,
  )
  await sql`
    create unique index grid_present_code on grid_version (county, plan_id, code)
      where to_revision is null`.execute(db)
  await sql`
    create index grid_present_parent on grid_version (county, plan_id, parent_id)
      where to_revision is null`.execute(db)
  await sql`create index grid_by_id on grid_version (grid_id)`.execute(db)
  await sql`
    create index grid_present_geom on grid_version using gist (geom) where to_revision is null`.execute(db)
  await sql`create index grid_past_geom on grid_version using gist (geom) where to_revision is not null`.execute(
    db,
  )

  // The journal. \`before\` and \`after\` hold every grid the edit touched, whole, so it can be replayed and undone.
  await sql`
    create table edit (
      county text not null,
      plan_id uuid not null,
      revision integer not null check (revision > 0),
      kind text not null,
      params jsonb not null,
      before jsonb not null,
      after jsonb not null,
      actor text not null,
      at timestamptz not null default now(),
      note text,
      idempotency_key text,
      undoes_revision integer check (undoes_revision < revision),
      primary key (county, plan_id, revision),
      foreign key (county, plan_id) references plan,
      check ((undoes_revision is not null) = (kind in ('undo', 'redo')))
    )`.execute(db)

  await sql`
    create table grid_lineage (
      county text not null,
      plan_id uuid not null,
      revision integer not null,
      from_grid uuid not null,
      to_grid uuid not null,
      primary key (county, plan_id, revision, from_grid, to_grid)
    )`.execute(db)

  // Every code a plan has ever given, so that none is given twice.
  await sql`
    create table grid_code (
      county text not null,
      plan_id uuid not null,
      code text collate "C" not null,
      grid_id uuid not null,
      primary key (county, plan_id, code)
    )`.execute(db)

  for (const table of ['plan', 'grid_version', 'edit', 'grid_lineage', 'grid_code']) {
    const name = sql.table(table)
    await sql`alter table ${name} enable row level security`.execute(db)
    if (table === 'plan') {
      await sql`
        create policy plan_scope on plan for select to huage_app
          using ((select huage_scope_all()) or huage_in_scope(area_code))`.execute(db)
      await sql`
        create policy plan_scope_to_write on plan to huage_app
          using ((select huage_scope_all()) or huage_in_scope_to_write(area_code))`.execute(db)
    } else {
      await sql`
        create policy ${sql.id(`${table}_scope`)} on ${name} to huage_app
          using ((select huage_scope_all()) or county = any ((select huage_scope_counties())::text[]))`.execute(
        db,
      )
    }
    await sql`grant select, insert on ${name} to huage_app`.execute(db)
  }
  // Append-only for the application: a version may only be closed and its cache refreshed.
  await sql`grant update (name, state, revision, grids, changed_at) on plan to huage_app`.execute(db)
  await sql`
    grant update (to_revision, persons, households, buildings, tallied_at) on grid_version to huage_app`.execute(
    db,
  )

  // The same key twice is one effect: the reply of the first is given again.
  await sql`
    create table idempotency (
      actor text not null,
      key text not null,
      request_hash text not null,
      status smallint not null,
      reply jsonb not null,
      at timestamptz not null default now(),
      primary key (actor, key)
    )`.execute(db)
  // A reply is for whoever asked.
  await sql`alter table idempotency enable row level security`.execute(db)
  await sql`
    create policy idempotency_own on idempotency to huage_app
      using (actor = (select current_setting('huage.actor', true)))`.execute(db)
  await sql`grant select, insert on idempotency to huage_app`.execute(db)
}
