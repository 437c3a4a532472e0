// Tells listeners that something happened to an incident that was just written in the same transaction.
import { sql } from 'kysely'
import type { IncidentEvent } from '../../core/contract/incidents.ts'
import type { Tx } from '../db/database.ts'

export async function addEvent(
  tx: Tx,
  county: string,
  kind: IncidentEvent['kind'],
  id: string,
): Promise<void> {
  // The trigger on incidents has just raised the county's version and holds its row, so events are numbered in the order
  // of commits, and never twice, whatever is replaced later.
  await sql`
    insert into incident_event (county, number, kind, incident_id)
    select county, version, ${kind}, ${id}::uuid
    from layer_version where county = ${county} and layer = 'incidents'`.execute(tx)
}
