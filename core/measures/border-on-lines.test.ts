import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Shape } from '../topology/model.ts'
import { indexLines, measureBorder } from './border-on-lines.ts'

/** On the equator, where a step is as long in both directions: 10 m are 898 steps. */
const M = 1 / 0.011132
const box = (x: number, y: number, w: number, h: number): Shape => [
  [[x, y, x + w, y, x + w, y + h, x, y + h].map(v => Math.round(v * M))],
]
const line = (...metres: number[]) => metres.map(v => Math.round(v * M))
const on = (shape: Shape, ...lines: number[][]) => {
  const { metres, onLines, off } = measureBorder(shape, indexLines({ lines, waters: [] }))
  return { share: onLines / metres, metres, off }
}

describe('how much of a border lies on lines', () => {
  //   +------------+
  //   |            |   100 m square; a road along its south side
  //   +------------+
  // ------------------
  it('a road along a side counts as far as it runs, one across does not', () => {
    const square = box(0, 0, 100, 100)
    expect(on(square).share).toBe(0)
    expect(on(square, line(-50, -5, 150, -5)).share).toBeCloseTo(0.25, 4)
    // Half the side, and what its end still reaches: √(15² − 5²) m.
    expect(on(square, line(-50, -5, 50, -5)).share).toBeCloseTo((50 + Math.sqrt(200)) / 400, 4)
    expect(on(square, line(-50, -16, 150, -16)).share).toBe(0)
    expect(on(square, line(50, -50, 50, 150)).share).toBe(0)
    expect(on(square, line(-50, -5, 150, -5), line(-50, 5, 150, 5)).share).toBeCloseTo(0.25, 4)
    expect(on(square, line(-50, -5, 150, -5)).metres).toBeCloseTo(400, 1)
  })

  it('a border in a river is on it; the longest stretch off every line is named', () => {
    const river = box(-10, -40, 200, 80)
    const lines = indexLines({ lines: [line(100, -10, 100, 200)], waters: [river] })
    const { metres, onLines, off } = measureBorder(box(0, 0, 100, 100), lines)
    expect(onLines / metres).toBeCloseTo(0.5, 4)
    expect(off).toEqual([0, 100].map(v => Math.round(v * M)))
  })

  it('is what many points along the border say', () => {
    const number = fc.integer({ min: -60, max: 160 })
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number, number), { maxLength: 5 }), given => {
        const lines = given.filter(([a, b, c, d]) => a !== c || b !== d).map(one => line(...one))
        const side = line(0, 0, 100, 0)
        const near = (t: number) =>
          lines.some(([px, py, qx, qy]) => {
            const [ex, ey] = [qx! - px!, qy! - py!]
            const size = Math.hypot(ex, ey)
            if (Math.abs(ey) > size / 2 + 1e-9) return false
            const x = side[2]! * t
            const along = Math.max(0, Math.min(1, ((x - px!) * ex + (0 - py!) * ey) / size ** 2))
            return Math.hypot(px! + along * ex - x, py! + along * ey) <= 15 * M
          })
        const samples = 2000
        let count = 0
        for (let i = 0; i < samples; i++) if (near((i + 0.5) / samples)) count++
        // A flat triangle, whose other sides have no length to speak of in y but count the same: only the side is asked for.
        const flat: Shape = [[[side[0]!, 0, side[2]!, 0]]]
        expect(on(flat, ...lines).share).toBeCloseTo(count / samples, 2)
      }),
      { numRuns: 300 },
    )
  })
})
