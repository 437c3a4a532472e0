// The analyst's first day in a real browser: heat, a slider that asks nobody, hours, counts by grid as SQL counts, a report
// that a second page sees.
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { STATUS_COLOURS } from '../../client/map/heat-colours.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { clickAt, colourAt, mapAtRest } from './browser.ts'
import { onServer, Screen, soon } from './screen.ts'

const screen = new Screen('analyst')
let plan: Plan
let grids: GridSummary[]
/** What was asked of the server since the list was last emptied. */
let asked: string[] = []

/** The digits of a sentence. */
const number = (text: string) => Number(text.replaceAll(/[^\d]/g, ''))
const found = async (on?: Page) => number(await screen.textOf('found', on))

/** The window in the address, as SQL understands it; without one all the time. */
function windowNow(): { from: string; to: string } {
  const [first, last] = (screen.address.get('days') ?? '2000-01-01..2100-01-01').split('..')
  return { from: `${first}T00:00:00+08:00`, to: `${last}T24:00:00+08:00` }
}

/** Incidents with a place in the window of the address, and in the hours when they are given. */
async function inSql(hours?: { weekday: number; hour: number }): Promise<number> {
  const { from, to } = windowNow()
  const local = sql`i.reported_at at time zone 'Asia/Shanghai'`
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from incident i
    where i.point is not null and i.reported_at >= ${from}::timestamptz and i.reported_at < ${to}::timestamptz
      ${hours ? sql`and extract(isodow from ${local}) = ${hours.weekday} and extract(hour from ${local}) = ${hours.hour}` : sql``}
    `.execute(screen.fresh.database.owner)
  return rows[0]!.count
}

/** How far the page is from SQL, once the address has caught up with what is shown. */
async function difference(hours?: { weekday: number; hour: number }): Promise<number | string> {
  const shown = (await screen.page.getByTestId('time-range').textContent()) ?? ''
  const days = screen.address.get('days')?.split('..') ?? []
  const hoursAsked = screen.address.get('hours') !== null
  if (!days.every(day => shown.includes(day)) || hoursAsked !== (hours !== undefined)) return 'not yet'
  return (await found()) - (await inSql(hours))
}

/** Takes one end of the window, or its middle, to a share of the slider's width. */
async function drag(grip: 'start' | 'end' | 'both', share: number): Promise<void> {
  const track = (await screen.page.getByTestId('brush').boundingBox())!
  const box = (await screen.page.getByTestId(`window-${grip}`).boundingBox())!
  await screen.page.mouse.move(box.x + box.width / 2, track.y + track.height / 2)
  await screen.page.mouse.down()
  await screen.page.mouse.move(track.x + share * track.width, track.y + track.height / 2, { steps: 6 })
  await screen.page.mouse.up()
}

beforeAll(async () => {
  if (!onServer) return
  // The browser itself looks for the mark of the page whenever the address changes.
  screen.page.on('request', request => {
    if (!request.url().endsWith('/mark.svg')) asked.push(request.url())
  })
  plan = (await screen.get<Plan[]>('/api/plans'))[0]!
  grids = (await screen.get<GridList>(`/api/plans/${plan.id}/grids`)).grids
})

describe.runIf(onServer)('the analyst', { timeout: 180_000 }, () => {
  test('heat shows at once, with its legend, over all the time there is', async () => {
    await screen.page.goto(`${screen.server}/?work=analyse`)
    await expect.poll(found, soon).toBe(await inSql())
    await mapAtRest(screen.page)
    // Above the grids, below every name.
    const order = await screen.page.evaluate(() => window.huage?.map.getLayersOrder() ?? [])
    const place = order.findIndex(id => id.startsWith('deck-'))
    expect(order.indexOf('grid-fill')).toBeLessThan(place)
    expect(place).toBeLessThan(order.indexOf('grid-name'))
    const starts = await screen.page.getByTestId('heat-legend').locator('.heat-start').allTextContents()
    expect(starts).toEqual(['0.05', '0.1', '0.2', '0.5', '1', '2', '5', '10', '20'])
  })

  test('the slider moves without any request, and finds what SQL finds', async () => {
    await mapAtRest(screen.page)
    const map = screen.page.getByTestId('map')
    const before = await map.screenshot()
    asked = []
    for (const [start, end, middle] of [
      [0.3, 0.6, 0.7],
      [0.1, 0.35, 0.5],
      [0.8, 0.95, 0.4],
    ] as const) {
      await screen.page.getByTestId('presets').getByText('全部').click()
      await drag('end', end)
      await drag('start', start > end ? end - 0.1 : start)
      await expect.poll(() => screen.address.get('days'), soon).not.toBeNull()
      await drag('both', middle)
      await screen.page.getByTestId('window-end').press('ArrowLeft')
      await expect.poll(() => difference(), soon).toBe(0)
    }
    await mapAtRest(screen.page)
    expect(asked).toEqual([])
    expect((await map.screenshot()).equals(before)).toBe(false)
  })

  test('hours of the week narrow further; a window of one day is the shortest there is', async () => {
    await screen.page.getByTestId('presets').getByText('全部').click()
    asked = []
    // Wednesday from ten, and the same again to take it back.
    const cell = screen.page.locator('[data-slot="58"]')
    await cell.click()
    await expect.poll(() => screen.address.get('hours'), soon).toBe('3-3.10-10')
    await expect.poll(() => difference({ weekday: 3, hour: 10 }), soon).toBe(0)
    await cell.click()
    await expect.poll(() => difference(), soon).toBe(0)
    await screen.page.getByTestId('window-end').press('Home')
    await screen.page.getByTestId('window-start').press('End')
    await expect.poll(() => screen.address.get('days') ?? '', soon).toMatch(/^(\S+)\.\.\1$/)
    await expect.poll(() => difference(), soon).toBe(0)
    expect(asked).toEqual([])
  })

  test('counts by grid are those of SQL at every level, in the table and on the map', async () => {
    const days = '2026-03-01..2026-08-31'
    for (const level of [1, 2, 3, 4]) {
      await screen.page.goto(
        `${screen.server}/?work=analyse&show=grids&days=${days}&level=${level}&plan=${plan.id}`,
      )
      await screen.page.getByTestId('count-row').first().waitFor(soon)
      const { from, to } = windowNow()
      const { rows } = await sql<{ id: string; count: number }>`
        select g.grid_id as id, count(i.id)::integer as count
        from grid_version g left join incident i on i.county = g.county and i.point && g.geom
          and huage_covers(g.geom, i.point)
          and i.reported_at >= ${from}::timestamptz and i.reported_at < ${to}::timestamptz
        where g.plan_id = ${plan.id} and g.to_revision is null
          and (g.level = ${level} or g.leaf and g.level < ${level})
        group by g.grid_id`.execute(screen.fresh.database.owner)
      const counts = new Map(rows.map(row => [row.id, row.count]))
      const shown = await screen.page.getByTestId('count-row').all()
      expect(shown.length).toBeGreaterThanOrEqual(Math.min(rows.length, 8))
      for (const row of shown) {
        const id = (await row.getAttribute('data-grid'))!
        const text = (await row.getByTestId('count-number').textContent()) ?? ''
        expect([id, number(text)]).toEqual([id, counts.get(id)])
      }
      const [inside = 0, outside = 0] = (
        (await screen.page.getByTestId('inside-outside').textContent()) ?? ''
      )
        .split('·')
        .map(number)
      expect(inside).toBe(rows.reduce((sum, row) => sum + row.count, 0))
      expect(inside + outside).toBe(await inSql())
      const [most] = [...rows].sort((a, b) => b.count - a.count)
      await mapAtRest(screen.page)
      const state = await screen.page.evaluate(
        id => window.huage?.map.getFeatureState({ source: 'grids', sourceLayer: 'grids', id }),
        most!.id,
      )
      expect(state?.class).toBeGreaterThan(0)
    }
  })

  test('a row of the table and its grid on the map are one choice', async () => {
    const row = screen.page.getByTestId('count-row').first()
    const id = await row.getAttribute('data-grid')
    await row.getByRole('button').click()
    await expect.poll(() => screen.address.get('grid'), soon).toBe(id)
    await screen.page.getByTestId('card-name').waitFor(soon)
    expect(await screen.page.getByTestId('card-name').textContent()).toBe(
      grids.find(grid => grid.id === id)?.name,
    )
    await screen.page.getByTestId('close-card').click()
  })

  test('a point has the colour of its status, also after the theme has changed', async () => {
    const { rows } = await sql<{ lng: number; lat: number }>`
      select st_x(i.point) as lng, st_y(i.point) as lat from incident i
      where i.closed_at is not null and i.point is not null and not exists (
        select from incident o where o.id <> i.id and st_dwithin(o.point, i.point, 0.0008))
      order by i.reported_at limit 1`.execute(screen.fresh.database.owner)
    const { lng, lat } = rows[0]!
    await screen.page.goto(`${screen.server}/?work=analyse&show=points&view=${lng}/${lat}/17`)
    await expect.poll(found, soon).toBe(await inSql())
    for (const theme of ['light', 'dark'] as const) {
      await mapAtRest(screen.page)
      const [, red, green, blue] = /#(..)(..)(..)/.exec(STATUS_COLOURS[theme].closed) ?? []
      const drawn = await colourAt(screen.page, [lng, lat])
      // It lets a tenth of the map through.
      for (const [index, wanted] of [red, green, blue].entries()) {
        expect(Math.abs(drawn[index]! - Number.parseInt(wanted!, 16))).toBeLessThan(20)
      }
      await screen.page.getByTestId('theme').click()
    }
  })

  test('a point that is clicked tells title, number, status and when', async () => {
    const { rows } = await sql<{ title: string; number: string; lng: number; lat: number }>`
      select i.title, i.number, st_x(i.point) as lng, st_y(i.point) as lat from incident i
      where i.point is not null and not exists (
        select from incident o where o.id <> i.id and st_dwithin(o.point, i.point, 0.0008))
      order by i.reported_at limit 1`.execute(screen.fresh.database.owner)
    const one = rows[0]!
    await screen.page.goto(`${screen.server}/?work=analyse&show=points&view=${one.lng}/${one.lat}/16`)
    await screen.page.getByTestId('points-legend').waitFor(soon)
    await expect.poll(found, soon).toBe(await inSql())
    await mapAtRest(screen.page)
    await clickAt(screen.page, [one.lng, one.lat])
    await expect
      .poll(() => screen.page.getByTestId('incident-title').textContent({ timeout: 2000 }), soon)
      .toBe(one.title)
    await expect
      .poll(() => screen.page.getByTestId('incident-number').textContent({ timeout: 2000 }), soon)
      .toBe(one.number)
    await screen.page.getByTestId('close-incidents').click()
  })

  test('what is reported by a click appears in a second page', async () => {
    const other = await screen.openPage()
    await other.goto(`${screen.server}/?work=analyse`)
    const before = await inSql()
    await expect.poll(() => found(other), soon).toBe(before)
    await screen.page.getByTestId('report').click()
    await screen.page.getByTestId('report-send').click()
    await screen.page.getByText('请先在地图上单击位置').waitFor(soon)
    const { view } = Object.fromEntries(screen.address)
    const [lng = 0, lat = 0] = (view ?? '').split('/').map(Number)
    await clickAt(screen.page, [lng - 0.002, lat])
    await expect.poll(() => screen.page.getByTestId('report-grid').textContent(), soon).toContain('›')
    await screen.page.getByTestId('report-category').click()
    await screen.page.getByRole('option', { name: '盗窃' }).click()
    await screen.page.getByTestId('report-title').fill('自行车被盗')
    await screen.page.getByTestId('report-send').click()
    await expect.poll(() => found(other), soon).toBe(before + 1)
    await other.getByText('自行车被盗').waitFor(soon)
    await expect.poll(found, soon).toBe(before + 1)
    expect(await inSql()).toBe(before + 1)
    await other.context().close()
  })

  test('an incident is filed and dispatched in its panel, then closed by somebody else before one’s eyes', async () => {
    const { rows } = await sql<{ id: string; lng: number; lat: number }>`
      select id, st_x(point) as lng, st_y(point) as lat from incident where title = '自行车被盗'`.execute(
      screen.fresh.database.owner,
    )
    const { id, lng, lat } = rows[0]!
    await screen.page.goto(`${screen.server}/?work=analyse&show=points&view=${lng}/${lat}/18`)
    await expect.poll(found, soon).toBe(await inSql())
    await mapAtRest(screen.page)
    await clickAt(screen.page, [lng, lat])
    const head = screen.page.getByTestId('incident').filter({ hasText: '自行车被盗' })
    await head.waitFor(soon)
    if ((await head.getAttribute('aria-expanded')) === 'false') await head.click()
    const steps = () => screen.page.getByTestId('incident-step').count()
    await screen.page.getByTestId('take-step').click()
    await expect.poll(steps, soon).toBe(2)
    await screen.page.getByTestId('take-step').click()
    await screen.page.getByText('请选择处置部门').waitFor(soon)
    await screen.page.getByTestId('step-body').click()
    await screen.page.getByRole('option').first().click()
    await screen.page.getByTestId('take-step').click()
    await expect.poll(steps, soon).toBe(3)
    for (const step of [4, 5, 6]) {
      const reply = await fetch(`${screen.server}/api/incidents/${id}/steps`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ step, after: step - 1 }),
      })
      expect(reply.status).toBe(201)
    }
    await expect.poll(steps, soon).toBe(6)
    await expect.poll(() => head.textContent(), soon).toContain('已结')
    await screen.page.getByTestId('close-incidents').click()
  })

  test('a window without incidents says so and leads back', async () => {
    await screen.page.goto(
      `${screen.server}/?work=analyse&category=new-structure&days=2026-03-01..2026-03-01`,
    )
    await screen.page.getByTestId('nothing-found').waitFor(soon)
    expect(await found()).toBe(0)
    await screen.page.getByTestId('nothing-found').getByRole('button').click()
    await expect.poll(() => screen.address.get('category'), soon).toBeNull()
    await expect.poll(() => difference(), soon).toBe(0)
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
