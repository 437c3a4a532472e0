// Fills what can be searched in a county: the importer and the demo loader call it when they have written their rows;
// grids follow their plan's revision by themselves.
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { PlanKey } from '../plans/queries.ts'
import { initialsOf, pairsOf, plainOf } from './searchable.ts'

interface Named {
  kind: string
  id: string
  plan_id: string | null
  name: string
  context: string
  code: string | null
  /** Compared, where it is not the name: an address without its town. */
  compared: string | null
  point: string | null
}

interface Source {
  readonly kind: 'grid' | 'area' | 'address' | 'building' | 'facility' | 'organisation' | 'staff'
  readonly reading: 'character' | 'words' | 'person'
  /** Columns id, plan_id, name, context, code, compared, point of rows `t`, and where they come from. */
  readonly columns: RawBuilder<unknown>
  readonly from: RawBuilder<unknown>
  readonly where: RawBuilder<unknown>
}

const nothing = sql`null`
const columns = (
  name: RawBuilder<unknown>,
  context: RawBuilder<unknown>,
  point: RawBuilder<unknown>,
  { plan = nothing, code = nothing, compared = nothing } = {},
) => sql`${plan}::text as plan_id, ${name} as name, coalesce(${context}, '') as context, ${code}::text as code,
    ${compared}::text as compared, encode(st_asewkb(${point}), 'hex') as point`

const gridSource = (only: RawBuilder<unknown>): Source => ({
  kind: 'grid',
  reading: 'words',
  columns: columns(sql`g.name`, sql`g.code`, sql`st_centroid(st_envelope(g.geom))`, {
    plan: sql`g.plan_id`,
    code: sql`g.code`,
  }),
  from: sql`(select *, grid_id as id from grid_version where to_revision is null) g`,
  where: only,
})

const SOURCES: readonly Source[] = [
  {
    kind: 'area',
    reading: 'words',
    columns: columns(sql`g.name`, sql`g.code`, sql`st_centroid(st_envelope(g.geom))`, { code: sql`g.code` }),
    from: sql`(select *, code as id from area) g`,
    where: sql`true`,
  },
  {
    kind: 'address',
    reading: 'character',
    columns: columns(sql`g.written`, sql`g.name`, sql`g.point`, {
      // Everybody's begins with the same town and village; who types those is looking for an area.
      compared: sql`coalesce(g.street, '') || coalesce(g.house_number, '') || coalesce(g.building, '')
        || coalesce(g.entrance, '') || coalesce(g.room, '')`,
    }),
    from: sql`address g`,
    where: sql`g.written <> ''`,
  },
  {
    kind: 'building',
    reading: 'words',
    columns: columns(sql`g.name`, sql`g.kind`, sql`g.point`),
    from: sql`building g`,
    where: sql`g.name is not null`,
  },
  {
    kind: 'facility',
    reading: 'words',
    columns: columns(sql`g.name`, sql`g.kind`, sql`g.point`),
    from: sql`facility g`,
    where: sql`g.name is not null`,
  },
  {
    kind: 'organisation',
    reading: 'words',
    columns: columns(sql`g.name`, sql`coalesce(g.industry, g.kind)`, sql`g.point`),
    from: sql`organisation g`,
    where: sql`true`,
  },
  {
    kind: 'staff',
    reading: 'person',
    columns: columns(sql`g.name`, sql`concat_ws(' ', g.force_kind, g.team)`, sql`null::geometry`),
    from: sql`staff g`,
    where: sql`true`,
  },
]

/** Rows read and written at once. */
const PIECE = 4000

/** Writes all entries of a county anew. @returns how many */
export async function refreshSearch(tx: Tx, county: string): Promise<number> {
  await sql`delete from search_entry where county = ${county}`.execute(tx)
  await sql`delete from search_plan where county = ${county}`.execute(tx)
  let written = await catchUpGrids(tx, [county])
  for (const source of SOURCES) written += await writeSource(tx, county, source)
  return written
}

/** After an area was drawn. */
export async function refreshAreas(tx: Tx, county: string): Promise<void> {
  await sql`delete from search_entry where county = ${county} and kind = 'area'`.execute(tx)
  for (const source of SOURCES.filter(({ kind }) => kind === 'area')) await writeSource(tx, county, source)
}

async function writeSource(tx: Tx, county: string, source: Source): Promise<number> {
  const letters = lettersBy(source.reading)
  let written = 0
  let writing: Promise<void> = Promise.resolve()
  try {
    for (let rows = await readPiece(tx, county, source); rows.length > 0; ) {
      // While the database writes one piece, the next is read letter by letter.
      const entries = entriesOf(rows, letters)
      await writing
      const next = rows.length < PIECE ? [] : await readPiece(tx, county, source, rows.at(-1)!.id)
      writing = writeEntries(tx, county, entries)
      // Its failure is met where it is awaited; until then it must not end the process.
      writing.catch(() => undefined)
      written += rows.length
      rows = next
    }
  } finally {
    // If it failed, everything after it failed because of it.
    await writing
  }
  return written
}

