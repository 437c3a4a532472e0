// For tests of edits: a small town cut into a west and an east half, and the proof that every edit must pass.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect } from 'vitest'
import type { EditReply, EditRequest } from '../../core/contract/edits.ts'
import { type Database, LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { judgePlan } from '../verify/referee.ts'
import { buildSmallTown, line, type SmallTown } from './small-town.ts'

async function snapshot(database: Database, plan: string) {
  const { rows } = await sql`
    select grid_id, level, parent_id, leaf, code, name, kind, locked, persons, households, buildings,
      encode(st_asbinary(geom), 'hex') as geometry
    from grid_version where plan_id = ${plan} and to_revision is null order by grid_id`.execute(
    database.owner,
  )
  return rows
}

/** In a county of the test's own; to be called inside `describe`. */
export function halvedTown(fresh: () => Database, county: string) {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), county)
  })
  afterAll(() => town.app.close())

  //   +---+---+
  //   | W | E |    cut in the middle, between two columns of buildings
  //   +---+---+
  async function halves() {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const reply = await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: line(town.at(0.5, -0.1), town.at(0.5, 1.1)),
      keep: 'left',
    })
    const east = reply.grids.find(grid => grid.id !== whole!.id)!
    return { plan: plan.id, west: whole!.id, east: east.id }
  }
  const loop = (x: number, y: number, w: number, h: number) =>
    line(town.at(x, y), town.at(x + w, y), town.at(x + w, y + h), town.at(x, y + h), town.at(x, y))
  const judge = (plan: string) =>
    inScope(fresh(), LOCAL_ACTOR, tx => judgePlan(tx, { county: town.county, plan_id: plan }))

  /** What the plan is after each edit is sound for PostGIS too, promised by the preview, and undone to the byte. */
  async function proven(plan: string, request: EditRequest): Promise<EditReply> {
    const before = await snapshot(fresh(), plan)
    const preview = (await town.post(`/api/plans/${plan}/edits/preview`, request)).json()
    const saved = await town.edit(plan, request)
    const numbers = (grids: EditReply['grids']) =>
      grids.map(({ level, persons, households, buildings, areaSquareMetres }) =>
        [level, persons, households, buildings, Math.round(areaSquareMetres)].join(),
      )
    expect(numbers(preview.grids).sort()).toEqual(numbers(saved.grids).sort())
    const after = await snapshot(fresh(), plan)
    expect(await judge(plan)).toEqual([])
    expect((await town.post(`/api/plans/${plan}/undo`, {})).statusCode).toBe(201)
    expect(await snapshot(fresh(), plan)).toEqual(before)
    expect((await town.post(`/api/plans/${plan}/redo`, {})).statusCode).toBe(201)
    expect(await snapshot(fresh(), plan)).toEqual(after)
    return saved
  }
  const revision = async (plan: string): Promise<number> =>
    (await town.app.inject({ url: `/api/plans/${plan}` })).json().revision
  const whoIs = (reply: EditReply, id: string) => reply.grids.find(grid => grid.id === id)!

  return { town: () => town, halves, loop, proven, judge, revision, whoIs }
}
