// A planner's first hour, in a real browser on the real program: plan, cut, cut again, card, refusal, merge, undo, redo.
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { AreaDetail } from '../../core/contract/areas.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { freshDatabase } from '../../server/db/testing.ts'
import { loadDemo } from '../../server/imports/demo.ts'
import { clickAt, mapAtRest, pointTo } from './browser.ts'
import { number, onServer, Screen } from './screen.ts'

const screen = new Screen('first-cut', {
  // A real town, where every number can be counted again from OpenStreetMap's own buildings.
  database: async () => {
    const fresh = await freshDatabase('server')
    await loadDemo(fresh.database, LOCAL_ACTOR, () => undefined)
    return fresh
  },
})

const planId = () => screen.address.get('plan')
const grids = async () => (await screen.get<GridList>(`/api/plans/${planId()}/grids`)).grids
interface Numbers {
  code: string
  persons: number
  households: number
  buildings: number
}
const byCode = (a: Numbers, b: Numbers) => (a.code < b.code ? -1 : 1)

/** What the table shows. */
const rows = async (): Promise<Numbers[]> => {
  const found = await screen.page.getByTestId('grid-row').all()
  const cells = found.map(async row => ({
    code: (await row.getByTestId('row-code').textContent()) ?? '',
    persons: number((await row.getByTestId('row-persons').textContent()) ?? ''),
    households: number((await row.getByTestId('row-households').textContent()) ?? ''),
    buildings: number((await row.getByTestId('row-buildings').textContent()) ?? ''),
  }))
  return (await Promise.all(cells)).sort(byCode)
}

/** What SQL counts, point by point, in the outlines that are stored: nothing of the totals that the page was told. */
const stored = async (): Promise<Numbers[]> => {
  const { rows } = await sql<Numbers>`
    select g.code, coalesce(sum(b.persons), 0)::integer as persons,
      coalesce(sum(b.households), 0)::integer as households, count(b.id)::integer as buildings
    from grid_version g
    left join building b on b.county = g.county and g.geom && b.point and st_covers(g.geom, b.point)
    where g.plan_id = ${planId()} and g.to_revision is null
    group by g.code`.execute(screen.fresh.database.owner)
  return rows.sort(byCode)
}

const side = async (name: 'left' | 'right') => ({
  persons: await screen.read(`side-${name}-persons`),
  households: await screen.read(`side-${name}-households`),
  buildings: await screen.read(`side-${name}-buildings`),
})
const bothSides = async () => [await side('left'), await side('right')]
const withoutCode = (all: Numbers[]) => all.map(({ code: _, ...rest }) => rest)
const byPersons = <T extends { persons: number }>(all: T[]) => [...all].sort((a, b) => a.persons - b.persons)

/** Says yes, also to the buildings that the new border runs through. */
const confirmCut = async () => {
  await screen.page.getByTestId('confirm').click()
  const overrule = screen.page.getByTestId('overrule')
  const panel = screen.page.getByTestId('cut-panel')
  await expect
    .poll(async () => (await overrule.count()) > 0 || (await panel.count()) === 0, { timeout: 20_000 })
    .toBe(true)
  if ((await overrule.count()) > 0) await overrule.click()
}

const rowCount = (count: number) =>
  expect.poll(() => screen.page.getByTestId('grid-row').count(), { timeout: 20_000 }).toBe(count)

