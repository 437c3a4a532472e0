import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EditRequest } from '../../core/contract/edits.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { PlanReport } from '../../core/contract/report.ts'
import { randomFrom } from '../../core/topology/fuzzing.ts'
import { createApp } from '../app.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, line, type SmallTown } from '../edits/small-town.ts'
import { PlanReports } from './plan-reports.ts'
import { writeReport } from './write-report.ts'

const COUNTY = '510128'

describeOnBothEngines('the report on a plan', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), COUNTY)
  })
  afterAll(() => town.app.close())

  const report = async (plan: string, query = ''): Promise<PlanReport> => {
    const reply = await town.app.inject({ url: `/api/plans/${plan}/report${query}` })
    if (reply.statusCode !== 200) throw new Error(reply.body)
    return reply.json()
  }
  const newPlan = async (profile: string) => {
    const reply = await town.post('/api/plans', { area: town.area, name: '检查', profile })
    return (reply.json() as { id: string }).id
  }
  const part = (x: number, y: number, w: number, h: number): GeoJSON.MultiPolygon => ({
    type: 'MultiPolygon',
    coordinates: [
      [[town.at(x, y), town.at(x + w, y), town.at(x + w, y + h), town.at(x, y + h), town.at(x, y)]],
    ],
  })
  /** A plan of the area–grid profile: level 2 must have 500 to 1000 people, a head, a worker and others. */
  const dividedPlan = async (parts: GeoJSON.MultiPolygon[]) => {
    const plan = await newPlan('area-grid')
    const [whole] = await town.grids(plan)
    await town.edit(plan, { kind: 'partition', base: 0, parent: whole!.id, parts })
    return { plan, whole: whole!, parts: (await town.grids(plan)).filter(grid => grid.level === 2) }
  }
  const found = ({ findings }: PlanReport) =>
    findings.map(({ rule, what, grids, value }) => [rule, what, grids[0]?.code ?? null, value])
  const ofRule = (one: PlanReport, rule: string) => one.findings.filter(finding => finding.rule === rule)

  test('people against the band, with the number, sentence, grid and place', async () => {
    const { plan, parts } = await dividedPlan([part(0, 0, 0.7, 1), part(0.7, 0, 0.3, 1)])
    const judged = await report(plan)
    expect(judged).toMatchObject({ plan, revision: 1, grids: 3, covered: { share: 1, personsOutside: 0 } })
    const { rows } = await sql<{ code: string; persons: number }>`
      select g.code, sum(b.persons)::integer as persons
      from grid_version g join building b on b.county = g.county and huage_covers(g.geom, b.point)
      where g.plan_id = ${plan} and g.to_revision is null and g.level = 2 group by g.code order by g.code`.execute(
      fresh().owner,
    )
    expect(rows.map(row => row.persons)).toEqual([800, 400])
    expect(found({ ...judged, findings: ofRule(judged, 'R6') })).toEqual([
      ['R6', 'few-people', rows[1]!.code, rows[1]!.persons],
    ])
    const [few] = ofRule(judged, 'R6')
    expect(few).toMatchObject({
      severity: 'warning',
      unit: 'persons',
      from: 500,
      to: 1000,
      bbox: parts[1]!.bbox,
      above: '小城',
      sentence: { zh: '400 人，少于 500–1,000 人的范围。' },
    })
    expect(few!.sentence.en).toMatch(/^400 people/)
    const [x, y] = few!.place!
    expect(x > parts[1]!.bbox[0] && x < parts[1]!.bbox[2] && y > parts[1]!.bbox[1]).toBe(true)
    // People were spread, and nobody is known to have a post: told once, not of every grid.
    expect(ofRule(judged, 'R3')).toHaveLength(1)
    expect(ofRule(judged, 'R10').map(({ what, grids }) => [what, grids])).toEqual([['no-staff-known', []]])
    expect(judged.rules.find(({ rule }) => rule === 'R6')).toMatchObject({ warnings: 1, judged: true })
    expect(judged.rules.find(({ rule }) => rule === 'R11')).toMatchObject({ warnings: 0, judged: false })
  })

  test('the share of a border on lines is what SQL measures; a road along it makes it whole', async () => {
    const { plan } = await dividedPlan([part(0, 0, 1, 0.02), part(0, 0.02, 1, 0.98)])
    const onLines = (judged: PlanReport) => judged.onLines.find(({ level }) => level === 2)!.share
    // The outer border is the village's edge: all but what the two share lies on it.
    const { rows } = await sql<{ share: number }>`
      select 1 - 2 * st_length(st_intersection(a.geom, b.geom)::geography)
          / (st_length(st_boundary(a.geom)::geography) + st_length(st_boundary(b.geom)::geography)) as share
      from grid_version a join grid_version b on b.plan_id = a.plan_id and b.level = 2 and b.grid_id > a.grid_id
      where a.plan_id = ${plan} and a.level = 2 and a.to_revision is null`.execute(fresh().owner)
    const measured = onLines(await report(plan))
    // Where the shared border comes to the village's edge, its last metres are near that edge but run across it.
    expect(Math.abs(measured - rows[0]!.share)).toBeLessThan(0.002)
    expect(ofRule(await report(plan), 'R5')).toEqual([])
    const id = uuidv7()
    const road = JSON.stringify({
      type: 'MultiLineString',
      coordinates: [[town.at(-0.1, 0.021), town.at(1.1, 0.021)]],
    })
    await sql`
      insert into road (county, id, source_key, import_id, class, geom)
      values (${COUNTY}, ${id}, ${id}, ${id}, 'residential', st_setsrid(st_geomfromgeojson(${road}), 4326))`.execute(
      fresh().owner,
    )
    await sql`insert into layer_version (county, layer) values (${COUNTY}, 'roads')`.execute(fresh().owner)
    expect(onLines(await report(plan))).toBeCloseTo(1, 3)
    await sql`delete from road where id = ${id}`.execute(fresh().owner)
    await sql`update layer_version set version = 2 where county = ${COUNTY} and layer = 'roads'`.execute(
      fresh().owner,
    )
    expect(onLines(await report(plan))).toBeCloseTo(measured, 9)
  })

  test('staff by the rule of the level; posts that come are seen at once', async () => {
    const { plan, parts } = await dividedPlan([part(0, 0, 0.5, 1), part(0.5, 0, 0.5, 1)])
    const post = async (grid: GridSummary, role: string, person = uuidv7()) => {
      await sql`
        insert into staff (county, id, source_key, import_id, name, force)
        values (${COUNTY}, ${person}, ${person}, ${person}, '某人', 'full-time')
        on conflict do nothing`.execute(fresh().owner)
      await sql`
        insert into post (county, id, staff_id, role, grid_id, from_date)
        values (${COUNTY}, ${uuidv7()}, ${person}, ${role}, ${grid.id}, '2020-01-01')`.execute(fresh().owner)
      return person
    }
    const [one, other] = parts as [GridSummary, GridSummary]
    await post(one, 'head')
    const worker = await post(one, 'worker')
    await post(one, 'police')
    const staffed = async () =>
      ofRule(await report(plan), 'R11').map(({ what, grids }) => [what, grids[0]!.id])
    expect(await staffed()).toEqual([
      ['few-heads', other.id],
      ['few-workers', other.id],
      ['no-others', other.id],
    ])
    await post(other, 'cadre')
    await post(other, 'worker', worker)
    await post(other, 'doctor')
    // One worker for two grids is one too few for each.
    expect((await staffed()).map(([what]) => what)).toEqual(['shared-worker', 'shared-worker'])
    await post(one, 'worker')
    expect(await staffed()).toEqual([['shared-worker', other.id]])
  })

  test('ground that no grid covers, and who lives there, as SQL counts them', async () => {
    const plan = await newPlan('town')
    expect(ofRule(await report(plan), 'R12')).toEqual([])
    await sql`
      update grid_version set geom = st_multi(st_setsrid(st_geomfromgeojson(${JSON.stringify(part(0.25, 0, 0.75, 1))}), 4326)),
        area_m2 = area_m2 * 0.75, persons = 900, buildings = 300, from_revision = 0
      where plan_id = ${plan}`.execute(fresh().owner)
    // A new application knows nothing of before.
    const app = await createApp({ database: fresh(), version: 'test' })
    const judged: PlanReport = (await app.inject({ url: `/api/plans/${plan}/report` })).json()
    await app.close()
    const { rows } = await sql<{ persons: number; buildings: number }>`
      select sum(b.persons)::integer as persons, count(*)::integer as buildings
      from area a join building b on b.county = a.county and huage_covers(a.geom, b.point)
      where a.code = ${town.area} and not exists (
        select from grid_version g where g.plan_id = ${plan} and huage_covers(g.geom, b.point))`.execute(
      fresh().owner,
    )
    expect(judged.covered).toMatchObject({
      personsOutside: rows[0]!.persons,
      buildingsOutside: rows[0]!.buildings,
    })
    expect(rows[0]!.buildings).toBe(100)
    expect(judged.covered.share).toBeCloseTo(0.75)
    expect(ofRule(judged, 'R12').map(({ what }) => what)).toEqual(['ground-left-out', 'people-left-out'])
  })

  test('of one grid and those below it, at an earlier revision, as a table', async () => {
    const { plan, whole, parts } = await dividedPlan([part(0, 0, 0.1, 1), part(0.1, 0, 0.9, 1)])
    const few = parts.find(grid => grid.persons < 500)!
    const many = parts.find(grid => grid.persons > 1000)!
    const codes = (judged: PlanReport) => ofRule(judged, 'R6').flatMap(({ grids }) => grids[0]!.id)
    expect(codes(await report(plan, `?within=${whole.id}`)).sort()).toEqual([few.id, many.id].sort())
    expect(codes(await report(plan, `?within=${many.id}`))).toEqual([many.id])
    expect(ofRule(await report(plan, `?within=${many.id}`), 'R3')).toEqual([])
    expect(codes(await report(plan, '?revision=0'))).toEqual([])
    expect((await report(plan, '?revision=0')).grids).toBe(1)

    const csv = await town.app.inject({
      url: `/api/plans/${plan}/report?format=csv`,
      headers: { 'accept-language': 'zh-CN' },
    })
    expect(csv.headers['content-type']).toMatch(/^text\/csv/)
    const [header, ...lines] = csv.body.split('\r\n')
    expect(header).toMatch(/^\uFEFF规则,规则名称,程度/)
    expect(lines.find(one => one.includes(few.code))).toMatch(/^R6,人口在规定范围内,警告,2,/)

    for (const [query, status] of [
      [`?within=${plan}`, 404],
      ['?revision=99', 409],
      ['?within=nonsense', 400],
    ] as const)
      expect((await town.app.inject({ url: `/api/plans/${plan}/report${query}` })).statusCode).toBe(status)
    expect((await town.app.inject({ url: `/api/plans/${uuidv7()}/report` })).statusCode).toBe(404)
  })

  test('after random edits the report judged again is the report judged from scratch', async () => {
    const { plan } = await dividedPlan([part(0, 0, 0.5, 1), part(0.5, 0, 0.5, 1)])
    const random = randomFrom(5)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const box = (x: number, y: number, w: number, h: number) =>
      line(town.at(x, y), town.at(x + w, y), town.at(x + w, y + h), town.at(x, y + h), town.at(x, y))
    let made = 0
    for (let step = 0; step < 24; step++) {
      const grids = await town.grids(plan)
      const { revision } = (await town.app.inject({ url: `/api/plans/${plan}` })).json()
      const [one, other] = [pick(grids), pick(grids)]
      const x = one.bbox[0] + (one.bbox[2] - one.bbox[0]) * (0.2 + random() * 0.6)
      const across = line([x, one.bbox[1] - 1e-4], [x + 1e-5, one.bbox[3] + 1e-4])
      const requests: (object & Pick<EditRequest, 'kind'>)[] = [
        { kind: 'split', grid: one.id, line: across } as never,
        { kind: 'carve', parent: null, gridKind: 'street', line: box(random(), random(), 0.2, 0.2) } as never,
        { kind: 'merge', grids: [one.id, other.id] } as never,
        { kind: 'change-kind', grid: one.id, gridKind: 'enterprise' } as never,
        {
          kind: 'transfer-area',
          from: one.id,
          to: other.id,
          line: box(random(), random(), 0.3, 0.3),
        } as never,
        { kind: 'split', grid: other.id, line: across } as never,
      ]
      const body = { base: revision, overrule: ['cuts-building', 'would-disconnect'], ...requests[step % 6] }
      const reply =
        step % 8 === 7
          ? await town.post(`/api/plans/${plan}/undo`, {})
          : await town.post(`/api/plans/${plan}/edits`, body)
      expect([201, 409, 422], reply.body).toContain(reply.statusCode)
      if (reply.statusCode !== 201) continue
      made++
      const again = await report(plan)
      const scratch = writeReport(await new PlanReports(fresh()).of(LOCAL_ACTOR, plan), undefined)
      expect(again, `step ${step}`).toEqual(JSON.parse(JSON.stringify(scratch)))
    }
    expect(made).toBeGreaterThan(10)
  })
})
