import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { lineOf, startCut } from './cut.ts'
import { outlineOf, startDrawArea } from './draw-area.ts'
import { startMerge } from './merge.ts'
import { BROWSE, type Input, type Mode } from './mode.ts'
import { step } from './step.ts'

const reach: Place = [0.001, 0.001]
const point = (lng: number, lat: number): Input => ({ on: 'point', at: [lng, lat], reach })
const play = (mode: Mode, ...inputs: Input[]) => inputs.reduce((now, input) => step(now, input).mode, mode)

describe('browse', () => {
  test('a click selects the grid it met, Escape selects none', () => {
    expect(step(BROWSE, { on: 'grid', grid: 'a' }).intent).toEqual({ do: 'select', grid: 'a' })
    expect(step(BROWSE, { on: 'escape' }).intent).toEqual({ do: 'select', grid: null })
  })
})

describe('cut', () => {
  const drawing = play(startCut('g'), point(0, 0), point(1, 1))

  test('without a grid, the first click chooses one and sets no point', () => {
    const { mode, intent } = step(startCut(null), { on: 'grid', grid: 'g' })
    expect(mode).toEqual(startCut('g'))
    expect(intent).toEqual({ do: 'select', grid: 'g' })
    expect(play(startCut(null), point(0, 0))).toEqual(startCut(null))
  })

  test('the line follows the cursor until the pointer leaves', () => {
    const moved = play(drawing, { on: 'move', at: [2, 2] })
    expect(moved.mode === 'cut' && lineOf(moved)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ])
    const left = play(moved, { on: 'move', at: null })
    expect(left.mode === 'cut' && lineOf(left)).toHaveLength(2)
  })

  test('a second click at the same place, as of a double click, adds nothing', () => {
    expect(play(drawing, point(1.0005, 1))).toEqual(drawing)
  })

  test('a double click finishes, a further Enter saves, a cursor changes nothing more', () => {
    const done = play(drawing, { on: 'finish' })
    expect(done).toMatchObject({
      done: true,
      points: [
        [0, 0],
        [1, 1],
      ],
    })
    expect(play(done, { on: 'move', at: [5, 5] }, point(6, 6))).toEqual(done)
    expect(step(done, { on: 'finish' }).intent).toEqual({ do: 'save' })
  })

  test('one point is no line', () => {
    expect(play(startCut('g'), point(0, 0), { on: 'finish' })).toMatchObject({ done: false })
  })

  test('a click on the first point closes the line', () => {
    const ring = play(startCut('g'), point(0, 0), point(1, 0), point(1, 1), point(0.0005, 0))
    expect(ring).toMatchObject({
      done: true,
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 0],
      ],
    })
  })

  test('Backspace takes back one point and opens a finished line again', () => {
    const done = play(drawing, { on: 'finish' })
    expect(play(done, { on: 'back' })).toMatchObject({ done: false, points: [[0, 0]] })
  })

  test('Escape drops the line, a second Escape leaves', () => {
    const empty = play(drawing, { on: 'escape' })
    expect(empty).toMatchObject({ mode: 'cut', points: [] })
    expect(play(empty, { on: 'escape' })).toEqual(BROWSE)
  })
})

describe('merge', () => {
  test('clicks pick and unpick, the survivor must be among them', () => {
    const two = play(startMerge('a'), { on: 'grid', grid: 'b' }, { on: 'keep', grid: 'b' })
    expect(two).toEqual({ mode: 'merge', grids: ['a', 'b'], keep: 'b' })
    expect(play(two, { on: 'grid', grid: 'b' })).toEqual({ mode: 'merge', grids: ['a'], keep: null })
    expect(play(two, { on: 'keep', grid: 'z' })).toEqual(two)
  })

  test('one grid cannot be saved, two can', () => {
    expect(step(startMerge('a'), { on: 'finish' }).intent).toBeNull()
    expect(step(play(startMerge('a'), { on: 'grid', grid: 'b' }), { on: 'finish' }).intent).toEqual({
      do: 'save',
    })
  })
})

describe('draw an area', () => {
  test('three corners make an outline, a click on the first closes it', () => {
    const three = play(startDrawArea(), point(0, 0), point(1, 0), point(1, 1))
    expect(three.mode === 'draw-area' && outlineOf(three)?.coordinates[0]?.[0]).toHaveLength(4)
    const closed = play(three, point(0, 0))
    expect(closed).toMatchObject({ done: true })
    expect(step(closed, { on: 'finish' }).intent).toEqual({ do: 'save' })
  })

  test('two corners are not finished', () => {
    expect(play(startDrawArea(), point(0, 0), point(1, 0), { on: 'finish' })).toMatchObject({ done: false })
  })
})
