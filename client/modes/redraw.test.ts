import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { startDetails } from './details.ts'
import { BROWSE, type Input, type Mode } from './mode.ts'
import { startVertex } from './move-vertex.ts'
import { drawnLine, isChosen, startRedraw } from './redraw.ts'
import { step } from './step.ts'

const reach: Place = [0.001, 0.001]
const point = (lng: number, lat: number): Input => ({ on: 'point', at: [lng, lat], reach })
const grid = (id: string): Input => ({ on: 'grid', grid: id })
const play = (mode: Mode, ...inputs: Input[]) => inputs.reduce((now, input) => step(now, input).mode, mode)

describe('redraw', () => {
  const pair = startRedraw('reshape', ['a', 'b'])

  test('two grids are chosen before anything is drawn; a second click takes one out', () => {
    const one = startRedraw('transfer', ['a'])
    expect(isChosen(one)).toBe(false)
    expect(play(one, point(0, 0))).toEqual(one)
    expect(play(one, grid('b'))).toEqual(startRedraw('transfer', ['a', 'b']))
    expect(play(one, grid('a'))).toEqual(startRedraw('transfer', []))
    expect(play(pair, grid('c'))).toEqual(pair)
  })

  test('carving needs no grid; a click in the list chooses the parent', () => {
    expect(isChosen(startRedraw('carve', []))).toBe(true)
    expect(play(startRedraw('carve', []), grid('p'))).toEqual(startRedraw('carve', ['p']))
    expect(play(startRedraw('carve', ['p']), grid('p'))).toEqual(startRedraw('carve', []))
  })

  test('a new course is an open line of two points or more', () => {
    expect(play(pair, point(0, 0), { on: 'finish' })).toMatchObject({ done: false })
    const line = play(pair, point(0, 0), point(1, 1), point(0, 0), { on: 'finish' })
    expect(line).toMatchObject({
      done: true,
      points: [
        [0, 0],
        [1, 1],
        [0, 0],
      ],
    })
    expect(step(line, { on: 'finish' }).intent).toEqual({ do: 'save' })
  })

  test('an outline closes at its first point, and opens again', () => {
    const around = play(startRedraw('carve', []), point(0, 0), point(1, 0), point(1, 1), point(0.0005, 0))
    expect(around).toMatchObject({
      done: true,
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    })
    expect(around.mode === 'carve' && drawnLine(around)).toEqual([
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ])
    expect(play(around, { on: 'back' })).toMatchObject({
      done: false,
      points: [
        [0, 0],
        [1, 0],
        [1, 1],
      ],
    })
  })

  test('keys move the last point, take points back, then grids', () => {
    const moved = play(pair, point(0, 0), point(1, 1), { on: 'nudge', by: [0.5, -0.5] })
    expect(moved).toMatchObject({
      points: [
        [0, 0],
        [1.5, 0.5],
      ],
    })
    expect(play(moved, { on: 'back' }, { on: 'back' }, { on: 'back' })).toMatchObject({ grids: ['a'] })
    expect(play(moved, { on: 'escape' })).toMatchObject({ points: [], grids: ['a', 'b'] })
    expect(play(moved, { on: 'escape' }, { on: 'escape' })).toEqual(BROWSE)
  })
})

describe('move a vertex', () => {
  const grab: Input = { on: 'grab', at: [1, 1], what: 'vertex' }
  const held = play(startVertex('g'), grab)

  test('a grid first, then a vertex', () => {
    expect(play(startVertex(null), grab)).toEqual(startVertex(null))
    expect(play(startVertex(null), grid('g'))).toEqual(startVertex('g'))
    expect(held).toMatchObject({ held: { at: [1, 1], what: 'vertex' }, to: null })
  })

  test('it follows until it is let go elsewhere; where it was it stays in the hand', () => {
    const moved = play(held, { on: 'move', at: [2, 2] })
    expect(moved).toMatchObject({ to: [2, 2], done: false })
    expect(play(moved, point(1.0005, 1))).toMatchObject({ done: false })
    const dropped = play(moved, point(3, 3))
    expect(dropped).toMatchObject({ to: [3, 3], done: true })
    expect(step(dropped, { on: 'finish' }).intent).toEqual({ do: 'save' })
    expect(play(dropped, point(4, 4))).toMatchObject({ to: [4, 4] })
    expect(play(dropped, { on: 'back' })).toEqual(startVertex('g'))
  })

  test('arrow keys move it, Delete takes it out; a place of a border is not taken out', () => {
    expect(play(held, { on: 'nudge', by: [0.1, 0] })).toMatchObject({ to: [1.1, 1], done: true })
    const removed = play(held, { on: 'remove' })
    expect(removed).toMatchObject({ remove: true, done: true })
    expect(play(removed, point(5, 5))).toEqual(removed)
    const border = play(startVertex('g'), { on: 'grab', at: [1, 1], what: 'border' })
    expect(play(border, { on: 'remove' })).toEqual(border)
  })
})

describe('details', () => {
  test('a click looks at another grid, or chooses the parent when asked to', () => {
    expect(step(startDetails('a'), grid('b'))).toEqual({
      mode: startDetails('b'),
      intent: { do: 'select', grid: 'b' },
    })
    const choosing = play(startDetails('a'), { on: 'choose-parent', choosing: true })
    expect(play(choosing, grid('p'))).toEqual({ ...startDetails('a'), parent: 'p' })
    expect(play(choosing, { on: 'escape' })).toEqual(startDetails('a'))
    expect(play(choosing, { on: 'escape' }, { on: 'escape' })).toEqual(BROWSE)
  })
})
