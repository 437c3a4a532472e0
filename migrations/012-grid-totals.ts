// What lies in a grid, counted once and kept until something on its ground changes: a cache, never a second truth.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

/** Of advisory locks; whoever counts names it too. */
const TOTALS = 0x68756174

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table grid_totals (
      county text not null,
      plan_id uuid not null,
      grid_id uuid not null,
      from_revision integer not null,
      -- by which a thing that changes finds the grids it may be in
      box geometry(Polygon, 4326) not null,
      -- {"addresses": 12, "[\\"facilities\\", \\"education\\", \\"school\\"]": 1, …}; what there is none of is missing
      totals jsonb not null,
      -- of its residents, in order: how many are of an age is asked for any day
      birthdays date[] not null,
      primary key (county, plan_id, grid_id, from_revision),
      foreign key (county, plan_id, grid_id, from_revision) references grid_version on delete cascade
    )`.execute(db)
  await sql`create index grid_totals_box on grid_totals using gist (box)`.execute(db)
  await protectByCounty(db, ['grid_totals'])

  // Whoever writes things forgets the totals of all grids that may have them, in the same transaction. Whoever counts
  // holds the lock shared, so that no count from before a change is kept after it. As the owner: a total is everybody's.
  for (const [name, changed] of [
    ['huage_forget_totals', sql`changed`],
    [
      'huage_forget_totals_of_residents',
      sql`(select h.county, h.point from changed r join household h on h.county = r.county and h.id = r.household_id)`,
    ],
  ] as const)
    await sql`
      create function ${sql.id(name)}() returns trigger
      language plpgsql security definer set search_path = public as $$
      begin
        perform pg_advisory_xact_lock(${sql.lit(TOTALS)}, hashtext(county))
          from (select distinct county from changed order by county) as touched;
        if (select count(*) from (select from changed limit 500) as few) < 500 then
          delete from grid_totals t using ${changed} as c where t.county = c.county and t.box && c.point;
        else
          delete from grid_totals where county in (select county from changed);
        end if;
        return null;
      end $$`.execute(db)
  for (const table of [
    'building',
    'household',
    'resident',
    'address',
    'organisation',
    'facility',
    'object',
  ] as const) {
    const forget = sql.id(table === 'resident' ? 'huage_forget_totals_of_residents' : 'huage_forget_totals')
    for (const [event, rows] of [
      ['insert', 'new'],
      ['update', 'old'],
      ['update', 'new'],
      ['delete', 'old'],
    ] as const)
      await sql`
        create trigger ${sql.id(`${table}_${event}_${rows}_forgets`)} after ${sql.raw(event)} on ${sql.table(table)}
        referencing ${sql.raw(rows)} table as changed
        for each statement execute function ${forget}()`.execute(db)
  }
}
