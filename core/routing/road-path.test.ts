import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Position } from '../topology/model.ts'
import { type Road, roadGraph } from './road-graph.ts'
import { roadPath } from './road-path.ts'

const road = (...line: Position[]): Road => ({ line })

//  (0,200)-----(200,200)
//     |            |        a square of roads with a lane through its middle that ends at a bridge
//  (0,100)-----(200,100)    the lane crosses the middle road without a junction
//     |            |
//  (0,0)-------(200,0)
const square = [
  road([0, 0], [200, 0], [200, 100], [200, 200]),
  road([0, 0], [0, 100], [0, 200], [200, 200]),
  road([0, 100], [200, 100]),
  road([100, 0], [100, 150]),
]

describe('a path along roads', () => {
  const graph = roadGraph(square)
  it('goes the shortest way from place to place, off the middle of roads', () => {
    expect(
      roadPath(
        graph,
        [
          [1, 50],
          [199, 120],
        ],
        5,
      ),
    ).toEqual([
      [0, 50],
      [0, 100],
      [200, 100],
      [200, 120],
    ])
    expect(
      roadPath(
        graph,
        [
          [30, 2],
          [80, -2],
        ],
        5,
      ),
    ).toEqual([
      [30, 0],
      [80, 0],
    ])
    expect(
      roadPath(
        graph,
        [
          [0, 50],
          [0, 200],
          [200, 180],
        ],
        5,
      ),
    ).toEqual([
      [0, 50],
      [0, 100],
      [0, 200],
      [200, 200],
      [200, 180],
    ])
  })

  it('does not turn where roads only cross', () => {
    expect(
      roadPath(
        graph,
        [
          [100, 150],
          [150, 100],
        ],
        5,
      ),
    ).toMatchObject({ none: 'not-connected', place: [150, 100] })
  })

  it('says which place has no road near', () => {
    expect(
      roadPath(
        graph,
        [
          [0, 0],
          [500, 500],
        ],
        20,
      ),
    ).toEqual({ none: 'no-road-near', place: [500, 500] })
    expect(roadPath(roadGraph([]), [[0, 0]], 20)).toEqual({ none: 'no-road-near', place: [0, 0] })
  })

  it('prefers roads that make better borders', () => {
    const choice = [
      {
        line: [
          [0, 0],
          [100, 0],
        ] as Position[],
        weight: 1,
      },
      {
        line: [
          [0, 0],
          [50, 40],
          [100, 0],
        ] as Position[],
        weight: 0.5,
      },
    ]
    expect(
      roadPath(
        roadGraph(choice),
        [
          [0, 0],
          [100, 0],
        ],
        5,
      ),
    ).toEqual([
      [0, 0],
      [50, 40],
      [100, 0],
    ])
  })

  it('is never longer than any other way (against Bellman–Ford)', () => {
    const place = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 30 }), roads => {
        const lines = roads.map(
          ([a, b]): Road => ({
            line: [
              [a[0] * 100, a[1] * 100],
              [b[0] * 100, b[1] * 100],
            ],
          }),
        )
        const whole = roadGraph(lines)
        if (whole.from.length === 0) return
        const costs = new Array<number>(whole.xs.length).fill(Infinity)
        costs[whole.from[0]!] = 0
        for (let round = 0; round < whole.xs.length; round++)
          whole.links.forEach((links, v) => {
            for (const { to, cost } of links) costs[to] = Math.min(costs[to]!, costs[v]! + cost)
          })
        const at = (v: number): Position => [whole.xs[v]!, whole.ys[v]!]
        for (let v = 0; v < whole.xs.length; v++) {
          const path = roadPath(whole, [at(whole.from[0]!), at(v)], 0)
          if ('none' in path) expect(costs[v]).toBe(Infinity)
          else {
            let length = 0
            for (let i = 1; i < path.length; i++)
              length += Math.hypot(
                (path[i]![0] - path[i - 1]![0]) * whole.shrink,
                path[i]![1] - path[i - 1]![1],
              )
            // Clicks on places where roads cross may lie on either of them.
            expect(length).toBeLessThanOrEqual(costs[v]! + 1e-6)
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    )
  })
})
