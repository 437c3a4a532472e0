// Two planners on a draft of the demo street: cuts at every level, a vertex, a reshaped border, details; each sees the other.
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { enginesHere, type FreshDatabase } from '../../server/db/testing.ts'
import {
  clickAt,
  keepPicture,
  mapAtRest,
  openBrowser,
  pixelOf,
  pointTo,
  type RunningHuage,
  startHuage,
} from './browser.ts'
import { demoDatabase } from './demo-database.ts'

const onServer = enginesHere().includes('server')

let fresh: FreshDatabase
let huage: RunningHuage
let browser: Browser
/** The planner, and another one who looks on. */
let page: Page
let other: Page
let draft: Plan
const complaints: string[] = []

const get = async <T>(path: string): Promise<T> => (await (await fetch(huage.address + path)).json()) as T
const post = async <T>(path: string, body: unknown): Promise<T> => {
  const headers = { 'Content-Type': 'application/json' }
  const reply = await fetch(huage.address + path, { method: 'POST', headers, body: JSON.stringify(body) })
  return (await reply.json()) as T
}
const gridsNow = async () => (await get<GridList>(`/api/plans/${draft.id}/grids`)).grids
const revision = async () => (await get<Plan>(`/api/plans/${draft.id}`)).revision
const soon = { timeout: 30_000 }
const textOf = async (id: string, on = page) => (await on.getByTestId(id).textContent()) ?? ''
const read = async (id: string) => Number((await textOf(id)).replaceAll(',', ''))
const row = (id: string, on = page) => on.locator(`[data-grid="${id}"][data-testid="grid-row"]`)
const middle = ({ bbox: [west, south, east, north] }: GridSummary): Place => [
  (west + east) / 2,
  (south + north) / 2,
]

/** What SQL counts, point by point, in the outlines that are stored, where it differs from what the page is told. */
const miscounted = async () => {
  const { rows } = await sql<{ code: string }>`
    select g.code from grid_version g
    left join lateral (
      select coalesce(sum(b.persons), 0) as persons, coalesce(sum(b.households), 0) as households, count(*) as buildings
      from building b where b.county = g.county and g.geom && b.point and huage_covers(g.geom, b.point)
    ) there on true
    where g.plan_id = ${draft.id} and g.to_revision is null
      and (g.persons, g.households, g.buildings) is distinct from (there.persons, there.households, there.buildings)
  `.execute(fresh.database.owner)
  return rows
}

/**
 * Two neighbours of level 2 of which the first has grids below that a push of their border gives to the second: where the
 * hand takes hold, and where it must go, as the server says.
 */
async function neighbours() {
  const grids = await gridsNow()
  const base = await revision()
  const outline = async (id: string) =>
    (await get<GridCard>(`/api/grids/${id}?plan=${draft.id}`)).geometry.coordinates.flat(2) as Place[]
  const parents = grids.filter(grid => grid.level === 2 && !grid.leaf)
  for (const giver of parents.filter(one => grids.filter(({ parent }) => parent === one.id).length > 1)) {
    const own = await outline(giver.id)
    const card = await get<GridCard>(`/api/grids/${giver.id}?plan=${draft.id}`)
    for (const getter of parents.filter(one => card.neighbours.some(({ id }) => id === one.id))) {
      const theirs = new Set((await outline(getter.id)).map(String))
      const border = own.filter(place => theirs.has(String(place)))
      const from = border[Math.floor(border.length / 2)]!
      const [lng, lat] = middle(giver)
      for (const part of [0.5, 1, 1.5]) {
        const to: Place = [from[0] + (lng - from[0]) * part, from[1] + (lat - from[1]) * part]
        const push = { kind: 'push', base, grids: [giver.id, getter.id], from, to }
        const preview = await post<{ grids?: unknown[] }>(`/api/plans/${draft.id}/edits/preview`, push)
        if (preview.grids) return { giver, getter, from, to }
      }
    }
  }
  throw new Error('There are no such neighbours.')
}

/** Chooses the second grid in the list, as a keyboard would. */
async function chooseSecond(grid: GridSummary): Promise<void> {
  await page.getByTestId('tree-filter').fill(grid.code)
  await row(grid.id).click()
}

