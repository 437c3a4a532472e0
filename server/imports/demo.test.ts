// Neubrandenburg as a whole, once: the real town, its people exact, and a second load that changes nothing.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL_ACTOR } from '../db/database.ts'
import { type FreshDatabase, freshDatabase } from '../db/testing.ts'
import { holdsAnything } from '../demo/queries.ts'
import { loadDemo } from './demo.ts'

let fresh: FreshDatabase
beforeAll(async () => {
  fresh = await freshDatabase('embedded')
})
afterAll(() => fresh.remove())

test('Neubrandenburg', { timeout: 240_000 }, async () => {
  const { database } = fresh
  expect(await holdsAnything(database)).toBe(false)
  // Broken off when the whole town is in and only the people are missing: none of it stays.
  const stop = new AbortController()
  const broken = loadDemo(database, LOCAL_ACTOR, (_, done) => void (done > 0.85 && stop.abort()), {
    signal: stop.signal,
  })
  await expect(broken).rejects.toThrow()
  expect(await holdsAnything(database)).toBe(false)
  const result = await loadDemo(database, LOCAL_ACTOR, () => undefined)
  expect(await holdsAnything(database)).toBe(true)
  expect(
    Object.fromEntries(Object.entries(result.layers).map(([layer, counts]) => [layer, counts.imported])),
  ).toEqual({
    buildings: 15_329,
    addresses: 10_260,
    roads: 7_950,
    water: 507,
    green: 1_202,
    facilities: 1_664,
    areas: 8,
  })
  const { rows } = await sql<Record<string, unknown>>`
    select a.name, a.local, sum(b.persons)::integer as persons, sum(b.households)::integer as households,
      count(*) filter (where b.persons > 0)::integer as inhabited, max(b.persons) as most,
      (select sum(persons)::integer from building) as everywhere, round(st_area(a.geom::geography) / 1e6)::integer as km2
    from area a join building b on a.geom && b.point and huage_covers(a.geom, b.point)
    where a.code = ${result.area} group by a.county, a.code`.execute(database.owner)
  expect(rows).toEqual([
    {
      name: 'Neubrandenburg 新勃兰登堡',
      local: true,
      persons: 63_437,
      households: 33_388,
      inhabited: 5_076,
      most: expect.any(Number),
      everywhere: 63_437,
      km2: 86,
    },
  ])
  expect(rows[0]!.most).toBeLessThan(300)
  const again = await loadDemo(database, LOCAL_ACTOR, () => undefined)
  expect(Object.values(again.layers).reduce((sum, counts) => sum + counts.imported, 0)).toBe(0)
  expect(again.people.changed).toBe(0)
})
