// SQL for search: the best entries, and what each is shown with.
import { sql } from 'kysely'
import type { Box } from '../../core/contract/geometry.ts'
import type { SearchKind, SearchResult } from '../../core/contract/search.ts'
import type { Tx } from '../db/database.ts'

export interface Hit {
  county: string
  kind: SearchKind
  id: string
  plan_id: string | null
  name: string
  context: string
  lng: number | null
  lat: number | null
}

export async function findEntries(
  tx: Tx,
  wanted: {
    counties: readonly string[]
    kinds: readonly SearchKind[]
    plan: string | undefined
    plain: string
    pairs: readonly number[]
    limit: number
  },
): Promise<Hit[]> {
  const letters = /^[a-z0-9]+$/.test(wanted.plain)
  const { rows } = await sql<Hit>`
    select * from huage_search(${[...wanted.counties]}::text[], ${[...wanted.kinds]}::text[], ${wanted.plan ?? null}::uuid,
      ${wanted.plain}, ${letters}::boolean, ${[...wanted.pairs]}::integer[], ${wanted.limit}::integer)`.execute(
    tx,
  )
  return rows
}

/** Counties that have anything in scope. */
export async function countiesKnown(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom('area').select('county').distinct().orderBy('county').execute()
  return rows.map(row => row.county)
}

const boxColumn = sql`jsonb_build_array(st_xmin(geom), st_ymin(geom), st_xmax(geom), st_ymax(geom)) as bbox`

/** Boxes of the grids, areas and buildings among the hits, by kind and id. */
export async function boxesOf(tx: Tx, hits: readonly Hit[]): Promise<Map<string, Box>> {
  const found = new Map<string, Box>()
  const of = (kind: SearchKind) => hits.filter(hit => hit.kind === kind)
  const read = async (kind: SearchKind, query: ReturnType<typeof sql<{ id: string; bbox: Box }>>) => {
    for (const { id, bbox } of (await query.execute(tx)).rows) found.set(`${kind} ${id}`, bbox)
  }
  const grids = of('grid')
  if (grids.length > 0) {
    const keys = grids.map(hit => sql`(${hit.county}, ${hit.plan_id}::uuid, ${hit.id}::uuid)`)
    await read(
      'grid',
      sql`select plan_id || '/' || grid_id as id, ${boxColumn} from grid_version
        where to_revision is null and (county, plan_id, grid_id) in (${sql.join(keys)})`,
    )
  }
  for (const [kind, table, column] of [
    ['area', 'area', 'code'],
    ['building', 'building', 'id'],
  ] as const) {
    const some = of(kind)
    if (some.length === 0) continue
    const keys = some.map(hit => sql`(${hit.county}, ${hit.id})`)
    await read(
      kind,
      sql`select ${sql.ref(column)}::text as id, ${boxColumn} from ${sql.table(table)}
        where (county, ${sql.ref(column)}::text) in (${sql.join(keys)})`,
    )
  }
  return found
}

/** Of staff: the grid and plan of their first post now, and where it is. */
export async function gridsOfStaff(
  tx: Tx,
  hits: readonly Hit[],
  plan: string | undefined,
): Promise<
  Map<string, Pick<SearchResult, 'plan' | 'grid' | 'place' | 'bbox'> & { role: string; name: string }>
> {
  const staff = hits.filter(hit => hit.kind === 'staff')
  if (staff.length === 0) return new Map()
  const { rows } = await sql<{
    id: string
    plan: string
    grid: string
    role: string
    name: string
    bbox: Box
  }>`
    select distinct on (p.staff_id) p.staff_id as id, g.plan_id as plan, g.grid_id as grid, p.role, g.name, ${boxColumn}
    from post p
    join grid_version g on g.county = p.county and g.grid_id = p.grid_id and g.to_revision is null
    join plan l on l.county = g.county and l.plan_id = g.plan_id
    where (p.county, p.staff_id) in (${sql.join(staff.map(hit => sql`(${hit.county}, ${hit.id}::uuid)`))})
    order by p.staff_id, g.plan_id = ${plan ?? null}::uuid desc nulls last, l.state = 'published' desc,
      p.to_date is null desc, p.from_date, p.id`.execute(tx)
  return new Map(
    rows.map(({ id, bbox, ...row }) => [
      id,
      { ...row, bbox, place: [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2] },
    ]),
  )
}
