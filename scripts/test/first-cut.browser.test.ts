// A planner's first hour, in a real browser on the real program: plan, cut, cut again, card, refusal, merge, undo, redo.
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { AreaDetail } from '../../core/contract/areas.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { enginesHere, type FreshDatabase, freshDatabase } from '../../server/db/testing.ts'
import { loadDemo } from '../../server/imports/demo.ts'
import {
  clickAt,
  keepPicture,
  mapAtRest,
  openBrowser,
  pointTo,
  type RunningHuage,
  startHuage,
} from './browser.ts'

// SQL looks over the page's shoulder, which the embedded engine allows to one process only.
const onServer = enginesHere().includes('server')

let fresh: FreshDatabase
let huage: RunningHuage
let browser: Browser
let page: Page
const complaints: string[] = []

beforeAll(async () => {
  if (!onServer) return
  fresh = await freshDatabase('server')
  // A real town, where every number can be counted again from OpenStreetMap's own buildings.
  await loadDemo(fresh.database, LOCAL_ACTOR, () => undefined)
  huage = await startHuage(fresh.options.databaseUrl)
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await huage?.stop()
  await fresh?.remove()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && page) {
    console.error(`See ${await keepPicture(page, `first-cut ${task.name}`.replace(/\W+/g, '-'))}`)
  }
})

const get = async <T>(path: string): Promise<T> => (await (await fetch(huage.address + path)).json()) as T
const planId = () => new URL(page.url()).searchParams.get('plan')
const grids = async () => (await get<GridList>(`/api/plans/${planId()}/grids`)).grids
const textOf = async (id: string) => (await page.getByTestId(id).textContent()) ?? ''
const number = (text: string) => Number(text.replaceAll(',', ''))
const read = async (id: string) => number(await textOf(id))

interface Numbers {
  code: string
  persons: number
  households: number
  buildings: number
}
const byCode = (a: Numbers, b: Numbers) => (a.code < b.code ? -1 : 1)

/** What the table shows. */
const rows = async (): Promise<Numbers[]> => {
  const found = await page.getByTestId('grid-row').all()
  const read = found.map(async row => ({
    code: (await row.getByTestId('row-code').textContent()) ?? '',
    persons: number((await row.getByTestId('row-persons').textContent()) ?? ''),
    households: number((await row.getByTestId('row-households').textContent()) ?? ''),
    buildings: number((await row.getByTestId('row-buildings').textContent()) ?? ''),
  }))
  return (await Promise.all(read)).sort(byCode)
}

/** What SQL counts, point by point, in the outlines that are stored: nothing of the totals that the page was told. */
const stored = async (): Promise<Numbers[]> => {
  const { rows } = await sql<Numbers>`
    select g.code, coalesce(sum(b.persons), 0)::integer as persons,
      coalesce(sum(b.households), 0)::integer as households, count(b.id)::integer as buildings
    from grid_version g
    left join building b on b.county = g.county and g.geom && b.point and st_covers(g.geom, b.point)
    where g.plan_id = ${planId()} and g.to_revision is null
    group by g.code`.execute(fresh.database.owner)
  return rows.sort(byCode)
}

const side = async (name: 'left' | 'right') => ({
  persons: await read(`side-${name}-persons`),
  households: await read(`side-${name}-households`),
  buildings: await read(`side-${name}-buildings`),
})
const bothSides = async () => [await side('left'), await side('right')]
const withoutCode = (all: Numbers[]) => all.map(({ code: _, ...rest }) => rest)
const byPersons = <T extends { persons: number }>(all: T[]) => [...all].sort((a, b) => a.persons - b.persons)

/** Says yes, also to the buildings that the new border runs through. */
const confirmCut = async () => {
  await page.getByTestId('confirm').click()
  const overrule = page.getByTestId('overrule')
  const panel = page.getByTestId('cut-panel')
  await expect
    .poll(async () => (await overrule.count()) > 0 || (await panel.count()) === 0, { timeout: 20_000 })
    .toBe(true)
  if ((await overrule.count()) > 0) await overrule.click()
}

const rowCount = (count: number) =>
  expect.poll(() => page.getByTestId('grid-row').count(), { timeout: 20_000 }).toBe(count)

