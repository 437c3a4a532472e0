// A leader's day in a real browser: cards and colours that agree with SQL, a spatial query with its file, search.
import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EditReply } from '../../core/contract/edits.ts'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { dayEnd, daysBefore } from '../../core/measures/local-day.ts'
import { enginesHere, type FreshDatabase } from '../../server/db/testing.ts'
import {
  clickAt,
  keepPicture,
  mapAtRest,
  openBrowser,
  pointTo,
  type RunningHuage,
  startHuage,
} from './browser.ts'
import { demoDatabase } from './demo-database.ts'

const onServer = enginesHere().includes('server')

let fresh: FreshDatabase
let huage: RunningHuage
let browser: Browser
let page: Page
let plan: Plan
let grids: GridSummary[]
/** The last day of the demo's data. */
let day: string
const complaints: string[] = []
/** A refusal is an answer: the browser writes it into the console all the same. */
const REFUSED = /status of (400|410|422)/

const get = async <T>(path: string): Promise<T> => (await (await fetch(huage.address + path)).json()) as T
const post = async <T>(path: string, body: unknown): Promise<T> =>
  (await (
    await fetch(huage.address + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    })
  ).json()) as T
const address = () => new URL(page.url()).searchParams
const at = (level: number) => grids.filter(grid => grid.level === level)
const soon = { timeout: 30_000 }
const textOf = async (id: string) => (await page.getByTestId(id).textContent()) ?? ''
const number = (text: string) => Number(text.replaceAll(',', ''))
const read = async (id: string) => number(await textOf(id))
const readFigure = async (id: string) =>
  number((await page.getByTestId(id).locator('.figure').textContent()) ?? '')
const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> =>
  (await query.execute(fresh.database.owner)).rows[0]!
/** Radios are hidden behind their labels. */
const chooseKind = (index: number) => page.getByTestId('query-kind').locator('label').nth(index).click()

beforeAll(async () => {
  if (!onServer) return
  fresh = await demoDatabase()
  huage = await startHuage(fresh.options.databaseUrl)
  browser = await openBrowser()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    acceptDownloads: true,
  })
  page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !REFUSED.test(message.text())) complaints.push(message.text())
  })
  plan = (await get<Plan[]>('/api/plans'))[0]!
  grids = (await get<GridList>(`/api/plans/${plan.id}/grids`)).grids
  day = (await get<GridCard>(`/api/grids/${at(1)[0]!.id}?plan=${plan.id}`)).on
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await huage?.stop()
  await fresh?.remove()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && page) {
    console.error(`See ${await keepPicture(page, `leader ${task.name}`.replace(/\W+/g, '-'))}`)
  }
})

/** Points of a table inside a grid, each counted by itself. */
const inGrid = (table: string, grid: GridSummary) => sql`
  from ${sql.table(table)} t, grid_version g
  where g.plan_id = ${plan.id} and g.grid_id = ${grid.id} and g.to_revision is null
    and t.county = g.county and huage_covers(g.geom, t.point)`

