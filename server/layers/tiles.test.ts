import { VectorTile } from '@mapbox/vector-tile'
import { sql } from 'kysely'
import { PbfReader } from 'pbf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LayerCatalogue } from '../../core/contract/layers.ts'
import type { App } from '../app.ts'
import { createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, line, type SmallTown } from '../edits/small-town.ts'
import { bumpLayer } from './queries.ts'

/** The tile of a zoom that holds a place. */
function tileAt(z: number, [lng, lat]: [number, number]): string {
  const sine = Math.sin((lat * Math.PI) / 180)
  const x = Math.floor(((lng + 180) / 360) * 2 ** z)
  const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
  return `${z}/${x}/${y}`
}

interface Drawn {
  properties: Record<string, unknown>
  type: number
  /** Doubled signed area for polygons, vertices for the rest: what must be the same from both encoders. */
  size: number
}

function read(body: Buffer, layer: string): Drawn[] {
  const tile = new VectorTile(new PbfReader(body))
  const found = tile.layers[layer]
  if (!found) return []
  return Array.from({ length: found.length }, (_, i) => {
    const feature = found.feature(i)
    const rings = feature.loadGeometry()
    const size =
      feature.type === 3
        ? rings.reduce((sum, ring) => sum + doubledArea(ring), 0)
        : rings.reduce((sum, ring) => sum + ring.length, 0)
    return { properties: feature.properties, type: feature.type, size }
  }).sort((a, b) => String(a.properties.id).localeCompare(String(b.properties.id)))
}

const doubledArea = (ring: { x: number; y: number }[]) =>
  ring.reduce((sum, point, i) => {
    const next = ring[(i + 1) % ring.length]!
    return sum + point.x * next.y - next.x * point.y
  }, 0)

const COUNTY = '510125'
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
/** Engine → what it drew, to compare when both have been asked. */
const drawn = new Map<string, Record<string, Drawn[]>>()

