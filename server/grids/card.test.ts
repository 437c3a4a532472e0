import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { GridCard, GridStaff } from '../../core/contract/grids.ts'
import type { IncidentList } from '../../core/contract/incidents.ts'
import { buildLivingTown, type LivingTown, TODAY } from '../analysis/living-town.ts'
import { GRIDS, type GridLetter, PARENTS } from '../analysis/ragged-grids.ts'
import { type App, createApp } from '../app.ts'
import { describeOnBothEngines } from '../db/testing.ts'

describeOnBothEngines('the card of a grid', fresh => {
  let app: App
  let town: LivingTown
  beforeAll(async () => {
    town = await buildLivingTown(fresh(), '510181')
    app = await createApp({ database: fresh(), version: 'test', log: true })
  })
  afterAll(() => app.close())

  const get = async <T>(url: string): Promise<T> => {
    const reply = await app.inject({ url })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json()
  }
  const card = (grid: GridLetter, query = '') => get<GridCard>(`/api/grids/${town.ids[grid]}${query}`)

  /** What a card counts, as one list of numbers. */
  const numbers = (of: GridCard) => ({
    persons: of.persons,
    households: of.households,
    buildings: of.buildings,
    residents: of.residents!.total,
    registered: of.residents!.registered,
    floating: of.residents!.floating,
    over60: of.residents!.over60,
    minors: of.residents!.minors,
    pregnant: of.residents!.pregnant,
    disabled: of.residents!.disabled,
    ill: of.residents!.chronicallyIll,
    alone: of.residents!.alone,
    dangerous: of.dangerousHouses!,
    addresses: of.addresses,
    organisations: of.organisations.total,
    premises: of.organisations.factoryPremises,
    employees: of.organisations.employees,
    keyPlaces: of.organisations.keyPlaces,
    equipment: of.organisations.specialEquipment,
    facilities: of.facilities.reduce((sum, { count }) => sum + count, 0),
    objects: of.objects.reduce((sum, { count }) => sum + count, 0),
    open: of.incidents.open,
    overdue: of.incidents.overdue,
    month: of.incidents.last30Days,
    year: of.incidents.lastYear,
  })

  test('every number of every grid equals plain SQL', async () => {
    const end = `${TODAY} 24:00:00+08`
    for (const grid of GRIDS) {
      const inside = (alias: string) => sql`exists (select from grid_version g where g.plan_id = ${town.plan}
        and g.grid_id = ${town.ids[grid]} and huage_covers(g.geom, ${sql.ref(`${alias}.point`)}))`
      const { rows } = await sql<Record<string, number>>`
        select (select sum(persons) from building b where b.county = ${town.county} and ${inside('b')})::integer as persons,
          (select count(*) from household h where h.county = ${town.county} and ${inside('h')})::integer as households,
          b.*, r.*, o.*, i.*,
          (select count(*) from address a where a.county = ${town.county} and ${inside('a')})::integer as addresses,
          (select count(*) from facility f where f.county = ${town.county} and ${inside('f')})::integer as facilities,
          (select count(*) from object j where j.county = ${town.county} and ${inside('j')})::integer as objects
        from (select count(*)::integer as buildings, count(*) filter (where dangerous >= 'C')::integer as dangerous
          from building b where b.county = ${town.county} and ${inside('b')}) b,
        (select count(*)::integer as residents,
          sum((registration = 'registered')::integer)::integer as registered,
          sum((registration = 'floating')::integer)::integer as floating,
          sum((age(${TODAY}::date, born) >= interval '60 years')::integer)::integer as over60,
          sum((age(${TODAY}::date, born) < interval '18 years')::integer)::integer as minors,
          sum(pregnant::integer)::integer as pregnant, sum(disabled::integer)::integer as disabled,
          sum(chronically_ill::integer)::integer as ill, sum(lives_alone::integer)::integer as alone
          from resident r join household h on h.county = r.county and h.id = r.household_id
          where r.county = ${town.county} and ${inside('h')}) r,
        (select count(*)::integer as organisations, sum(factory_premises::integer)::integer as premises,
          sum(employees)::integer as employees, count(key_place)::integer as "keyPlaces",
          sum(special_equipment)::integer as equipment
          from organisation o where o.county = ${town.county} and ${inside('o')}) o,
        (select sum((closed_at is null)::integer)::integer as open,
          sum((closed_at is null and due < ${end}::timestamptz)::integer)::integer as overdue,
          sum((reported_at >= ${end}::timestamptz - interval '30 days')::integer)::integer as month,
          sum((reported_at >= ${end}::timestamptz - interval '365 days')::integer)::integer as year
          from incident i where i.county = ${town.county} and ${inside('i')}) i`.execute(fresh().owner)
      const shown = await card(grid)
      expect(numbers(shown), grid).toEqual(rows[0])
      expect(shown.persons, 'no home without people').toBeGreaterThan(0)
      expect(shown.residents!.total).toBe(shown.persons)
    }
  })

  test('children add up to their parent, in every number', async () => {
    for (const parent of ['W', 'WS', 'a'] as const) {
      const children = GRIDS.filter(grid => PARENTS[grid] === parent)
      const sums = (await Promise.all(children.map(grid => card(grid)))).map(numbers)
      const whole = numbers(await card(parent))
      for (const key of Object.keys(whole) as (keyof typeof whole)[]) {
        expect(
          sums.reduce((sum, one) => sum + one[key], 0),
          `${parent} ${key}`,
        ).toBe(whole[key])
      }
    }
  })

  test('shows its posts of the day, whether the rule is met, and who is responsible upward', async () => {
    const shown = await card('WS')
    expect(shown).toMatchObject({ on: TODAY, demo: true, planName: '试验方案' })
    expect(shown.staff.posts.map(post => [post.staff.name, post.role])).toEqual([
      ['长WS', 'head'],
      ['员WS', 'worker'],
      ['警WS', 'police'],
    ])
    expect(shown.staff.posts[0]!.staff.phone).toMatch(/^028-/)
    expect(shown.staff.rule).toEqual({
      kind: '1+1+x',
      complete: true,
      heads: 1,
      workers: 1,
      others: 1,
      missing: [],
    })
    expect(shown.chain.map(link => [link.kind, link.name, link.posts.map(post => post.staff.name)])).toEqual([
      ['grid', '网格WS', ['长WS']],
      ['grid', '网格W', ['长W']],
      ['area', '试验村', ['村领导']],
      ['area', '试验街道', ['街领导']],
      ['road', '花园路', ['街巷长']],
    ])
    // WS, a, b, a1, a2 have a head each; WS a worker and a policeman
    expect(shown.staff.below).toEqual({ posts: 7, people: 7 })
    expect((await card('WN')).staff.rule).toMatchObject({ complete: false, missing: ['others'] })
    expect((await card('W')).staff.rule).toBeNull()
    expect((await card('E')).chain.filter(link => link.kind === 'water').map(link => link.name)).toEqual([
      '毗河',
    ])

    // another day, other posts
    const before = await card('WS', '?on=2025-06-01')
    expect(before.staff.posts.map(post => post.staff.name)).toEqual(['旧WS', '长WS', '员WS', '警WS'])
    const later = await card('WS', '?on=2027-06-01')
    expect(later.staff.posts.map(post => post.staff.name)).toContain('新WS')

    const staff = await get<GridStaff>(`/api/grids/${town.ids.WS}/staff`)
    expect(staff.posts).toHaveLength(7)
    expect(staff.posts.map(post => post.grid.name)).toContain('网格a2')
    expect(staff.chain).toEqual(shown.chain)
  })

  test('knows its place in the tree and its neighbours', async () => {
    const shown = await card('a')
    expect(shown.breadcrumb.map(grid => grid.name)).toEqual(['网格W', '网格WS'])
    expect(shown.children.map(grid => grid.name)).toEqual(['网格a1', '网格a2'])
    expect(shown.neighbours.map(grid => grid.name)).toEqual(['网格b'])
    expect(shown.neighbours[0]!.sharedMetres).toBeCloseTo(1138.8, 0)
    expect(shown.levelName).toEqual({ zh: '小组', en: '小组' })
    expect((await card('E')).children).toEqual([])
  })

  test('the newest incidents come with it, open ones first; the list has all of them', async () => {
    const shown = await card('E')
    expect(shown.incidents.latest).toHaveLength(5)
    expect(shown.incidents.latest.every(incident => incident.status !== 'closed')).toBe(true)
    const all: string[] = []
    let after = ''
    do {
      const page = await get<IncidentList>(
        `/api/grids/${town.ids.E}/incidents?limit=50&status=open&status=overdue${after}`,
      )
      expect(page.total).toBe(shown.incidents.open)
      all.push(...page.incidents.map(incident => incident.id))
      after = page.next ? `&after=${page.next}` : ''
    } while (after)
    expect(new Set(all).size).toBe(shown.incidents.open)
    expect(all.slice(0, 5)).toEqual(shown.incidents.latest.map(incident => incident.id))
  })

  test('where nobody is known by name it says so, with null and not with zero', async () => {
    const database = fresh()
    const bare = await buildLivingTown(database, '510182')
    await sql`delete from resident where county = ${bare.county}`.execute(database.owner)
    await sql`update building set dangerous = null where county = ${bare.county}`.execute(database.owner)
    const shown = await get<GridCard>(`/api/grids/${bare.ids.E}`)
    expect(shown).toMatchObject({ residents: null, dangerousHouses: null })
    expect(shown.persons).toBeGreaterThan(0)
  })

  test('a grid that is gone names those that took over its ground; one that never was is unknown', async () => {
    const key = { county: town.county, plan_id: town.plan }
    const gone = '01900000-0000-7000-8000-000000000001'
    await sql`
      insert into grid_version select county, plan_id, ${gone}::uuid, 0, 1, level, parent_id, leaf, code || 'x', name, kind,
        locked, geom, area_m2, persons, households, buildings from grid_version
        where plan_id = ${key.plan_id} and grid_id = ${town.ids.b}`.execute(fresh().owner)
    await sql`insert into grid_lineage values (${key.county}, ${key.plan_id}, 1, ${gone}, ${town.ids.b})`.execute(
      fresh().owner,
    )
    await sql`update plan set revision = 1 where plan_id = ${key.plan_id}`.execute(fresh().owner)
    const reply = await app.inject({ url: `/api/grids/${gone}`, headers: { 'accept-language': 'en' } })
    expect(reply.json()).toMatchObject({
      status: 410,
      code: 'grid-gone',
      successors: [{ id: town.ids.b, name: '网格b' }],
    })
    // but as of the revision at which it lived there it is
    expect(await get<GridCard>(`/api/grids/${gone}?revision=0`)).toMatchObject({ id: gone, revision: 0 })
    const never = '01900000-0000-7000-8000-000000000002'
    for (const [url, status, code] of [
      [`/api/grids/${never}`, 404, 'unknown-grid'],
      [`/api/grids/${never}?plan=${town.plan}`, 404, 'unknown-grid'],
      [`/api/grids/${town.ids.a}?plan=${never}`, 404, 'unknown-plan'],
      [`/api/grids/${town.ids.a}?revision=99`, 409, 'unknown-revision'],
      [`/api/grids/${town.ids.a}?on=2026-02-30`, 400, 'bad-request'],
      [`/api/grids/${town.ids.a}?on=yesterday`, 400, 'bad-request'],
      [`/api/grids/${town.ids.a}/staff?on=2199-12-31`, 200, undefined],
      [`/api/grids/${town.ids.a}?on=0001-01-01`, 400, 'bad-request'],
      [`/api/grids/${town.ids.a}/staff?on=1900-01-01`, 200, undefined],
      [`/api/grids/nonsense`, 400, 'bad-request'],
      [
        `/api/grids/${town.ids.a}/incidents?from=2026-05-01T00:00:00Z&to=2026-04-01T00:00:00Z`,
        400,
        'bad-time',
      ],
      [`/api/grids/${town.ids.a}/incidents?bbox=1,2,3`, 400, 'bad-box'],
      [`/api/grids/${town.ids.a}/incidents?after=x`, 400, 'bad-page'],
      [`/api/grids/${never}/incidents`, 404, 'unknown-grid'],
    ] as const) {
      const answer = await app.inject({ url })
      expect([answer.statusCode, answer.json().code], url).toEqual([status, code])
    }
  })
})
