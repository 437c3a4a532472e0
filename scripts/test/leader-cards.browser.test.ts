// A leader's day in a real browser: cards and colours that agree with SQL, who has a post, what axe finds.
import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { EditReply } from '../../core/contract/edits.ts'
import type { GridCard, GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { dayEnd, daysBefore } from '../../core/measures/local-day.ts'
import { DemoStreet } from './demo-street.ts'
import { number, onServer, soon } from './screen.ts'

/** A refusal is an answer: the browser writes it into the console all the same. */
const EXPECTED = /status of (400|410|422)/
const street = new DemoStreet('leader-cards', { expected: EXPECTED })
const { screen } = street
/** The last day of the demo's data. */
let day: string

beforeAll(async () => {
  if (!onServer) return
  day = (await screen.get<GridCard>(`/api/grids/${street.at(1)[0]!.id}?plan=${street.plan.id}`)).on
})

const readFigure = async (id: string) =>
  number((await screen.page.getByTestId(id).locator('.figure').textContent()) ?? '')

/** Points of a table inside a grid, each counted by itself. */
const inGrid = (table: string, grid: GridSummary) => sql`
  from ${sql.table(table)} t, grid_version g
  where g.plan_id = ${street.plan.id} and g.grid_id = ${grid.id} and g.to_revision is null
    and t.county = g.county and huage_covers(g.geom, t.point)`

describe.runIf(onServer)('a leader who reads', { timeout: 240_000 }, () => {
  test('reads on the card of a grid of every level what SQL counts in its outline', async () => {
    for (const level of [1, 2, 3, 4]) {
      const grid = street.at(level).reduce((most, other) => (other.persons > most.persons ? other : most))
      await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}&grid=${grid.id}`)
      await screen.page.getByTestId('card-residents').getByText(/\d/).waitFor(soon)
      const houses = await street.one(sql<{ persons: number; households: number; buildings: number }>`
        select coalesce(sum(t.persons), 0)::integer as persons, coalesce(sum(t.households), 0)::integer as households,
          count(*)::integer as buildings ${inGrid('building', grid)}`)
      expect({
        persons: await screen.read('card-persons'),
        households: await screen.read('card-households'),
        buildings: await screen.read('card-buildings'),
      }).toEqual(houses)
      const people = await street.one(sql<{ total: number; floating: number; disabled: number }>`
        select count(*)::integer as total, count(*) filter (where r.registration = 'floating')::integer as floating,
          count(*) filter (where r.disabled)::integer as disabled
        from resident r where (r.county, r.household_id) in (select t.county, t.id ${inGrid('household', grid)})`)
      expect({
        total: await screen.read('card-residents'),
        floating: await screen.read('card-floating'),
        disabled: await screen.read('card-disabled'),
      }).toEqual(people)
      const firms = await street.one(sql<{ total: number; factories: number }>`
        select count(*)::integer as total, count(*) filter (where t.factory_premises)::integer as factories
        ${inGrid('organisation', grid)}`)
      expect({
        total: await screen.read('card-organisations'),
        factories: await screen.read('card-factories'),
      }).toEqual(firms)
      await screen.page.getByTestId('card-tab-places').click()
      const { facilities } = await street.one(
        sql<{ facilities: number }>`select count(*)::integer as facilities ${inGrid('facility', grid)}`,
      )
      expect(await screen.read('card-facilities-total')).toBe(facilities)
      await screen.page.getByTestId('card-tab-incidents').click()
      const year = daysBefore(dayEnd(day), 365)
      const incidents = await street.one(sql<{ open: number; lastYear: number }>`
        select count(*) filter (where t.closed_at is null)::integer as open,
          count(*) filter (where t.reported_at >= ${year})::integer as "lastYear" ${inGrid('incident', grid)}`)
      expect({
        open: await readFigure('card-incidents-open'),
        lastYear: await readFigure('card-incidents-lastYear'),
      }).toEqual(incidents)
      if (incidents.lastYear > 0) {
        await screen.page.getByTestId('card-incidents-lastYear').click()
        await expect
          .poll(() => screen.textOf('card-incident-total'), soon)
          .toContain(`/ ${incidents.lastYear} `)
      }
      await screen.page.getByTestId('card-tab-overview').click()
    }
  })

  test('sees who has a post there, whether that is complete, and goes down by the table of grids inside', async () => {
    const grid = street.at(2)[0]!
    await screen.page.goto(`${screen.server}/?work=lead&plan=${street.plan.id}&grid=${grid.id}`)
    await screen.page.getByTestId('card-tab-staff').click()
    const posts = screen.page.getByTestId('card-posts').getByTestId('post')
    await posts.first().waitFor(soon)
    const roles = (
      await sql<{ role: string; name: string }>`
        select p.role, s.name from post p join staff s on s.county = p.county and s.id = p.staff_id
        where p.grid_id = ${grid.id} and p.from_date <= ${day}::date
          and (p.to_date is null or p.to_date >= ${day}::date)`.execute(screen.fresh.database.owner)
    ).rows
    expect(await posts.count()).toBe(roles.length)
    for (const { name } of roles) expect(await screen.textOf('card-posts')).toContain(name)
    const hasWorker = roles.some(({ role }) => role === 'worker')
    expect(await screen.page.getByTestId('card-rule').getAttribute('data-complete')).toBe(String(hasWorker))
    expect(await screen.textOf('card-rule')).toContain('一格一员')
    expect(await screen.page.getByTestId('chain').count()).toBeGreaterThan(1)

    await screen.page.getByTestId('card-tab-grids').click()
    await screen.page.getByTestId('sort-persons').click()
    const children = street.grids.filter(other => other.parent === grid.id)
    const most = children.reduce((best, other) => (other.persons > best.persons ? other : best))
    expect(await screen.page.getByTestId('child').first().textContent()).toBe(most.name)
    await screen.page.getByTestId('child').first().click()
    await expect.poll(() => screen.address.get('grid'), soon).toBe(most.id)
    await screen.page.getByTestId('card-tab-overview').click()
  })

  test('is led from a grid that was merged a moment ago to the one that took it over', async () => {
    const draft = await screen.post<Plan>(`/api/plans/${street.plan.id}/copies`, { name: '底稿' })
    const parent = street
      .at(3)
      .find(grid => street.grids.filter(other => other.parent === grid.id).length > 2)!
    const leaves = street.grids.filter(grid => grid.parent === parent.id)
    let gone: string | undefined
    for (const other of leaves.slice(1)) {
      const kept = leaves[0]!.id
      const reply = await screen.post<Partial<EditReply>>(`/api/plans/${draft.id}/edits`, {
        kind: 'merge',
        base: 0,
        grids: [kept, other.id],
        keep: kept,
      })
      gone = reply.removed?.[0]
      if (gone) break
    }
    expect(gone).toBeDefined()
    await screen.page.goto(`${screen.server}/?work=lead&plan=${draft.id}&grid=${gone}`)
    await screen.page.getByTestId('successor').first().waitFor(soon)
    await screen.page.getByTestId('successor').first().click()
    await expect.poll(() => screen.address.get('grid'), soon).toBe(leaves[0]!.id)
    expect(await screen.textOf('card-name')).toBe(leaves[0]!.name)
  })

  test('colours every level by incidents; classes and total are those of SQL', async () => {
    const year = daysBefore(dayEnd(day), 365)
    const { total } = await street.one(sql<{ total: number }>`
      select count(*)::integer as total from incident i
      where i.county = ${street.plan.county} and i.reported_at >= ${year}
        and huage_leaf_at(${street.plan.county}, ${street.plan.id}::uuid, i.point) is not null`)
    for (const level of [1, 2, 3, 4]) {
      await screen.page.goto(
        `${screen.server}/?work=lead&plan=${street.plan.id}&level=${level}&colour=incidents`,
      )
      await expect.poll(() => screen.page.getByTestId('counted-note').count(), soon).toBe(1)
      expect(await screen.textOf('counted-note')).toContain(total.toLocaleString('zh-CN'))
      const shown = street.grids.filter(grid => grid.level === level || (grid.leaf && grid.level < level))
      const counts = await screen.page.getByTestId('legend').locator('tbody td.number').allTextContents()
      expect(counts.map(number).reduce((sum, count) => sum + count, 0)).toBe(shown.length)
    }
    await screen.page.getByTestId('colour-control').selectOption('staff')
    await expect.poll(() => screen.textOf('legend'), soon).toContain('每千人岗位数')
  })

  test.each([
    ['light', 'zh', 1280],
    ['dark', 'en', 1280],
    ['light', 'en', 390],
  ] as const)('axe finds nothing, %s, %s, %i pixels wide', async (theme, language, width) => {
    await screen.page.evaluate(
      ([theme, language]) => {
        localStorage.setItem('huage.theme', theme)
        localStorage.setItem('huage.language', language)
      },
      [theme, language] as const,
    )
    await screen.page.setViewportSize({ width, height: 800 })
    const of = `plan=${street.plan.id}`
    const chosen = street.at(2)[0]!.id
    for (const [address, ready] of [
      [`work=plan&${of}&grid=${chosen}`, 'card-counted'],
      [`work=analyse&${of}`, 'found'],
      [`work=analyse&${of}&show=grids`, 'count-row'],
      [`work=lead&${of}&grid=${chosen}`, 'card-counted'],
      [`work=lead&${of}&query=grid:${chosen}`, 'query-total-persons'],
    ] as const) {
      await screen.page.goto(`${screen.server}/?${address}`)
      await screen.page.getByTestId(ready).first().waitFor(soon)
      const { violations } = await new AxeBuilder({ page: screen.page }).analyze()
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
      expect(found, address).toEqual([])
    }
  })

  test('nothing failed unseen', () => {
    expect(screen.complaints).toEqual([])
  })
})
