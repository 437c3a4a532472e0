import { expect, test } from 'vitest'
import { BROWSE, type Input, type Mode } from './mode.ts'
import { startReport } from './report.ts'
import { step } from './step.ts'

const point = (lng: number): Input => ({ on: 'point', at: [lng, 1], reach: [0.1, 0.1] })

test('a click says where, the next one says better, and it can be saved', () => {
  const first = step(startReport(), { on: 'finish' })
  expect(first.intent).toBeNull()
  const there = step(first.mode, point(3)).mode
  expect(step(there, point(3.01)).mode).toEqual({ mode: 'report', at: [3.01, 1] })
  expect(step(there, { on: 'finish' }).intent).toEqual({ do: 'save' })
})

test('Esc takes the place back, then leaves', () => {
  const there: Mode = { mode: 'report', at: [3, 1] }
  const back = step(there, { on: 'escape' }).mode
  expect(back).toEqual(startReport())
  expect(step(back, { on: 'escape' }).mode).toBe(BROWSE)
})
