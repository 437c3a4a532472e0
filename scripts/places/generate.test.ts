// A place as it is loaded: every row fits, every figure is exact, every grid is sound, on both engines.
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeOnBothEngines } from '../../server/db/testing.ts'
import { verifyDatabase } from '../../server/verify/verify-database.ts'
import { loadGenerated } from '../commands/load-generated.ts'
import { figuresOf } from './figures.ts'
import { openPlace } from './generate.ts'
import type { OpenPlace, PlaceBatch, PlaceName } from './place.ts'

async function batchesOf(place: PlaceName, seed = 1, scale = 1): Promise<PlaceBatch[]> {
  const batches: PlaceBatch[] = []
  for await (const batch of openPlace(place, { seed, scale }).batches) batches.push(batch)
  return batches
}

const digest = (batches: readonly PlaceBatch[]): string => {
  const hash = createHash('sha256')
  for (const { rows } of batches) for (const part of rows) hash.update(JSON.stringify(part))
  return hash.digest('hex')
}

// The town has all that is special: grids above its villages, an enterprise area, parcels inside villages (holes).
const town = batchesOf('area-grid')

describeOnBothEngines('a generated town', fresh => {
  beforeAll(async () => {
    const batches = await town
    const again: OpenPlace = () => ({
      county: '990001',
      name: '青禾镇',
      counts: {},
      batches: (async function* () {
        yield* batches
      })(),
    })
    await loadGenerated(fresh(), again, { place: 'area-grid', seed: 1, scale: 1 }, { force: false })
  })

  test('has its figures exactly', async () => {
    const figures = figuresOf('area-grid')
    const count = async (what: string) => {
      const { rows } = await sql<{ n: number }>`select ${sql.raw(what)}::integer as n`.execute(fresh().owner)
      return rows[0]!.n
    }
    expect({
      persons: await count('(select sum(persons) from building)'),
      residents: await count('(select count(*) from resident)'),
      households: await count('(select count(*) from household)'),
      addresses: await count('(select count(*) from address)'),
      factoryPremises: await count('(select count(*) from organisation where factory_premises)'),
      solved: await count('(select count(solved_at) from incident)'),
      areas: await count(`(select count(*) from grid_version where level = 1 and kind = 'basic')`),
      parcels: await count(`(select count(*) from grid_version where level = 2 and kind = 'enterprise')`),
      holes: await count(
        `(select count(*) from grid_version where level = 2 and st_numinteriorrings(st_geometryn(geom, 1)) > 0)`,
      ),
    }).toEqual({
      persons: figures.persons,
      residents: figures.persons,
      households: figures.households,
      addresses: figures.addresses,
      factoryPremises: figures.factoryPremises,
      solved: figures.incidents.solved,
      areas: 4,
      parcels: 8,
      holes: expect.any(Number),
    })
  })

  test('is a sound plan with true totals, whose rows refer to what there is', async () => {
    const { plans, grids, faults } = await verifyDatabase(fresh())
    expect(faults).toEqual([])
    expect([plans, grids]).toEqual([1, (await town).flatMap(gridRows).length])
  })

  test('has no building on a road, in water or in another building', async () => {
    const { rows } = await sql<{ overlapping: number; wet: number; crossed: number }>`
      select
        (select count(*)::integer from building a join building b
          on a.id < b.id and a.geom && b.geom and st_intersects(a.geom, b.geom)) as overlapping,
        (select count(*)::integer from building b join water w
          on w.geom && b.geom and st_intersects(b.geom, w.geom)) as wet,
        (select count(*)::integer from building b join road r
          on r.geom && b.geom and st_intersects(b.geom, r.geom)) as crossed`.execute(fresh().owner)
    expect(rows[0]).toEqual({ overlapping: 0, wet: 0, crossed: 0 })
  })
})

const gridRows = ({ rows }: PlaceBatch) =>
  rows.filter(({ table }) => table === 'grid_version').flatMap(part => part.rows)

describe('generating', () => {
  test('gives the same rows for the same seed, and others for another', async () => {
    const first = digest(await town)
    expect(digest(await batchesOf('area-grid'))).toBe(first)
    const [ground] = await batchesOf('area-grid', 2)
    expect(digest([ground!])).not.toBe(digest([(await town)[0]!]))
  })

  test('multiplies everything by the scale', async () => {
    const figures = figuresOf('huairou', 0.01)
    const batches = await batchesOf('huairou', 1, 0.01)
    const count = (table: string) =>
      batches.flatMap(({ rows }) => rows.filter(part => part.table === table).flatMap(part => part.rows))
        .length
    expect([
      count('resident'),
      count('address'),
      count('incident'),
      count('matter'),
      count('object'),
    ]).toEqual([3685, 1165, 981, 2421, 1196])
    expect(figures.persons).toBe(3685)
  })
})
