import { describe, expect, it } from 'vitest'
import { coverageOf } from './coverage.ts'
import type { Grid, Shape } from './model.ts'
import { validate } from './validate.ts'

const box = (x: number, y: number, w: number, h: number): Shape => [
  [[x, y, x + w, y, x + w, y + h, x, y + h]],
]
const grid = (id: string, shape: Shape, more: Partial<Grid> = {}): Grid => ({
  id,
  level: 1,
  parent: null,
  leaf: true,
  code: '',
  name: '',
  kind: 'basic',
  locked: false,
  shape,
  ...more,
})
const faultsOf = (...grids: Grid[]) =>
  validate(coverageOf(grids), { complete: true }).map(fault => fault.fault)

describe('the checker', () => {
  it('finds nothing wrong with two squares side by side', () => {
    expect(faultsOf(grid('a', box(0, 0, 100, 100)), grid('b', box(100, 0, 100, 100)))).toEqual([])
  })

  // Each of these is a coverage that only just is none.
  const wrong: readonly [string, Grid[], string][] = [
    [
      'two squares that overlap',
      [grid('a', box(0, 0, 100, 100)), grid('b', box(50, 50, 100, 100))],
      'crossing',
    ],
    ['the same square twice', [grid('a', box(0, 0, 100, 100)), grid('b', box(0, 0, 100, 100))], 'overlap'],
    ['a square inside another', [grid('a', box(0, 0, 100, 100)), grid('b', box(40, 40, 10, 10))], 'overlap'],
    [
      'a square in the corner of another',
      [grid('a', [[[0, 0, 50, 0, 100, 0, 100, 100, 0, 100, 0, 50]]]), grid('b', box(0, 0, 50, 50))],
      'overlap',
    ],
    [
      'a T-junction without a vertex',
      [grid('a', box(0, 0, 100, 100)), grid('b', box(100, 0, 100, 50)), grid('c', box(100, 50, 100, 50))],
      'missing-vertex',
    ],
    [
      'a vertex within half a step of a segment',
      [grid('a', [[[0, 0, 1000, 1, 0, 100]]]), grid('b', [[[300, -40, 500, -40, 400, 0]]])],
      'too-near',
    ],
    ['a ring that runs clockwise', [grid('a', [[[0, 0, 0, 9, 9, 9, 9, 0]]])], 'bad-ring'],
    ['a ring that starts anywhere', [grid('a', [[[9, 0, 9, 9, 0, 9, 0, 0]]])], 'bad-ring'],
    ['a ring with half steps', [grid('a', [[[0, 0, 9.5, 0, 9, 9]]])], 'bad-ring'],
    ['a ring that visits a vertex twice', [grid('a', [[[0, 0, 9, 0, 4, 4, 9, 9, 4, 4]]])], 'bad-ring'],
    ['an hourglass', [grid('a', [[[0, 0, 90, 90, 90, 0, 0, 91]]])], 'crossing'],
    ['no shape', [grid('a', [])], 'bad-ring'],
    [
      'a hole outside',
      [
        grid('a', [
          [
            [0, 0, 9, 0, 9, 9],
            [50, 50, 59, 59, 59, 50],
          ],
        ]),
      ],
      'bad-nesting',
    ],
    [
      'a child that leaves a gap',
      [
        grid('a', box(0, 0, 100, 100), { leaf: false }),
        grid('b', [[[0, 0, 100, 0, 100, 100]]], { level: 2, parent: 'a' }),
      ],
      'outline-differs',
    ],
    [
      'a hole among the children',
      [
        grid('a', box(0, 0, 100, 100), { leaf: false }),
        grid('b', [[...box(0, 0, 100, 100)[0]!, [40, 40, 40, 60, 60, 60, 60, 40]]], {
          level: 2,
          parent: 'a',
        }),
      ],
      'outline-differs',
    ],
    [
      'a child two levels down',
      [
        grid('a', box(0, 0, 100, 100), { leaf: false }),
        grid('b', box(0, 0, 100, 100), { level: 3, parent: 'a' }),
      ],
      'bad-parent',
    ],
    [
      'a leaf with children',
      [grid('a', box(0, 0, 100, 100)), grid('b', box(0, 0, 100, 100), { level: 2, parent: 'a' })],
      'leaf-with-children',
    ],
    ['a parent without children', [grid('a', box(0, 0, 100, 100), { leaf: false })], 'no-children'],
  ]
  it.each(wrong)('finds %s', (_, grids, fault) => {
    const faults = validate(coverageOf(grids), { complete: true })
    expect(faults.map(found => found.fault)).toContain(fault)
    for (const found of faults) expect(found.grids.length).toBeGreaterThan(0)
  })
})
