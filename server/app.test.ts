import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, createApp } from './app.ts'
import { readConfig } from './config.ts'
import { describeOnBothEngines } from './db/testing.ts'

describeOnBothEngines('application', fresh => {
  let app: App
  beforeAll(async () => {
    app = await createApp({ database: fresh(), version: '9.9.9', log: true })
  })
  afterAll(() => app.close())

  test('says that it lives and on what it runs', async () => {
    expect((await app.inject({ url: '/api/health/live' })).json()).toEqual({ status: 'ok', version: '9.9.9' })
    const ready = (await app.inject({ url: '/api/health/ready' })).json()
    expect(ready).toMatchObject({ status: 'ok', engine: fresh().engine })
    expect(ready.postgis).toMatch(/^3\./)
  })

  test('describes every route in OpenAPI 3.1', async () => {
    const api = (await app.inject({ url: '/api/openapi.json' })).json()
    expect(api.openapi).toBe('3.1.0')
    for (const path of [
      '/api/areas',
      '/api/areas/{code}',
      '/api/plans',
      '/api/plans/{id}',
      '/api/plans/{id}/grids',
      '/api/plans/{id}/coverage',
      '/api/plans/{id}/weights',
      '/api/plans/{id}/edits',
      '/api/plans/{id}/edits/preview',
      '/api/plans/{id}/undo',
      '/api/plans/{id}/redo',
      '/api/grids/{id}',
      '/api/layers',
      '/tiles/{layer}/{z}/{x}/{y}.mvt',
    ]) {
      expect(Object.keys(api.paths)).toContain(path)
    }
    expect((await app.inject({ url: '/api/docs/' })).statusCode).toBe(200)
  })

  test.each([
    ['another site', { host: 'localhost', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
    ['a name that somebody pointed at this machine', { host: 'evil.example' }],
  ])('refuses %s', async (_who, headers) => {
    const reply = await app.inject({ method: 'POST', url: '/api/plans', headers, payload: {} })
    expect(reply.json()).toMatchObject({ status: 403, code: 'cross-site' })
  })

  test('an unknown address, a wrong method, a huge body: a sentence in the language asked for', async () => {
    const zh = await app.inject({ url: '/api/nothing' })
    expect(zh.json().message).toContain('没有这个地址')
    const en = await app.inject({ url: '/api/nothing', headers: { 'accept-language': 'en-US,zh;q=0.5' } })
    expect(en.json()).toMatchObject({ status: 404, code: 'unknown-route' })
    expect(en.json().message).toContain('There is nothing')
    expect(en.headers['content-type']).toContain('application/problem+json')
    const undecodable = await app.inject({ url: '/api/plans/%ff' })
    expect(undecodable.json()).toMatchObject({ status: 404, code: 'unknown-route' })
    const urn = await app.inject({ url: '/api/plans/urn:uuid:01a20b43-f868-7e89-8144-675714a6f424' })
    expect(urn.json()).toMatchObject({ status: 400, code: 'bad-request' })
    const huge = await app.inject({
      method: 'POST',
      url: '/api/plans',
      headers: { 'content-type': 'application/json' },
      payload: `{"name":"${'x'.repeat(33 * 1024 * 1024)}"}`,
    })
    expect(huge.json()).toMatchObject({ status: 413, code: 'too-large' })
    const text = await app.inject({
      method: 'POST',
      url: '/api/plans',
      headers: { 'content-type': 'text/plain' },
      payload: 'x',
    })
    expect(text.json()).toMatchObject({ status: 415, code: 'unsupported-media-type' })
  })
})

test('without sign-in only this machine may be listened on', () => {
  expect(readConfig({})).toMatchObject({ host: '127.0.0.1', port: 8080 })
  expect(() => readConfig({ HOST: '0.0.0.0' })).toThrow(/HOST=0\.0\.0\.0 is refused/)
  expect(() => readConfig({ PORT: 'http' })).toThrow(/not a port number/)
  expect(() => readConfig({ DATABASE_URL: 'mysql://x' })).toThrow(/DATABASE_URL/)
})
