// Modes that are about neighbours: pushing and simplifying their border, giving one's grids to the other.
import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { startCut } from './cut.ts'
import { startGive } from './give.ts'
import { BROWSE, type Input, type Mode } from './mode.ts'
import { startPush } from './push.ts'
import { startSimplify } from './simplify.ts'
import { step } from './step.ts'

const reach: Place = [0.001, 0.001]
const point = (lng: number, lat: number): Input => ({ on: 'point', at: [lng, lat], reach })
const grid = (id: string): Input => ({ on: 'grid', grid: id })
const grab: Input = { on: 'grab', at: [0, 0], what: 'border' }
const play = (mode: Mode, ...inputs: Input[]) => inputs.reduce((now, input) => step(now, input).mode, mode)

describe('push', () => {
  const pair = startPush(['a', 'b'])

  test('two neighbours first; nothing is held before', () => {
    expect(play(startPush(['a']), grab)).toEqual(startPush(['a']))
    expect(play(startPush([]), grid('a'), grid('b'), grid('c'))).toEqual(pair)
    expect(play(pair, grid('a'))).toEqual(startPush(['b']))
  })

  test('the border follows the hand, and is let go elsewhere', () => {
    expect(play(pair, grab, { on: 'move', at: [1, 0] })).toMatchObject({ to: [1, 0], done: false })
    expect(play(pair, grab, point(0.0005, 0))).toMatchObject({ held: { at: [0, 0] }, done: false })
    const dropped = play(pair, grab, point(1, 0))
    expect(dropped).toMatchObject({ to: [1, 0], done: true })
    expect(step(dropped, { on: 'finish' }).intent).toEqual({ do: 'save' })
    expect(play(dropped, { on: 'move', at: [5, 5] })).toEqual(dropped)
    expect(play(dropped, point(2, 0))).toMatchObject({ to: [2, 0], done: true })
  })

  test('with arrow keys; Backspace lets go, then gives up a grid, Escape leaves', () => {
    const nudged = play(pair, grab, { on: 'nudge', by: [0, 1] }, { on: 'nudge', by: [0, 1] })
    expect(nudged).toMatchObject({ to: [0, 2], done: true })
    expect(play(nudged, { on: 'back' })).toEqual(pair)
    expect(play(pair, { on: 'back' })).toEqual(startPush(['a']))
    expect(play(nudged, { on: 'escape' }, { on: 'escape' })).toEqual(BROWSE)
  })
})

describe('simplify', () => {
  test('two neighbours and a tolerance make it ready', () => {
    const one = startSimplify(['a'])
    expect(step(one, { on: 'finish' }).intent).toBeNull()
    const ready = play(one, grid('b'), { on: 'tolerance', metres: 20, smooth: true })
    expect(ready).toEqual({ mode: 'simplify', grids: ['a', 'b'], metres: 20, smooth: true })
    expect(step(ready, { on: 'finish' }).intent).toEqual({ do: 'save' })
    expect(play(ready, { on: 'back' })).toMatchObject({ grids: ['a'], metres: 20 })
    expect(play(ready, { on: 'escape' }, { on: 'escape' })).toEqual(BROWSE)
  })
})

describe('give', () => {
  test('grids are clicked in and out, then who gets them', () => {
    const two = play(startGive('a'), grid('b'), grid('c'), grid('b'))
    expect(two).toMatchObject({ grids: ['a', 'c'], to: null })
    expect(step(two, { on: 'finish' }).intent).toBeNull()
    const given = play(two, { on: 'finish' }, grid('z'))
    expect(given).toEqual({ mode: 'give', grids: ['a', 'c'], to: 'z', choosing: false })
    expect(step(given, { on: 'finish' }).intent).toEqual({ do: 'save' })
  })

  test('nobody gives to itself; nothing is chosen for nobody', () => {
    expect(play(startGive('a'), grid('z'), { on: 'choose-parent', choosing: true }, grid('z'))).toMatchObject(
      {
        grids: ['a'],
        to: 'z',
      },
    )
    expect(play(startGive(null), { on: 'finish' })).toEqual(startGive(null))
    const given = play(startGive('a'), { on: 'finish' }, grid('z'))
    expect(play(given, grid('z'))).toMatchObject({ grids: ['a', 'z'], to: null })
    expect(play(given, { on: 'back' })).toEqual(startGive('a'))
    expect(play(given, { on: 'escape' }, { on: 'escape' })).toEqual(BROWSE)
  })
})

describe('cut along roads', () => {
  test('points stay when it turns to roads and back; its first point does not close it', () => {
    const line = play(startCut('g', [], true), point(0, 0), point(1, 0), point(1, 1))
    expect(play(line, point(0, 0))).toMatchObject({ roads: true, done: false })
    expect(play(line, { on: 'roads', roads: false })).toEqual({ ...line, roads: false })
  })
})
