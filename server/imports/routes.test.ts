// Bringing data in over HTTP, on both engines: upload, look, look again, import as a job, list, fetch rejects, withdraw.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Inspection } from '../../core/contract/imports.ts'
import { type App, createApp } from '../app.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { importsOf } from './testing.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-uploads-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url)))

describeOnBothEngines('imports over HTTP', fresh => {
  let app: App
  let upload: ReturnType<typeof importsOf>['upload']
  let post: ReturnType<typeof importsOf>['post']
  let ended: ReturnType<typeof importsOf>['ended']
  let bringIn: ReturnType<typeof importsOf>['bringIn']
  beforeAll(async () => {
    app = await createApp({
      database: fresh(),
      version: '0',
      uploadFolder: join(folder, fresh().engine),
    })
    ;({ upload, post, ended, bringIn } = importsOf(app))
  })
  afterAll(() => app.close())

  test('a zipped shapefile in GBK: its names and place are seen before anything is stored, then it is imported', async () => {
    const reply = await upload({ '村界.zip': fixture('formats/villages-4547-gbk.zip') })
    expect(reply.statusCode).toBe(201)
    const looked: Inspection = reply.json()
    expect(looked).toMatchObject({
      format: 'shp',
      rows: 2,
      more: false,
      geometry: 'polygon',
      encoding: { used: 'gb18030' },
      crs: { used: 'EPSG:4547', how: 'declared' },
      ready: true,
    })
    const [first] = looked.firstRows
    expect(Object.values(first!.values).join()).toContain('团结社区')
    expect(looked.sample.features).toHaveLength(2)
    expect(looked.bbox![0]).toBeGreaterThan(100)
    expect((await app.inject({ url: '/api/imports' })).json()).toEqual([])

    const again = await post(`/api/uploads/${looked.upload}/preview`, {
      ...looked.settings,
      encoding: 'utf-8',
    })
    expect(again.json()).toMatchObject({ encoding: { used: 'utf-8', how: 'chosen' } })
    expect(Object.values(again.json().firstRows[0].values).join()).toContain('\ufffd')

    const job = await bringIn(looked, { layer: 'areas', area: '510198' })
    expect(job).toMatchObject({ state: 'done', progress: 1, result: { read: 2, imported: 2, rejected: 0 } })
    const [listed] = (await app.inject({ url: '/api/imports' })).json()
    expect(listed).toMatchObject({
      id: job.result!.id,
      file: '村界.zip',
      actor: 'local',
      imported: 2,
      layers: [{ layer: 'areas' }],
    })
    const withdrawn = await app.inject({ method: 'DELETE', url: `/api/imports/${job.result!.id}` })
    expect(withdrawn.json()).toMatchObject({ removed: 2, restored: 0 })
    expect((await app.inject({ url: '/api/imports' })).json()).toEqual([])
    const left = await sql`select from area where county in ('510124', '510198')`.execute(fresh().owner)
    expect(left.rows).toHaveLength(0)
    const twice = await app.inject({ method: 'DELETE', url: `/api/imports/${job.result!.id}` })
    expect(twice.json()).toMatchObject({ status: 409, code: 'withdrawn-already' })
  })

  test('settings are remembered for the next file of the same kind', async () => {
    const csv = (rows: string) => `名字,东,北\n${rows}\n`
    const looked: Inspection = (await upload({ 'a.csv': csv('甲,103.95,30.81') })).json()
    expect(looked).toMatchObject({ remembered: false, geometry: 'none' })
    const settings = {
      layer: 'facilities' as const,
      area: '510198',
      datum: 'gcj02' as const,
      columns: { 东: 'x', 北: 'y', 名字: 'name' },
    }
    expect((await bringIn(looked, settings)).state).toBe('done')
    const next: Inspection = (await upload({ 'b.csv': csv('乙,103.96,30.82') })).json()
    expect(next).toMatchObject({ remembered: true, settings, geometry: 'point', ready: true })
  })

  test('of a long file the beginning is looked at; how many rows it has and where they lie is told on its own', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => `${i},点${i},${103 + i / 10_000},30`)
    const looked: Inspection = (
      await upload({ '长.csv': ['编号,名称,经度,纬度', ...rows].join('\n') })
    ).json()
    expect(looked).toMatchObject({ rows: 1000, more: true })
    const whole = await post(`/api/uploads/${looked.upload}/extent`, looked.settings)
    expect(whole.json()).toEqual({ rows: 2500, bbox: [103, 30, 103.2499, 30] })
    expect(looked.bbox![2]).toBeLessThan(103.11)
  })

  test('the same key is one upload and one job; a job that is over cannot be cancelled', async () => {
    const line = JSON.stringify({
      type: 'Feature',
      properties: { highway: 'primary', name: '人民路' },
      geometry: {
        type: 'LineString',
        coordinates: [
          [103.9, 30.8],
          [103.91, 30.8],
        ],
      },
    })
    const key = { 'idempotency-key': 'upload-1' }
    const [a, b] = [await upload({ 'r.geojson': line }, key), await upload({ 'r.geojson': line }, key)]
    expect(a.json().upload).toBe(b.json().upload)
    const body = { upload: a.json().upload, settings: { layer: 'roads', area: '510198' } }
    const [one, two] = [
      await post('/api/imports', body, { 'idempotency-key': 'job-1' }),
      await post('/api/imports', body, { 'idempotency-key': 'job-1' }),
    ]
    expect(one.json().id).toBe(two.json().id)
    expect(await ended(one.json())).toMatchObject({ state: 'done', result: { imported: 1 } })
    const late = await app.inject({ method: 'DELETE', url: `/api/jobs/${one.json().id}` })
    expect(late.json()).toMatchObject({ state: 'done' })
  })

  test('rejected rows come back in the format they came in, with the reason; mended, they go in', async () => {
    const rows = ['编号,姓名,经度,纬度', '1,甲,103.95,30.81', '2,"乙,二",,', '3,丙,103.96,30.82']
    const looked: Inspection = (await upload({ '点.csv': rows.join('\n') })).json()
    const settings = { layer: 'facilities', area: '510197' }
    const job = await bringIn(looked, settings)
    expect(job.result).toMatchObject({
      read: 3,
      imported: 2,
      rejected: 1,
      reasons: [{ code: 'no-geometry', rows: 1 }],
    })
    const file = await app.inject({ url: job.result!.rejects! })
    expect(file.headers['content-disposition']).toContain(encodeURIComponent('点.rejected.csv'))
    const [header, only, ...none] = file.body.replace('\ufeff', '').trim().split('\r\n')
    expect(header).toBe('编号,姓名,经度,纬度,hg_原因')
    expect(only).toMatch(/^2,"乙,二",,,没有位置/)
    expect(none).toEqual([])
    const mended = file.body.replace('"乙,二",,,', '"乙,二",103.97,30.83,')
    const again = await bringIn((await upload({ '点.rejected.csv': mended })).json(), settings)
    expect(again.result).toMatchObject({ read: 1, imported: 1, rejected: 0 })
    const all = await sql`select from facility where county = '510197'`.execute(fresh().owner)
    expect(all.rows).toHaveLength(3)
  })

  test.each([
    ['nothing', {}, /没有收到文件/],
    ['an empty file', { 'x.shp': '' }, /空的/],
    ['text called .shp', { 'x.shp': 'hello, world' }, /不是 Shapefile/],
    ['two files', { 'a.csv': 'x,y\n1,2\n', 'b.csv': 'x,y\n1,2\n' }, /一次上传一个文件/],
  ])('%s: a sentence, and nothing is kept', async (_, files, sentence) => {
    const before = readdirSync(join(folder, fresh().engine), { recursive: true }).length
    const reply = await upload(files)
    expect(reply.json()).toMatchObject({ status: 422, code: 'unreadable-file' })
    expect(reply.json().message).toMatch(sentence)
    expect(readdirSync(join(folder, fresh().engine), { recursive: true })).toHaveLength(before)
  })

  test('what is not there: 404, each with its sentence', async () => {
    const id = '01a20b43-f868-7e89-8144-675714a6f424'
    for (const [url, code] of [
      [`/api/jobs/${id}`, 'unknown-job'],
      [`/api/imports/${id}`, 'unknown-import'],
      [`/api/imports/${id}/rejects`, 'no-rejects'],
    ] as const)
      expect((await app.inject({ url })).json()).toMatchObject({ status: 404, code })
    const lost = await post('/api/imports', { upload: id, settings: {} })
    expect(lost.json()).toMatchObject({ status: 404, code: 'unknown-upload' })
    const json = await post('/api/uploads', {})
    expect(json.json()).toMatchObject({ status: 415, code: 'not-a-form' })
  })
})
