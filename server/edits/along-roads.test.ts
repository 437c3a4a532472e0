import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RoadCourses } from '../../core/contract/plans.ts'
import { roadGraph, weightOfRoad } from '../../core/routing/road-graph.ts'
import { roadPath } from '../../core/routing/road-path.ts'
import type { Position } from '../../core/topology/index.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, type SmallTown } from './small-town.ts'

describeOnBothEngines('cuts along roads', fresh => {
  let town: SmallTown
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510127')
    //   +------|------+
    //   |      |      |   a street from the south to a crossing, then one to the east and out of the town
    //   |      +------|--
    //   |      |      |
    //   +------|------+
    const roads = [
      ['secondary', [town.at(0.5, -0.1), town.at(0.5, 0.25), town.at(0.5, 0.55)]],
      ['residential', [town.at(0.5, 0.55), town.at(0.8, 0.55), town.at(1.2, 0.55)]],
    ] as const
    for (const [roadClass, line] of roads) {
      const id = uuidv7()
      const geometry = JSON.stringify({ type: 'MultiLineString', coordinates: [line] })
      await sql`
        insert into road (county, id, source_key, import_id, class, geom)
        values ('510127', ${id}, ${id}, ${id}, ${roadClass}, st_setsrid(st_geomfromgeojson(${geometry}), 4326))`.execute(
        fresh().owner,
      )
    }
  })
  afterAll(() => town.app.close())

  test('the way between two clicks is a line that cuts', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const reply = await town.app.inject({ url: `/api/plans/${plan.id}/roads?within=${whole!.id}` })
    const { roads }: RoadCourses = reply.json()
    expect(roads.map(road => [road.class, road.line.length])).toEqual([
      ['secondary', 6],
      ['residential', 6],
    ])
    const graph = roadGraph(
      roads.map(road => ({
        line: road.line.flatMap((x, i): Position[] => (i % 2 === 0 ? [[x, road.line[i + 1]!]] : [])),
        weight: weightOfRoad(road.class),
      })),
    )
    const click = (x: number, y: number): Position => {
      const [lon, lat] = town.at(x, y)
      return [Math.round(lon * 1e7), Math.round(lat * 1e7)]
    }
    const path = roadPath(graph, [click(0.501, -0.05), click(1.1, 0.551)], 500)
    if ('none' in path) throw new Error(path.none)
    const saved = await town.edit(plan.id, {
      kind: 'split',
      base: 0,
      grid: whole!.id,
      line: { type: 'LineString', coordinates: path.map(([x, y]): [number, number] => [x / 1e7, y / 1e7]) },
    })
    // the south-east quarter and a bit: ten columns, eleven rows
    expect(saved.grids.map(grid => grid.buildings).sort((a, b) => a - b)).toEqual([110, 290])
  })
})
