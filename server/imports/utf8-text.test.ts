// Text of any width, in pieces larger and smaller than what was kept ready for it.
import { expect, test } from 'vitest'
import { Utf8Text } from './utf8-text.ts'

test('gives back what was added since the last time', () => {
  const text = new Utf8Text()
  expect(text.take()).toBeNull()
  const added = ['a', '网格', '😀'.repeat(10), '界'.repeat(700_000), 'é'.repeat(2_000_000), 'z']
  for (const piece of added) text.add(piece)
  expect(new TextDecoder().decode(text.take()!)).toBe(added.join(''))
  text.add('后')
  expect(new TextDecoder().decode(text.take()!)).toBe('后')
  expect(text.take()).toBeNull()
})