describeOnBothEngines('tiles', fresh => {
  let app: App
  let town: SmallTown
  const get = (url: string) => app.inject({ url })
  const catalogue = async () => (await get('/api/layers')).json() as LayerCatalogue
  const versionOf = async (layer: string) =>
    (await catalogue()).layers.find(known => known.layer === layer)!.version

  beforeAll(async () => {
    app = await createApp({ database: fresh(), version: 'test', log: true })
    town = await buildSmallTown(fresh(), COUNTY)
    await sql`
      insert into water (county, id, source_key, import_id, kind, name, geom)
      select ${COUNTY}, ${id(1)}::uuid, 'lake', ${id(1)}::uuid, 'lake', '小湖',
        st_multi(st_difference(
          st_buffer(st_setsrid(st_makepoint(103.91, 30.81), 4326), 0.006, 16),
          st_buffer(st_setsrid(st_makepoint(103.91, 30.81), 4326), 0.002, 16)))
      union all
      select ${COUNTY}, ${id(2)}::uuid, 'river', ${id(2)}::uuid, 'river', null,
        st_setsrid('MULTILINESTRING((103.80 30.80, 103.905 30.812, 103.99 30.81))'::geometry, 4326)`.execute(
      fresh().owner,
    )
    await sql`
      insert into facility (county, id, source_key, import_id, category, kind, name, point)
      values (${COUNTY}, ${id(3)}, 'school', ${id(3)}, 'education', 'school', '一小',
        st_setsrid(st_makepoint(103.911, 30.811), 4326))`.execute(fresh().owner)
    for (const layer of ['water', 'facilities', 'buildings']) {
      await inScope(fresh(), LOCAL_ACTOR, tx => bumpLayer(tx, COUNTY, layer))
    }
  })
  afterAll(async () => {
    await app.close()
    await town.app.close()
  })

  test('holds what lies there, with names and numbers', async () => {
    const place: [number, number] = [103.911, 30.811]
    const tiles: Record<string, Drawn[]> = {}
    for (const [layer, z] of [
      ['water', 12],
      ['water', 14],
      ['facilities', 15],
      ['areas', 11],
    ] as const) {
      const reply = await get(`/tiles/${layer}/${tileAt(z, place)}.mvt?v=${await versionOf(layer)}`)
      expect(reply.headers['content-type']).toBe('application/vnd.mapbox-vector-tile')
      tiles[`${layer} ${z}`] = read(reply.rawPayload, layer)
    }
    expect(tiles['water 12']!.map(feature => [feature.type, feature.properties.kind])).toEqual([
      [3, 'lake'],
      [2, 'river'],
    ])
    expect(tiles['facilities 15']![0]!.properties).toMatchObject({ name: '一小', category: 'education' })
    expect(tiles['areas 11']![0]!.properties).toMatchObject({ name: '小城', code: town.area })
    // outer ring clockwise on the screen, hole against it: the sum is what is left of the lake
    expect(tiles['water 12']![0]!.size).toBeGreaterThan(0)

    drawn.set(fresh().engine, tiles)
    const both = [...drawn.values()]
    if (both.length < 2) return
    for (const name of Object.keys(tiles)) {
      const [a, b] = both.map(engine => engine[name]!)
      expect(a!.map(({ properties, type }) => ({ properties, type }))).toEqual(
        b!.map(({ properties, type }) => ({ properties, type })),
      )
      for (const [i, feature] of a!.entries()) {
        if (feature.type === 3) expect(feature.size / b![i]!.size).toBeCloseTo(1, 2)
      }
    }
  })

  test('a tile is kept for ever at its version, and only then', async () => {
    const tile = tileAt(14, [103.911, 30.811])
    const version = await versionOf('water')
    const now = await get(`/tiles/water/${tile}.mvt?v=${version}`)
    expect(now.headers['cache-control']).toContain('immutable')
    for (const other of [`?v=${version + 1}`, '']) {
      const reply = await get(`/tiles/water/${tile}.mvt${other}`)
      expect(reply.headers['cache-control']).toBe('no-store')
    }
    await sql`update water set name = '大湖' where county = ${COUNTY} and source_key = 'lake'`.execute(
      fresh().owner,
    )
    await inScope(fresh(), LOCAL_ACTOR, tx => bumpLayer(tx, COUNTY, 'water'))
    expect(await versionOf('water')).toBe(version + 1)
    const later = await get(`/tiles/water/${tile}.mvt?v=${version + 1}`)
    expect(read(later.rawPayload, 'water')[0]!.properties.name).toBe('大湖')
  })

  test('grids are drawn as of the revision in the address', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const cut = line(town.at(0.5, -0.1), town.at(0.5, 1.1))
    await town.edit(plan.id, { kind: 'split', base: 0, grid: whole!.id, line: cut })
    const tile = tileAt(13, town.at(0.5, 0.5))
    const names = async (v: number) =>
      read((await get(`/tiles/grids/${tile}.mvt?v=${v}&plan=${plan.id}`)).rawPayload, 'grids').map(
        feature => feature.properties.name,
      )
    expect(await names(0)).toEqual(['小城'])
    expect((await names(1)).sort()).toEqual(['小城', '小城 2'])
    const ahead = await get(`/tiles/grids/${tile}.mvt?v=2&plan=${plan.id}`)
    expect(ahead.headers['cache-control']).toBe('no-store')
    const drawnNow = read((await get(`/tiles/grids/${tile}.mvt?v=1&plan=${plan.id}`)).rawPayload, 'grids')
    expect(drawnNow.reduce((sum, feature) => sum + Number(feature.properties.persons), 0)).toBe(
      whole!.persons,
    )
  })

  test('far out a tile holds the upper levels only, unless a level is asked for', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const below = (level: number) => `01900000-0000-7000-8000-00000000000${level}`
    for (const level of [2, 3, 4]) {
      await sql`
        insert into grid_version (county, plan_id, grid_id, from_revision, level, parent_id, leaf, code, name, geom,
          area_m2, persons, households, buildings)
        select county, plan_id, ${below(level)}, 0, ${level}, ${level === 2 ? whole!.id : below(level - 1)},
          ${level === 4}, code || ${'01'.repeat(level - 1)}, name, geom, area_m2, persons, households, buildings
        from grid_version where grid_id = ${whole!.id}`.execute(fresh().owner)
    }
    const levels = async (z: number, query = '') => {
      const url = `/tiles/grids/${tileAt(z, town.at(0.5, 0.5))}.mvt?v=0&plan=${plan.id}${query}`
      const found = read((await get(url)).rawPayload, 'grids')
      for (const { properties } of found) expect(properties.areaSquareMetres).toBe(whole!.areaSquareMetres)
      return found.map(({ properties }) => properties.level).sort()
    }
    expect(await levels(9)).toEqual([1])
    expect(await levels(11)).toEqual([1, 2])
    expect(await levels(12)).toEqual([1, 2, 3])
    expect(await levels(13)).toEqual([1, 2, 3, 4])
    expect(await levels(9, '&level=3')).toEqual([1, 2, 3])
    expect(await levels(15, '&level=2')).toEqual([1, 2])
    const wrong = await get(`/tiles/grids/9/0/0.mvt?v=0&plan=${plan.id}&level=5`)
    expect(wrong.json()).toMatchObject({ status: 400, code: 'bad-request' })
  })

  test('nothing to show is an empty tile; nonsense is told', async () => {
    const far = await get(`/tiles/buildings/${tileAt(15, [10, 10])}.mvt?v=${await versionOf('buildings')}`)
    expect([far.statusCode, far.rawPayload.length]).toEqual([200, 0])
    const low = await get(`/tiles/buildings/3/6/3.mvt`)
    expect([low.statusCode, low.rawPayload.length]).toEqual([200, 0])
    for (const [path, status, code] of [
      ['castles/1/0/0.mvt', 404, 'unknown-layer'],
      ['water/3/8/0.mvt', 404, 'unknown-tile'],
      ['water/99/0/0.mvt', 400, 'bad-request'],
      ['water/a/0/0.mvt', 400, 'bad-request'],
      ['water/1/-1/0.mvt', 400, 'bad-request'],
      ['grids/1/0/0.mvt', 404, 'unknown-plan'],
      [`grids/1/0/0.mvt?plan=${id(9)}`, 404, 'unknown-plan'],
      ['grids/1/0/0.mvt?plan=x', 400, 'bad-request'],
    ]) {
      expect((await get(`/tiles/${path}`)).json(), String(path)).toMatchObject({ status, code })
    }
  })
})
