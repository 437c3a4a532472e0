// Listeners are told of every step of an incident, not only of its report.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table incident_event drop constraint incident_event_kind_check`.execute(db)
  await sql`
    alter table incident_event add constraint incident_event_kind_check check (kind in ('reported', 'stepped'))
  `.execute(db)
}
