// To which area a file belongs when nobody says, on both engines: asked of the reader, and over HTTP.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportJob } from '../../core/contract/imports.ts'
import { type App, createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { areaOfPlaces } from './area-of-places.ts'
import { look } from './inspect.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-area-of-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, places: readonly (readonly [number, number])[]) => {
  const path = join(folder, name)
  const features = places.map(([x, y], i) => ({
    type: 'Feature',
    properties: { building: 'yes', n: i },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [x, y],
          [x + 2e-4, y],
          [x + 2e-4, y + 2e-4],
          [x, y + 2e-4],
          [x, y],
        ],
      ],
    },
  }))
  writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }))
  return path
}
const along = (from: number, to: number, count: number) =>
  Array.from({ length: count }, (_, i) => [from + ((to - from) * i) / count, 30.5] as const)

describeOnBothEngines('the area of a file', fresh => {
  let app: App
  beforeAll(async () => {
    app = await createApp({ database: fresh(), version: '0', uploadFolder: join(folder, fresh().engine) })
    await sql`
      insert into area (county, code, name, local, source, created_by, geom)
      select left(code, 6), code, name, false, 'test', 'local', st_multi(st_makeenvelope(west, 30, east, 31, 4326))
      from (values ('510301', '甲县', 100.0, 101.0), ('510301001', '甲镇', 100.0, 100.5), ('510301001001', '甲村', 100.0, 100.2),
        ('510302001', '乙镇', 101.0, 102.0)) v(code, name, west, east)`.execute(fresh().owner)
  })
  afterAll(() => app.close())
  const found = async (path: string) => {
    const looked = await look(path, {}, null)
    return inScope(fresh(), LOCAL_ACTOR, tx => areaOfPlaces(tx, looked))
  }

  test('the smallest area around every place; else the county; nothing where two counties share them', async () => {
    expect(await found(put('village.geojson', along(100.01, 100.19, 20)))).toMatchObject({
      used: '510301001001',
      how: 'place',
    })
    expect(await found(put('town.geojson', along(100.01, 100.49, 20)))).toMatchObject({ used: '510301001' })
    // Half of the extract lies beyond the border, where there is no area.
    expect(await found(put('beyond.geojson', along(99.5, 100.5, 20)))).toMatchObject({
      used: '510301',
      how: 'place',
    })
    const shared = await found(put('shared.geojson', along(100.5, 101.5, 20)))
    expect(shared).toMatchObject({ used: null, how: 'none' })
    expect(shared.choices.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['510301', '510302', '510302001']),
    )
    expect(await found(put('far.geojson', along(10, 11, 20)))).toEqual({
      used: null,
      how: 'none',
      choices: [],
    })
  })
  test('a county that is no area of its own is named by its code', async () => {
    const far = await found(put('second.geojson', along(100.99, 102.5, 40)))
    expect(far).toMatchObject({
      used: '510302',
      how: 'place',
      choices: [{ code: '510302', name: null }, {}, {}],
    })
  })
  test('over HTTP it is put forward, used when nobody chooses, and told', async () => {
    const text = JSON.stringify({
      type: 'Feature',
      properties: { building: 'yes' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [101.5, 30.5],
            [101.501, 30.5],
            [101.501, 30.501],
            [101.5, 30.5],
          ],
        ],
      },
    })
    const payload = `--x\r\nContent-Disposition: form-data; name="file"; filename="b.geojson"\r\n\r\n${text}\r\n--x--\r\n`
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const looked = (await app.inject({ method: 'POST', url: '/api/uploads', payload, headers })).json()
    expect(looked.area).toMatchObject({
      used: '510302001',
      how: 'place',
      choices: [{ value: '510302001', label: '乙镇 510302001' }, { value: '510302' }],
    })
    const chosen = await app.inject({
      method: 'POST',
      url: `/api/uploads/${looked.upload}/preview`,
      payload: { area: '510301' },
    })
    expect(chosen.json().area).toMatchObject({ used: '510301', how: 'chosen' })
    const settings = { layer: 'buildings' }
    const started = await app.inject({
      method: 'POST',
      url: '/api/imports',
      payload: { upload: looked.upload, settings },
    })
    const events = await app.inject({ url: `/api/jobs/${started.json().id}/events` })
    const last = events.body.split('\n').findLast(line => line.startsWith('data: '))!
    const job: ImportJob = JSON.parse(last.slice(6))
    expect(job).toMatchObject({ state: 'done', result: { imported: 1, area: '510302001' } })
    const rows = await sql`select from building where county = '510302'`.execute(fresh().owner)
    expect(rows.rows).toHaveLength(1)
  })
})
