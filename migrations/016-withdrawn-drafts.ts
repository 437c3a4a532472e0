// What goes when an import is withdrawn: posts of a list of staff, and the plan that an import of grids made, as long as nobody has worked on it. Plans are append-only for the
// application, so the owner does it, and sees for himself that nothing is lost.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Posts that a list of staff brought go with it, also of people who were here before.
  await sql`alter table post add column import_id uuid`.execute(db)
  await sql`create index post_import on post (county, import_id) where import_id is not null`.execute(db)

  await sql`
    create function huage_drop_untouched_draft(in_county text, in_plan uuid) returns boolean
    language plpgsql security definer set search_path = public as $$
    begin
      perform from plan where county = in_county and plan_id = in_plan and state = 'draft' and revision = 0
        and huage_in_scope_to_write(area_code) for update;
      if not found or exists (select from edit where county = in_county and plan_id = in_plan) then
        return false;
      end if;
      delete from search_entry where county = in_county and plan_id = in_plan;
      delete from search_plan where county = in_county and plan_id = in_plan;
      delete from grid_code where county = in_county and plan_id = in_plan;
      delete from grid_lineage where county = in_county and plan_id = in_plan;
      delete from grid_version where county = in_county and plan_id = in_plan;
      delete from plan where county = in_county and plan_id = in_plan;
      return true;
    end $$`.execute(db)
}
