import fc from 'fast-check'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { describe, expect, test } from 'vitest'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { apportion, apportionHouseholds } from './apportion.ts'
import { livingFloor } from './likely-residents.ts'
import { countsWithin, weightsWithin } from './queries.ts'
import { spreadPeople } from './spread-people.ts'

describe('apportionment', () => {
  const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 1e4, noNaN: true })), {
    minLength: 1,
    maxLength: 60,
  })
  const sum = (of: readonly number[]) => of.reduce((a, b) => a + b, 0)

  test('gives out the whole total, to nobody without weight, each within one of its due', () => {
    fc.assert(
      fc.property(fc.nat(100_000), weights, (total, of) => {
        const shares = apportion(total, of)
        const all = sum(of)
        expect(sum(shares)).toBe(all > 0 ? total : 0)
        shares.forEach((share, i) => {
          expect(Number.isInteger(share) && share >= 0).toBe(true)
          if (of[i] === 0) expect(share).toBe(0)
          if (all > 0) expect(Math.abs(share - (total * of[i]!) / all)).toBeLessThan(1 + 1e-6)
        })
      }),
    )
  })
  test('households are exact, never more than people, at least one where somebody lives when there are enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(40), { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (persons, part) => {
          const total = Math.floor(sum(persons) * part)
          const homes = apportionHouseholds(total, persons)
          expect(sum(homes)).toBe(total)
          const enough = total >= persons.filter(count => count > 0).length
          homes.forEach((count, i) => {
            expect(count).toBeLessThanOrEqual(persons[i]!)
            if (enough && persons[i]! > 0) expect(count).toBeGreaterThanOrEqual(1)
          })
        },
      ),
    )
  })
})

test('who lives where', () => {
  const facts = { kind: null, storeys: null, footprint: 100, addresses: 1, onWorkingLand: false }
  expect(livingFloor({ ...facts, storeys: 6 })).toBe(600)
  expect(livingFloor({ ...facts, kind: 'house' })).toBe(200)
  for (const kind of ['garage', 'shed', 'school', 'church', 'hospital', 'supermarket', 'warehouse', '厂房'])
    expect(livingFloor({ ...facts, kind })).toBe(0)
  expect(livingFloor({ ...facts, footprint: 18 })).toBe(0)
  expect(livingFloor({ ...facts, footprint: 9000 })).toBe(0)
  expect(livingFloor({ ...facts, addresses: 0 })).toBe(0)
  expect(livingFloor({ ...facts, addresses: 0, kind: 'apartments' })).toBe(500)
  expect(livingFloor({ ...facts, onWorkingLand: true })).toBe(0)
  expect(livingFloor({ ...facts, addresses: null, footprint: 45 })).toBe(0)
})

