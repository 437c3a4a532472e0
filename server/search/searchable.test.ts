import { expect, test } from 'vitest'
import { initialsOf, pairsOf, plainOf } from './searchable.ts'

test.each([
  ['花园路 12号', '花园路12号'],
  ['Ａ座·３单元', 'a座3单元'],
  ['  =cmd|(1) ', 'cmd1'],
  ['！？', ''],
])('%s is compared as %s', (text, plain) => {
  expect(plainOf(text)).toBe(plain)
})

test.each([
  ['花园路12号', 'character', 'hyl12h'],
  ['重庆路', 'words', 'cql'],
  ['单雄信', 'person', 'sxx'],
  ['a座3单元', 'character', 'az3dy'],
  ['ωμέγα', 'character', ''],
] as const)('%s read by %s begins %s', (plain, reading, letters) => {
  expect(initialsOf(plain, reading)).toBe(letters)
})

test('what is part of a text has none but its pairs', () => {
  const pairs = new Set(pairsOf('团结街道花园路12号'))
  for (const part of ['花园', '园路12', '团结街道花园路12号']) {
    expect(pairsOf(part).every(pair => pairs.has(pair))).toBe(true)
  }
  expect(pairsOf('路花').every(pair => pairs.has(pair))).toBe(false)
  expect(pairsOf('花')).toEqual([])
})