describe.runIf(onServer)('a leader', { timeout: 240_000 }, () => {
  test('reads on the card of a grid of every level what SQL counts in its outline', async () => {
    for (const level of [1, 2, 3, 4]) {
      const grid = at(level).reduce((most, other) => (other.persons > most.persons ? other : most))
      await page.goto(`${huage.address}/?work=lead&plan=${plan.id}&grid=${grid.id}`)
      await page.getByTestId('card-residents').getByText(/\d/).waitFor(soon)
      const houses = await one(sql<{ persons: number; households: number; buildings: number }>`
        select coalesce(sum(t.persons), 0)::integer as persons, coalesce(sum(t.households), 0)::integer as households,
          count(*)::integer as buildings ${inGrid('building', grid)}`)
      expect({
        persons: await read('card-persons'),
        households: await read('card-households'),
        buildings: await read('card-buildings'),
      }).toEqual(houses)
      const people = await one(sql<{ total: number; floating: number; disabled: number }>`
        select count(*)::integer as total, count(*) filter (where r.registration = 'floating')::integer as floating,
          count(*) filter (where r.disabled)::integer as disabled
        from resident r where (r.county, r.household_id) in (select t.county, t.id ${inGrid('household', grid)})`)
      expect({
        total: await read('card-residents'),
        floating: await read('card-floating'),
        disabled: await read('card-disabled'),
      }).toEqual(people)
      const firms = await one(sql<{ total: number; factories: number }>`
        select count(*)::integer as total, count(*) filter (where t.factory_premises)::integer as factories
        ${inGrid('organisation', grid)}`)
      expect({ total: await read('card-organisations'), factories: await read('card-factories') }).toEqual(
        firms,
      )
      await page.getByTestId('card-tab-places').click()
      const { facilities } = await one(
        sql<{ facilities: number }>`select count(*)::integer as facilities ${inGrid('facility', grid)}`,
      )
      expect(await read('card-facilities-total')).toBe(facilities)
      await page.getByTestId('card-tab-incidents').click()
      const year = daysBefore(dayEnd(day), 365)
      const incidents = await one(sql<{ open: number; lastYear: number }>`
        select count(*) filter (where t.closed_at is null)::integer as open,
          count(*) filter (where t.reported_at >= ${year})::integer as "lastYear" ${inGrid('incident', grid)}`)
      expect({
        open: await readFigure('card-incidents-open'),
        lastYear: await readFigure('card-incidents-lastYear'),
      }).toEqual(incidents)
      if (incidents.lastYear > 0) {
        await page.getByTestId('card-incidents-lastYear').click()
        await expect.poll(() => textOf('card-incident-total'), soon).toContain(`/ ${incidents.lastYear} `)
      }
      await page.getByTestId('card-tab-overview').click()
    }
  })

  test('sees who has a post there, whether that is complete, and goes down by the table of grids inside', async () => {
    const grid = at(2)[0]!
    await page.goto(`${huage.address}/?work=lead&plan=${plan.id}&grid=${grid.id}`)
    await page.getByTestId('card-tab-staff').click()
    const posts = page.getByTestId('card-posts').getByTestId('post')
    await posts.first().waitFor(soon)
    const roles = (
      await sql<{ role: string; name: string }>`
        select p.role, s.name from post p join staff s on s.county = p.county and s.id = p.staff_id
        where p.grid_id = ${grid.id} and p.from_date <= ${day}::date
          and (p.to_date is null or p.to_date >= ${day}::date)`.execute(fresh.database.owner)
    ).rows
    expect(await posts.count()).toBe(roles.length)
    for (const { name } of roles) expect(await textOf('card-posts')).toContain(name)
    const hasWorker = roles.some(({ role }) => role === 'worker')
    expect(await page.getByTestId('card-rule').getAttribute('data-complete')).toBe(String(hasWorker))
    expect(await textOf('card-rule')).toContain('一格一员')
    expect(await page.getByTestId('chain').count()).toBeGreaterThan(1)

    await page.getByTestId('card-tab-grids').click()
    await page.getByTestId('sort-persons').click()
    const children = grids.filter(other => other.parent === grid.id)
    const most = children.reduce((best, other) => (other.persons > best.persons ? other : best))
    expect(await page.getByTestId('child').first().textContent()).toBe(most.name)
    await page.getByTestId('child').first().click()
    await expect.poll(() => address().get('grid'), soon).toBe(most.id)
    await page.getByTestId('card-tab-overview').click()
  })

  test('is led from a grid that was merged a moment ago to the one that took it over', async () => {
    const draft = await post<Plan>(`/api/plans/${plan.id}/copies`, { name: '底稿' })
    const parent = at(3).find(grid => grids.filter(other => other.parent === grid.id).length > 2)!
    const leaves = grids.filter(grid => grid.parent === parent.id)
    let gone: string | undefined
    for (const other of leaves.slice(1)) {
      const kept = leaves[0]!.id
      const reply = await post<Partial<EditReply>>(`/api/plans/${draft.id}/edits`, {
        kind: 'merge',
        base: 0,
        grids: [kept, other.id],
        keep: kept,
      })
      gone = reply.removed?.[0]
      if (gone) break
    }
    expect(gone).toBeDefined()
    await page.goto(`${huage.address}/?work=lead&plan=${draft.id}&grid=${gone}`)
    await page.getByTestId('successor').first().waitFor(soon)
    await page.getByTestId('successor').first().click()
    await expect.poll(() => address().get('grid'), soon).toBe(leaves[0]!.id)
    expect(await textOf('card-name')).toBe(leaves[0]!.name)
  })

  test('colours every level by incidents; classes and total are those of SQL', async () => {
    const year = daysBefore(dayEnd(day), 365)
    const { total } = await one(sql<{ total: number }>`
      select count(*)::integer as total from incident i
      where i.county = ${plan.county} and i.reported_at >= ${year}
        and huage_leaf_at(${plan.county}, ${plan.id}::uuid, i.point) is not null`)
    for (const level of [1, 2, 3, 4]) {
      await page.goto(`${huage.address}/?work=lead&plan=${plan.id}&level=${level}&colour=incidents`)
      await expect.poll(() => page.getByTestId('counted-note').count(), soon).toBe(1)
      expect(await textOf('counted-note')).toContain(total.toLocaleString('zh-CN'))
      const shown = grids.filter(grid => grid.level === level || (grid.leaf && grid.level < level))
      const counts = await page.getByTestId('legend').locator('tbody td.number').allTextContents()
      expect(counts.map(number).reduce((sum, count) => sum + count, 0)).toBe(shown.length)
    }
    await page.getByTestId('colour-control').selectOption('staff')
    await expect.poll(() => textOf('legend'), soon).toContain('每千人岗位数')
  })

  test('draws a polygon: counts, rows, points and file are what SQL finds in it', async () => {
    await page.goto(`${huage.address}/?work=lead&plan=${plan.id}`)
    await mapAtRest(page)
    await page.getByTestId('query-tool').click()
    await page.getByTestId('query-draw').click()
    const [west, south, east, north] = plan.bbox
    const within = (x: number, y: number): Place => [west + x * (east - west), south + y * (north - south)]
    for (const [x, y] of [
      [0.4, 0.42],
      [0.62, 0.45],
      [0.58, 0.66],
    ] as const)
      await clickAt(page, within(x, y))
    await pointTo(page, within(0.45, 0.6))
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByTestId('query-total-incidents').count(), soon).toBe(1)

    // The very polygon is in the address; what is in it is counted again without the program's own rule for borders.
    const corners = address().get('query')!.split(':')[1]!.split(';')
    const ring = [...corners, corners[0]!].map(corner => corner.replace(',', ' ')).join(', ')
    const shape = sql`st_geomfromtext(${`POLYGON((${ring}))`}, 4326)`
    for (const [layer, table] of [
      ['buildings', 'building'],
      ['households', null],
      ['addresses', 'address'],
      ['facilities', 'facility'],
      ['organisations', 'organisation'],
      ['objects', 'object'],
      ['incidents', 'incident'],
    ] as const) {
      const counted = table
        ? sql<{
            n: number
          }>`select count(*)::integer as n from ${sql.table(table)} t where st_contains(${shape}, t.point)`
        : sql<{
            n: number
          }>`select coalesce(sum(t.households), 0)::integer as n from building t where st_contains(${shape}, t.point)`
      expect([layer, await read(`query-total-${layer}`)]).toEqual([layer, (await one(counted)).n])
    }
    const { persons, residents } = await one(sql<{ persons: number; residents: number }>`
      select (select sum(b.persons)::integer from building b where st_contains(${shape}, b.point)) as persons,
        (select count(*)::integer from resident r join household h on h.county = r.county and h.id = r.household_id
          where st_contains(${shape}, h.point)) as residents`)
    expect(await read('query-total-persons')).toBe(persons)
    expect(
      number(
        (await page.getByTestId('query-count-persons').locator('[data-part=residents]').textContent()) ?? '',
      ),
    ).toBe(residents)

    await page.getByTestId('query-rows-facilities').click()
    await page.getByTestId('found-row').first().waitFor(soon)
    const total = await read('query-total-facilities')
    expect(await page.getByTestId('found-row').count()).toBe(Math.min(100, total))
    await mapAtRest(page)
    // A click on a point chooses its row.
    const place = await page.evaluate(() => {
      const points = window.huage?.map.queryRenderedFeatures({ layers: ['query-point'] }) ?? []
      const [first] = points
      return first?.geometry.type === 'Point'
        ? { at: first.geometry.coordinates as [number, number], id: String(first.properties.id) }
        : null
    })
    await clickAt(page, place!.at)
    await expect.poll(() => page.locator('[data-testid=found-row][aria-selected=true]').count(), soon).toBe(1)
    const saved = page.waitForEvent('download')
    await page.getByTestId('query-csv').click()
    const file = readFileSync(await (await saved).path(), 'utf8')
    expect(file.startsWith('\uFEFF')).toBe(true)
    expect(file.trimEnd().split('\r\n').length).toBe(total + 1)
    expect(file).toContain('演示数据')
  })

  test('asks with numbers alone: a circle, the nearest, a grid; a bad shape is refused at its place', async () => {
    const [west, south, east, north] = plan.bbox
    const centre: Place = [(west + east) / 2, (south + north) / 2]
    await chooseKind(1)
    await page.getByTestId('query-places').fill(centre.join(','))
    await page.getByTestId('query-number').fill('400')
    await page.getByTestId('query-ask').click()
    await expect.poll(() => address().get('query'), soon).toContain('circle:')
    await expect.poll(() => page.getByTestId('query-total-persons').count(), soon).toBe(1)
    await chooseKind(3)
    await page.getByTestId('query-places').fill(centre.join(','))
    await page.getByTestId('query-number').fill('7')
    await page.getByTestId('query-ask').click()
    await expect.poll(() => address().get('query'), soon).toContain('nearest:')
    await expect.poll(() => read('query-total-facilities').catch(() => -1), soon).toBe(7)
    await chooseKind(0)
    await page
      .getByTestId('query-places')
      .fill(`${west},${south}; ${east},${north}; ${east},${south}; ${west},${north}`)
    await page.getByTestId('query-ask').click()
    await expect.poll(() => page.getByTestId('query-refused').count(), soon).toBe(1)
    expect(await textOf('query-refused')).toContain('相交')
    expect(await page.locator('.refusal-place').textContent()).toContain('相交')
    await page.getByTestId('close-query').click()
    expect(await page.locator('.refusal-place').count()).toBe(0)

    const village = at(1)[0]!
    await page.goto(`${huage.address}/?work=lead&plan=${plan.id}&grid=${village.id}`)
    await page.getByTestId('card-query').click()
    await expect.poll(() => read('query-total-persons').catch(() => -1), soon).toBe(village.persons)
    await page.getByTestId('close-query').click()
  })

  test('finds a grid by code, by name and by the first letters of its pinyin', async () => {
    const grid = grids.find(one => one.name === '学府社区') ?? at(1)[0]!
    const asked = [grid.code, grid.name, ...(grid.name === '学府社区' ? ['xfsq'] : [])]
    for (const text of asked) {
      await page.goto(`${huage.address}/?work=lead&plan=${plan.id}`)
      await mapAtRest(page)
      await page.keyboard.press('Control+k')
      await page.getByTestId('search-input').fill(text)
      await page.getByTestId('search-result').first().waitFor(soon)
      expect(await page.getByTestId('search-result').first().textContent()).toContain(grid.name)
      await page.keyboard.press('Enter')
      await expect.poll(() => address().get('grid'), soon).toBe(grid.id)
      expect(await textOf('card-name')).toBe(grid.name)
      expect(page.url()).not.toContain(encodeURIComponent(text))
    }
  })

  test('finds an address and sees it marked, and of staff the card of their grid', async () => {
    const { written } = await one(sql<{ written: string }>`
      select written from address where county = ${plan.county} and building is not null order by id limit 1`)
    await page.goto(`${huage.address}/?work=lead&plan=${plan.id}`)
    await mapAtRest(page)
    await page.keyboard.press('/')
    await page.getByTestId('search-input').fill(written)
    await page.getByTestId('search-result').first().waitFor(soon)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.found-place').textContent(), soon).toBe(written)
    const { name } = await one(sql<{ name: string }>`
      select s.name from staff s join post p on p.county = s.county and p.staff_id = s.id
      where p.grid_id is not null group by s.name having count(distinct s.id) = 1 and length(s.name) = 3
      order by s.name limit 1`)
    await page.keyboard.press('/')
    await page.getByTestId('search-input').fill(name)
    const found = page.locator('[data-testid=search-result][data-kind=staff]', { hasText: name }).first()
    await found.waitFor(soon)
    await found.click()
    await page.getByTestId('card-part-staff').waitFor(soon)
    await expect.poll(() => textOf('card-part-staff'), soon).toContain(name)
    expect(decodeURIComponent(page.url())).not.toContain(name)
  })

  test('a shape where nothing is says so; a time that ends before it begins is refused', async () => {
    await page.goto(`${huage.address}/?work=lead&plan=${plan.id}&query=circle:10,10:500`)
    await page.getByTestId('query-note').waitFor(soon)
    expect(await read('query-total-persons')).toBe(0)
    await page.getByTestId('query-from').fill('2026-05-02')
    await page.getByTestId('query-to').fill('2026-05-01')
    await expect.poll(() => page.getByText('结束时间必须晚于开始时间').count(), soon).toBeGreaterThan(0)
    await page.getByTestId('query-to').fill('')
    await page.getByTestId('query-from').fill('')
    await page.getByTestId('query-note').waitFor(soon)
    await page.getByTestId('close-query').click()
  })

  test.each([
    ['light', 'zh', 1280],
    ['dark', 'en', 1280],
    ['light', 'en', 390],
  ] as const)('axe finds nothing, %s, %s, %i pixels wide', async (theme, language, width) => {
    await page.evaluate(
      ([theme, language]) => {
        localStorage.setItem('huage.theme', theme)
        localStorage.setItem('huage.language', language)
      },
      [theme, language] as const,
    )
    await page.setViewportSize({ width, height: 800 })
    const of = `plan=${plan.id}`
    const chosen = at(2)[0]!.id
    for (const [address, ready] of [
      [`work=plan&${of}&grid=${chosen}`, 'card-counted'],
      [`work=analyse&${of}`, 'found'],
      [`work=analyse&${of}&show=grids`, 'count-row'],
      [`work=lead&${of}&grid=${chosen}`, 'card-counted'],
      [`work=lead&${of}&query=grid:${chosen}`, 'query-total-persons'],
    ] as const) {
      await page.goto(`${huage.address}/?${address}`)
      await page.getByTestId(ready).first().waitFor(soon)
      const { violations } = await new AxeBuilder({ page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
      expect(found, address).toEqual([])
    }
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