/** Whether what the page promised is what was saved; then everything is as it was, by undo. */
async function savedAsShown(before: readonly GridSummary[]): Promise<void> {
  const shown = new Map<string, number>()
  for (const one of await page.getByTestId('moved').all()) {
    const persons = (await one.getByTestId('moved-persons').textContent()) ?? ''
    shown.set((await one.getAttribute('data-grid')) ?? '', Number(persons.replaceAll(',', '')))
  }
  const saved = await save()
  const after = new Map((await gridsNow()).map(grid => [grid.id, grid.persons]))
  expect(shown.size).toBeGreaterThan(1)
  for (const [id, persons] of shown) if (after.has(id)) expect(after.get(id)).toBe(persons)
  expect(await miscounted()).toEqual([])
  await page.getByTestId('undo').click()
  await expect.poll(revision, soon).toBe(saved + 1)
  expect(await gridsNow()).toEqual(before)
}

async function openAt(grid: GridSummary, zoom: number): Promise<void> {
  const [lng, lat] = middle(grid)
  await page.goto(
    `${huage.address}/?plan=${draft.id}&grid=${grid.id}&level=${grid.level}&view=${lng}/${lat}/${zoom}`,
  )
  await mapAtRest(page)
}

/** Says yes, also to what it is warned of, and waits for the next revision. */
async function save(): Promise<number> {
  const before = await revision()
  await expect.poll(() => page.getByTestId('confirm').isEnabled(), soon).toBe(true)
  await page.getByTestId('confirm').click()
  const overrule = page.getByTestId('overrule')
  await expect.poll(async () => (await overrule.count()) > 0 || (await revision()) > before, soon).toBe(true)
  if ((await overrule.count()) > 0) await overrule.click()
  await expect.poll(revision, soon).toBe(before + 1)
  await expect.poll(() => page.locator('.work-panel').count(), soon).toBe(0)
  return before + 1
}

beforeAll(async () => {
  if (!onServer) return
  fresh = await demoDatabase()
  huage = await startHuage(fresh.options.databaseUrl)
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  page = await context.newPage()
  other = await context.newPage()
  for (const one of [page, other]) {
    one.on('pageerror', error => complaints.push(error.message))
    one.on('console', message => {
      // A refusal is an answer; the browser says so all the same.
      if (message.type() === 'error' && !message.text().includes('status of 422'))
        complaints.push(message.text())
    })
  }
  const [published] = await get<Plan[]>('/api/plans')
  draft = await post<Plan>(`/api/plans/${published!.id}/copies`, { name: '两位规划者' })
  await other.goto(`${huage.address}/?plan=${draft.id}`)
  await mapAtRest(other)
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await huage?.stop()
  await fresh?.remove()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && page) {
    console.error(`See ${await keepPicture(page, `planner ${task.name}`.replace(/\W+/g, '-'))}`)
  }
})

