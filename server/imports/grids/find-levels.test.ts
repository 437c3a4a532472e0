import { expect, test } from 'vitest'
import type { LevelProfile } from '../../../core/contract/plans.ts'
import { cleanOutline, isRefusal, type Shape } from '../../../core/topology/index.ts'
import { findLevels, numberedLevel } from './find-levels.ts'
import type { GridRow } from './read-grid.ts'

const row = (key: string, more: Partial<GridRow> & { layer?: string } = {}): GridRow => ({
  ...{ key, geometry: { type: 'MultiPolygon', coordinates: [] }, id: null, code: null, name: null },
  ...{ level: null, parent: null, kind: null },
  ...more,
  feature: { number: 1, layer: more.layer ?? 'file', key: null, shape: null, tags: {}, problem: null },
})
const level = (zh: string, en: string) =>
  ({ name: { zh, en }, label: { zh: '', en: '' } }) as LevelProfile['levels'][number]
const profiles: LevelProfile[] = [
  {
    profile: 'a',
    name: { zh: '甲', en: 'a' },
    levels: [level('社区', 'community'), level('楼院', 'courtyard')],
  },
  {
    profile: 'b',
    name: { zh: '乙', en: 'b' },
    levels: [level('村(社区)', 'village'), level('楼院/自然村(片)', 'courtyard or hamlet')],
  },
]
const square = (x: number, y: number, side: number): Shape => {
  const clean = cleanOutline({
    type: 'Polygon',
    coordinates: [
      [
        [x, y],
        [x + side, y],
        [x + side, y + side],
        [x, y + side],
        [x, y],
      ],
    ],
  })
  if (isRefusal(clean)) throw new Error(clean.refused)
  return clean.shape
}

test('numbers as people write them', () => {
  expect(
    ['2', '2.0', 'L2', 'level 2', '二级', '二级网格', '第2级', 'grids_2', 'dongcun_level-2'].map(
      numberedLevel,
    ),
  ).toEqual(new Array(9).fill(2))
  expect(['', '村', '12', '三'].map(numberedLevel)).toEqual([null, null, null, null])
})

test('a column in numbers, or in the words of the profile that knows most of them', () => {
  const numbered = findLevels(
    [row('p', { level: '三级网格' }), row('q', { level: '四级网格' })],
    () => new Map(),
    profiles,
  )
  expect(numbered).toEqual({ by: 'column', profile: null, ranks: [3, 4] })
  const words = [row('p', { level: '社区' }), row('q', { level: '自然村' }), row('r', { level: '别的' })]
  expect(findLevels(words, () => new Map(), profiles)).toMatchObject({
    by: 'column',
    profile: { profile: 'b' },
    ranks: [1, 2, null],
  })
})

test('layers that are named for levels, else codes that begin with one another', () => {
  const layers = [row('p', { layer: '一级网格' }), row('q', { layer: '二级网格' })]
  expect(findLevels(layers, () => new Map(), profiles)).toMatchObject({ by: 'layer', ranks: [1, 2] })
  const coded = ['A01', 'A0102', 'A02', 'A010203'].map(code => row(code, { code }))
  expect(findLevels(coded, () => new Map(), profiles)).toMatchObject({ by: 'code', ranks: [1, 2, 1, 3] })
})

//   +-------+-------+
//   | P +--+|  Q    |   codes of unlike length that do not begin with one another say nothing; R juts into Q a little
//   |   | R|+|      |
//   +---+--+-+------+
test('what holds what, when nothing else is said; a neighbour that overlaps by a rim holds nothing', () => {
  const shapes = new Map([
    ['R', square(103.005, 30, 0.0052)],
    ['P', square(103, 30, 0.01)],
    ['Q', square(103.01, 30, 0.01)],
    ['S', square(103.006, 30.001, 0.002)],
  ])
  const rows = [...shapes.keys()].map((key, i) => row(key, { code: ['q', 'ab', 'xyz', 'pqrs'][i]! }))
  expect(findLevels(rows, () => shapes, profiles)).toMatchObject({ by: 'containment', ranks: [2, 1, 1, 3] })
})
