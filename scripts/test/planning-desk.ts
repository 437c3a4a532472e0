// A planner's desk for tests of screens: a draft of the demo street, the page of the planner and that of another who looks on.
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { beforeAll, expect } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import type { GridList, Plan } from '../../core/contract/plans.ts'
import { mapAtRest } from './browser.ts'
import { number, onServer, Screen, soon } from './screen.ts'

export const middle = ({ bbox: [west, south, east, north] }: GridSummary): Place => [
  (west + east) / 2,
  (south + north) / 2,
]

/** @param name of the file, which the draft gets too */
export function planningDesk(name: string) {
  const screen = new Screen(name, { expected: /status of 422/ })
  let draft: Plan
  let other: Page

  beforeAll(async () => {
    if (!onServer) return
    const [published] = await screen.get<Plan[]>('/api/plans')
    draft = await screen.post<Plan>(`/api/plans/${published!.id}/copies`, { name })
    other = await screen.openPage(screen.page)
    await other.goto(`${screen.server}/?plan=${draft.id}`)
    await mapAtRest(other)
  }, 120_000)

  const gridsNow = async () => (await screen.get<GridList>(`/api/plans/${draft.id}/grids`)).grids
  const revision = async () => (await screen.get<Plan>(`/api/plans/${draft.id}`)).revision
  const row = (id: string, on = screen.page) => on.locator(`[data-grid="${id}"][data-testid="grid-row"]`)

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
    `.execute(screen.fresh.database.owner)
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
      (await screen.get<GridCard>(`/api/grids/${id}?plan=${draft.id}`)).geometry.coordinates.flat(
        2,
      ) as Place[]
    const parents = grids.filter(grid => grid.level === 2 && !grid.leaf)
    for (const giver of parents.filter(one => grids.filter(({ parent }) => parent === one.id).length > 1)) {
      const own = await outline(giver.id)
      const card = await screen.get<GridCard>(`/api/grids/${giver.id}?plan=${draft.id}`)
      for (const getter of parents.filter(one => card.neighbours.some(({ id }) => id === one.id))) {
        const theirs = new Set((await outline(getter.id)).map(String))
        const border = own.filter(place => theirs.has(String(place)))
        const from = border[Math.floor(border.length / 2)]!
        const [lng, lat] = middle(giver)
        for (const part of [0.5, 1, 1.5]) {
          const to: Place = [from[0] + (lng - from[0]) * part, from[1] + (lat - from[1]) * part]
          const push = { kind: 'push', base, grids: [giver.id, getter.id], from, to }
          const preview = await screen.post<{ grids?: unknown[] }>(
            `/api/plans/${draft.id}/edits/preview`,
            push,
          )
          if (preview.grids) return { giver, getter, from, to }
        }
      }
    }
    throw new Error('There are no such neighbours.')
  }

  /** Chooses the second grid in the list, as a keyboard would. */
  async function chooseSecond(grid: GridSummary): Promise<void> {
    await screen.page.getByTestId('tree-filter').fill(grid.code)
    await row(grid.id).click()
  }

  /** People of each grid that the page says changes, by the grid's id. */
  async function shownMoved(): Promise<Map<string, number>> {
    const shown = new Map<string, number>()
    for (const one of await screen.page.getByTestId('moved').all()) {
      const persons = (await one.getByTestId('moved-persons').textContent()) ?? ''
      shown.set((await one.getAttribute('data-grid')) ?? '', number(persons))
    }
    return shown
  }

  /** Whether what the page promised is what was saved; then everything is as it was, by undo. */
  async function savedAsShown(before: readonly GridSummary[]): Promise<void> {
    const shown = await shownMoved()
    const saved = await save()
    const after = new Map((await gridsNow()).map(grid => [grid.id, grid.persons]))
    expect(shown.size).toBeGreaterThan(1)
    for (const [id, persons] of shown) if (after.has(id)) expect(after.get(id)).toBe(persons)
    expect(await miscounted()).toEqual([])
    await screen.page.getByTestId('undo').click()
    await expect.poll(revision, soon).toBe(saved + 1)
    expect(await gridsNow()).toEqual(before)
  }

  async function openAt(grid: GridSummary, zoom: number): Promise<void> {
    const [lng, lat] = middle(grid)
    await screen.page.goto(
      `${screen.server}/?plan=${draft.id}&grid=${grid.id}&level=${grid.level}&view=${lng}/${lat}/${zoom}`,
    )
    await mapAtRest(screen.page)
  }

  /** Says yes, also to what it is warned of, and waits for the next revision. */
  async function save(): Promise<number> {
    const before = await revision()
    await expect.poll(() => screen.page.getByTestId('confirm').isEnabled(), soon).toBe(true)
    await screen.page.getByTestId('confirm').click()
    const overrule = screen.page.getByTestId('overrule')
    await expect
      .poll(async () => (await overrule.count()) > 0 || (await revision()) > before, soon)
      .toBe(true)
    if ((await overrule.count()) > 0) await overrule.click()
    await expect.poll(revision, soon).toBe(before + 1)
    await expect.poll(() => screen.page.locator('.work-panel').count(), soon).toBe(0)
    return before + 1
  }

  return {
    screen,
    get draft() {
      return draft
    },
    get other() {
      return other
    },
    gridsNow,
    revision,
    row,
    miscounted,
    neighbours,
    chooseSecond,
    shownMoved,
    savedAsShown,
    openAt,
    save,
  }
}
