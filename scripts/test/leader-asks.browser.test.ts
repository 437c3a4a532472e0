// A leader's questions in a real browser: spatial queries with their file that agree with SQL, and search.
import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { clickAt, mapAtRest, pointTo } from './browser.ts'
import { DemoStreet } from './demo-street.ts'
import { number, onServer, soon } from './screen.ts'

/** A refusal is an answer: the browser writes it into the console all the same. */
const EXPECTED = /status of (400|410|422)/
const street = new DemoStreet('leader-asks', { expected: EXPECTED })
const { screen } = street
/** Radios are hidden behind their labels. */
const chooseKind = (index: number) =>
  screen.page.getByTestId('query-kind').locator('label').nth(index).click()

describe.runIf(onServer)('a leader who asks', { timeout: 240_000 }, () => {
  test('draws a polygon: counts, rows, points and file are what SQL finds in it', async () => {
    await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}`)
    await mapAtRest(screen.page)
    await screen.page.getByTestId('query-tool').click()
    await screen.page.getByTestId('query-draw').click()
    const [west, south, east, north] = street.plan.bbox
    const within = (x: number, y: number): Place => [west + x * (east - west), south + y * (north - south)]
    for (const [x, y] of [
      [0.4, 0.42],
      [0.62, 0.45],
      [0.58, 0.66],
    ] as const)
      await clickAt(screen.page, within(x, y))
    await pointTo(screen.page, within(0.45, 0.6))
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.page.getByTestId('query-total-incidents').count(), soon).toBe(1)

    // The very polygon is in the address; what is in it is counted again without the program's own rule for borders.
    const corners = screen.address.get('query')!.split(':')[1]!.split(';')
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
      expect([layer, await screen.read(`query-total-${layer}`)]).toEqual([
        layer,
        (await street.one(counted)).n,
      ])
    }
    const { persons, residents } = await street.one(sql<{ persons: number; residents: number }>`
      select (select sum(b.persons)::integer from building b where st_contains(${shape}, b.point)) as persons,
        (select count(*)::integer from resident r join household h on h.county = r.county and h.id = r.household_id
          where st_contains(${shape}, h.point)) as residents`)
    expect(await screen.read('query-total-persons')).toBe(persons)
    expect(
      number(
        (await screen.page
          .getByTestId('query-count-persons')
          .locator('[data-part=residents]')
          .textContent()) ?? '',
      ),
    ).toBe(residents)

    await screen.page.getByTestId('query-rows-facilities').click()
    await screen.page.getByTestId('found-row').first().waitFor(soon)
    const total = await screen.read('query-total-facilities')
    expect(await screen.page.getByTestId('found-row').count()).toBe(Math.min(100, total))
    await mapAtRest(screen.page)
    // A click on a point chooses its row.
    const place = await screen.page.evaluate(() => {
      const points = window.huage?.map.queryRenderedFeatures({ layers: ['query-point'] }) ?? []
      const [first] = points
      return first?.geometry.type === 'Point'
        ? { at: first.geometry.coordinates as [number, number], id: String(first.properties.id) }
        : null
    })
    await clickAt(screen.page, place!.at)
    await expect
      .poll(() => screen.page.locator('[data-testid=found-row][aria-selected=true]').count(), soon)
      .toBe(1)
    const saved = screen.page.waitForEvent('download')
    await screen.page.getByTestId('query-csv').click()
    const file = readFileSync(await (await saved).path(), 'utf8')
    expect(file.startsWith('\uFEFF')).toBe(true)
    expect(file.trimEnd().split('\r\n').length).toBe(total + 1)
    expect(file).toContain('演示数据')
  })

  test('asks with numbers alone: a circle, the nearest, a grid; a bad shape is refused at its place', async () => {
    const [west, south, east, north] = street.plan.bbox
    const centre: Place = [(west + east) / 2, (south + north) / 2]
    await chooseKind(1)
    await screen.page.getByTestId('query-places').fill(centre.join(','))
    await screen.page.getByTestId('query-number').fill('400')
    await screen.page.getByTestId('query-ask').click()
    await expect.poll(() => screen.address.get('query'), soon).toContain('circle:')
    await expect.poll(() => screen.page.getByTestId('query-total-persons').count(), soon).toBe(1)
    await chooseKind(3)
    await screen.page.getByTestId('query-places').fill(centre.join(','))
    await screen.page.getByTestId('query-number').fill('7')
    await screen.page.getByTestId('query-ask').click()
    await expect.poll(() => screen.address.get('query'), soon).toContain('nearest:')
    await expect.poll(() => screen.read('query-total-facilities').catch(() => -1), soon).toBe(7)
    await chooseKind(0)
    await screen.page
      .getByTestId('query-places')
      .fill(`${west},${south}; ${east},${north}; ${east},${south}; ${west},${north}`)
    await screen.page.getByTestId('query-ask').click()
    await expect.poll(() => screen.page.getByTestId('query-refused').count(), soon).toBe(1)
    expect(await screen.textOf('query-refused')).toContain('相交')
    expect(await screen.page.locator('.refusal-place').textContent()).toContain('相交')
    await screen.page.getByTestId('close-query').click()
    expect(await screen.page.locator('.refusal-place').count()).toBe(0)

    const village = street.at(1)[0]!
    await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}&grid=${village.id}`)
    await screen.page.getByTestId('card-query').click()
    await expect.poll(() => screen.read('query-total-persons').catch(() => -1), soon).toBe(village.persons)
    await screen.page.getByTestId('close-query').click()
  })

  test('finds a grid by code, by name and by the first letters of its pinyin', async () => {
    const grid = street.grids.find(one => one.name === '学府社区') ?? street.at(1)[0]!
    const asked = [grid.code, grid.name, ...(grid.name === '学府社区' ? ['xfsq'] : [])]
    for (const text of asked) {
      await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}`)
      await mapAtRest(screen.page)
      await screen.page.keyboard.press('Control+k')
      await screen.page.getByTestId('search-input').fill(text)
      await screen.page.getByTestId('search-result').first().waitFor(soon)
      expect(await screen.page.getByTestId('search-result').first().textContent()).toContain(grid.name)
      await screen.page.keyboard.press('Enter')
      await expect.poll(() => screen.address.get('grid'), soon).toBe(grid.id)
      expect(await screen.textOf('card-name')).toBe(grid.name)
      expect(screen.page.url()).not.toContain(encodeURIComponent(text))
    }
  })

  test('finds an address and sees it marked, and of staff the card of their grid', async () => {
    const { written } = await street.one(sql<{ written: string }>`
      select written from address where county = ${street.plan.county} and building is not null order by id limit 1`)
    await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}`)
    await mapAtRest(screen.page)
    await screen.page.keyboard.press('/')
    await screen.page.getByTestId('search-input').fill(written)
    await screen.page.getByTestId('search-result').first().waitFor(soon)
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.page.locator('.found-place').textContent(), soon).toBe(written)
    const { name } = await street.one(sql<{ name: string }>`
      select s.name from staff s join post p on p.county = s.county and p.staff_id = s.id
      where p.grid_id is not null group by s.name having count(distinct s.id) = 1 and length(s.name) = 3
      order by s.name limit 1`)
    await screen.page.keyboard.press('/')
    await screen.page.getByTestId('search-input').fill(name)
    const found = screen.page
      .locator('[data-testid=search-result][data-kind=staff]', { hasText: name })
      .first()
    await found.waitFor(soon)
    await found.click()
    await screen.page.getByTestId('card-part-staff').waitFor(soon)
    await expect.poll(() => screen.textOf('card-part-staff'), soon).toContain(name)
    expect(decodeURIComponent(screen.page.url())).not.toContain(name)
  })

  test('a shape where nothing is says so; a time that ends before it begins is refused', async () => {
    await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}&query=circle:10,10:500`)
    await screen.page.getByTestId('query-note').waitFor(soon)
    expect(await screen.read('query-total-persons')).toBe(0)
    await screen.page.getByTestId('query-from').fill('2026-05-02')
    await screen.page.getByTestId('query-to').fill('2026-05-01')
    await expect
      .poll(() => screen.page.getByText('结束时间必须晚于开始时间').count(), soon)
      .toBeGreaterThan(0)
    await screen.page.getByTestId('query-to').fill('')
    await screen.page.getByTestId('query-from').fill('')
    await screen.page.getByTestId('query-note').waitFor(soon)
    await screen.page.getByTestId('close-query').click()
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
