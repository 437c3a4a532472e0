/*
  Regions on cells, before and after they are tidied:

    A A A A A        A A A A A      B was surrounded by A: it gets a way out.
    A B B A C   →    A B B B C
    A A A A C        A A A A C
*/
import { describe, expect, it } from 'vitest'
import { frameAt } from '../frame.ts'
import { outlines, traceArcs } from './grow-arcs.ts'
import { grow } from './grow-front.ts'
import { tooNear } from './grow-near.ts'
import { insideOf, OUTSIDE, type Raster } from './grow-raster.ts'
import { smoothArcs } from './grow-smooth.ts'
import { broaden, tidy } from './grow-tidy.ts'

/** Letters are regions, dots lie outside; two rows of outside around. The first row is the northern one. */
function drawn(...rows: string[]): {
  raster: Raster
  labels: Int32Array
  seedOf: (letter: string) => number
} {
  const width = rows[0]!.length + 4
  const height = rows.length + 4
  const labels = new Int32Array(width * height).fill(OUTSIDE)
  rows.forEach((row, i) => {
    for (let j = 0; j < row.length; j++)
      if (row[j] !== '.') labels[(height - 3 - i) * width + j + 2] = row.charCodeAt(j) - 65
  })
  const seedOf = (letter: string) => labels.indexOf(letter.charCodeAt(0) - 65)
  return { raster: { width, height, cell: 50, x0: 0, y0: 0 }, labels, seedOf }
}

const oneGroup = (labels: Int32Array) => labels.map(label => (label === OUTSIDE ? OUTSIDE : 0))
const ringsOf = (labels: Int32Array, raster: Raster) =>
  outlines(
    traceArcs(labels, raster),
    label => label,
    ({ corners }) => [corners[0]!, corners.at(-1)!],
  )

describe('tidied regions', () => {
  it('have no holes: a surrounded region gets a way out', () => {
    const { raster, labels, seedOf } = drawn('AAAAAAC', 'AAAAAAC', 'AABBAAC', 'AABBAAC', 'AAAAAAC', 'AAAAAAC')
    expect(() => ringsOf(labels, raster)).toThrow('hole')
    tidy(labels, oneGroup(labels), [seedOf('A'), seedOf('B'), seedOf('C')], raster)
    expect([...ringsOf(labels, raster).keys()].sort()).toEqual([0, 1, 2])
  })

  it('have no holes: where nobody else is near, the way out leads to the outline', () => {
    const { raster, labels, seedOf } = drawn('AAAAAAA', 'AAAAAAA', 'AAABBAA', 'AAABBAA', 'AAAAAAA', 'AAAAAAA')
    expect(() => ringsOf(labels, raster)).toThrow('hole')
    tidy(labels, oneGroup(labels), [seedOf('A'), seedOf('B')], raster)
    expect([...ringsOf(labels, raster).keys()].sort()).toEqual([0, 1])
  })

  it('lie in one piece and never meet themselves in a corner', () => {
    const { raster, labels, seedOf } = drawn('AABBB', 'AABAB', 'BBAAB', 'BBAAA')
    expect(() => ringsOf(labels, raster)).toThrow()
    tidy(labels, oneGroup(labels), [seedOf('A'), labels.indexOf(1)], raster)
    expect(ringsOf(labels, raster).size).toBe(2)
  })

  it('keep to their group', () => {
    const { raster, labels, seedOf } = drawn('AABCC', 'AABCC', 'BAACC')
    const group = labels.map(label => (label === 2 ? 1 : label === OUTSIDE ? OUTSIDE : 0))
    tidy(labels, group, [seedOf('A'), labels.lastIndexOf(1), seedOf('C')], raster)
    expect(labels.filter(label => label === 2)).toHaveLength(6)
  })

  it('lose tongues when they are broadened', () => {
    const { raster, labels, seedOf } = drawn('AAAABBBB', 'AAAABBBB', 'AAAAAABB', 'AAAABBBB', 'AAAABBBB')
    broaden(labels, oneGroup(labels), [seedOf('A'), seedOf('B')], 1, raster)
    expect(labels.filter(label => label === 0)).toHaveLength(20)
  })
})

describe('growing regions', () => {
  it('meet half-way when equally fast, later when one is faster', () => {
    const { raster, labels } = drawn('A'.repeat(20))
    const group = oneGroup(labels)
    const first = labels.indexOf(0)
    const growth = {
      raster,
      group,
      cost: new Float32Array(labels.length).fill(1),
      seeds: [[first], [first + 19]],
    }
    const cells = (speeds: number[]) =>
      grow({ ...growth, speed: Float64Array.from(speeds) }).filter(label => label === 0).length
    expect(cells([1, 1])).toBe(10)
    expect(cells([3, 1])).toBe(15)
  })
})

describe('an outline as cells', () => {
  it('has no holes and no corners that touch', () => {
    // A bow-tie: its halves meet in one point.
    const ring = [
      [0, 0],
      [500, 450],
      [1000, 0],
      [1000, 1000],
      [500, 550],
      [0, 1000],
    ] as const
    const raster: Raster = { width: 24, height: 24, cell: 50, x0: -100, y0: -100 }
    const inside = insideOf(ring, raster)
    expect(ringsOf(inside, raster).size).toBe(1)
  })
})

describe('smoothed borders', () => {
  it('share their nodes and keep apart elsewhere', () => {
    const { raster, labels } = drawn(
      'AAABBBB',
      'AAABBBB',
      'AACCBBB',
      'ACCCCBB',
      'DDCCCBB',
      'DDDCCCC',
      'DDDDCCC',
    )
    const arcs = traceArcs(labels, raster)
    const paths = smoothArcs(arcs, raster, frameAt([1165000000, 405000000]), () => 30)
    const nodes = new Map<number, string>()
    arcs.forEach(({ corners }, i) => {
      for (const [node, position] of [
        [corners[0]!, paths[i]![0]!],
        [corners.at(-1)!, paths[i]!.at(-1)!],
      ] as const) {
        expect(nodes.get(node) ?? String(position)).toBe(String(position))
        nodes.set(node, String(position))
      }
    })
    const courses = paths.map(path => path.map(([x, y]) => [x, y] as const))
    expect(tooNear(courses, new Set(courses.keys()), 5)).toEqual(new Set())
  })
})
