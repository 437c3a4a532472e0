import { describe, expect, it } from 'vitest'
import { applyChange, coverageOf, invert } from '../coverage.ts'
import { type Grid, isRefusal, type Level, type Position, type Shape } from '../model.ts'
import { shapeArea2 } from '../shape.ts'
import { validate } from '../validate.ts'
import { commitMerge, merge } from './merge.ts'
import { commitSplit, split } from './split.ts'

const box = (x: number, y: number, w: number, h: number): Shape => [
  [[x, y, x + w, y, x + w, y + h, x, y + h]],
]
const grid = (id: string, shape: Shape, more: Partial<Grid> = {}): Grid => ({
  id,
  level: 1,
  parent: null,
  leaf: true,
  code: id,
  name: id,
  kind: 'basic',
  locked: false,
  shape,
  ...more,
})
const line = (...positions: Position[]) => positions
const done = <T extends object>(plan: T) => {
  if (isRefusal(plan)) throw new Error(JSON.stringify(plan))
  return plan as Exclude<T, { refused: unknown }>
}
let made = 0
const created = () => ({ id: `new${++made}`, code: '', name: '' })

// A +-------+-------+
//   |   a   |   b   |
//   +-------+-------+
const pair = coverageOf([grid('a', box(0, 0, 40000, 40000)), grid('b', box(40000, 0, 40000, 40000))])

describe('split by an open line', () => {
  //   +-------+-------+
  // ~~~~~~~~~~~~      |   the line starts outside and ends past the border
  //   |       |       |
  it('trims what lies outside and lists the neighbour whose border gets a vertex', () => {
    const plan = done(split(pair, { grid: 'a', line: line([-100, 20003], [20011, 21000], [40100, 20007]) }))
    expect(plan.pieces.map(piece => piece.side)).toEqual(['right', 'left'])
    expect(plan.cut).toEqual([line([0, 20008], [20011, 21000], [40000, 20012])])
    expect(plan.bent.map(bent => bent.grid)).toEqual(['b'])
    expect(shapeArea2(plan.left) + shapeArea2(plan.right)).toBe(2n * 40000n * 40000n)
    const change = commitSplit(pair, plan, { keep: 'left', created })
    const after = applyChange(pair, change)
    expect(validate(after, { complete: true })).toEqual([])
    expect(after.grid('a')?.shape).toEqual(plan.left)
    const back = applyChange(after, invert(change))
    const sorted = (grids: Iterable<Grid>) => [...grids].sort((p, q) => (p.id < q.id ? -1 : 1))
    expect(sorted(back.grids())).toEqual(sorted(pair.grids()))
  })

  //   +------/+
  //   |    /  |
  //   |  /    |    through two corners: no border changes
  //   +/------+
  it('goes through corners without bending anything', () => {
    const plan = done(split(pair, { grid: 'a', line: line([-10, -10], [40010, 40010]) }))
    expect(plan.bent).toEqual([])
    expect(plan.cut).toEqual([line([0, 0], [40000, 40000])])
  })

  it('takes ends that stop a few steps short of the border', () => {
    const plan = done(split(pair, { grid: 'a', line: line([3, 20000], [39995, 20000]) }))
    expect(plan.pieces).toHaveLength(2)
  })

  //   +-+ +-+ +-+
  //  ~|~|~|~|~|~|~~   a comb: the line makes three teeth and one back
  //   | +-+ +-+ |
  //   +---------+
  it('colours the pieces of a crooked grid by the side of the line', () => {
    const comb: Shape = [
      [
        [
          0, 0, 5000, 0, 5000, 3000, 4000, 3000, 4000, 1000, 3000, 1000, 3000, 3000, 2000, 3000, 2000, 1000,
          1000, 1000, 1000, 3000, 0, 3000,
        ],
      ],
    ]
    const plan = done(
      split(coverageOf([grid('c', comb)]), { grid: 'c', line: line([-50, 2000], [5050, 2000]) }),
    )
    expect(plan.pieces.filter(piece => piece.side === 'left')).toHaveLength(3)
    expect(plan.right).toHaveLength(1)
  })
})

