// What the worker answers for edits of a border: numbers, the course along roads, how far a simpler border strays.
import { expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { roadGraph } from '../../core/routing/road-graph.ts'
import { coverageOf, LATTICE, LiveTally, type Position, weightsOf } from '../../core/topology/index.ts'
import { grid } from '../../core/topology/operations/small-maps.ts'
import { drawAlong, type Loaded, look } from './look.ts'
import { bordersOf } from './snap.ts'

//   0        4000      8000     12000 steps
//   +---------+----b----+----c----+  2000
//   |    a    |  b1     |  c1     |
//   +---------+---------+---------+  0     a | t with b and c below it
const box = (x: number, width: number, more: Position[] = []) => {
  const west = more.flatMap(([px, py]) => [px, py])
  return [[[x, 0, x + width, 0, x + width, 2000, x, 2000, ...west]]]
}
const bent: Position[] = [
  [4100, 1500],
  [4065, 1000],
  [4032, 500],
]
const a = grid('a', [[[0, 0, 4000, 0, 4032, 500, 4065, 1000, 4100, 1500, 4000, 2000, 0, 2000]]], {
  leaf: false,
})
const grids = [
  a,
  { ...a, id: 'a1', level: 2 as const, parent: 'a', leaf: true },
  grid('t', [[[4000, 0, 8000, 0, 12000, 0, 12000, 2000, 8000, 2000, 4000, 2000, ...bent.flat()]]], {
    leaf: false,
  }),
  grid('b', box(4000, 4000, bent), { level: 2, parent: 't' }),
  grid('c', box(8000, 4000), { level: 2, parent: 't' }),
]
const coverage = coverageOf(grids)
const point = (...values: number[]) => Int32Array.from(values)
const loaded: Loaded = {
  coverage,
  borders: bordersOf(grids),
  own: bordersOf(grids),
  live: new LiveTally(
    coverage,
    weightsOf({
      x: point(2000, 6000, 10000),
      y: point(1000, 1000, 1000),
      persons: point(10, 20, 40),
      households: point(1, 2, 4),
    }),
  ),
  roads: roadGraph([
    {
      line: [
        [6000, -900],
        [6000, 1000],
        [7000, 1500],
        [7000, 2900],
      ],
    },
  ]),
}
const at = (x: number, y: number): Place => [x / LATTICE, y / LATTICE]

test('a push gives the grids whose middle is swept, with their people at every level', () => {
  const act = { do: 'push', grids: ['a', 't'], from: at(4026, 400) } as const
  expect(drawAlong(loaded, act, [at(5000, 400)])).toMatchObject({ refused: 'no-effect' })
  const outcome = drawAlong(loaded, act, [at(7000, 400)])
  if (!outcome || !('moved' in outcome)) throw new Error(JSON.stringify(outcome))
  const people = new Map(outcome.moved.map(({ grid: id, more, side }) => [id, [more.persons, side?.persons]]))
  expect(people.get('a')).toEqual([20, 30])
  expect(people.get('t')).toEqual([-20, 40])
})

test('only the border that the two share can be taken hold of', () => {
  const line = { act: { do: 'find', between: ['a', 't'] } as const, points: [], done: false }
  const pointer = (x: number, y: number) => ({
    at: at(x, y),
    road: null,
    perPixel: [1e-6, 1e-6] as Place,
    free: false,
  })
  expect(look(loaded, line, pointer(4018, 250)).snapped?.kind).toBe('border')
  expect(look(loaded, line, pointer(8003, 250)).snapped?.kind).toBeNull()
})

test('a simpler border says how far it strays, and loses no more than it may', () => {
  const act = { do: 'simplify', grids: ['a', 't'], smooth: false } as const
  const outcome = drawAlong(loaded, { ...act, metres: 0.05 }, [])
  if (!outcome || !('moved' in outcome)) throw new Error(JSON.stringify(outcome))
  // Two vertices lie a step or two off the line of the others, the third a metre.
  expect(outcome.strayed?.lost).toBe(2)
  expect(outcome.strayed?.metres).toBeLessThan(0.05)
  expect(outcome.moved.reduce((sum, { side }) => sum + (side?.persons ?? 0), 0)).toBe(70)
  const more = drawAlong(loaded, { ...act, metres: 2 }, [])
  expect(more && 'moved' in more && more.strayed).toMatchObject({ lost: 3, won: 0 })
})

test('a cut runs along roads, ends on the border that was clicked beside them, and says where none is', () => {
  const act = { do: 'split', grid: 'b', roads: true } as const
  const outcome = drawAlong(loaded, act, [at(6001, -800), at(7001, 2800)])
  if (!outcome || !('sides' in outcome)) throw new Error(JSON.stringify(outcome))
  expect(outcome.course).toEqual([at(6000, -800), at(6000, 1000), at(7000, 1500), at(7000, 2800)])
  expect(outcome.sides.left.persons + outcome.sides.right.persons).toBe(20)
  const beside = drawAlong(loaded, act, [at(5900, 0), at(7000, 2800)])
  expect(beside?.course?.slice(0, 2)).toEqual([at(5900, 0), at(6000, 0)])
  expect(drawAlong(loaded, act, [at(6000, 0), at(60000, 0)])).toMatchObject({
    refused: 'no-road-near',
    place: at(60000, 0),
  })
})
