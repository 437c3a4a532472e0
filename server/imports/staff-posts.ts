// Posts that come with a list of staff: each row names a grid by code or name and what the person is there.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { LayerCounts } from './layer-import.ts'
import type { MappedRow } from './map-features.ts'
import { gridsOf, postRole } from './post-roles.ts'
import type { Reason } from './source-feature.ts'

/** Posts wait here until their people are written: both are of the same transaction. */
const WAITING = sql`create temporary table if not exists waiting_post (source_key text, grid_id uuid, role text) on commit drop`

interface Found {
  readonly said: string
  readonly id: string
  readonly many: boolean
}

/** Rows whose grids are known; their posts are noted. The others come back with the reason. */
export async function notePosts<Row extends MappedRow | Reason>(
  tx: Tx,
  county: string,
  rows: readonly Row[],
): Promise<readonly (Row | Reason)[]> {
  const wanted = rows.map(row => ('source_key' in row ? gridsOf(textOf(row.ref_grid)) : []))
  const asked = [...new Set(wanted.flat())]
  if (asked.length === 0) return rows
  const grids = new Map((await findGrids(tx, county, asked)).map(one => [one.said, one]))
  const posts: { source_key: string; grid_id: string; role: string }[] = []
  const checked = rows.map((row, i) => {
    for (const said of wanted[i]!) {
      const grid = grids.get(said)
      if (!grid) return unknownGrid(said)
      if (grid.many) return whichGrid(said)
    }
    if (!('source_key' in row)) return row
    const role = postRole(textOf(row.ref_role))
    for (const said of wanted[i]!)
      posts.push({ source_key: row.source_key, grid_id: grids.get(said)!.id, role })
    return row
  })
  await WAITING.execute(tx)
  await sql`
    insert into waiting_post select source_key, grid_id, role
    from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb) as p(source_key text, grid_id uuid, role text)`.execute(
    tx,
  )
  return checked
}

const textOf = (value: MappedRow[string] | undefined): string | null =>
  typeof value === 'string' ? value : null

/** By code, by name, or by the names of the grid above and its own: of the plan in force, else of the one worked on last. */
async function findGrids(tx: Tx, county: string, asked: readonly string[]): Promise<Found[]> {
  const { rows } = await sql<Found>`
    with plans as (
      select plan_id, row_number() over (order by state = 'published' desc, changed_at desc) as turn from plan
      where county = ${county} and state <> 'archived'
    ), named as (
      select w.said, g.grid_id, p.turn, 0 as rank from plans p
      join grid_version g on g.county = ${county} and g.plan_id = p.plan_id and g.to_revision is null
      join unnest(${asked}::text[]) as w(said) on w.said in (g.code, g.name)
      union all
      select w.said, g.grid_id, p.turn, 1 from plans p
      join grid_version g on g.county = ${county} and g.plan_id = p.plan_id and g.to_revision is null
      join grid_version a on a.county = g.county and a.plan_id = g.plan_id and a.grid_id = g.parent_id
        and a.to_revision is null
      join unnest(${asked}::text[]) as w(said) on w.said = a.name || g.name
    ), best as (
      select said, grid_id, dense_rank() over (partition by said order by turn, rank) as place from named
    )
    select said, min(grid_id::text) as id, count(distinct grid_id) > 1 as many from best
    where place = 1 group by said`.execute(tx)
  return rows
}

/** Once the people are written: their posts. Somebody on several rows is one person with several posts. */
export async function writePosts(
  tx: Tx,
  county: string,
  part: { readonly importId: string; readonly counts: LayerCounts },
): Promise<void> {
  await WAITING.execute(tx)
  const merged = await mergeRepeated(tx, county, part.importId)
  part.counts.imported -= merged
  part.counts.duplicates += merged
  const { rows } = await sql<{ people: number }>`
    with added as (
      insert into post (county, id, staff_id, role, grid_id, from_date, import_id)
      select distinct on (s.id, w.grid_id, w.role) ${county}, gen_random_uuid(), s.id, w.role, w.grid_id, current_date,
        ${part.importId}::uuid
      from waiting_post w join staff s on s.county = ${county} and s.source_key = w.source_key
      where not exists (select from post p where p.county = ${county} and p.staff_id = s.id and p.grid_id = w.grid_id
        and p.role = w.role and (p.to_date is null or p.to_date >= current_date))
      returning staff_id
    )
    select count(distinct a.staff_id)::integer as people from added a
    join staff s on s.county = ${county} and s.id = a.staff_id and s.import_id <> ${part.importId}::uuid`.execute(
    tx,
  )
  // Who was here before, as the file says, is changed by a new post.
  const { people } = rows[0]!
  part.counts.imported += people
  part.counts.unchanged -= people
}

/** A number that stood twice with another grid was kept apart as `number#2`: alike in all else, it is the same person. */
async function mergeRepeated(tx: Tx, county: string, importId: string): Promise<number> {
  const alike = sql`
    select r.id, r.source_key, s.source_key as first from staff r
    join staff s on s.county = r.county and s.source_key = regexp_replace(r.source_key, '#[0-9]+$', '')
    where r.county = ${county} and r.import_id = ${importId}::uuid and r.source_key ~ '#[0-9]+$' and r.id <> s.id
      and (r.name, r.sex, r.phone, r.force, r.force_kind, r.team, r.body_id, r.party_member)
        is not distinct from (s.name, s.sex, s.phone, s.force, s.force_kind, s.team, s.body_id, s.party_member)`
  await sql`
    update waiting_post w set source_key = alike.first from (${alike}) alike where w.source_key = alike.source_key`.execute(
    tx,
  )
  const { numAffectedRows } = await sql`
    delete from staff where county = ${county} and id in (select id from (${alike}) alike)`.execute(tx)
  return Number(numAffectedRows ?? 0)
}

const unknownGrid = (said: string): Reason => ({
  code: 'unknown-grid',
  zh: `网格“${said}”不在本区县的划分方案中；请改成已有网格的编码或名称，或先导入网格`,
  en: `belongs to the grid "${said}", which no plan of the county has: give the code or name of one that is there, or import the grids first`,
})
const whichGrid = (said: string): Reason => ({
  code: 'which-grid',
  zh: `叫“${said}”的网格不止一个；请写网格编码，或在前面加上上级网格的名称`,
  en: `belongs to "${said}", and several grids are called so: give the grid's code, or put the name of the grid above in front`,
})
