// The demo street in a real browser: the demo mark, four levels on the map and in the tree, keys, workspaces, colours.
import { beforeAll, describe, expect, test } from 'vitest'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { mapAtRest, pixelOf } from './browser.ts'
import { onServer, Screen, soon } from './screen.ts'

const screen = new Screen('four-levels')
let plan: Plan
let grids: GridSummary[]

const at = (level: number) => grids.filter(grid => grid.level === level)
const row = (grid: GridSummary) => screen.page.locator(`[data-grid="${grid.id}"]`)
/** Radios are hidden behind their labels, which stand in the same order. */
const chooseLevel = async (value: string) => {
  const control = screen.page.getByTestId('level-control')
  const id = await control.locator(`input[value="${value}"]`).getAttribute('id')
  await control.locator(`label[for="${id}"]`).click()
}

beforeAll(async () => {
  if (!onServer) return
  plan = (await screen.get<Plan[]>('/api/plans'))[0]!
  grids = (await screen.get<GridList>(`/api/plans/${plan.id}/grids`)).grids
})

describe.runIf(onServer)('the demo street', { timeout: 180_000 }, () => {
  test('an empty address opens the published plan, marked as demo data in both languages', async () => {
    await screen.page.goto(screen.server)
    await mapAtRest(screen.page)
    expect(screen.address.get('plan')).toBe(plan.id)
    expect(await screen.textOf('demo-mark')).toContain('演示数据')
    await screen.page.getByTestId('language').click()
    expect(await screen.textOf('demo-mark')).toContain('Demo data')
    await screen.page.getByTestId('language').click()
    await screen.page.emulateMedia({ media: 'print' })
    expect(await screen.page.getByTestId('demo-mark').isVisible()).toBe(true)
    await screen.page.emulateMedia({ media: 'screen' })
  })

  test('a click finds the grid of the level that is chosen, and the tree opens down to it', async () => {
    for (const level of [1, 3]) {
      await chooseLevel(String(level))
      await expect.poll(() => screen.address.get('level'), soon).toBe(String(level))
      await mapAtRest(screen.page)
      const { x, y } = await pixelOf(screen.page, [
        (plan.bbox[0] + plan.bbox[2]) / 2,
        (plan.bbox[1] + plan.bbox[3]) / 2,
      ])
      await screen.page.mouse.click(x, y)
      await expect.poll(() => screen.textOf('card-level'), soon).toContain(`第 ${level} 级`)
      const chosen = grids.find(grid => grid.id === screen.address.get('grid'))!
      expect(chosen.level).toBe(level)
      await expect.poll(() => row(chosen).getAttribute('aria-selected'), soon).toBe('true')
      expect(await row(chosen).getAttribute('aria-level')).toBe(String(level))
      await screen.page.getByTestId('close-card').click()
    }
    await chooseLevel('auto')
    await expect.poll(() => screen.address.get('level'), soon).toBeNull()
  })

  test('the tree works with the keyboard alone', async () => {
    await screen.page.reload()
    await expect.poll(() => screen.page.getByTestId('grid-row').count(), soon).toBe(at(1).length)
    const [village] = [...at(1)].sort((a, b) => (a.code < b.code ? -1 : 1))
    const children = grids.filter(grid => grid.parent === village!.id)
    const [first] = [...children].sort((a, b) => (a.code < b.code ? -1 : 1))
    await row(village!).focus()
    await screen.page.keyboard.press('ArrowRight')
    await expect.poll(() => screen.page.getByTestId('grid-row').count(), soon).toBeGreaterThan(at(1).length)
    expect(await row(village!).getAttribute('aria-expanded')).toBe('true')
    await screen.page.keyboard.press('ArrowRight')
    await expect.poll(() => row(first!).evaluate(one => one === document.activeElement), soon).toBe(true)
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.address.get('grid'), soon).toBe(first!.id)
    expect(await screen.textOf('card-name')).toBe(first!.name)
    await screen.page.getByTestId('card-up').first().click()
    await expect.poll(() => screen.address.get('grid'), soon).toBe(village!.id)
    await screen.page.getByTestId('close-card').click()
    await row(first!).focus()
    await screen.page.keyboard.press('ArrowLeft')
    await screen.page.keyboard.press('ArrowLeft')
    await expect.poll(() => screen.page.getByTestId('grid-row').count(), soon).toBe(at(1).length)
  })

  test('worst first begins with the grid furthest outside its band', async () => {
    await screen.page.getByTestId('worst-first').check()
    await expect
      .poll(() => screen.page.getByTestId('row-deviation').first().textContent(), soon)
      .toMatch(/%|×/)
    const profiles =
      await screen.get<{ profile: string; levels: { band: [number, number] | null }[] }[]>('/api/profiles')
    const levels = profiles.find(one => one.profile === plan.profile)!.levels
    const off = (grid: GridSummary) => {
      const band = levels[grid.level - 1]?.band
      if (!band) return 0
      const [from, to] = band
      return grid.persons > to ? grid.persons / to - 1 : grid.persons < from ? 1 - grid.persons / from : 0
    }
    const worst = Math.max(...grids.map(off))
    const shown = await screen.page.getByTestId('grid-row').first().getAttribute('data-grid')
    expect(off(grids.find(grid => grid.id === shown)!)).toBeCloseTo(worst, 9)
    await screen.page.getByTestId('worst-first').uncheck()
  })

  test('the leader sees every grid of a level in one class, over the same view, plan and selection', async () => {
    const [second] = at(2)
    await screen.page.goto(`${screen.server}/?plan=${plan.id}&grid=${second!.id}&level=2`)
    await mapAtRest(screen.page)
    await expect.poll(() => screen.address.get('view'), soon).not.toBeNull()
    const view = screen.address.get('view')
    await screen.page.getByTestId('work-switch').locator('label', { hasText: '指挥' }).click()
    await expect.poll(() => screen.address.get('work'), soon).toBe('lead')
    expect([screen.address.get('view'), screen.address.get('grid'), screen.address.get('plan')]).toEqual([
      view,
      second!.id,
      plan.id,
    ])
    const counts = await screen.page.getByTestId('legend').locator('tbody td.number').allTextContents()
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(at(2).length)
    const most = at(2).reduce((best, one) => (one.persons > best.persons ? one : best))
    expect(await screen.page.getByTestId('ranked').first().textContent()).toContain(most.name)
    await screen.page.keyboard.press('c')
    expect(await screen.page.getByTestId('cut-panel').count()).toBe(0)
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