describe('split by a closed line', () => {
  //   +---------+
  //   |  /\     |
  //   |  \/     |
  //   +---------+
  it('carves a piece out and leaves a hole', () => {
    const loop = line([10000, 10000], [20000, 10000], [20000, 20000], [10000, 10000])
    const plan = done(split(pair, { grid: 'a', line: loop }))
    expect(plan.left).toEqual([[[10000, 10000, 20000, 10000, 20000, 20000]]])
    expect(plan.right[0]).toHaveLength(2)
  })

  it('may pass over the border', () => {
    const loop = line([-5000, 10000], [20000, 10000], [20000, 20000], [-5000, 20000], [-5000, 10000])
    const plan = done(split(pair, { grid: 'a', line: loop }))
    expect(plan.pieces).toHaveLength(2)
    expect(plan.outerRingBent).toBe(false)
  })
})

describe('split refuses', () => {
  const cases: readonly [string, string, Position[], string, Position | null][] = [
    ['a line that stays away', 'a', line([-5, -90], [-5, 50000]), 'misses-grid', [-5, -90]],
    ['a line along the border', 'a', line([0, -90], [0, 50000]), 'touches-only', [0, 0]],
    ['a line that touches a corner', 'a', line([-100, 100], [100, -100]), 'touches-only', [0, 0]],
    ['a line that ends inside', 'a', line([-100, 20000], [20000, 20000]), 'no-effect', [20000, 20000]],
    [
      'a line that crosses itself inside',
      'a',
      line([-10, 10000], [20000, 30000], [20000, 10000], [-10, 30000]),
      'self-crossing',
      [9995, 20000],
    ],
    ['an unknown grid', 'x', line([0, 0], [1, 1]), 'unknown-grid', null],
    ['one point', 'a', line([0, 0]), 'bad-geometry', null],
    ['no numbers', 'a', line([Number.NaN, 0], [1, 1]), 'bad-geometry', null],
  ]
  it.each(cases)('%s', (_, id, drawn, refused, place) => {
    expect(split(pair, { grid: id, line: drawn })).toMatchObject({ refused, place })
  })

  it('a locked grid', () => {
    const locked = coverageOf([grid('a', box(0, 0, 40000, 40000), { locked: true })])
    expect(split(locked, { grid: 'a', line: line([-1, 5000], [50000, 5000]) })).toMatchObject({
      refused: 'locked',
    })
  })
})

//   +-----------+-----+     v (level 1) holds p and q (level 2),
//   |  p1 | p2  |     |     p holds p1 and p2 (level 3);
// ~~~~~~~~~~~~~~~~~~~~~~    a cut of v divides them all
//   |     |     |  q  |
//   +-----------+-----+
describe('split at level 1 of a plan of three levels', () => {
  const nested = coverageOf([
    grid('v', box(0, 0, 60000, 40000), { leaf: false }),
    grid('p', box(0, 0, 40000, 40000), { level: 2 as Level, parent: 'v', leaf: false }),
    grid('q', box(40000, 0, 20000, 40000), { level: 2 as Level, parent: 'v' }),
    grid('p1', box(0, 0, 20000, 40000), { level: 3 as Level, parent: 'p' }),
    grid('p2', box(20000, 0, 20000, 40000), { level: 3 as Level, parent: 'p' }),
  ])

  it('needs parents that repeat the vertices of their leaves', () => {
    // Outlines of parents repeat their leaves' vertices; the boxes above lack the corners of p1 and p2.
    const faults = validate(nested, { complete: true })
    expect(faults.map(fault => fault.fault)).toContain('outline-differs')
  })

  const sound = coverageOf([
    grid('v', [[[0, 0, 20000, 0, 40000, 0, 60000, 0, 60000, 40000, 40000, 40000, 20000, 40000, 0, 40000]]], {
      leaf: false,
    }),
    grid('p', [[[0, 0, 20000, 0, 40000, 0, 40000, 40000, 20000, 40000, 0, 40000]]], {
      level: 2,
      parent: 'v',
      leaf: false,
    }),
    grid('q', box(40000, 0, 20000, 40000), { level: 2, parent: 'v' }),
    grid('p1', box(0, 0, 20000, 40000), { level: 3, parent: 'p' }),
    grid('p2', box(20000, 0, 20000, 40000), { level: 3, parent: 'p' }),
  ])

  it('gives the new grids the new parents', () => {
    const plan = done(split(sound, { grid: 'v', line: line([-100, 20011], [60100, 19007]) }))
    expect(plan.parts.map(part => part.grid)).toEqual(['v', 'p', 'q', 'p1', 'p2'])
    const asked: string[] = []
    const change = commitSplit(sound, plan, {
      keep: 'left',
      created: part => {
        asked.push(`${part.from}<${part.parent}`)
        return { id: `${part.from}'`, code: '', name: '' }
      },
    })
    expect(asked).toEqual(['v<null', "p<v'", "q<v'", "p1<p'", "p2<p'"])
    expect(validate(applyChange(sound, change), { complete: true })).toEqual([])
  })

  it('moves a descendant that falls whole to the other side under the new parent', () => {
    const plan = done(split(sound, { grid: 'v', line: line([30000, -100], [30000, 40100]) }))
    const q = plan.parts.find(part => part.grid === 'q')
    expect(q).toMatchObject({ left: null })
    const change = commitSplit(sound, plan, {
      keep: 'left',
      created: part => ({ id: `${part.from}'`, code: '', name: '' }),
    })
    const after = applyChange(sound, change)
    expect(after.grid('q')?.parent).toBe("v'")
    expect(after.grid("p2'")?.parent).toBe("p'")
    expect(validate(after, { complete: true })).toEqual([])
  })

  it('runs along a border inside the target', () => {
    const plan = done(split(sound, { grid: 'v', line: line([40000, -100], [40000, 40100]) }))
    expect(plan.bent).toEqual([])
    expect(plan.parts.filter(part => part.left && part.right).map(part => part.grid)).toEqual(['v'])
  })
})

