import { describe, expect, test } from 'vitest'
import type { Place } from '../../core/contract/geometry.ts'
import { startDrawQuery } from './draw-query.ts'
import type { DrawnShape, Input, Intent, Mode } from './mode.ts'
import { step } from './step.ts'

const REACH: Place = [0.1, 0.1]
const click = (x: number, y: number): Input => ({ on: 'point', at: [x, y], reach: REACH })

function play(shape: DrawnShape, inputs: readonly Input[]): { mode: Mode; intent: Intent | null } {
  let mode: Mode = startDrawQuery(shape)
  let intent: Intent | null = null
  for (const input of inputs) ({ mode, intent } = step(mode, input))
  return { mode, intent }
}

/*   3 ──── 2
 *   │      │    a click near 1 closes the polygon without a fifth corner
 *   1* ─── ·                                                            */
describe('drawing a query', () => {
  test('a polygon closes at its first corner, or on finish from three corners on', () => {
    const corners = [click(0, 0), click(1, 1), click(0, 1)]
    const points = [
      [0, 0],
      [1, 1],
      [0, 1],
    ]
    expect(play('polygon', [...corners, click(0.05, 0.05)])).toEqual({
      mode: { mode: 'browse' },
      intent: { do: 'ask', shape: 'polygon', points },
    })
    expect(play('polygon', [...corners, { on: 'finish' }]).intent).toMatchObject({ do: 'ask', points })
    expect(play('polygon', [...corners.slice(0, 2), { on: 'finish' }])).toMatchObject({
      mode: { mode: 'draw-query' },
      intent: null,
    })
  })

  test('a circle is complete with its edge, the nearest with one point', () => {
    expect(play('circle', [click(0, 0)]).intent).toBeNull()
    expect(play('circle', [click(0, 0), click(1, 0)]).intent).toMatchObject({ do: 'ask', shape: 'circle' })
    expect(play('nearest', [click(2, 3)]).intent).toEqual({ do: 'ask', shape: 'nearest', points: [[2, 3]] })
  })

  test('the second click of a double click adds nothing, so that it can finish a line', () => {
    const { intent } = play('corridor', [click(0, 0), click(1, 0), click(1.01, 0), { on: 'finish' }])
    expect(intent).toEqual({
      do: 'ask',
      shape: 'corridor',
      points: [
        [0, 0],
        [1, 0],
      ],
    })
  })

  test('backspace takes one point back, escape all of them and then leaves', () => {
    const back = play('corridor', [click(0, 0), click(1, 0), { on: 'back' }]).mode
    expect(back).toMatchObject({ points: [[0, 0]] })
    const once = play('corridor', [click(0, 0), { on: 'escape' }]).mode
    expect(once).toMatchObject({ mode: 'draw-query', points: [] })
    expect(step(once, { on: 'escape' }).mode).toEqual({ mode: 'browse' })
  })
})
