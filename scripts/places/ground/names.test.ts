// Names made from a place's own.
import { expect, it } from 'vitest'
import { shortOf } from './names.ts'

it.each([
  ['白马村', '白马'],
  ['学府社区', '学府'],
  ['南华园一区社区', '南华园一区'],
  ['龙各庄', '龙各庄'],
])('%s is %s for short', (name, short) => {
  expect(shortOf(name)).toBe(short)
})
