// Which grid a point lies in: the kernel's half-open test in SQL, so that no point counts twice or nowhere.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // The rule of core/topology/covers.ts, in whole lattice steps: an edge counts when it starts at or below the point,
  // ends above it, and runs strictly east of it; inside is an odd number of such edges.
  await sql`
    create function huage_covers_exactly(shape geometry, point geometry) returns boolean
    immutable strict parallel safe language sql as $$
      select count(*) % 2 = 1
      from (
        select
          round(st_x(point) * 1e7)::bigint as px, round(st_y(point) * 1e7)::bigint as py,
          round(st_x(st_pointn(geom, 1)) * 1e7)::bigint as ax, round(st_y(st_pointn(geom, 1)) * 1e7)::bigint as ay,
          round(st_x(st_pointn(geom, 2)) * 1e7)::bigint as bx, round(st_y(st_pointn(geom, 2)) * 1e7)::bigint as by
        from st_dumpsegments(shape)
      ) edge
      where case
        when ay <= py and py < by then (bx - ax)::numeric * (py - ay) - (px - ax)::numeric * (by - ay) > 0
        when by <= py and py < ay then (ax - bx)::numeric * (py - by) - (px - bx)::numeric * (ay - by) > 0
        else false
      end
    $$`.execute(db)
  // Away from the border the engine's own test gives the same answer and is a hundred times faster. Half a step would
  // do for the margin; ten leave room for long segments, whose doubles are not exactly on the lattice.
  await sql`
    create function huage_covers(shape geometry, point geometry) returns boolean
    immutable strict parallel safe language sql as $$
      select case
        when not shape && point then false
        when st_dwithin(st_boundary(shape), point, 1e-6) then huage_covers_exactly(shape, point)
        else st_contains(shape, point)
      end
    $$`.execute(db)
  await sql`
    create function huage_leaf_at(in_county text, in_plan uuid, point geometry) returns uuid
    stable strict parallel safe language sql as $$
      select grid_id from grid_version
      where county = in_county and plan_id = in_plan and to_revision is null and leaf
        and geom && point and huage_covers(geom, point)
      limit 1
    $$`.execute(db)
}
