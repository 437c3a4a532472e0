// The demo street in a real browser: the demo mark, four levels on the map and in the tree, keys, workspaces, colours.
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { enginesHere, type FreshDatabase } from '../../server/db/testing.ts'
import { keepPicture, mapAtRest, openBrowser, pixelOf, type RunningHuage, startHuage } from './browser.ts'
import { demoDatabase } from './demo-database.ts'

const onServer = enginesHere().includes('server')

let fresh: FreshDatabase
let huage: RunningHuage
let browser: Browser
let page: Page
let plan: Plan
let grids: GridSummary[]
const complaints: string[] = []

const get = async <T>(path: string): Promise<T> => (await (await fetch(huage.address + path)).json()) as T
const address = () => new URL(page.url()).searchParams
const at = (level: number) => grids.filter(grid => grid.level === level)
const row = (grid: GridSummary) => page.locator(`[data-grid="${grid.id}"]`)
/** Radios are hidden behind their labels, which stand in the same order. */
const chooseLevel = async (value: string) => {
  const control = page.getByTestId('level-control')
  const id = await control.locator(`input[value="${value}"]`).getAttribute('id')
  await control.locator(`label[for="${id}"]`).click()
}
const soon = { timeout: 20_000 }
const textOf = async (id: string) => (await page.getByTestId(id).textContent()) ?? ''

beforeAll(async () => {
  if (!onServer) return
  fresh = await demoDatabase()
  huage = await startHuage(fresh.options.databaseUrl)
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  plan = (await get<Plan[]>('/api/plans'))[0]!
  grids = (await get<GridList>(`/api/plans/${plan.id}/grids`)).grids
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await huage?.stop()
  await fresh?.remove()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && page) {
    console.error(`See ${await keepPicture(page, `four-levels ${task.name}`.replace(/\W+/g, '-'))}`)
  }
})

describe.runIf(onServer)('the demo street', { timeout: 180_000 }, () => {
  test('an empty address opens the published plan, marked as demo data in both languages', async () => {
    await page.goto(huage.address)
    await mapAtRest(page)
    expect(address().get('plan')).toBe(plan.id)
    expect(await textOf('demo-mark')).toContain('演示数据')
    await page.getByTestId('language').click()
    expect(await textOf('demo-mark')).toContain('Demo data')
    await page.getByTestId('language').click()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByTestId('demo-mark').isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  test('a click finds the grid of the level that is chosen, and the tree opens down to it', async () => {
    for (const level of [1, 3]) {
      await chooseLevel(String(level))
      await expect.poll(() => address().get('level'), soon).toBe(String(level))
      await mapAtRest(page)
      const { x, y } = await pixelOf(page, [
        (plan.bbox[0] + plan.bbox[2]) / 2,
        (plan.bbox[1] + plan.bbox[3]) / 2,
      ])
      await page.mouse.click(x, y)
      await expect.poll(() => textOf('card-level'), soon).toContain(`第 ${level} 级`)
      const chosen = grids.find(grid => grid.id === address().get('grid'))!
      expect(chosen.level).toBe(level)
      await expect.poll(() => row(chosen).getAttribute('aria-selected'), soon).toBe('true')
      expect(await row(chosen).getAttribute('aria-level')).toBe(String(level))
      await page.getByTestId('close-card').click()
    }
    await chooseLevel('auto')
    await expect.poll(() => address().get('level'), soon).toBeNull()
  })

  test('the tree works with the keyboard alone', async () => {
    await page.reload()
    await expect.poll(() => page.getByTestId('grid-row').count(), soon).toBe(at(1).length)
    const [village] = [...at(1)].sort((a, b) => (a.code < b.code ? -1 : 1))
    const children = grids.filter(grid => grid.parent === village!.id)
    const [first] = [...children].sort((a, b) => (a.code < b.code ? -1 : 1))
    await row(village!).focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => page.getByTestId('grid-row').count(), soon).toBeGreaterThan(at(1).length)
    expect(await row(village!).getAttribute('aria-expanded')).toBe('true')
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => row(first!).evaluate(one => one === document.activeElement), soon).toBe(true)
    await page.keyboard.press('Enter')
    await expect.poll(() => address().get('grid'), soon).toBe(first!.id)
    expect(await textOf('card-name')).toBe(first!.name)
    await page.getByTestId('card-up').first().click()
    await expect.poll(() => address().get('grid'), soon).toBe(village!.id)
    await page.getByTestId('close-card').click()
    await row(first!).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await expect.poll(() => page.getByTestId('grid-row').count(), soon).toBe(at(1).length)
  })

  test('worst first begins with the grid furthest outside its band', async () => {
    await page.getByTestId('worst-first').check()
    await expect.poll(() => page.getByTestId('row-deviation').first().textContent(), soon).toMatch(/%|×/)
    const profiles =
      await get<{ profile: string; levels: { band: [number, number] | null }[] }[]>('/api/profiles')
    const levels = profiles.find(one => one.profile === plan.profile)!.levels
    const off = (grid: GridSummary) => {
      const band = levels[grid.level - 1]?.band
      if (!band) return 0
      const [from, to] = band
      return grid.persons > to ? grid.persons / to - 1 : grid.persons < from ? 1 - grid.persons / from : 0
    }
    const worst = Math.max(...grids.map(off))
    const shown = await page.getByTestId('grid-row').first().getAttribute('data-grid')
    expect(off(grids.find(grid => grid.id === shown)!)).toBeCloseTo(worst, 9)
    await page.getByTestId('worst-first').uncheck()
  })

  test('the leader sees every grid of a level in one class, over the same view, plan and selection', async () => {
    const [second] = at(2)
    await page.goto(`${huage.address}/?plan=${plan.id}&grid=${second!.id}&level=2`)
    await mapAtRest(page)
    await expect.poll(() => address().get('view'), soon).not.toBeNull()
    const view = address().get('view')
    await page.getByTestId('work-switch').locator('label', { hasText: '指挥' }).click()
    await expect.poll(() => address().get('work'), soon).toBe('lead')
    expect([address().get('view'), address().get('grid'), address().get('plan')]).toEqual([
      view,
      second!.id,
      plan.id,
    ])
    const counts = await page.getByTestId('legend').locator('tbody td.number').allTextContents()
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(at(2).length)
    const most = at(2).reduce((best, one) => (one.persons > best.persons ? one : best))
    expect(await page.getByTestId('ranked').first().textContent()).toContain(most.name)
    await page.keyboard.press('c')
    expect(await page.getByTestId('cut-panel').count()).toBe(0)
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
