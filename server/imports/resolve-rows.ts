// Looks up what rows of tables refer to by name or number: buildings, addresses, households, bodies, categories.
import { sql } from 'kysely'
import type { Tx } from '../db/database.ts'
import type { TableLayer } from './layer-tables.ts'
import type { MappedRow } from './map-features.ts'
import type { Reason } from './source-feature.ts'
import { notePosts } from './staff-posts.ts'

type Resolved = MappedRow | Reason
const reason = (code: string, en: string, zh: string): Reason => ({ code, zh, en })

/** Each row ready for its table, or why not. Rows of layers that refer to nothing come back as they are. */
export async function resolveRows(
  tx: Tx,
  layer: TableLayer,
  county: string,
  rows: readonly MappedRow[],
): Promise<readonly Resolved[]> {
  switch (layer) {
    case 'households':
    case 'organisations':
      return placed(await findPlaces(tx, county, rows), rows, true)
    case 'incidents': {
      const found = placed(await findPlaces(tx, county, rows), rows, false)
      const categories = await leafCategories(tx)
      const known = found.map(row => ('code' in row ? row : withCategory(row as MappedRow, categories)))
      return numbered(tx, county, known)
    }
    case 'residents':
      return inHousehold(tx, county, rows)
    case 'staff':
      return notePosts(tx, county, await inBody(tx, county, rows))
    default:
      return rows
  }
}

interface Found {
  readonly i: number
  readonly building_id: string | null
  readonly point: string | null
}

/** By the building's number or name, by the address as it is written, by the place itself. */
async function findPlaces(tx: Tx, county: string, rows: readonly MappedRow[]): Promise<Map<number, Found>> {
  const asked = rows.map((row, i) => ({
    i,
    building: row.ref_building ?? null,
    address: row.ref_address ?? null,
    point: row.point ?? null,
  }))
  const names = [...new Set(asked.flatMap(({ building }) => building ?? []))]
  const addresses = [
    ...new Set(asked.flatMap(({ address, point }) => (point === null ? (address ?? []) : []))),
  ]
  const { rows: found } = await sql<Found>`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r(i int, building text, address text, point geometry)
    ), named as materialized (
      select distinct on (said) said, id, point from (
        select source_key as said, 0 as rank, id, point from building
          where county = ${county} and source_key = any (${names}::text[])
        union all
        select name, 1, id, point from building where county = ${county} and name = any (${names}::text[])
      ) b order by said, rank, id
    ), addressed as materialized (
      select distinct on (said) said, building_id, point from (
        select written as said, 0 as rank, id, building_id, point from address
          where county = ${county} and written = any (${addresses}::text[])
        union all
        select coalesce(street, '') || coalesce(house_number, ''), 1, id, building_id, point from address
          where county = ${county} and coalesce(street, '') || coalesce(house_number, '') = any (${addresses}::text[])
      ) a order by said, rank, id
    ), at_place as (
      select asked.i, named.id as named_id, addressed.building_id as addressed_id,
        coalesce(asked.point, named.point, addressed.point) as point
      from asked
      left join named on named.said = asked.building
      left join addressed on addressed.said = asked.address and asked.point is null
    )
    select i, coalesce(named_id, addressed_id, (
      select b.id from building b where b.county = ${county} and b.geom && at_place.point
        and huage_covers(b.geom, at_place.point) limit 1)) as building_id, point::text as point
    from at_place`.execute(tx)
  return new Map(found.map(one => [one.i, one]))
}

function placed(
  found: ReadonlyMap<number, Found>,
  rows: readonly MappedRow[],
  needed: boolean,
): readonly Resolved[] {
  return rows.map((row, i) => {
    const { building_id, point } = found.get(i)!
    if (point === null && (needed || row.ref_address === null))
      return reason(
        'no-place',
        'has no place: no coordinates, and neither its building nor its address is known here',
        '没有位置：没有坐标，楼栋和地址也不在已有数据中',
      )
    return { ...row, building_id, point }
  })
}

/** An incident is numbered as in its file; a number that another incident has here already is refused. */
async function numbered(tx: Tx, county: string, rows: readonly Resolved[]): Promise<readonly Resolved[]> {
  const keys = rows.flatMap(row => ('source_key' in row ? [row.source_key] : []))
  const { rows: others } = await sql<{ number: string }>`
    select number from incident
    where county = ${county} and number = any (${keys}::text[]) and source_key <> number`.execute(tx)
  const taken = new Set(others.map(({ number }) => number))
  return rows.map(row => {
    if (!('source_key' in row)) return row
    const number = row.source_key
    return taken.has(number)
      ? reason(
          'number-taken',
          `has the number ${number}, which another incident has`,
          `编号 ${number} 已属于另一个事件`,
        )
      : { ...row, number }
  })
}

async function inHousehold(tx: Tx, county: string, rows: readonly MappedRow[]): Promise<readonly Resolved[]> {
  const asked = [...new Set(rows.map(row => String(row.ref_household)))]
  const { rows: found } = await sql<{ said: string; id: string }>`
    select distinct on (said) said, id from (
      select source_key as said, 0 as rank, id from household
        where county = ${county} and source_key = any (${asked}::text[])
      union all
      select number, 1, id from household where county = ${county} and number = any (${asked}::text[])
    ) h order by said, rank, id`.execute(tx)
  const ids = new Map(found.map(({ said, id }) => [said, id]))
  return rows.map(row => {
    const household_id = ids.get(String(row.ref_household))
    return household_id === undefined
      ? reason(
          'unknown-household',
          `belongs to the household "${row.ref_household}", which is not known: import households first`,
          `所属的户“${row.ref_household}”不存在，请先导入住户`,
        )
      : { ...row, household_id }
  })
}

async function inBody(tx: Tx, county: string, rows: readonly MappedRow[]): Promise<readonly Resolved[]> {
  const found = await tx.selectFrom('body').select(['id', 'name']).where('county', '=', county).execute()
  const ids = new Map(found.map(({ name, id }) => [name, id]))
  return rows.map(row => {
    if (row.ref_body === null) return { ...row, body_id: null }
    const body_id = ids.get(String(row.ref_body))
    return body_id === undefined
      ? reason(
          'unknown-body',
          `belongs to the body "${row.ref_body}", which is not known; leave this column out or add the body`,
          `处置部门“${row.ref_body}”不存在；请先添加该部门，或不使用这一列`,
        )
      : { ...row, body_id }
  })
}

interface Leaf {
  readonly category: string
  readonly severity: number
}

/** By code and by name in both languages. */
async function leafCategories(tx: Tx): Promise<ReadonlyMap<string, Leaf>> {
  const { rows } = await sql<{ category: string; severity: number; zh: string; en: string }>`
    select category, severity, name->>'zh' as zh, name->>'en' as en from incident_category c
    where not exists (select from incident_category b where b.parent = c.category)`.execute(tx)
  const leaves = new Map<string, Leaf>()
  for (const { category, severity, zh, en } of rows)
    for (const said of [category, zh, en.toLowerCase()])
      if (!leaves.has(said)) leaves.set(said, { category, severity: severity ?? 4 })
  return leaves
}

const UNCLASSIFIED: Leaf = { category: 'unclassified', severity: 4 }

function withCategory(row: MappedRow, leaves: ReadonlyMap<string, Leaf>): MappedRow {
  const said = String(row.ref_category ?? '')
  const { category, severity } = leaves.get(said) ?? leaves.get(said.toLowerCase()) ?? UNCLASSIFIED
  return { ...row, category, severity: row.severity ?? severity }
}
