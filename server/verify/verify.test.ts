// Verifying: what edits, loads and copies leave is clean; whatever is tampered with is found and named.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { LOCAL_ACTOR, type Tx } from '../db/database.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { loadPlace } from '../demo/load-place.ts'
import { tinyId, tinyPlace } from '../demo/tiny-place.ts'
import { buildSmallTown, line, type SmallTown } from '../edits/small-town.ts'
import type { PlanKey } from '../plans/queries.ts'
import { type FaultName, sentenceOf } from './faults.ts'
import { judgeReferences } from './judge-references.ts'
import { judgeTiling } from './judge-tiling.ts'
import { judgeTotals } from './judge-totals.ts'
import { buildMeshPlan } from './mesh-plan.ts'
import { judgeOnePlan, verifyDatabase } from './verify-database.ts'

describeOnBothEngines('verify', fresh => {
  const TINY: PlanKey = { county: '510124', plan_id: tinyId('510124', 9) }
  let town: SmallTown
  /** A plan with cuts, a merge, an undo and a redo. */
  let edited: PlanKey

  beforeAll(async () => {
    const tiny = tinyPlace()
    await loadPlace(fresh(), LOCAL_ACTOR, { ...tiny, place: 'tuanjie', seed: 1, scale: 1 })
    await buildMeshPlan(fresh(), { county: '510125', side: 3, bends: 4, houses: 400 })
    town = await buildSmallTown(fresh(), '510127')
    const { id } = await town.newPlan()
    edited = { county: '510127', plan_id: id }
    const [whole] = await town.grids(id)
    const cut = (grid: string, base: number, ...ends: [number, number][]) =>
      town.edit(id, { kind: 'split', base, grid, line: line(...ends.map(([x, y]) => town.at(x, y))) })
    await cut(whole!.id, 0, [0.5, -0.1], [0.5, 1.1])
    const second = await cut(whole!.id, 1, [-0.1, 0.5], [0.6, 0.5])
    await town.post(`/api/plans/${id}/undo`, {})
    await town.post(`/api/plans/${id}/redo`, {})
    const [created] = second.edit.after.filter(({ id }) => second.edit.before.every(grid => grid.id !== id))
    await town.edit(id, { kind: 'merge', base: 4, grids: [whole!.id, created!.id], keep: whole!.id })
    await cut(whole!.id, 5, [-0.1, 0.25], [0.6, 0.26])
  })
  afterAll(() => town.app.close())

  test('a demo place, a ragged plan, a plan with edits and its copy are clean', async () => {
    const copy = await town.post(`/api/plans/${edited.plan_id}/copies`, { name: '副本' })
    expect(copy.statusCode).toBe(201)
    const said: number[] = []
    const result = await verifyDatabase(fresh(), { onProgress: (_, done) => said.push(done) })
    expect(result.faults).toEqual([])
    expect(result).toMatchObject({ plans: 4, seconds: expect.any(Number) })
    expect(result.grids).toBeGreaterThan(100)
    expect(said).toHaveLength(5)
    expect([...said].sort((a, b) => a - b)).toEqual(said)
  })
  test('stops when told', async () => {
    await expect(verifyDatabase(fresh(), { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i)
  })

  /** Runs the tampering and a judge, and takes the tampering back. */
  class TakenBack extends Error {}
  async function after<T>(tamper: ReturnType<typeof sql>, judge: (tx: Tx) => Promise<T>): Promise<T> {
    let answer: T | undefined
    const work = fresh()
      .owner.transaction()
      .execute(async tx => {
        const { numAffectedRows } = await tamper.execute(tx)
        expect(Number(numAffectedRows)).toBeGreaterThan(0)
        answer = await judge(tx)
        throw new TakenBack()
      })
    await expect(work).rejects.toBeInstanceOf(TakenBack)
    return answer!
  }
  const namesOf = (faults: readonly { fault: FaultName }[]) => [...new Set(faults.map(({ fault }) => fault))]
  const changed = (what: ReturnType<typeof sql>) =>
    sql`st_setsrid(st_multi(st_geomfromgeojson(st_asgeojson(${what}, 7))), 4326)`
  const leaf = sql`county = '510124' and grid_id = ${tinyId('510124', 11)}`
  const set = (what: ReturnType<typeof sql>, where = leaf) =>
    sql`update grid_version set ${what} where ${where}`
  const more = sql`persons, households, buildings`

  const tampering: Record<string, readonly [ReturnType<typeof sql>, ...FaultName[]]> = {
    'a leaf moved by a step': [
      set(sql`geom = ${changed(sql`st_translate(geom, 2e-7, 0)`)}`),
      'overlap',
      'gap',
    ],
    'a leaf made smaller': [
      set(
        sql`geom = ${changed(sql`st_makeenvelope(st_xmin(geom), st_ymin(geom), st_xmax(geom) - 1e-5, st_ymax(geom), 4326)`)}`,
      ),
      'gap',
    ],
    'a vertex on one side': [set(sql`geom = ${changed(sql`st_segmentize(geom, 1.5e-4)`)}`), 'missing-vertex'],
    'a bow tie': [set(sql`geom = 'SRID=4326;MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))'::geometry`), 'invalid'],
    'off the lattice': [set(sql`geom = st_translate(geom, 3e-8, 0)`), 'off-lattice'],
    // At every level the same, so that only the area tells.
    'a bay cut into the outer border': [
      set(
        sql`geom = ${changed(sql`st_difference(geom, (
          select st_makeenvelope(st_xmin(a.geom), st_ymin(a.geom), st_xmin(a.geom) + 1e-6, st_ymax(a.geom), 4326)
          from area a where a.county = '510124' order by a.code limit 1))`)}`,
        sql`county = '510124'`,
      ),
      'gap',
    ],
    'a leaf taken out': [sql`delete from grid_version where ${leaf}`, 'gap', 'grid-count', 'sum'],
    'a leaf twice': [
      sql`
        insert into grid_version (county, plan_id, grid_id, from_revision, level, parent_id, leaf, code, name, geom, area_m2, ${more})
        select county, plan_id, ${tinyId('510124', 77)}, 0, level, parent_id, leaf, code || '9', name, geom, area_m2, ${more}
        from grid_version where ${leaf}`,
      'overlap',
      'code-unknown',
      'grid-count',
      'sum',
    ],
    'a house moved in': [sql`update building set persons = persons + 1 where county = '510124'`, 'tally'],
    'a house across the border': [
      sql`
        update building set point = st_translate(point, 1e-4, 0) where county = '510124' and id = ${tinyId('510124', 101)}`,
      'tally',
    ],
    'totals of a leaf': [set(sql`households = households + 1`), 'tally', 'sum'],
    'said to be no leaf': [set(sql`leaf = false`), 'no-children'],
    'said to be a leaf': [set(sql`leaf = true`, sql`county = '510124' and level = 1`), 'leaf-with-children'],
    'no such parent': [set(sql`parent_id = ${tinyId('510124', 78)}`), 'bad-parent', 'gap'],
    'a level skipped': [set(sql`level = 3`), 'bad-parent'],
    'the number of grids': [sql`update plan set grids = 7 where county = '510124'`, 'grid-count'],
    'a code that was never given': [set(sql`code = left(code, 15) || '88'`), 'code-unknown'],
    'a code without its beginning': [set(sql`code = '51012410120199901'`), 'code-prefix', 'code-unknown'],
    'a code of another grid': [
      sql`update grid_code set grid_id = ${tinyId('510124', 12)} where county = '510124' and length(code) = 17`,
      'code-reused',
    ],
    'a revision that never was': [
      sql`with forgotten as (delete from grid_totals where ${leaf}) ${set(sql`from_revision = 3`)}`,
      'journal-gap',
    ],
  }
  for (const [name, [tamper, ...expected]] of Object.entries(tampering))
    test(`${name}: ${expected.join(', ')}`, async () => {
      const { faults } = await after(tamper, tx => judgeOnePlan(tx, TINY))
      expect(namesOf(faults)).toEqual(expect.arrayContaining(expected))
      for (const { fault } of faults) expect(sentenceOf(fault).zh).not.toBe('')
    })

  test('PostGIS finds what is wrong with the ground without the kernel', async () => {
    for (const name of [
      'a leaf moved by a step',
      'a leaf made smaller',
      'a vertex on one side',
      'a leaf twice',
    ]) {
      const [tamper] = tampering[name]!
      expect(await after(tamper, tx => judgeTiling(tx, TINY))).not.toEqual([])
    }
  })

  const ofTown = (rest: ReturnType<typeof sql>) =>
    sql`plan_id = ${edited.plan_id} and to_revision is null and ${rest}`
  test('level 1, which has no parent: overlaps, a hole, a vertex on one side', async () => {
    const east = sql`st_xmax(geom) > (select avg(st_xmax(geom)) from grid_version where plan_id = ${edited.plan_id})`
    const judge = (tx: Tx) => judgeTiling(tx, edited)
    const moved = sql`geom = ${changed(sql`st_translate(geom, -1e-5, 0)`)}`
    expect(namesOf(await after(set(moved, ofTown(east)), judge))).toContain('overlap')
    const bent = sql`geom = ${changed(sql`st_segmentize(geom, 0.004)`)}`
    expect(namesOf(await after(set(bent, ofTown(east)), judge))).toEqual(['missing-vertex'])
    // By hand: an overlay would leave out the vertices where only others meet.
    const hole = sql`st_exteriorring(st_buffer(st_pointonsurface(geom), 1e-4, 1))`
    const pierced = sql`geom = ${changed(sql`st_makepolygon(st_exteriorring(st_geometryn(geom, 1)), array[${hole}])`)}`
    expect(namesOf(await after(set(pierced, ofTown(east)), judge))).toEqual(['gap'])
  })

  test('the journal: an edit taken out, a version changed, one that lives too long', async () => {
    const judge = async (tx: Tx) => (await judgeOnePlan(tx, edited)).faults
    const gone = sql`delete from edit where plan_id = ${edited.plan_id} and revision = 2`
    expect(namesOf(await after(gone, judge))).toEqual(expect.arrayContaining(['journal-gap']))
    const renamed = set(sql`name = '改名'`, ofTown(sql`from_revision > 0`))
    expect(namesOf(await after(renamed, judge))).toEqual(['journal-differs'])
    const older = set(sql`name = '改名'`, sql`plan_id = ${edited.plan_id} and to_revision = 2`)
    expect(namesOf(await after(older, judge))).toEqual(['journal-differs'])
    const outline = sql`
      update edit set after = jsonb_set(after, '{0,shape,0,0,0}', '1') where plan_id = ${edited.plan_id} and revision = 1`
    const [fault] = await after(outline, judge)
    expect(fault).toMatchObject({ fault: 'journal-differs', detail: 'revision 1, after: outline' })
    const longer = set(sql`to_revision = 6`, sql`plan_id = ${edited.plan_id} and to_revision = 1`)
    expect(namesOf(await after(longer, judge))).toEqual(
      expect.arrayContaining(['version-overlap', 'journal-differs']),
    )
  })

  test('a code that comes back to another grid is named, but not when that was numbered anew', async () => {
    const judge = async (tx: Tx) => namesOf((await judgeOnePlan(tx, edited)).faults)
    const otherwise = (kind: string) => sql`
      with old as (
        select c.code from grid_code c where c.plan_id = ${edited.plan_id} and not exists (
          select from grid_version g where g.plan_id = c.plan_id and g.code = c.code and g.to_revision is null)
        limit 1
      ), made as (
        update edit set kind = ${kind} where plan_id = ${edited.plan_id} and revision = 6)
      update grid_version set code = (select code from old)
      where plan_id = ${edited.plan_id} and from_revision = 6 and to_revision is null
        and grid_id not in (select grid_id from grid_version where plan_id = ${edited.plan_id} and from_revision < 6)`
    expect(await after(otherwise('split'), judge)).toContain('code-reused')
    expect(await after(otherwise('renumber'), judge)).not.toContain('code-reused')
  })

  test('totals that were kept and are no longer true', async () => {
    const judge = (tamper: ReturnType<typeof sql>) =>
      after(tamper, async tx => namesOf(await judgeTotals(tx, TINY)))
    const one = sql`county = '510124' and grid_id = (
      select grid_id from grid_version where county = '510124' and leaf and to_revision is null limit 1)`
    expect(
      await judge(sql`update grid_totals set totals = totals || '{"addresses": 99}' where ${one}`),
    ).toEqual(['kept-totals'])
    expect(
      await judge(sql`update grid_totals set birthdays = birthdays || '2000-02-29'::date where ${one}`),
    ).toEqual(['kept-totals'])
    // What is not kept is not wrong.
    expect(await judge(sql`delete from grid_totals where ${one}`)).toEqual([])
  })

  test('what refers to nothing', async () => {
    const nobody = tinyId('510124', 79)
    const cases: readonly (readonly [ReturnType<typeof sql>, string])[] = [
      [sql`update post set grid_id = ${nobody}`, 'post.grid_id, 1'],
      [sql`update matter set staff_id = ${nobody}`, 'matter.staff_id, 1'],
      [sql`update incident set staff_id = ${nobody}`, 'incident.staff_id, 1'],
      [sql`update incident_step set body_id = ${nobody}`, 'incident_step.body_id, 1'],
      [sql`update body set area_code = '510124999999'`, 'body.area_code, 1'],
      [sql`update room set entrance = 2`, 'room.entrance, 4'],
      [sql`update address set building_id = ${nobody} where county = '510124'`, 'address.building_id'],
    ]
    for (const [tamper, detail] of cases)
      expect(await after(tamper, judgeReferences)).toMatchObject([
        { fault: 'reference', detail: expect.stringContaining(detail) },
      ])
  })
})
