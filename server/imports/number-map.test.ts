// Against the language's own map, with numbers that fall on each other.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberMap } from './number-map.ts'

test('holds what was put last under each number', () => {
  const number = fc.oneof(
    fc.nat(20),
    fc.maxSafeNat(),
    fc.nat(1000).map(n => n * 4096),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { maxLength: 500 }), entries => {
      const [ours, theirs] = [new NumberMap(), new Map<number, number>()]
      for (const [key, value] of entries) {
        expect(ours.get(key)).toBe(theirs.get(key))
        ours.set(key, value)
        theirs.set(key, value)
      }
      for (const [key, value] of theirs) expect(ours.get(key)).toBe(value)
    }),
  )
})

test('grows', () => {
  const map = new NumberMap()
  for (let i = 0; i < 100_000; i++) map.set(i * 2 ** 20, i)
  for (let i = 0; i < 100_000; i += 7) expect(map.get(i * 2 ** 20)).toBe(i)
  expect(map.get(5)).toBeUndefined()
})