/**
 * Brings the grids of plans that have been edited, made or copied since into the entries, only what changed.
 * @returns how many were written
 */
export async function catchUpGrids(tx: Tx, counties: readonly string[], plan?: string): Promise<number> {
  const { rows: behind } = await sql<PlanKey & { revision: number; known: number | null }>`
    select p.county, p.plan_id, p.revision, s.revision as known
    from plan p left join search_plan s on s.county = p.county and s.plan_id = p.plan_id
    where p.county = any (${[...counties]}::text[]) and p.state <> 'archived'
      and (${plan ?? null}::uuid is null or p.plan_id = ${plan ?? null}::uuid)
      and s.revision is distinct from p.revision
    order by p.plan_id`.execute(tx)
  let written = 0
  for (const { revision, known, ...key } of behind) {
    // Of two who search at once one writes; the other finds the same entries and writes them again.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`search ${key.plan_id}`}, 0))`.execute(tx)
    await sql`
      delete from search_entry e
      where e.county = ${key.county} and e.kind = 'grid' and e.plan_id = ${key.plan_id} and e.id in (
        select grid_id::text from grid_version g
        where g.county = ${key.county} and g.plan_id = ${key.plan_id} and g.to_revision > ${known ?? -1})`.execute(
      tx,
    )
    const changed = sql`g.plan_id = ${key.plan_id} and g.from_revision > ${known ?? -1}`
    written += await writeSource(tx, key.county, gridSource(changed))
    await sql`
      insert into search_plan values (${key.county}, ${key.plan_id}, ${revision})
      on conflict (county, plan_id) do update set revision = excluded.revision`.execute(tx)
  }
  return written
}

const keyOf = ({ id, plan_id }: Named) => (plan_id ? `${plan_id}/${id}` : id)

/** By the id, which the tables are ordered by; grids are those of one plan. */
async function readPiece(tx: Tx, county: string, source: Source, after?: string): Promise<Named[]> {
  const type = source.kind === 'area' ? sql`text` : sql`uuid`
  const { rows } = await sql<Named>`
    select ${source.kind}::text as kind, g.id::text as id, ${source.columns} from ${source.from}
    where g.county = ${county} and ${source.where} ${after === undefined ? sql`` : sql`and g.id > ${after}::${type}`}
    order by g.id limit ${PIECE}`.execute(tx)
  return rows
}

/** Names come again and again: a village's grids, chain shops, the same hundred surnames. */
function lettersBy(reading: Source['reading']): (plain: string) => string {
  if (reading === 'character') return plain => initialsOf(plain, reading)
  const known = new Map<string, string>()
  return plain => {
    let letters = known.get(plain)
    if (letters === undefined) {
      letters = initialsOf(plain, reading)
      known.set(plain, letters)
    }
    return letters
  }
}

interface Entry {
  readonly row: Named
  readonly plain: string
  readonly initials: string
  readonly pairs: string
}

const entriesOf = (rows: readonly Named[], letters: (plain: string) => string): Entry[] =>
  rows.flatMap(row => {
    const plain = plainOf(row.compared || row.name)
    return plain === ''
      ? []
      : [{ row, plain, initials: letters(plain), pairs: `{${pairsOf(plain).join(',')}}` }]
  })

async function writeEntries(tx: Tx, county: string, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const column = (of: (entry: Entry) => string | null) => entries.map(of)
  await sql`
    insert into search_entry (county, kind, key, id, plan_id, name, context, code, plain, initials, pairs, point)
    select ${county}, kind, key, id, plan_id::uuid, name, context, code, plain, initials, pairs::integer[], point::geometry
    from unnest(${column(({ row }) => row.kind)}::text[], ${column(({ row }) => keyOf(row))}::text[],
      ${column(({ row }) => row.id)}::text[], ${column(({ row }) => row.plan_id)}::text[],
      ${column(({ row }) => row.name)}::text[], ${column(({ row }) => row.context)}::text[],
      ${column(({ row }) => row.code)}::text[], ${column(({ plain }) => plain)}::text[],
      ${column(({ initials }) => initials)}::text[], ${column(({ pairs }) => pairs)}::text[],
      ${column(({ row }) => row.point)}::text[]
    ) as entry (kind, key, id, plan_id, name, context, code, plain, initials, pairs, point)
    on conflict (county, kind, key) do update set name = excluded.name, context = excluded.context, code = excluded.code,
      plain = excluded.plain, initials = excluded.initials, pairs = excluded.pairs, point = excluded.point`.execute(
    tx,
  )
}