describe.runIf(onServer)('two planners', { timeout: 180_000 }, () => {
  test.each([
    [2, 14.6],
    [3, 16],
  ])(
    'a cut at level %i cuts what lies below, counts as SQL counts, and appears for the other',
    async (level, zoom) => {
      const before = await gridsNow()
      const parents = new Set(before.map(grid => grid.parent))
      const target = before
        .filter(grid => grid.level === level && parents.has(grid.id))
        .reduce((most, grid) => (grid.persons > most.persons ? grid : most))
      await openAt(target, zoom)
      await page.getByTestId('card-cut').click()
      await expect.poll(() => textOf('cut-hint'), soon).toContain('第一个点')
      await mapAtRest(page)
      const [, south, , north] = target.bbox
      const [lng] = middle(target)
      const beyond = (north - south) * 0.05
      await clickAt(page, [lng, south - beyond])
      await clickAt(page, [lng, north + beyond])
      await page.keyboard.press('Enter')
      await expect.poll(() => textOf('cut-hint'), soon).toContain('确认')
      const sides = [await read('side-left-persons'), await read('side-right-persons')]
      expect(sides.reduce((sum, one) => sum + one, 0)).toBe(target.persons)
      expect(await page.getByTestId('cut-part').count()).toBeGreaterThan(0)
      await save()
      const after = await gridsNow()
      const fresh = after.filter(grid => !before.some(old => old.id === grid.id))
      const twin = fresh.find(grid => grid.level === level)!
      const kept = after.find(grid => grid.id === target.id)!
      expect([kept.persons, twin.persons].sort()).toEqual(sides.sort())
      expect(fresh.some(grid => grid.level === level + 1)).toBe(true)
      expect(await miscounted()).toEqual([])
      await expect.poll(() => textOf('others-edit', other), soon).toContain(twin.name)
      await other.getByTestId('tree-filter').fill(twin.code)
      await expect.poll(() => row(twin.id, other).count(), soon).toBe(1)
    },
  )

  test('a border vertex is dragged, its grids follow, and an undo brings every byte back', async () => {
    const before = await gridsNow()
    const grid = before.find(one => one.level === 3 && one.name === '学府社区第5组')!
    const card = await get<GridCard>(`/api/grids/${grid.id}?plan=${draft.id}`)
    const [lng, lat] = middle(grid)
    // A vertex of the western border, half-way up.
    const vertex = (card.geometry.coordinates[0]![0] as Place[])
      .filter(place => Math.abs(place[1] - lat) < 0.001)
      .reduce((west, place) => (place[0] < west[0] ? place : west))
    await openAt(grid, 16)
    await page.keyboard.press('v')
    await expect.poll(() => textOf('draw-hint'), soon).toContain('按住界点')
    await mapAtRest(page)
    await pointTo(page, vertex)
    await expect
      .poll(() => page.locator('.maplibregl-canvas').evaluate(one => one.style.cursor), soon)
      .toBe('move')
    await page.mouse.down()
    const { x, y } = await pixelOf(page, [vertex[0] + (lng - vertex[0]) / 3, vertex[1]])
    await page.mouse.move(x, y, { steps: 6 })
    await expect.poll(() => page.getByTestId('moved').count(), soon).toBeGreaterThan(1)
    await page.mouse.up()
    await expect.poll(() => textOf('draw-hint'), soon).toContain('已放下')
    const area = async () => (await gridsNow()).find(one => one.id === grid.id)!.areaSquareMetres
    await save()
    expect(await area()).toBeLessThan(grid.areaSquareMetres - 100)
    expect(await miscounted()).toEqual([])
    await page.getByTestId('undo').click()
    await expect.poll(area, soon).toBe(grid.areaSquareMetres)
    const again = await get<GridCard>(`/api/grids/${grid.id}?plan=${draft.id}`)
    expect(again.geometry).toEqual(card.geometry)
    expect(await gridsNow()).toEqual(before)
  })

  test('a cut follows the roads between two clicks, and what it shows is what is saved', async () => {
    const before = await gridsNow()
    const target = before.find(one => one.level === 2 && one.name === '学府社区第2网格')!
    await openAt(target, 16)
    await page.keyboard.press('d')
    await expect.poll(() => textOf('cut-hint'), soon).toContain('在道路上单击')
    await mapAtRest(page)
    // Where 菊香路 leaves the street along the river, and where it comes to the street in the south.
    await clickAt(page, [103.949, 30.87475])
    await clickAt(page, [103.9479, 30.8712])
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf('cut-hint'), soon).toContain('确认')
    const sides = [await read('side-left-persons'), await read('side-right-persons')]
    expect(sides.reduce((sum, one) => sum + one, 0)).toBe(target.persons)
    const saved = await save()
    const after = await gridsNow()
    const twin = after.find(one => one.level === 2 && !before.some(old => old.id === one.id))!
    const kept = after.find(one => one.id === target.id)!
    expect([kept.persons, twin.persons].sort()).toEqual(sides.sort())
    // Two clicks alone would have been a straight line; the border has the bends of the road.
    const card = await get<GridCard>(`/api/grids/${twin.id}?plan=${draft.id}`)
    const other = await get<GridCard>(`/api/grids/${target.id}?plan=${draft.id}`)
    const theirs = new Set(other.geometry.coordinates.flat(2).map(String))
    expect(card.geometry.coordinates.flat(2).filter(at => theirs.has(String(at))).length).toBeGreaterThan(4)
    await page.getByTestId('undo').click()
    await expect.poll(revision, soon).toBe(saved + 1)
    expect(await gridsNow()).toEqual(before)
  })

  test('a border is grabbed and pushed: whole grids change sides, with their people', async () => {
    const before = await gridsNow()
    const { giver, getter, from, to } = await neighbours()
    await openAt(giver, 15)
    await page.keyboard.press('p')
    await chooseSecond(getter)
    await expect.poll(() => textOf('draw-hint'), soon).toContain('按住共同边界')
    // The other one sees who has what in hand.
    await expect.poll(() => textOf('other-desk', other), soon).toContain('推界')
    await mapAtRest(page)
    await pointTo(page, from)
    await expect
      .poll(() => page.locator('.maplibregl-canvas').evaluate(one => one.style.cursor), soon)
      .toBe('move')
    await page.mouse.down()
    await pointTo(page, to)
    await expect.poll(() => page.getByTestId('moved').count(), soon).toBeGreaterThan(1)
    await page.mouse.up()
    await expect.poll(() => textOf('draw-hint'), soon).toContain('已放下')
    await savedAsShown(before)
  })

  test('a border becomes simpler, no further than it may, and the page says how far', async () => {
    const before = await gridsNow()
    const { giver, getter } = await neighbours()
    await openAt(giver, 15)
    await page.keyboard.press('f')
    await chooseSecond(getter)
    await page.getByTestId('simplify-metres').fill('25')
    await expect.poll(() => page.getByTestId('strayed').count(), soon).toBe(1)
    const [, metres] = /最大偏移 ([\d.]+) m/.exec(await textOf('strayed')) ?? []
    expect(Number(metres)).toBeLessThanOrEqual(25)
    await savedAsShown(before)
  })

  test('whole grids are given to a neighbour by keys and list, and to their own parent they are refused', async () => {
    const before = await gridsNow()
    const { giver, getter } = await neighbours()
    const child = before.find(one => one.parent === giver.id)!
    await openAt(child, 15)
    await page.keyboard.press('g')
    await page.keyboard.press('Enter')
    await chooseSecond(giver)
    await expect.poll(() => textOf('refusal'), soon).toContain('已经在这个网格之内')
    expect(await page.locator('.refusal-place').count()).toBe(1)
    await page.getByTestId('give-to').click()
    await chooseSecond(getter)
    await expect.poll(() => page.getByTestId('moved').count(), soon).toBe(2)
    await savedAsShown(before)
  })

  test('the check lists what the rules find, goes to the place, and is made again after an edit', async () => {
    const grid = (await gridsNow()).find(one => one.level === 3 && one.persons > 0)!
    await openAt(grid, 15)
    await page.getByTestId('tab-check').click()
    await expect.poll(() => page.getByTestId('finding').count(), soon).toBeGreaterThan(3)
    await page.locator('[data-testid="rule"][data-rule="R6"]').click()
    const finding = page.locator('[data-testid="finding"][data-rule="R6"]').first()
    const id = await finding.getAttribute('data-grid')
    await finding.click()
    await expect.poll(() => new URL(page.url()).searchParams.get('grid'), soon).toBe(id)
    expect(await page.locator('.found-place').textContent()).toMatch(/\d 人，(多|少)于/)
    const base = await revision()
    await post(`/api/plans/${draft.id}/edits`, { kind: 'lock', base, grid: grid.id, locked: true })
    await expect
      .poll(() => page.getByTestId('check-count').getAttribute('data-revision'), soon)
      .toBe(String(base + 1))
    const download = page.waitForEvent('download')
    await page.getByTestId('check-csv').click()
    expect((await download).suggestedFilename()).toBe('huage-report.csv')
    await page.getByTestId('undo').click()
    await expect.poll(revision, soon).toBe(base + 2)
  })

  test('a piece of ground is drawn and given to a neighbour; every level says what changes', async () => {
    const before = await gridsNow()
    const [giver, getter] = ['学府社区第5组', '学府社区第7组'].map(
      name => before.find(one => one.name === name)!,
    )
    await openAt(giver!, 16)
    await page.keyboard.press('t')
    await page.getByTestId('tree-filter').fill(getter!.code)
    await row(getter!.id).click()
    await expect.poll(() => textOf('draw-hint'), soon).toContain('画出要划转的范围')
    await mapAtRest(page)
    const [, , east] = giver!.bbox
    const [, lat] = middle(giver!)
    for (const place of [
      [east - 0.0012, lat - 0.0006],
      [east + 0.0004, lat - 0.0006],
      [east + 0.0004, lat + 0.0008],
      [east - 0.0012, lat + 0.0008],
    ] as const)
      await clickAt(page, [place[0], place[1]])
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf('draw-hint'), soon).toContain('确认')
    const shown = new Map<string, number>()
    for (const one of await page.getByTestId('moved').all()) {
      const persons = (await one.getByTestId('moved-persons').textContent()) ?? ''
      shown.set((await one.getAttribute('data-grid')) ?? '', Number(persons.replaceAll(',', '')))
    }
    expect(shown.get(giver!.id)! + shown.get(getter!.id)!).toBe(giver!.persons + getter!.persons)
    await save()
    const after = await gridsNow()
    for (const [id, persons] of shown) {
      const now = after.find(one => one.id === id)
      if (now) expect(now.persons).toBe(persons)
    }
    expect(await miscounted()).toEqual([])
  })

  test('a line outlives somebody else’s edit of the same grid, who and when are said, and it is saved on it', async () => {
    const grid = (await gridsNow()).find(one => one.level === 3 && one.name === '学府社区第6组')!
    await openAt(grid, 16)
    await page.getByTestId('card-cut').click()
    await expect.poll(() => textOf('cut-hint'), soon).toContain('第一个点')
    await mapAtRest(page)
    const [, south, , north] = grid.bbox
    const [lng] = middle(grid)
    await clickAt(page, [lng, south - 0.0003])
    await clickAt(page, [lng, north + 0.0003])
    await page.keyboard.press('Enter')
    await expect.poll(() => textOf('cut-hint'), soon).toContain('确认')
    const base = await revision()
    await post(`/api/plans/${draft.id}/edits`, { kind: 'rename', base, grid: grid.id, name: '别人改的名' })
    await expect.poll(() => page.getByTestId('stale').count(), soon).toBe(1)
    expect(await textOf('stale')).toContain(`第 ${base + 1} 版`)
    await expect.poll(() => textOf('cut-panel'), soon).toContain('别人改的名')
    await save()
    expect((await gridsNow()).filter(one => one.name.startsWith('别人改的名')).length).toBeGreaterThan(0)
    expect(await miscounted()).toEqual([])
  })

  test('name and lock change as forms; a locked grid refuses at its place', async () => {
    const grid = (await gridsNow()).find(one => one.level === 2 && one.name === '学府社区第2网格')!
    await openAt(grid, 15)
    await page.getByTestId('card-details').click()
    await page.getByTestId('details-name').fill('试改的名')
    await page.getByTestId('details-name').press('Enter')
    await expect
      .poll(async () => (await gridsNow()).find(one => one.id === grid.id)?.name, soon)
      .toBe('试改的名')
    await expect.poll(() => textOf('others-edit', other), soon).toContain('试改的名')
    await page.getByTestId('details-lock').click({ force: true })
    await expect.poll(async () => (await gridsNow()).find(one => one.id === grid.id)?.locked, soon).toBe(true)
    await page.getByTestId('cancel').click()
    await page.keyboard.press('c')
    await expect.poll(() => textOf('cut-hint'), soon).toContain('第一个点')
    await mapAtRest(page)
    const [, south, , north] = grid.bbox
    await clickAt(page, [middle(grid)[0], south - 0.0003])
    await pointTo(page, [middle(grid)[0], north + 0.0003])
    await expect.poll(() => page.getByTestId('refusal').count(), soon).toBe(1)
    expect(await textOf('refusal')).toContain('锁定')
    expect(await page.locator('.refusal-place').count()).toBe(1)
    await page.getByTestId('cancel').click()
    await openAt(grid, 15)
    await page.getByTestId('card-details').click()
    await page.getByTestId('details-lock').click({ force: true })
    await expect
      .poll(async () => (await gridsNow()).find(one => one.id === grid.id)?.locked, soon)
      .toBe(false)
    await page.getByTestId('cancel').click()
  })

  test('codes are shown before they are given anew, from west to east', async () => {
    const village = (await gridsNow()).find(one => one.level === 1 && one.name === '学府社区')!
    await openAt(village, 13)
    await page.getByTestId('card-details').click()
    await page.getByTestId('renumber').click()
    await expect.poll(() => page.getByTestId('renumber-row').count(), soon).toBeGreaterThan(0)
    const base = await revision()
    await page.getByTestId('save-renumber').click()
    await expect.poll(revision, soon).toBe(base + 1)
    const children = (await gridsNow()).filter(one => one.parent === village.id)
    const codes = children.map(one => one.code).sort()
    expect(codes.map(code => Number(code.slice(15)))).toEqual(codes.map((_, index) => index + 1))
    await page.getByTestId('cancel').click()
    await page.getByTestId('undo').click()
    await expect.poll(revision, soon).toBe(base + 2)
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
