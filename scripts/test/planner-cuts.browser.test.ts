// Two planners on a draft of the demo street: cuts at every level, the check, details; each sees the other.
import { describe, expect, test } from 'vitest'
import type { GridCard } from '../../core/contract/grids.ts'
import { clickAt, mapAtRest, pointTo } from './browser.ts'
import { middle, planningDesk } from './planning-desk.ts'
import { onServer, soon } from './screen.ts'

const desk = planningDesk('planner-cuts')
const { screen } = desk

describe.runIf(onServer)('two planners who cut', { timeout: 180_000 }, () => {
  test.each([
    [2, 14.6],
    [3, 16],
  ])(
    'a cut at level %i cuts what lies below, counts as SQL counts, and appears for the other',
    async (level, zoom) => {
      const before = await desk.gridsNow()
      const parents = new Set(before.map(grid => grid.parent))
      const target = before
        .filter(grid => grid.level === level && parents.has(grid.id))
        .reduce((most, grid) => (grid.persons > most.persons ? grid : most))
      await desk.openAt(target, zoom)
      await screen.page.getByTestId('card-cut').click()
      await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('第一个点')
      await mapAtRest(screen.page)
      const [, south, , north] = target.bbox
      const [lng] = middle(target)
      const beyond = (north - south) * 0.05
      await clickAt(screen.page, [lng, south - beyond])
      await clickAt(screen.page, [lng, north + beyond])
      await screen.page.keyboard.press('Enter')
      await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('确认')
      const sides = [await screen.read('side-left-persons'), await screen.read('side-right-persons')]
      expect(sides.reduce((sum, one) => sum + one, 0)).toBe(target.persons)
      expect(await screen.page.getByTestId('cut-part').count()).toBeGreaterThan(0)
      await desk.save()
      const after = await desk.gridsNow()
      const fresh = after.filter(grid => !before.some(old => old.id === grid.id))
      const twin = fresh.find(grid => grid.level === level)!
      const kept = after.find(grid => grid.id === target.id)!
      expect([kept.persons, twin.persons].sort()).toEqual(sides.sort())
      expect(fresh.some(grid => grid.level === level + 1)).toBe(true)
      expect(await desk.miscounted()).toEqual([])
      await expect.poll(() => screen.textOf('others-edit', desk.other), soon).toContain(twin.name)
      await desk.other.getByTestId('tree-filter').fill(twin.code)
      await expect.poll(() => desk.row(twin.id, desk.other).count(), soon).toBe(1)
    },
  )

  test('a cut follows the roads between two clicks, and what it shows is what is saved', async () => {
    const before = await desk.gridsNow()
    const target = before.find(one => one.level === 2 && one.name === '学府社区第2网格')!
    await desk.openAt(target, 16)
    await screen.page.keyboard.press('d')
    await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('在道路上单击')
    await mapAtRest(screen.page)
    // Where 菊香路 leaves the street along the river, and where it comes to the street in the south.
    await clickAt(screen.page, [103.949, 30.87475])
    await clickAt(screen.page, [103.9479, 30.8712])
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('确认')
    const sides = [await screen.read('side-left-persons'), await screen.read('side-right-persons')]
    expect(sides.reduce((sum, one) => sum + one, 0)).toBe(target.persons)
    const saved = await desk.save()
    const after = await desk.gridsNow()
    const twin = after.find(one => one.level === 2 && !before.some(old => old.id === one.id))!
    const kept = after.find(one => one.id === target.id)!
    expect([kept.persons, twin.persons].sort()).toEqual(sides.sort())
    // Two clicks alone would have been a straight line; the border has the bends of the road.
    const card = await screen.get<GridCard>(`/api/grids/${twin.id}?plan=${desk.draft.id}`)
    const other = await screen.get<GridCard>(`/api/grids/${target.id}?plan=${desk.draft.id}`)
    const theirs = new Set(other.geometry.coordinates.flat(2).map(String))
    expect(card.geometry.coordinates.flat(2).filter(at => theirs.has(String(at))).length).toBeGreaterThan(4)
    await screen.page.getByTestId('undo').click()
    await expect.poll(desk.revision, soon).toBe(saved + 1)
    expect(await desk.gridsNow()).toEqual(before)
  })

  test('a line outlives somebody else’s edit of the same grid, who and when are said, and it is saved on it', async () => {
    const grid = (await desk.gridsNow()).find(one => one.level === 3 && one.name === '学府社区第6组')!
    await desk.openAt(grid, 16)
    await screen.page.getByTestId('card-cut').click()
    await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('第一个点')
    await mapAtRest(screen.page)
    const [, south, , north] = grid.bbox
    const [lng] = middle(grid)
    await clickAt(screen.page, [lng, south - 0.0003])
    await clickAt(screen.page, [lng, north + 0.0003])
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('确认')
    const base = await desk.revision()
    await screen.post(`/api/plans/${desk.draft.id}/edits`, {
      kind: 'rename',
      base,
      grid: grid.id,
      name: '别人改的名',
    })
    await expect.poll(() => screen.page.getByTestId('stale').count(), soon).toBe(1)
    expect(await screen.textOf('stale')).toContain(`第 ${base + 1} 版`)
    await expect.poll(() => screen.textOf('cut-panel'), soon).toContain('别人改的名')
    await desk.save()
    expect((await desk.gridsNow()).filter(one => one.name.startsWith('别人改的名')).length).toBeGreaterThan(0)
    expect(await desk.miscounted()).toEqual([])
  })

  test('the check lists what the rules find, goes to the place, and is made again after an edit', async () => {
    const grid = (await desk.gridsNow()).find(one => one.level === 3 && one.persons > 0)!
    await desk.openAt(grid, 15)
    await screen.page.getByTestId('tab-check').click()
    await expect.poll(() => screen.page.getByTestId('finding').count(), soon).toBeGreaterThan(3)
    await screen.page.locator('[data-testid="rule"][data-rule="R6"]').click()
    const finding = screen.page.locator('[data-testid="finding"][data-rule="R6"]').first()
    const id = await finding.getAttribute('data-grid')
    await finding.click()
    await expect.poll(() => new URL(screen.page.url()).searchParams.get('grid'), soon).toBe(id)
    expect(await screen.page.locator('.found-place').textContent()).toMatch(/\d 人，(多|少)于/)
    const base = await desk.revision()
    await screen.post(`/api/plans/${desk.draft.id}/edits`, {
      kind: 'lock',
      base,
      grid: grid.id,
      locked: true,
    })
    await expect
      .poll(() => screen.page.getByTestId('check-count').getAttribute('data-revision'), soon)
      .toBe(String(base + 1))
    const download = screen.page.waitForEvent('download')
    await screen.page.getByTestId('check-csv').click()
    expect((await download).suggestedFilename()).toBe('huage-report.csv')
    await screen.page.getByTestId('undo').click()
    await expect.poll(desk.revision, soon).toBe(base + 2)
  })

  test('name and lock change as forms; a locked grid refuses at its place', async () => {
    const grid = (await desk.gridsNow()).find(one => one.level === 2 && one.name === '学府社区第2网格')!
    await desk.openAt(grid, 15)
    await screen.page.getByTestId('card-details').click()
    await screen.page.getByTestId('details-name').fill('试改的名')
    await screen.page.getByTestId('details-name').press('Enter')
    await expect
      .poll(async () => (await desk.gridsNow()).find(one => one.id === grid.id)?.name, soon)
      .toBe('试改的名')
    await expect.poll(() => screen.textOf('others-edit', desk.other), soon).toContain('试改的名')
    await screen.page.getByTestId('details-lock').click({ force: true })
    await expect
      .poll(async () => (await desk.gridsNow()).find(one => one.id === grid.id)?.locked, soon)
      .toBe(true)
    await screen.page.getByTestId('cancel').click()
    await screen.page.keyboard.press('c')
    await expect.poll(() => screen.textOf('cut-hint'), soon).toContain('第一个点')
    await mapAtRest(screen.page)
    const [, south, , north] = grid.bbox
    await clickAt(screen.page, [middle(grid)[0], south - 0.0003])
    await pointTo(screen.page, [middle(grid)[0], north + 0.0003])
    await expect.poll(() => screen.page.getByTestId('refusal').count(), soon).toBe(1)
    expect(await screen.textOf('refusal')).toContain('锁定')
    expect(await screen.page.locator('.refusal-place').count()).toBe(1)
    await screen.page.getByTestId('cancel').click()
    await desk.openAt(grid, 15)
    await screen.page.getByTestId('card-details').click()
    await screen.page.getByTestId('details-lock').click({ force: true })
    await expect
      .poll(async () => (await desk.gridsNow()).find(one => one.id === grid.id)?.locked, soon)
      .toBe(false)
    await screen.page.getByTestId('cancel').click()
  })

  test('codes are shown before they are given anew, from west to east', async () => {
    const village = (await desk.gridsNow()).find(one => one.level === 1 && one.name === '学府社区')!
    await desk.openAt(village, 13)
    await screen.page.getByTestId('card-details').click()
    await screen.page.getByTestId('renumber').click()
    await expect.poll(() => screen.page.getByTestId('renumber-row').count(), soon).toBeGreaterThan(0)
    const base = await desk.revision()
    await screen.page.getByTestId('save-renumber').click()
    await expect.poll(desk.revision, soon).toBe(base + 1)
    const children = (await desk.gridsNow()).filter(one => one.parent === village.id)
    const codes = children.map(one => one.code).sort()
    expect(codes.map(code => Number(code.slice(15)))).toEqual(codes.map((_, index) => index + 1))
    await screen.page.getByTestId('cancel').click()
    await screen.page.getByTestId('undo').click()
    await expect.poll(desk.revision, soon).toBe(base + 2)
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
