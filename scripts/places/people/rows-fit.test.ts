// A whole village's rows go into the real tables, so every check and foreign key is met.
import { type Kysely, sql } from 'kysely'
import { beforeAll, expect, it } from 'vitest'
import { describeOnBothEngines } from '../../../server/db/testing.ts'
import { fillingRows } from '../ground-rows.ts'
import type { TableRows } from '../place.ts'
import { randomOf } from '../random.ts'
import { settleVillage } from './settle-village.ts'
import { testPlace } from './testing-village.ts'

const CODES = ['510124101001', '510124101203']
const place = testPlace('tuanjie', 0.05, CODES)

async function insert(db: Kysely<never>, { table, columns, rows }: TableRows): Promise<void> {
  const list = sql.join(columns.map(column => sql.ref(column)))
  for (let from = 0; from < rows.length; from += 2_000) {
    const values = JSON.stringify(
      rows
        .slice(from, from + 2_000)
        .map(row => Object.fromEntries(columns.map((column, i) => [column, row[i]]))),
    )
    await sql`
      insert into ${sql.table(table)} (${list})
      select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${values}::jsonb)`.execute(db)
  }
}

describeOnBothEngines('rows of a village', fresh => {
  const count = async (what: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) from ${sql.raw(what)}`.execute(
      fresh().owner,
    )
    return Number(rows[0]!.count)
  }
  beforeAll(async () => {
    const db = fresh().owner as unknown as Kysely<never>
    for (const [i, code] of CODES.entries()) {
      const village = place.village(code)
      const { people, rows } = settleVillage(village)
      if (i === 0) for (const list of village.bodies.rows) await insert(db, list)
      const filling = { buildings: village.buildings, greens: [], lines: [], ponds: [] }
      for (const list of fillingRows(village.origin, filling, people, randomOf(code).id))
        await insert(db, list)
      for (const list of rows) await insert(db, list)
    }
  })

  it('fit the tables, each of them', async () => {
    const { figures } = place
    expect(await count('resident')).toBe(figures.persons)
    expect(await count('household')).toBe(figures.households)
    expect(await count('address')).toBe(figures.addresses)
    expect(await count('organisation where factory_premises')).toBe(figures.factoryPremises)
    expect(await count('facility')).toBe(figures.facilities)
    expect(await count('object')).toBe(figures.objects)
    expect(await count('matter')).toBe(figures.matters)
    expect(await count('visit')).toBe(figures.visits)
    expect(await count('incident')).toBe(figures.incidents.total)
    expect(await count('incident where satisfied')).toBe(figures.incidents.satisfied)
    for (const table of ['entrance', 'room', 'staff', 'post', 'body', 'incident_step'])
      expect([table, (await count(table)) > 0]).toEqual([table, true])
  })

  it('count the people of a building as its residents', async () => {
    expect(
      await count(`(
        select b.id from building b
        left join household h on h.county = b.county and h.building_id = b.id
        left join resident r on r.county = h.county and r.household_id = h.id
        group by b.county, b.id
        having b.persons <> count(r.id) or b.households <> count(distinct h.id)
      ) wrong`),
    ).toBe(0)
  })

  it('write addresses in the standard order', async () => {
    const { rows } = await sql<{ written: string }>`
      select written from address where room is not null order by written limit 1`.execute(fresh().owner)
    expect(rows[0]!.written).toMatch(/^试验街道试验1村试验\d+路\d+号\d+栋\d单元\d{3}$/)
  })

  it('name people, bodies and places that exist', async () => {
    expect(
      await count(
        `post p where not exists (select from staff s where s.county = p.county and s.id = p.staff_id)`,
      ),
    ).toBe(0)
    expect(
      await count(
        `incident i where staff_id is not null
           and not exists (select from staff s where s.county = i.county and s.id = i.staff_id)`,
      ),
    ).toBe(0)
    expect(
      await count(
        `incident_step i where body_id is not null
           and not exists (select from body b where b.county = i.county and b.id = i.body_id)`,
      ),
    ).toBe(0)
    expect(
      await count(
        `visit v where household_id is not null
           and not exists (select from household h where h.county = v.county and h.id = v.household_id)`,
      ),
    ).toBe(0)
  })
})