describe('merge', () => {
  it('takes back what a straight cut added', () => {
    const plan = done(split(pair, { grid: 'a', line: line([-10, 20000], [40010, 20000]) }))
    const cut = applyChange(
      pair,
      commitSplit(pair, plan, { keep: 'left', created: () => ({ id: 'n', code: '', name: '' }) }),
    )
    const merged = done(merge(cut, { grids: ['a', 'n'], keep: 'a' }))
    expect(merged.dissolved).toEqual([line([40000, 20000], [0, 20000])])
    const after = applyChange(cut, commitMerge(cut, merged))
    expect(after.grid('b')?.shape).toEqual(pair.grid('b')?.shape)
    // West of a nothing is loaded: that vertex stays.
    expect(after.grid('a')?.shape).toEqual([[[0, 0, 40000, 0, 40000, 40000, 0, 40000, 0, 20000]]])
    expect(validate(after, { complete: true })).toEqual([])
  })

  //   +---+
  //   | a |---+     corner to corner is not adjacent
  //   +---+ b |
  it('refuses what does not share a border', () => {
    const corners = coverageOf([grid('a', box(0, 0, 1000, 1000)), grid('b', box(1000, 1000, 1000, 1000))])
    expect(merge(corners, { grids: ['a', 'b'], keep: 'a' })).toMatchObject({ refused: 'not-adjacent' })
    expect(merge(corners, { grids: ['a'], keep: 'a' })).toMatchObject({ refused: 'no-effect' })
    expect(merge(corners, { grids: ['a', 'x'], keep: 'a' })).toMatchObject({ refused: 'unknown-grid' })
  })

  it('re-parents the children of merged parents', () => {
    const two = coverageOf([
      grid('a', box(0, 0, 1000, 1000), { leaf: false }),
      grid('b', box(1000, 0, 1000, 1000), { leaf: false }),
      grid('a1', box(0, 0, 1000, 1000), { level: 2, parent: 'a' }),
      grid('b1', box(1000, 0, 1000, 1000), { level: 2, parent: 'b' }),
    ])
    const plan = done(merge(two, { grids: ['a', 'b'], keep: 'b' }))
    const after = applyChange(two, commitMerge(two, plan))
    expect(
      after
        .childrenOf('b')
        .map(child => child.id)
        .sort(),
    ).toEqual(['a1', 'b1'])
    expect(validate(after, { complete: true })).toEqual([])
  })
})
