// Rows of one layer's table, in pages or all of them.
import { sql } from 'kysely'
import type { Cell, QueryLayer, QueryTable } from '../../core/contract/analysis.ts'
import type { Tx } from '../db/database.ts'
import type { Clock } from '../incidents/clock.ts'
import { type Wanted, wantedIncidents } from '../incidents/queries.ts'
import type { Ground } from '../registry/ground.ts'
import type { PlacedPost } from '../staff/posts-on-ground.ts'
import { metresColumn, staffColumns, tableOfLayer } from './table-columns.ts'

export interface Page {
  readonly limit: number
  readonly offset: number
}

const cellOf = (value: unknown): Cell => {
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  return value === null || value === undefined ? null : String(value)
}

/** @param byDistance the ground is of things found nearest: they come in that order, with their distance */
export async function readTable(
  tx: Tx,
  layer: Exclude<QueryLayer, 'staff'>,
  ground: Ground,
  clock: Clock,
  incidents: Wanted,
  page: Page,
  byDistance: boolean,
): Promise<QueryTable> {
  const { from, alias, where, columns, order } = tableOfLayer(layer, clock)
  const own = (name: string) => sql.ref(`${alias}.${name}`)
  const condition = sql`${own('county')} = ${ground.county} and ${where} and ${ground.has(alias)}
    and ${layer === 'incidents' ? wantedIncidents(incidents, clock) : sql`true`}`
  const { rows: counted } = await sql<{ count: number }>`
    ${ground.before} select count(*)::integer as count from ${from} ${ground.beside} where ${condition}`.execute(
    tx,
  )
  const distance = byDistance
    ? sql`(select metres from chosen where chosen.id = ${alias === 'h' ? sql`h.building_id` : own('id')})`
    : sql`null`
  const { rows } = await sql<
    Record<string, unknown> & { id: string; lng: number; lat: number; metres: number | null }
  >`
    ${ground.before}
    select ${own('id')} as id, st_x(${own('point')}) as lng, st_y(${own('point')}) as lat, ${distance} as metres,
      ${sql.join(columns.map(({ value }, n) => sql`${value} as ${sql.id(`c${n}`)}`))}
    from ${from} ${ground.beside} where ${condition}
    order by ${byDistance ? sql`metres` : order}, ${own('id')} limit ${page.limit} offset ${page.offset}`.execute(
    tx,
  )
  return {
    layer,
    columns: [
      ...columns.map(({ key, name, type }) => ({ key, name, type })),
      ...(byDistance ? [metresColumn] : []),
    ],
    rows: rows.map(row => ({
      id: row.id,
      place: [row.lng, row.lat],
      cells: [
        ...columns.map((_, n) => cellOf(row[`c${n}`])),
        ...(byDistance ? [Math.round(row.metres ?? 0)] : []),
      ],
    })),
    total: counted[0]!.count,
    offset: page.offset,
  }
}

/** Posts have been found already. */
export function staffTable(posts: readonly PlacedPost[], page: Page): QueryTable {
  const byDistance = posts.some(({ metres }) => metres !== null)
  return {
    layer: 'staff',
    columns: [...staffColumns, ...(byDistance ? [metresColumn] : [])],
    rows: posts.slice(page.offset, page.offset + page.limit).map(({ post, grid, place, metres }) => ({
      id: post.id,
      place: [...place],
      cells: [
        post.staff.name,
        post.role,
        post.staff.phone,
        post.staff.force,
        post.staff.forceKind,
        post.staff.team,
        grid.code,
        grid.name,
        post.from,
        post.to,
        ...(metres === null ? [] : [Math.round(metres)]),
      ],
    })),
    total: posts.length,
    offset: page.offset,
  }
}