describe.runIf(onServer)('the first cut', { timeout: 120_000 }, () => {
  let town: AreaDetail

  test('a plan for the town starts with one grid, as large as the town', async () => {
    const areas = await screen.get<AreaDetail[]>('/api/areas')
    const code = areas.find(area => area.name.includes('Neubrandenburg'))?.code
    town = await screen.get<AreaDetail>(`/api/areas/${code}`)
    await screen.page.goto(screen.server)
    await mapAtRest(screen.page)
    await screen.page.getByTestId('new-plan').click()
    await screen.page.getByTestId('new-plan-area').click()
    await screen.page.getByRole('option', { name: /Neubrandenburg/ }).click()
    await screen.page.getByTestId('create-plan').click()
    await rowCount(1)
    const { persons, households, buildings } = town
    expect(withoutCode(await rows())).toEqual([{ persons, households, buildings }])
    expect(await screen.page.getByTestId('dock').getByText('合成数据').count()).toBeGreaterThan(0)
  })

  test('both sides count while the cursor moves, and what was shown is what is saved', async () => {
    await mapAtRest(screen.page)
    await screen.page.getByTestId('cut').click()
    await expect.poll(() => screen.textOf('cut-hint')).toContain('第一个点')
    await clickAt(screen.page, [13.13, 53.55])
    await pointTo(screen.page, [13.35, 53.56])
    await expect.poll(() => screen.read('side-left-persons')).toBeGreaterThan(0)
    const first = await bothSides()
    await pointTo(screen.page, [13.35, 53.575])
    await expect.poll(() => screen.read('side-left-persons')).not.toBe(first[0]?.persons)
    await clickAt(screen.page, [13.35, 53.575])
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.textOf('cut-hint')).toContain('确认')
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
    await mapAtRest(screen.page)
    await screen.page.keyboard.press('c')
    await clickAt(screen.page, [13.3, 53.59])
    await expect.poll(() => screen.textOf('cut-hint')).toContain('第一个点')
    await clickAt(screen.page, [13.26, 53.615])
    await clickAt(screen.page, [13.27, 53.54])
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.page.getByTestId('confirm').isEnabled()).toBe(true)
    const shown = await bothSides()
    await confirmCut()
    await rowCount(3)
    expect(await rows()).toEqual(await stored())
    for (const one of shown) expect(withoutCode(await rows())).toContainEqual(one)
  })

  test('a line that crosses itself is refused with the reason, at the place, and outlives a reload', async () => {
    const [target] = await grids()
    await mapAtRest(screen.page)
    await screen.page.getByTestId('grid-row').first().click()
    await screen.page.keyboard.press('c')
    await expect.poll(() => screen.textOf('cut-hint')).toContain('第一个点')
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
      await clickAt(screen.page, at(x, y))
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.textOf('cut-hint')).toContain('退格')
    expect(await screen.textOf('refusal')).toContain('自身相交')
    expect(await screen.page.locator('.refusal-place').textContent()).toContain('自身相交')
    expect(await screen.page.getByTestId('confirm').isEnabled()).toBe(false)
    await screen.page.reload()
    await expect.poll(() => screen.textOf('refusal'), { timeout: 20_000 }).toContain('自身相交')
    await screen.page.getByTestId('cancel').click()
    await screen.page.getByTestId('close-card').click()
  })

  test('a click on a grid opens its card, a neighbour is one click away', async () => {
    await mapAtRest(screen.page)
    await clickAt(screen.page, [13.31, 53.57])
    const known = await grids()
    const code = await screen.textOf('card-code')
    const grid = known.find(one => one.code === code)
    expect(grid).toBeDefined()
    expect(await screen.textOf('card-name')).toBe(grid?.name)
    expect(await screen.read('card-persons')).toBe(grid?.persons)
    expect(await screen.read('card-households')).toBe(grid?.households)
    expect(await screen.read('card-buildings')).toBe(grid?.buildings)
    await expect.poll(() => screen.textOf('card-area')).toContain('km²')
    expect(await screen.textOf('card-level')).toContain('第 1 级')
    await screen.page.getByTestId('card-tab-grids').click()
    await screen.page.getByTestId('neighbour').first().click()
    await expect.poll(() => screen.textOf('card-code')).not.toBe(code)
    await screen.page.getByTestId('close-card').click()
  })

  test('two neighbours merge; undo and redo work, also after a reload', async () => {
    const before = await rows()
    await screen.page.getByTestId('merge').click()
    const two = before.slice(0, 2)
    for (const { code } of two) await screen.page.getByTestId('grid-row').filter({ hasText: code }).click()
    await expect.poll(() => screen.page.getByTestId('confirm').isEnabled(), { timeout: 20_000 }).toBe(true)
    const merged = await screen.read('merged-persons')
    expect(merged).toBe(two.reduce((sum, one) => sum + one.persons, 0))
    await screen.page.getByTestId('confirm').click()
    await rowCount(2)
    const after = await rows()
    expect(after).toEqual(await stored())
    expect(after.map(one => one.persons)).toContain(merged)

    await screen.page.reload()
    await rowCount(2)
    await screen.page.getByTestId('undo').click()
    await rowCount(3)
    expect(await rows()).toEqual(before)
    expect(await stored()).toEqual(before)

    await screen.page.reload()
    await rowCount(3)
    await screen.page.keyboard.press('Control+Shift+Z')
    await rowCount(2)
    expect(await rows()).toEqual(after)
    expect(await stored()).toEqual(after)
    const plan = await screen.get<Plan>(`/api/plans/${planId()}`)
    expect(plan.revision).toBe(5)
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
