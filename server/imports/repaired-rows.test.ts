// Outlines that are put right are told with their area before and after: in the look, in the result, and as a table.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ImportJob, Inspection } from '../../core/contract/imports.ts'
import { type App, createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { importFile } from './import-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-repaired-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** About 111 m by 111 m on the equator; `spike`: one corner runs out and back over itself. */
const square = (x: number, spike: boolean) => [
  [x, 0],
  [x + 0.001, 0],
  ...(spike
    ? [
        [x + 0.0015, 0],
        [x + 0.001, 0],
      ]
    : []),
  [x + 0.001, 0.001],
  [x, 0.001],
  [x, 0],
]
const town = (count: number) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: Array.from({ length: count + 1 }, (_, i) => ({
      type: 'Feature',
      properties: { building: 'house', name: `${i} 号楼` },
      geometry: { type: 'Polygon', coordinates: [square(i / 100, i > 0)] },
    })),
  })

describeOnBothEngines('repairs are told', fresh => {
  let app: App
  beforeAll(async () => {
    app = await createApp({ database: fresh(), version: '0', uploadFolder: join(folder, fresh().engine) })
  })
  afterAll(() => app.close())

  test('over HTTP: each of the first rows, the sums, and all of them as a table', async () => {
    const payload = `--x\r\nContent-Disposition: form-data; name="file"; filename="town.geojson"\r\n\r\n${town(24)}\r\n--x--\r\n`
    const headers = { 'content-type': 'multipart/form-data; boundary=x' }
    const reply = await app.inject({ method: 'POST', url: '/api/uploads', payload, headers })
    const looked: Inspection = reply.json()
    expect(looked.judged).toMatchObject({ good: 25, repaired: 24, repairs: { rows: 24, file: null } })
    const [first] = looked.judged.repairs.first
    expect(first).toMatchObject({ row: 2, name: '1 号楼', what: '去掉尖刺' })
    expect(first!.before).toBeGreaterThan(12_200)
    expect(first!.after).toBeCloseTo(first!.before, 1)
    const settings = { layer: 'buildings', area: '510195' }
    const started = await app.inject({
      method: 'POST',
      url: '/api/imports',
      payload: { upload: looked.upload, settings },
    })
    const events = await app.inject({ url: `/api/jobs/${started.json().id}/events` })
    const last = events.body.split('\n').findLast(line => line.startsWith('data: '))!
    const { result }: ImportJob = JSON.parse(last.slice(6))
    expect(result!.repairs).toMatchObject({ rows: 24, kinds: [{ code: 'spike-dropped', rows: 24 }] })
    expect(result!.repairs!.first).toHaveLength(20)
    expect(result!.repairs!.after).toBeGreaterThan(24 * 12_200)
    const table = await app.inject({ url: result!.repairs!.file! })
    const lines = table.body.trim().split('\r\n')
    expect(lines).toHaveLength(25)
    expect(lines[1]).toMatch(/^2,1 号楼,去掉尖刺,12\d+\.?\d*,12\d+\.?\d*$/)
    const [listed] = (await app.inject({ url: '/api/imports' })).json()
    expect(listed.settings).not.toHaveProperty('repairs')
    await app.inject({ method: 'DELETE', url: `/api/imports/${result!.id}` })
    const gone = await app.inject({ url: result!.repairs!.file! })
    expect(gone.json()).toMatchObject({ status: 404, code: 'no-repairs' })
  })
  test('in a folder: a table when they are many, none when the result lists all; what is sound is not told', async () => {
    const run = (count: number) => {
      const path = join(folder, `b${count}.geojson`)
      writeFileSync(path, town(count))
      const options = { layers: ['buildings'] as const, area: '510194', rejectsFolder: folder }
      return importFile(fresh(), LOCAL_ACTOR, { path, ...options, language: 'en' as const })
    }
    expect((await run(0)).repairs).toMatchObject({ rows: 0, before: 0, after: 0, first: [] })
    expect((await run(2)).repairs).toMatchObject({ rows: 2, file: null })
    const { file } = (await run(21)).repairs
    expect(readFileSync(file!, 'utf8')).toMatch(
      /row,name,repair,m² before,m² after\r\n2,1 号楼,spikes cut off,/,
    )
  })
})
