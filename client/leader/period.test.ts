import { expect, test } from 'vitest'
import { periodStart } from './period.ts'

const now = new Date('2026-11-25T10:00:00+08:00')

test('a generated place counts back from the end of its last day, every other one from now', () => {
  const start = (demo: boolean) => periodStart('month', { on: '2026-06-30', demo }, now)?.toISOString()
  expect(start(true)).toBe(new Date('2026-06-01T00:00:00+08:00').toISOString())
  expect(start(false)).toBe(new Date('2026-10-26T10:00:00+08:00').toISOString())
})

test('all has no beginning', () => {
  expect(periodStart('all', { on: '2026-06-30', demo: true }, now)).toBeNull()
})
