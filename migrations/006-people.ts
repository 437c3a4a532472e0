// Homes and people: entrances, rooms, households, residents; addresses down to the room; dangerous houses.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Official grades of dangerous houses (JGJ 125): A sound … D dangerous as a whole; null: nobody has looked.
  await sql`
    alter table building
      add column dangerous text check (dangerous in ('A', 'B', 'C', 'D')),
      add column built smallint check (built between 1000 and 2100)`.execute(db)

  // The parts of an address in the standard order, from the town down to the room (GB/T 23705).
  await sql`
    alter table address
      add column town text,
      add column village text,
      add column building text,
      add column entrance text,
      add column floor smallint,
      add column room text,
      add column building_id uuid`.execute(db)
  await sql`
    alter table address add column written text generated always as (
      coalesce(town, '') || coalesce(village, '') || coalesce(street, '') || coalesce(house_number, '') ||
      coalesce(building, '') || coalesce(entrance, '') || coalesce(room, '')) stored`.execute(db)

  await sql`
    create table entrance (
      county text not null,
      id uuid not null,
      building_id uuid not null,
      number smallint not null check (number > 0),
      point geometry(Point, 4326) not null,
      primary key (county, id),
      unique (county, building_id, number),
      foreign key (county, building_id) references building (county, id) on delete cascade
    )`.execute(db)
  await sql`create index entrance_point on entrance using gist (point)`.execute(db)

  await sql`
    create table room (
      county text not null,
      id uuid not null,
      building_id uuid not null,
      entrance smallint,
      floor smallint not null,
      number text not null,
      use text not null default 'home' check (use in ('home', 'rented', 'empty', 'shop', 'office', 'other')),
      primary key (county, id),
      foreign key (county, building_id) references building (county, id) on delete cascade
    )`.execute(db)
  await sql`create index room_building on room (county, building_id)`.execute(db)

  await sql`
    create table household (
      county text not null,
      id uuid not null,
      source_key text not null,
      import_id uuid not null,
      number text,
      building_id uuid,
      room_id uuid,
      tenure text check (tenure in ('owned', 'rented', 'collective')),
      low_income boolean not null default false,
      -- where it lives: its building's point, or its own where there is no building
      point geometry(Point, 4326) not null,
      updated_at timestamptz not null default now(),
      primary key (county, id),
      unique (county, source_key),
      foreign key (county, building_id) references building (county, id),
      foreign key (county, room_id) references room (county, id)
    )`.execute(db)
  await sql`create index household_point on household using gist (point)`.execute(db)
  await sql`create index household_building on household (county, building_id)`.execute(db)
  await sql`create index household_room on household (county, room_id) where room_id is not null`.execute(db)

  // Personal data: read as counts, or masked, or with a reason (product.md, Privacy).
  await sql`
    create table resident (
      county text not null,
      id uuid not null,
      source_key text not null,
      import_id uuid not null,
      household_id uuid not null,
      name text not null check (name <> ''),
      sex text not null check (sex in ('f', 'm')),
      born date not null,
      id_number text,
      phone text,
      relation text not null check (relation in ('head', 'spouse', 'child', 'parent', 'grandchild', 'other', 'lodger')),
      registration text not null check (registration in ('registered', 'floating')),
      pregnant boolean not null default false,
      disabled boolean not null default false,
      chronically_ill boolean not null default false,
      lives_alone boolean not null default false,
      party_member boolean not null default false,
      work text,
      updated_at timestamptz not null default now(),
      primary key (county, id),
      unique (county, source_key),
      foreign key (county, household_id) references household (county, id) on delete cascade
    )`.execute(db)
  await sql`create index resident_household on resident (county, household_id)`.execute(db)

  await protectByCounty(db, ['entrance', 'room', 'household', 'resident'])
}
