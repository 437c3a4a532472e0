import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { fromGeoJson } from '../../core/topology/index.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { shapeOfTwkb } from './twkb.ts'

describeOnBothEngines('shapes as TWKB', fresh => {
  test.each([
    'MULTIPOLYGON(((0 0,0.0000001 0,0.0000001 0.0000001,0 0)))',
    'MULTIPOLYGON(((116.1234567 40.7654321,116.2 40.7,116.3000001 40.9,116.1234567 40.7654321)))',
    'MULTIPOLYGON(((-180 -85,180 -85,180 85,-180 85,-180 -85),(-1 -1,-1 1,1 1,1 -1,-1 -1)),((-179 86,179 86,0 89,-179 86)))',
  ])('%s', async text => {
    const { rows } = await sql<{ twkb: string; geojson: string }>`
      select encode(st_astwkb(geom, 7), 'base64') as twkb, st_asgeojson(geom, 7) as geojson
      from (select st_geomfromtext(${text}, 4326) as geom) as given`.execute(fresh().owner)
    const faces = (shape: readonly unknown[]) => shape.map(face => JSON.stringify(face)).sort()
    expect(faces(shapeOfTwkb(rows[0]!.twkb))).toEqual(faces(fromGeoJson(JSON.parse(rows[0]!.geojson))))
  })
})