describe.runIf(onServer)('the first cut', { timeout: 120_000 }, () => {
  let town: AreaDetail

  test('a plan for the town starts with one grid, as large as the town', async () => {
    const areas = await get<AreaDetail[]>('/api/areas')
    const code = areas.find(area => area.name.includes('Neubrandenburg'))?.code
    town = await get<AreaDetail>(`/api/areas/${code}`)
    await page.goto(huage.address)
    await mapAtRest(page)
    await page.getByTestId('new-plan').click()
    await page.getByTestId('new-plan-area').click()
    await page.getByRole('option', { name: /Neubrandenburg/ }).click()
    await page.getByTestId('create-plan').click()
    await rowCount(1)
    const { persons, households, buildings } = town
    expect(withoutCode(await rows())).toEqual([{ persons, households, buildings }])
    expect(await page.getByTestId('dock').getByText('合成数据').count()).toBeGreaterThan(0)
  })

  test('both sides count while the cursor moves, and what was shown is what is saved', async () => {
    await mapAtRest(page)
    await page.getByTestId('cut').click()
    await expect.poll(() => textOf('cut-hint')).toContain('第一个点')
    await clickAt(page, [13.13, 53.55])
    await pointTo(page, [13.35, 53.56])
    await expect.poll(() => read('side-left-persons')).toBeGreaterThan(0)
    const first = await bothSides()
    await pointTo(page, [13.35, 53.575])
    await expect.poll(() => read('side-left-persons')).not.toBe(first[0]?.persons)
    await clickAt(page, [13.35, 53.575])
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf('cut-hint')).toContain('确认')
    const shown = await bothSides()
    expect(shown.reduce((sum, one) => sum + one.persons, 0)).toBe(town.persons)
    expect(shown.reduce((sum, one) => sum + one.households, 0)).toBe(town.households)
    expect(shown.reduce((sum, one) => sum + one.buildings, 0)).toBe(town.buildings)
    await confirmCut()
    await rowCount(2)
    expect(byPersons(withoutCode(await rows()))).toEqual(byPersons(shown))
    expect(await rows()).toEqual(await stored())
  })

  test('a part is cut again', async () => {
    await mapAtRest(page)
    await page.keyboard.press('c')
    await clickAt(page, [13.3, 53.59])
    await expect.poll(() => textOf('cut-hint')).toContain('第一个点')
    await clickAt(page, [13.26, 53.615])
    await clickAt(page, [13.27, 53.54])
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByTestId('confirm').isEnabled()).toBe(true)
    const shown = await bothSides()
    await confirmCut()
    await rowCount(3)
    expect(await rows()).toEqual(await stored())
    for (const one of shown) expect(withoutCode(await rows())).toContainEqual(one)
  })

  test('a line that crosses itself is refused with the reason, at the place, and outlives a reload', async () => {
    const [target] = await grids()
    await mapAtRest(page)
    await page.getByTestId('grid-row').first().click()
    await page.keyboard.press('c')
    await expect.poll(() => textOf('cut-hint')).toContain('第一个点')
    const [west, south, east, north] = target!.bbox
    const at = (x: number, y: number): [number, number] => [
      west + x * (east - west),
      south + y * (north - south),
    ]
    for (const [x, y] of [
      [0.2, 0.5],
      [0.8, 0.7],
      [0.8, 0.5],
      [0.2, 0.7],
    ] as const)
      await clickAt(page, at(x, y))
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf('cut-hint')).toContain('退格')
    expect(await textOf('refusal')).toContain('自身相交')
    expect(await page.locator('.refusal-place').textContent()).toContain('自身相交')
    expect(await page.getByTestId('confirm').isEnabled()).toBe(false)
    await page.reload()
    await expect.poll(() => textOf('refusal'), { timeout: 20_000 }).toContain('自身相交')
    await page.getByTestId('cancel').click()
    await page.getByTestId('close-card').click()
  })

  test('a click on a grid opens its card, a neighbour is one click away', async () => {
    await mapAtRest(page)
    await clickAt(page, [13.31, 53.57])
    const known = await grids()
    const code = await textOf('card-code')
    const grid = known.find(one => one.code === code)
    expect(grid).toBeDefined()
    expect(await textOf('card-name')).toBe(grid?.name)
    expect(await read('card-persons')).toBe(grid?.persons)
    expect(await read('card-households')).toBe(grid?.households)
    expect(await read('card-buildings')).toBe(grid?.buildings)
    await expect.poll(() => textOf('card-area')).toContain('km²')
    expect(await textOf('card-level')).toContain('第 1 级')
    await page.getByTestId('card-tab-grids').click()
    await page.getByTestId('neighbour').first().click()
    await expect.poll(() => textOf('card-code')).not.toBe(code)
    await page.getByTestId('close-card').click()
  })

  test('two neighbours merge; undo and redo work, also after a reload', async () => {
    const before = await rows()
    await page.getByTestId('merge').click()
    const two = before.slice(0, 2)
    for (const { code } of two) await page.getByTestId('grid-row').filter({ hasText: code }).click()
    await expect.poll(() => page.getByTestId('confirm').isEnabled(), { timeout: 20_000 }).toBe(true)
    const merged = await read('merged-persons')
    expect(merged).toBe(two.reduce((sum, one) => sum + one.persons, 0))
    await page.getByTestId('confirm').click()
    await rowCount(2)
    const after = await rows()
    expect(after).toEqual(await stored())
    expect(after.map(one => one.persons)).toContain(merged)

    await page.reload()
    await rowCount(2)
    await page.getByTestId('undo').click()
    await rowCount(3)
    expect(await rows()).toEqual(before)
    expect(await stored()).toEqual(before)

    await page.reload()
    await rowCount(3)
    await page.keyboard.press('Control+Shift+Z')
    await rowCount(2)
    expect(await rows()).toEqual(after)
    expect(await stored()).toEqual(after)
    const plan = await get<Plan>(`/api/plans/${planId()}`)
    expect(plan.revision).toBe(5)
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
