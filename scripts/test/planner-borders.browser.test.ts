// Two planners on a draft of the demo street: a vertex, a border pushed and made simpler, ground and whole grids given away.
import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridCard } from '../../core/contract/grids.ts'
import { clickAt, mapAtRest, pixelOf, pointTo } from './browser.ts'
import { middle, planningDesk } from './planning-desk.ts'
import { onServer, soon } from './screen.ts'

const desk = planningDesk('planner-borders')
const { screen } = desk

describe.runIf(onServer)('two planners at a border', { timeout: 180_000 }, () => {
  test('a border vertex is dragged, its grids follow, and an undo brings every byte back', async () => {
    const before = await desk.gridsNow()
    const grid = before.find(one => one.level === 3 && one.name === '学府社区第5组')!
    const card = await screen.get<GridCard>(`/api/grids/${grid.id}?plan=${desk.draft.id}`)
    const [lng, lat] = middle(grid)
    // A vertex of the western border, half-way up.
    const vertex = (card.geometry.coordinates[0]![0] as Place[])
      .filter(place => Math.abs(place[1] - lat) < 0.001)
      .reduce((west, place) => (place[0] < west[0] ? place : west))
    await desk.openAt(grid, 16)
    await screen.page.keyboard.press('v')
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('按住界点')
    await mapAtRest(screen.page)
    await pointTo(screen.page, vertex)
    await expect
      .poll(() => screen.page.locator('.maplibregl-canvas').evaluate(one => one.style.cursor), soon)
      .toBe('move')
    await screen.page.mouse.down()
    const { x, y } = await pixelOf(screen.page, [vertex[0] + (lng - vertex[0]) / 3, vertex[1]])
    await screen.page.mouse.move(x, y, { steps: 6 })
    await expect.poll(() => screen.page.getByTestId('moved').count(), soon).toBeGreaterThan(1)
    await screen.page.mouse.up()
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('已放下')
    const area = async () => (await desk.gridsNow()).find(one => one.id === grid.id)!.areaSquareMetres
    await desk.save()
    expect(await area()).toBeLessThan(grid.areaSquareMetres - 100)
    expect(await desk.miscounted()).toEqual([])
    await screen.page.getByTestId('undo').click()
    await expect.poll(area, soon).toBe(grid.areaSquareMetres)
    const again = await screen.get<GridCard>(`/api/grids/${grid.id}?plan=${desk.draft.id}`)
    expect(again.geometry).toEqual(card.geometry)
    expect(await desk.gridsNow()).toEqual(before)
  })

  test('a border is grabbed and pushed: whole grids change sides, with their people', async () => {
    const before = await desk.gridsNow()
    const { giver, getter, from, to } = await desk.neighbours()
    await desk.openAt(giver, 15)
    await screen.page.keyboard.press('p')
    await desk.chooseSecond(getter)
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('按住共同边界')
    // The other one sees who has what in hand.
    await expect.poll(() => screen.textOf('other-desk', desk.other), soon).toContain('推界')
    await mapAtRest(screen.page)
    await pointTo(screen.page, from)
    await expect
      .poll(() => screen.page.locator('.maplibregl-canvas').evaluate(one => one.style.cursor), soon)
      .toBe('move')
    await screen.page.mouse.down()
    await pointTo(screen.page, to)
    await expect.poll(() => screen.page.getByTestId('moved').count(), soon).toBeGreaterThan(1)
    await screen.page.mouse.up()
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('已放下')
    await desk.savedAsShown(before)
  })

  test('a border becomes simpler, no further than it may, and the page says how far', async () => {
    const before = await desk.gridsNow()
    const { giver, getter } = await desk.neighbours()
    await desk.openAt(giver, 15)
    await screen.page.keyboard.press('f')
    await desk.chooseSecond(getter)
    await screen.page.getByTestId('simplify-metres').fill('25')
    await expect.poll(() => screen.page.getByTestId('strayed').count(), soon).toBe(1)
    const [, metres] = /最大偏移 ([\d.]+) m/.exec(await screen.textOf('strayed')) ?? []
    expect(Number(metres)).toBeLessThanOrEqual(25)
    await desk.savedAsShown(before)
  })

  test('whole grids are given to a neighbour by keys and list, and to their own parent they are refused', async () => {
    const before = await desk.gridsNow()
    const { giver, getter } = await desk.neighbours()
    const child = before.find(one => one.parent === giver.id)!
    await desk.openAt(child, 15)
    await screen.page.keyboard.press('g')
    await screen.page.keyboard.press('Enter')
    await desk.chooseSecond(giver)
    await expect.poll(() => screen.textOf('refusal'), soon).toContain('已经在这个网格之内')
    expect(await screen.page.locator('.refusal-place').count()).toBe(1)
    await screen.page.getByTestId('give-to').click()
    await desk.chooseSecond(getter)
    await expect.poll(() => screen.page.getByTestId('moved').count(), soon).toBe(2)
    await desk.savedAsShown(before)
  })

  test('a piece of ground is drawn and given to a neighbour; every level says what changes', async () => {
    const before = await desk.gridsNow()
    const [giver, getter] = ['学府社区第5组', '学府社区第7组'].map(
      name => before.find(one => one.name === name)!,
    )
    await desk.openAt(giver!, 16)
    await screen.page.keyboard.press('t')
    await screen.page.getByTestId('tree-filter').fill(getter!.code)
    await desk.row(getter!.id).click()
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('画出要划转的范围')
    await mapAtRest(screen.page)
    const [, , east] = giver!.bbox
    const [, lat] = middle(giver!)
    for (const place of [
      [east - 0.0012, lat - 0.0006],
      [east + 0.0004, lat - 0.0006],
      [east + 0.0004, lat + 0.0008],
      [east - 0.0012, lat + 0.0008],
    ] as const)
      await clickAt(screen.page, [place[0], place[1]])
    await screen.page.keyboard.press('Enter')
    await expect.poll(() => screen.textOf('draw-hint'), soon).toContain('确认')
    const shown = await desk.shownMoved()
    expect(shown.get(giver!.id)! + shown.get(getter!.id)!).toBe(giver!.persons + getter!.persons)
    await desk.save()
    const after = await desk.gridsNow()
    for (const [id, persons] of shown) {
      const now = after.find(one => one.id === id)
      if (now) expect(now.persons).toBe(persons)
    }
    expect(await desk.miscounted()).toEqual([])
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
