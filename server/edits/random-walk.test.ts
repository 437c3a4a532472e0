// A seeded walk of all kinds of edits at all levels through the routes: the referee agrees all along, and undo leads back.
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomFrom } from '../../core/topology/fuzzing.ts'
import { LOCAL_ACTOR } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { judgePlan } from '../verify/referee.ts'
import { replayJournal } from '../verify/replay-journal.ts'
import { buildSmallTown, line, type SmallTown } from './small-town.ts'

const KINDS = [
  'split',
  'merge',
  'reshape',
  'move-vertex',
  'insert-vertex',
  'delete-vertex',
  'transfer-area',
  'transfer-grids',
  'push',
  'carve',
  'reparent',
  'rename',
  'recode',
  'change-kind',
  'lock',
  'simplify',
] as const

describeOnBothEngines('a walk of random edits', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510126')
  })
  afterAll(() => town.app.close())

  test('of every kind, at four levels', { timeout: 120_000 }, async () => {
    const plan = (await town.newPlan()).id
    const key = { county: town.county, plan_id: plan }
    const random = randomFrom(20261125)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
    const box = (x: number, y: number, w: number, h: number) =>
      line(town.at(x, y), town.at(x + w, y), town.at(x + w, y + h), town.at(x, y + h), town.at(x, y))
    const state = async () =>
      JSON.stringify(
        (
          await sql`
            select grid_id, level, parent_id, leaf, code, name, kind, locked, persons, households, buildings,
              encode(st_asbinary(geom), 'hex') as geometry
            from grid_version where plan_id = ${plan} and to_revision is null order by grid_id`.execute(
            fresh().owner,
          )
        ).rows,
      )
    const judge = () => inScope(fresh(), LOCAL_ACTOR, tx => judgePlan(tx, key))
    let revision = 0
    const send = async (request: object) => {
      const reply = await town.post(`/api/plans/${plan}/edits`, {
        base: revision,
        overrule: ['cuts-building', 'would-disconnect'],
        ...request,
      })
      if (reply.statusCode === 201) revision++
      else expect([422, 409], reply.body).toContain(reply.statusCode)
      return reply.statusCode === 201
    }
    const part = (x: number, y: number, w: number, h: number) => ({
      type: 'MultiPolygon',
      coordinates: [[box(x, y, w, h).coordinates]],
    })

    // Four levels: halves of halves, the west deeper than the east.
    const [whole] = await town.grids(plan)
    await send({ kind: 'split', grid: whole!.id, line: line(town.at(0.5, -0.1), town.at(0.5, 1.1)) })
    for (const [level, x, y, w, h] of [
      [1, 0, 0, 0.5, 1],
      [1, 0.5, 0, 0.5, 1],
      [2, 0, 0, 0.25, 1],
      [3, 0, 0, 0.25, 0.5],
    ] as const) {
      const [west, south] = town.at(x, y)
      const parent = (await town.grids(plan)).find(
        grid =>
          grid.level === level &&
          Math.abs(grid.bbox[0] - west) < 1e-6 &&
          Math.abs(grid.bbox[1] - south) < 1e-6,
      )!
      const parts =
        level === 2
          ? [part(x, y, w, h / 2), part(x, y + h / 2, w, h / 2)]
          : [part(x, y, w / 2, h), part(x + w / 2, y, w / 2, h)]
      expect(await send({ kind: 'partition', parent: parent.id, parts })).toBe(true)
    }
    const first = revision
    const start = await state()

    const made = new Map<string, number>()
    for (let step = 0; step < 64; step++) {
      const kind = KINDS[step % KINDS.length]!
      const grids = await town.grids(plan)
      const one = pick(grids)
      const touching = grids.filter(
        other =>
          other.id !== one.id &&
          other.level === one.level &&
          other.bbox[0] <= one.bbox[2] &&
          one.bbox[0] <= other.bbox[2] &&
          other.bbox[1] <= one.bbox[3] &&
          one.bbox[1] <= other.bbox[3],
      )
      const other = pick(touching) ?? pick(grids)
      const [x, y, w, h] = [random(), random(), 0.05 + random() * 0.3, 0.05 + random() * 0.3]
      const { geometry } = (await town.app.inject({ url: `/api/grids/${one.id}?plan=${plan}` })).json()
      const vertex: [number, number] = pick(geometry.coordinates[0][0])
      const near = (by: number) =>
        vertex.map(degrees => Math.round((degrees + (random() - 0.5) * by) * 1e7) / 1e7)
      const pair = [one.id, other.id]
      const [minX, minY, maxX, maxY] = one.bbox
      const across = minX + (maxX - minX) * (0.2 + random() * 0.6)
      const requests: Record<(typeof KINDS)[number], object> = {
        split: { grid: one.id, line: line([across, minY - 1e-4], [across + 1e-5, maxY + 1e-4]) },
        merge: { grids: pair },
        reshape: { grids: pair, line: { type: 'LineString', coordinates: [vertex, near(1e-3), near(2e-3)] } },
        'move-vertex': { from: vertex, to: near(5e-4) },
        'insert-vertex': { at: vertex, to: near(5e-4) },
        'delete-vertex': { at: vertex },
        'transfer-area': { from: one.id, to: other.id, line: box(x, y, w, h) },
        'transfer-grids': { grids: [one.id], to: other.id },
        push: {
          grids: pair,
          from: vertex,
          to: near(4e-3),
          ...(random() < 0.7 ? { units: [part(x, y, w, h), part(x + w, y, w, h)] } : {}),
        },
        carve: { line: box(x, y, w, h), gridKind: 'special', parent: random() < 0.5 ? null : one.id },
        reparent: {
          grid: one.id,
          parent: pick(grids.filter(grid => grid.level === one.level - 1))?.id ?? one.id,
        },
        rename: { grid: one.id, name: `第${step}格` },
        recode: { grid: one.id, code: one.code.slice(0, -2) + String(60 + (step % 40)) },
        'change-kind': { grid: one.id, gridKind: pick(['street', 'enterprise', 'basic']) },
        lock: { grid: one.id, locked: !one.locked },
        simplify: { grids: pair, metres: 5 },
      }
      if (await send({ kind, ...requests[kind] })) made.set(kind, (made.get(kind) ?? 0) + 1)
      if (step % 10 === 9) expect(await judge(), `after step ${step}, ${kind}`).toEqual([])
    }
    expect(made.size).toBeGreaterThanOrEqual(8)
    expect(await judge()).toEqual([])
    expect(new Set((await town.grids(plan)).map(grid => grid.level)).size).toBe(4)

    for (let undone = revision; undone > first; undone--)
      expect((await town.post(`/api/plans/${plan}/undo`, {})).statusCode).toBe(201)
    expect(await state()).toBe(start)
    expect(await inScope(fresh(), LOCAL_ACTOR, tx => replayJournal(tx, key))).toEqual([])
  })
})