describeOnBothEngines('spreading people', fresh => {
  /** Houses in a row from 10° E on 50° N, a thousandth of a degree apart. */
  async function row(
    database: Database,
    county: string,
    houses: readonly { kind: string | null; floor: number; persons?: number }[],
  ) {
    const values = houses.map((house, i) => ({
      id: uuidv7(),
      key: `b${i}`,
      x: 10 + i / 1000,
      people: house.persons === undefined ? 'none' : 'column',
      persons: 0,
      ...house,
    }))
    await sql`
      insert into building (county, id, source_key, import_id, kind, floor_area_m2, persons, households, people_source, geom, point)
      select ${county}, id, key, id, kind, floor, persons, persons / 2, people,
        st_multi(st_makeenvelope(x - 1e-4, 50 - 1e-4, x + 1e-4, 50 + 1e-4, 4326)), st_setsrid(st_makepoint(x, 50), 4326)
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as r(id uuid, key text, kind text, floor real, persons integer, people text, x float8)`.execute(
      database.owner,
    )
  }
  const people = (county: string) =>
    fresh()
      .owner.selectFrom('building')
      .select(['source_key', 'persons', 'households', 'people_source'])
      .where('county', '=', county)
      .orderBy('source_key')
      .execute()

  test('is exact, leaves counted people alone, writes only what differs, and tells whoever keeps totals', async () => {
    const county = '990101'
    await row(fresh(), county, [
      { kind: 'house', floor: 100 },
      { kind: 'apartments', floor: 300 },
      { kind: 'school', floor: 900 },
      { kind: 'house', floor: 100, persons: 7 },
    ])
    const refreshed: string[] = []
    const request = {
      county,
      persons: 60,
      households: 25,
      actor: 'local',
      refreshTallies: async (_: unknown, of: string) => void refreshed.push(of),
    }
    const first = await inScope(fresh(), LOCAL_ACTOR, tx => spreadPeople(tx, request))
    const after = await people(county)
    expect(after.map(house => house.persons)).toEqual([6, 47, 0, 7])
    expect(after.reduce((total, house) => total + house.households, 0)).toBe(25)
    expect(after.map(house => house.people_source)).toEqual(['spread', 'spread', 'spread', 'column'])
    expect(first).toMatchObject({ changed: 3, inhabited: 2 })
    const second = await inScope(fresh(), LOCAL_ACTOR, tx => spreadPeople(tx, request))
    expect(second.changed).toBe(0)
    expect(refreshed).toEqual([county])
    const log = await fresh()
      .owner.selectFrom('people_spread')
      .select(['persons', 'households', 'buildings'])
      .where('county', '=', county)
      .execute()
    expect(log).toEqual([{ persons: 60, households: 25, buildings: 2 }])
  })
  test('only within the outline; and what reads the people back agrees', async () => {
    const county = '990102'
    await row(
      fresh(),
      county,
      Array.from({ length: 10 }, () => ({ kind: 'house', floor: 100 })),
    )
    const within = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [9.999, 49.9],
          [10.0035, 49.9],
          [10.0035, 50.1],
          [9.999, 50.1],
          [9.999, 49.9],
        ],
      ],
    }
    await inScope(fresh(), LOCAL_ACTOR, tx =>
      spreadPeople(tx, { county, within, persons: 9, actor: 'local' }),
    )
    expect((await people(county)).map(house => house.persons)).toEqual([3, 2, 2, 2, 0, 0, 0, 0, 0, 0])
    const columns = await inScope(fresh(), LOCAL_ACTOR, tx => weightsWithin(tx, county, [9, 49, 10.0015, 51]))
    expect([...columns.x]).toEqual([100000000, 100010000])
    expect([...columns.y]).toEqual([500000000, 500000000])
    expect([...columns.persons]).toEqual([3, 2])
    const counts = await inScope(fresh(), LOCAL_ACTOR, tx => countsWithin(tx, county, within))
    expect(counts).toEqual({ persons: 9, households: 5, buildings: 4 })
  })
  test('where no building looks lived in, whatever is not known to be something else may be', async () => {
    const county = '990105'
    await row(fresh(), county, [
      { kind: null, floor: 12_000 },
      { kind: null, floor: 24 },
      { kind: 'school', floor: 900 },
    ])
    await inScope(fresh(), LOCAL_ACTOR, tx => spreadPeople(tx, { county, persons: 3000, actor: 'local' }))
    const [hall, hut, school] = (await people(county)).map(house => house.persons)
    expect(hall! + hut!).toBe(3000)
    expect(hut).toBeGreaterThan(0)
    expect(school).toBe(0)
  })
  test('says why when nobody can live there, or more are counted than asked for', async () => {
    const county = '990103'
    await row(fresh(), county, [{ kind: 'garage', floor: 100 }])
    const spread = (persons: number) =>
      inScope(fresh(), LOCAL_ACTOR, tx => spreadPeople(tx, { county, persons, actor: 'local' }))
    await expect(spread(10)).rejects.toMatchObject({ sentence: { zh: expect.stringContaining('可居住') } })
    await row(fresh(), '990104', [{ kind: 'house', floor: 100, persons: 70 }])
    await expect(
      inScope(fresh(), LOCAL_ACTOR, tx =>
        spreadPeople(tx, { county: '990104', persons: 10, actor: 'local' }),
      ),
    ).rejects.toThrow(/70 people/)
  })
})
