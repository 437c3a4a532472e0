import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GridCounts } from '../../core/contract/analysis.ts'
import { type IncidentColumns, readIncidents, readLeaves } from '../../core/contract/incident-columns.ts'
import {
  CIRCULATIONS,
  INCIDENT_SOURCES,
  INCIDENT_STATUSES,
  type IncidentCategory,
  type IncidentDetail,
  type IncidentList,
} from '../../core/contract/incidents.ts'
import { buildLivingTown, type LivingTown } from '../analysis/living-town.ts'
import { type App, createApp } from '../app.ts'
import { describeOnBothEngines } from '../db/testing.ts'

const COUNTY = '510183'
const END = '2026-11-01T00:00:00+08:00'

describeOnBothEngines('incidents', fresh => {
  let app: App
  let town: LivingTown
  let address: string
  beforeAll(async () => {
    town = await buildLivingTown(fresh(), COUNTY)
    app = await createApp({ database: fresh(), version: 'test', log: true })
    address = await app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => app.close())

  const get = async <T>(url: string): Promise<T> => {
    const reply = await app.inject({ url })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json()
  }
  const list = (query: string) => get<IncidentList>(`/api/incidents?county=${COUNTY}&limit=500&${query}`)
  const columns = async (): Promise<{ read: IncidentColumns; tag: string }> => {
    const reply = await app.inject({
      url: `/api/incidents/columns?plan=${town.plan}`,
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(reply.headers['content-encoding']).toBe('gzip')
    return { read: readIncidents(gunzipSync(reply.rawPayload)), tag: String(reply.headers.etag) }
  }
  const count = async (where: ReturnType<typeof sql>) =>
    Number(
      (
        await sql<{
          n: number
        }>`select count(*) as n from incident i where county = ${COUNTY} and ${where}`.execute(fresh().owner)
      ).rows[0]!.n,
    )
  const report = (body: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/api/incidents', payload: body, headers })
  const rubbish = () => ({ place: town.at(8, 8), category: 'rubbish', title: '垃圾未清' })

  /** Reads a stream of events until as many have come, then leaves. */
  async function listening(lastId: string | undefined, wanted: number, then: () => Promise<unknown>) {
    const gone = new AbortController()
    const stream = await fetch(`${address}/api/incidents/events?county=${COUNTY}`, {
      signal: gone.signal,
      headers: { accept: 'text/event-stream', ...(lastId && { 'last-event-id': lastId }) },
    })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    let text = ''
    const events = () =>
      [...text.matchAll(/id: (.*)\nevent: (.*)\ndata: (.*)\n\n/g)].map(([, id, event, data]) => ({
        id: id!,
        event,
        number: JSON.parse(data!).incident?.number as string | undefined,
      }))
    const decoder = new TextDecoder()
    for await (const piece of stream.body!) {
      if (text === '') await then()
      text += decoder.decode(piece, { stream: true })
      if (events().length > wanted) break
    }
    gone.abort()
    const [ready, ...told] = events()
    expect(ready).toMatchObject({ event: 'ready', number: undefined })
    return told
  }

  test('the columns hold every placed incident, as the table has it', async () => {
    const { read } = await columns()
    const { rows } = await sql<{ t: number; x: number; y: number; category: string; rest: string }>`
      select floor(extract(epoch from reported_at) / 60)::float8 * 60 as t,
        floor(round(st_x(point) * 1e7) / 256) * 256 + 128 as x, floor(round(st_y(point) * 1e7) / 256) * 256 + 128 as y,
        category,
        case when closed_at is not null then 'closed' when due < ${END}::timestamptz then 'overdue' else 'open' end
          || severity || source || circulation as rest
      from incident where county = ${COUNTY} and point is not null order by reported_at, id`.execute(
      fresh().owner,
    )
    expect(read).toMatchObject({ county: COUNTY, demo: true, on: '2026-10-31', unplaced: 18 })
    expect(
      Array.from({ length: read.count }, (_, i) => ({
        t: read.time[i],
        x: read.x[i],
        y: read.y[i],
        category: read.categories[read.category[i]!]!.category,
        rest: `${INCIDENT_STATUSES[read.status[i]!]}${read.severity[i]}${INCIDENT_SOURCES[read.source[i]!]}${CIRCULATIONS[read.circulation[i]!]}`,
      })),
    ).toEqual(rows)
  })

  test('random windows of time, category and status: columns, list and SQL agree', async () => {
    const { read } = await columns()
    const begin = Date.parse(END) / 1000 - 400 * 86_400
    for (let n = 0; n < 25; n++) {
      const from = begin + ((n * 7919) % 400) * 86_400 + n * 60
      const to = from + 60 + ((n * 104_729) % 60) * 86_400
      const status = INCIDENT_STATUSES[n % 3]!
      const category = ['theft', 'rubbish', 'public-order'][n % 3]!
      const under = new Set(
        read.categories
          .filter(one => one.category === category || one.parent === category)
          .map(one => one.category),
      )
      let inColumns = 0
      for (let i = 0; i < read.count; i++) {
        if (read.time[i]! < from || read.time[i]! >= to) continue
        if (read.status[i] !== INCIDENT_STATUSES.indexOf(status)) continue
        if (under.has(read.categories[read.category[i]!]!.category)) inColumns++
      }
      const window = sql`reported_at >= to_timestamp(${from}::float8) and reported_at < to_timestamp(${to}::float8)
        and category in (${sql.join([...under])})
        and case when closed_at is not null then 'closed' when due < ${END}::timestamptz then 'overdue' else 'open' end
          = ${status}`
      const inTable = await count(window)
      const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
      const page = await list(`from=${iso(from)}&to=${iso(to)}&status=${status}&category=${category}`)
      expect(page.total).toBe(inTable)
      expect(page.incidents).toHaveLength(inTable)
      expect(inColumns).toBe(await count(sql`${window} and point is not null`))
    }
  })

  test('leaves come in the order of the columns and add up to the counts by grid', async () => {
    const { read } = await columns()
    const reply = await app.inject({ url: `/api/incidents/leaves?plan=${town.plan}` })
    const { leaves, leaf, version, revision } = readLeaves(reply.rawPayload)
    expect([version, revision, leaf.length]).toEqual([read.version, 0, read.count])
    for (const [from, to] of [
      ['2026-01-01T00:00:00Z', '2026-03-17T08:21:00Z'],
      ['2025-10-02T11:00:00Z', '2026-10-01T00:00:00Z'],
    ] as const) {
      const sums = new Map(leaves.slice(1).map(id => [id, 0]))
      for (let i = 0; i < read.count; i++) {
        if (read.time[i]! < Date.parse(from) / 1000 || read.time[i]! >= Date.parse(to) / 1000) continue
        const id = leaves[leaf[i]!]!
        if (id !== '') sums.set(id, sums.get(id)! + 1)
      }
      const counted = await app.inject({
        method: 'POST',
        url: '/api/analysis/counts',
        payload: { plan: town.plan, level: 4, what: 'incidents', from, to },
      })
      const grids: GridCounts['grids'] = counted.json().grids
      expect(sums).toEqual(new Map(grids.map(grid => [grid.id, grid.count])))
    }
    const again = await app.inject({
      url: `/api/incidents/leaves?plan=${town.plan}&revision=0`,
      headers: { 'if-none-match': String(reply.headers.etag) },
    })
    expect(again.statusCode).toBe(304)
  })

  test('a list is narrowed by box and source, and pages without gap or repeat', async () => {
    const [west, south] = town.at(0, 0)
    const [east, north] = town.at(30, 30)
    const page = await list(`bbox=${west},${south},${east},${north}&source=hotline&source=grid`)
    expect(page.total).toBe(
      await count(sql`point && st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)
        and source in ('hotline', 'grid')`),
    )
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const part: IncidentList = await get(
        `/api/incidents?plan=${town.plan}&limit=170${next && `&after=${next}`}`,
      )
      seen.push(...part.incidents.map(incident => incident.id))
      next = part.next
    }
    expect(new Set(seen).size).toBe(900)
    expect(seen).toHaveLength(900)
  })

  test('one incident comes with its steps and grids; who reported it is masked', async () => {
    const [first] = (await list(`bbox=${[...town.at(1, 1), ...town.at(15, 15)].join(',')}`)).incidents
    const detail = await get<IncidentDetail>(`/api/incidents/${first!.id}`)
    expect(detail.reporter).toEqual({ name: '王**', phone: '138****5678' })
    expect(detail.steps.map(step => [step.number, step.step, step.note])).toEqual([
      [1, 1, null],
      [2, 2, '已受理'],
    ])
    expect(detail.grids.map(grid => grid.name)).toEqual(['网格W', '网格WS', '网格a', '网格a1'])
    expect(JSON.stringify(detail)).not.toContain('13812345678')
    const trees = await get<IncidentCategory[]>('/api/incident-categories')
    expect(trees.find(one => one.category === 'public-order')).toMatchObject({ leaf: false, hours: null })
    expect(trees.find(one => one.category === 'theft')).toMatchObject({ leaf: true, parent: 'public-order' })
  })

  test('a report takes its first step, shows in lists and columns, and everybody who listens is told', async () => {
    const before = await columns()
    const again = await app.inject({
      url: `/api/incidents/columns?county=${COUNTY}`,
      headers: { 'if-none-match': before.tag },
    })
    expect([again.statusCode, again.rawPayload.length]).toEqual([304, 0])

    let detail: IncidentDetail | undefined
    const told = await listening(undefined, 1, async () => {
      const reply = await report({ ...rubbish(), description: '三天没有清运', address: '花园路8号' })
      expect(reply.statusCode).toBe(201)
      detail = reply.json()
    })
    expect(told.map(one => [one.event, one.number])).toEqual([['reported', detail!.number]])
    expect(detail).toMatchObject({
      status: 'open',
      step: 1,
      source: 'grid',
      severity: 4,
      circulation: 'micro',
    })
    // rubbish is to be cleared within a day
    expect(Date.parse(detail!.due!) - Date.parse(detail!.reportedAt)).toBe(24 * 3_600_000)
    expect(detail!.steps).toMatchObject([{ number: 1, step: 1, actor: 'local' }])
    expect(detail!.grids.map(grid => grid.name)).toEqual(['网格W', '网格WS', '网格a', '网格a1'])
    expect((await list('')).incidents[0]!.id).toBe(detail!.id)

    const after = await columns()
    expect(after.tag).not.toBe(before.tag)
    expect(after.read.count).toBe(before.read.count + 1)
    expect(Math.abs(after.read.x.at(-1)! - town.at(8, 8)[0] * 1e7)).toBeLessThanOrEqual(128)

    // who was away and comes back misses none, in the order in which they were made
    const missed: string[] = []
    for (let n = 0; n < 3; n++) missed.push((await report(rubbish())).json().number)
    const caught = await listening(told[0]!.id, 3, async () => undefined)
    expect(caught.map(one => one.number)).toEqual(missed)
    // and the numbers follow each other
    expect(missed.map(Number)).toEqual([1, 2, 3].map(n => Number(detail!.number) + n))
  })

  const step = (id: string, body: object, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: `/api/incidents/${id}/steps`, payload: body, headers })
  const aBody = async () => {
    const id = uuidv7()
    await sql`insert into body (county, id, name, kind, circulation, area_code)
      values (${COUNTY}, ${id}::uuid, '综合执法队', 'team', 'small', ${COUNTY})`.execute(fresh().owner)
    return id
  }

  test('an incident goes through the seven steps, up a level and back once; the columns follow', async () => {
    const { id, number }: IncidentDetail = (await report(rubbish())).json()
    const body = await aBody()
    const taken: IncidentDetail[] = []
    const take = async (change: object) => {
      const reply = await step(id, { after: taken.length + 1, ...change })
      if (reply.statusCode !== 201) throw new Error(reply.body)
      taken.push(reply.json())
    }
    const told = await listening(undefined, 2, async () => {
      await take({ step: 2, note: '已受理' })
      await take({ step: 3, body })
    })
    expect(told.map(one => [one.event, one.number])).toEqual([
      ['stepped', number],
      ['stepped', number],
    ])
    await take({ step: 3, body, circulation: 'small', note: '村里没有清运车' })
    await take({ step: 4 })
    await take({ step: 5 })
    await take({ step: 4, note: '仍有垃圾', solved: false })
    await take({ step: 5 })
    const open = await columns()
    await take({ step: 6 })
    await take({ step: 7, satisfied: false })
    expect(taken.map(one => [one.status, one.step, one.circulation, one.solvedAt !== null])).toEqual([
      ['open', 2, 'micro', false],
      ['open', 3, 'micro', false],
      ['open', 3, 'small', false],
      ['open', 4, 'small', true],
      ['open', 5, 'small', true],
      ['open', 4, 'small', false],
      ['open', 5, 'small', false],
      ['closed', 6, 'small', false],
      ['closed', 7, 'small', false],
    ])
    const last = await get<IncidentDetail>(`/api/incidents/${id}`)
    expect(last).toMatchObject({ body: { id: body, name: '综合执法队' }, satisfied: false, nextSteps: [] })
    expect(last.steps.map(one => [one.number, one.step, one.actor])).toEqual(
      [1, 2, 3, 3, 4, 5, 4, 5, 6, 7].map((name, index) => [index + 1, name, 'local']),
    )
    expect(last.steps[3]).toMatchObject({ circulation: 'small', note: '村里没有清运车', body: { id: body } })
    expect(last.passedOnAt).toBe(last.steps[2]!.at)
    expect([last.closedAt, last.feedbackAt]).toEqual([last.steps[8]!.at, last.steps[9]!.at])
    const after = await columns()
    const closed = ({ read }: typeof after) => read.status.filter(status => status === 2).length
    expect(closed(after)).toBe(closed(open) + 1)
    // the seven steps are over
    expect((await step(id, { after: 10, step: 6 })).json()).toMatchObject({ status: 422, code: 'step-order' })
  })

  test('bodies are listed from the lowest level up', async () => {
    const id = await aBody()
    const bodies = await get<{ id: string; circulation: string }[]>(`/api/bodies?county=${COUNTY}`)
    expect(bodies.find(one => one.id === id)).toMatchObject({ name: '综合执法队', circulation: 'small' })
    const levels: readonly string[] = CIRCULATIONS
    const order = bodies.map(one => levels.indexOf(one.circulation))
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('where time passes, the columns say when the next becomes overdue; in a demo it stands still', async () => {
    const { due }: IncidentDetail = (await report(rubbish())).json()
    expect((await columns()).read.turns).toBeNull()
    await sql`update demo_place set county = '999999' where county = ${COUNTY}`.execute(fresh().owner)
    try {
      const { turns, moment } = (await columns()).read
      const { rows } = await sql<{ next: Date }>`select min(due) as next from incident
        where county = ${COUNTY} and closed_at is null and due >= ${moment}::timestamptz`.execute(
        fresh().owner,
      )
      expect(turns).toBe(rows[0]!.next.toISOString())
      expect(turns! <= due!).toBe(true)
    } finally {
      await sql`update demo_place set county = ${COUNTY} where county = '999999'`.execute(fresh().owner)
    }
  })

  test('of two who take the same step one is told that somebody was faster', async () => {
    const { id }: IncidentDetail = (await report(rubbish())).json()
    const replies = await Promise.all([1, 2, 3].map(() => step(id, { after: 1, step: 2 })))
    expect(replies.map(reply => reply.statusCode).sort()).toEqual([201, 409, 409])
    const late = replies.find(reply => reply.statusCode === 409)!
    expect(late.json()).toMatchObject({ code: 'step-taken', actor: 'local', at: expect.any(String) })
    const key = { 'idempotency-key': 'step-1' }
    const body = await aBody()
    const same = { after: 2, step: 3, body }
    expect([(await step(id, same, key)).statusCode, (await step(id, same, key)).statusCode]).toEqual([
      201, 201,
    ])
    expect((await get<IncidentDetail>(`/api/incidents/${id}`)).steps).toHaveLength(3)
  })

  test('a step that cannot be taken is refused with a sentence, and nothing is changed', async () => {
    const { id, reportedAt }: IncidentDetail = (await report(rubbish())).json()
    await step(id, { after: 1, step: 2 })
    const body = await aBody()
    const nobody = '01900000-0000-7000-8000-00000000000f'
    const before = new Date(Date.parse(reportedAt) - 60_000).toISOString()
    const later = new Date(Date.now() + 3_600_000).toISOString()
    for (const [change, status, code] of [
      [{ step: 4 }, 422, 'step-order'],
      [{ step: 2 }, 422, 'step-order'],
      [{ step: 8 }, 400, 'bad-request'],
      [{ after: 1 }, 409, 'step-taken'],
      [{ after: 3 }, 409, 'step-taken'],
      [{ body: undefined }, 422, 'step-body'],
      [{ body: nobody }, 422, 'unknown-body'],
      [{ staff: nobody }, 422, 'unknown-staff'],
      [{ at: before }, 422, 'step-time'],
      [{ at: later }, 422, 'step-time'],
      [{ circulation: 'large' }, 422, 'step-reason'],
      [{ circulation: 'huge' }, 400, 'bad-request'],
      [{ note: 'a\u0000b' }, 400, 'bad-request'],
      [{ surprise: 1 }, 400, 'bad-request'],
    ] as const) {
      for (const [language, script] of [
        ['zh-CN', /[一-龥]/],
        ['en', /^[^一-龥]+$/],
      ] as const) {
        const reply = await step(id, { after: 2, step: 3, body, ...change }, { 'accept-language': language })
        expect(reply.json(), JSON.stringify(change)).toMatchObject({ status, code })
        expect(reply.json().message).toMatch(script)
      }
    }
    expect((await step(nobody, { after: 1, step: 2 })).json()).toMatchObject({ status: 404 })
    expect((await get<IncidentDetail>(`/api/incidents/${id}`)).steps).toHaveLength(2)
  })

  test('twenty reports at once get twenty numbers, and a key makes one of two', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => report(rubbish())))
    expect(new Set(replies.map(reply => reply.json().number)).size).toBe(20)
    const key = { 'idempotency-key': 'report-1' }
    const [one, two] = await Promise.all([report(rubbish(), key), report(rubbish(), key)])
    expect([one.statusCode, two.json()]).toEqual([201, one.json()])
  })

  test('a report on a border belongs to one grid of each level', async () => {
    const reply = await report({ ...rubbish(), place: town.at(16, 16) })
    expect(reply.json().grids.map((grid: { level: number }) => grid.level)).toEqual([1, 2, 3])
  })

  test.each([
    ['outside every area', { place: [10, 10] }, 422, 'outside-areas'],
    ['of no category', { category: 'dragons' }, 422, 'unknown-category'],
    ['of a whole branch', { category: 'environment' }, 422, 'category-not-leaf'],
    ['of blanks', { title: '   ' }, 400, 'bad-request'],
    ['with a zero byte', { description: 'a\u0000b' }, 400, 'bad-request'],
    ['beyond the world', { place: [200, 30] }, 400, 'bad-request'],
    ['without a place', { place: null }, 400, 'bad-request'],
    ['in an unknown plan', { plan: '01900000-0000-7000-8000-00000000000f' }, 404, 'unknown-plan'],
    ['by an unknown source', { source: 'pigeon' }, 400, 'bad-request'],
  ])('a report %s is refused with a sentence', async (_what, change, status, code) => {
    for (const [language, script] of [
      ['zh-CN', /[一-龥]/],
      ['en', /^[^一-龥]+$/],
    ] as const) {
      const reply = await report({ ...rubbish(), ...change }, { 'accept-language': language })
      expect(reply.json()).toMatchObject({ status, code })
      expect(reply.json().message).toMatch(script)
    }
  })

  test.each([
    ['incidents?from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z', 400, 'bad-time'],
    ['incidents?from=0001-01-01T00:00:00Z', 400, 'bad-time'],
    ['incidents?from=yesterday', 400, 'bad-request'],
    ['incidents?bbox=4,3,2,1', 400, 'bad-box'],
    ['incidents?bbox=a,b,c,d', 400, 'bad-box'],
    ['incidents?after=%00', 400, 'bad-page'],
    ['incidents?status=done', 400, 'bad-request'],
    ['incidents?limit=0', 400, 'bad-request'],
    ['incidents?county=51', 400, 'bad-request'],
    ['incidents?plan=01900000-0000-7000-8000-00000000000f', 404, 'unknown-plan'],
    ['incidents/01900000-0000-7000-8000-00000000000f', 404, 'unknown-incident'],
    ['incidents/columns?plan=01900000-0000-7000-8000-00000000000f', 404, 'unknown-plan'],
    ['incidents/leaves', 400, 'bad-request'],
    ['incidents/leaves?plan=01900000-0000-7000-8000-00000000000f', 404, 'unknown-plan'],
    ['incidents/events?county=x', 400, 'bad-request'],
  ])('%s is answered with %i %s', async (url, status, code) => {
    expect((await app.inject({ url: `/api/${url}` })).json()).toMatchObject({ status, code })
  })

  test('a category that nobody knows, or a county without incidents, is an empty list', async () => {
    expect(await list('category=dragons')).toEqual({ total: 0, incidents: [], next: null })
    const reply = await app.inject({ url: '/api/incidents/columns?county=999999' })
    expect(readIncidents(reply.rawPayload)).toMatchObject({ count: 0, unplaced: 0 })
  })
})
