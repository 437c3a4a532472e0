// The bodies of a county that incidents can be dispatched to, the lowest level first.
import { sql } from 'kysely'
import { type Body, CIRCULATIONS } from '../../core/contract/incidents.ts'
import type { Tx } from '../db/database.ts'

export async function listBodies(tx: Tx, county: string): Promise<Body[]> {
  const { rows } = await sql<Body>`
    select id, name, kind, circulation from body where county = ${county}
    order by array_position(array[${sql.join(CIRCULATIONS.map(name => sql.lit(name)))}], circulation), name, id
    `.execute(tx)
  return rows
}
