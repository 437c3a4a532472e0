// Who may see a row: the application role, and the scope (area-code prefixes) that every transaction sets.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists postgis`.execute(db)
  // Roles are shared by all databases of a server: another migration may create it between the look and the act.
  await sql`
    do $$ begin
      if not exists (select from pg_roles where rolname = 'huage_app') then
        create role huage_app nologin nosuperuser nobypassrls;
      end if;
    exception when duplicate_object or unique_violation then null;
    end $$`.execute(db)
  // Being a member is not enough from PostgreSQL 16 on: who created the role may not yet change to it. Who may not
  // grant must have been granted it by an administrator.
  await sql`
    do $$ begin
      execute format('grant huage_app to %I', current_user);
    exception when insufficient_privilege then
      raise notice 'huage: an administrator must have run: grant huage_app to %', current_user;
    end $$`.execute(db)
  await sql`grant usage on schema public to huage_app`.execute(db)
  await sql`
    create function huage_scope_all() returns boolean stable parallel safe language sql as $$
      select coalesce('*' = any (string_to_array(current_setting('huage.scope', true), ',')), false)
    $$`.execute(db)
  await sql`
    create function huage_scope_counties() returns text[] stable parallel safe language sql as $$
      select array_agg(distinct left(prefix, 6))
      from unnest(string_to_array(current_setting('huage.scope', true), ',')) prefix
    $$`.execute(db)
  await sql`
    create function huage_in_scope(code text) returns boolean stable parallel safe language sql as $$
      select exists (
        select from unnest(string_to_array(current_setting('huage.scope', true), ',')) prefix
        where prefix = '*' or starts_with(code, prefix) or (length(prefix) > length(code) and starts_with(prefix, code))
      )
    $$`.execute(db)
  // Upwards one may look, so that a village sees its county's outline, but not write.
  await sql`
    create function huage_in_scope_to_write(code text) returns boolean stable parallel safe language sql as $$
      select exists (
        select from unnest(string_to_array(current_setting('huage.scope', true), ',')) prefix
        where prefix = '*' or starts_with(code, prefix)
      )
    $$`.execute(db)
  // Row-level security keeps a non-leakproof operator out of the index. The box test cannot leak a row's content;
  // only a superuser may say so. Without it spatial queries are right, but slow.
  await sql`
    do $$ begin
      alter function geometry_overlaps(geometry, geometry) leakproof;
    exception when insufficient_privilege then
      raise notice 'huage: ask a superuser to run: alter function geometry_overlaps(geometry, geometry) leakproof';
    end $$`.execute(db)
}
