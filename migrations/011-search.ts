// What can be found by typing: one row for each named thing, with the first letters of its pinyin and its pairs of characters.
import { type Kysely, sql } from 'kysely'
import { protectByCounty } from './protect-by-county.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table search_entry (
      county text not null,
      kind text not null
        check (kind in ('grid', 'area', 'address', 'building', 'facility', 'organisation', 'staff')),
      -- the id; of a grid the plan's and its own
      key text not null,
      id text not null,
      plan_id uuid,
      name text not null,
      context text not null,
      -- of grids and areas
      code text collate "C",
      -- as compared: small letters, no blanks, no punctuation
      plain text collate "C" not null,
      initials text collate "C" not null,
      -- a number for each pair of neighbouring characters of \`plain\`
      pairs integer[] not null,
      point geometry(Point, 4326),
      primary key (county, kind, key)
    )`.execute(db)
  await sql`create index search_plain on search_entry (county, plain)`.execute(db)
  await sql`create index search_initials on search_entry (county, initials)`.execute(db)
  await sql`create index search_code on search_entry (county, code) where code is not null`.execute(db)
  await sql`create index search_pairs on search_entry using gin (pairs)`.execute(db)
  // Up to which revision a plan's grids are among the entries: edits do not write here, the next search does.
  await sql`
    create table search_plan (
      county text not null,
      plan_id uuid not null,
      revision integer not null,
      primary key (county, plan_id)
    )`.execute(db)
  await protectByCounty(db, ['search_entry', 'search_plan'])

  await sql`create index incident_number on incident (county, number collate "C")`.execute(db)

  // Under row-level security no index would serve: comparing text is not leakproof. So the owner searches, and the rule
  // of the policy stands in the statement itself.
  await sql`
    create function huage_search(
      in_counties text[], in_kinds text[], in_plan uuid, wanted text, letters boolean, wanted_pairs integer[], most integer)
    returns table (county text, kind text, id text, plan_id uuid, name text, context text, lng float8, lat float8)
    language sql stable security definer set search_path = public as $$
      with seen as materialized (
        select one from unnest(in_counties) one
        where huage_scope_all() or one = any (huage_scope_counties())
      ), found as (
        (select e.*, 0 as how from search_entry e, seen
          where e.county = seen.one and e.code is not null and e.code >= wanted and e.code < wanted || chr(1114109)
            and e.kind = any (in_kinds) and (e.kind <> 'grid' or in_plan is null or e.plan_id = in_plan)
          order by e.code limit 200)
        union all
        (select e.*, 1 from search_entry e, seen
          where e.county = seen.one and e.plain >= wanted and e.plain < wanted || chr(1114109)
            and e.kind = any (in_kinds) and (e.kind <> 'grid' or in_plan is null or e.plan_id = in_plan)
          order by e.plain limit 200)
        union all
        (select e.*, 2 from search_entry e, seen
          where letters and e.county = seen.one and e.initials >= wanted and e.initials < wanted || chr(1114109)
            and e.kind = any (in_kinds) and (e.kind <> 'grid' or in_plan is null or e.plan_id = in_plan)
          order by e.initials limit 200)
        union all
        (select e.*, 3 from search_entry e, seen
          where cardinality(wanted_pairs) > 0 and e.county = seen.one and e.pairs @> wanted_pairs
            and position(wanted in e.plain) > 0
            and e.kind = any (in_kinds) and (e.kind <> 'grid' or in_plan is null or e.plan_id = in_plan)
          limit 2000)
        union all
        (select i.county, 'incident', i.id::text, i.id::text, null, i.number, i.title, i.number collate "C",
            i.number collate "C", '' collate "C", '{}',
            i.point, 0
          from incident i, seen
          where 'incident' = any (in_kinds) and i.county = seen.one
            and i.number collate "C" >= upper(wanted) and i.number collate "C" < upper(wanted) || chr(1114109)
          order by i.number collate "C" limit 50)
      ), best as (
        select distinct on (found.county, found.kind, found.key) found.*,
          found.code is not distinct from wanted or found.plain = wanted or found.initials = wanted and letters as whole
        from found order by found.county, found.kind, found.key, how
      )
      select best.county, best.kind, best.id, best.plan_id, best.name, best.context, st_x(best.point), st_y(best.point)
      from best
      order by not whole, how,
        array_position(array['grid', 'area', 'facility', 'organisation', 'building', 'staff', 'address', 'incident'], best.kind),
        length(best.plain), best.plain, best.key
      limit most
    $$`.execute(db)
  await sql`revoke all on function huage_search from public`.execute(db)
  await sql`grant execute on function huage_search to huage_app`.execute(db)
}
