import { expect, test } from 'vitest'
import { readPlace } from './read-place.ts'

test('a place as the map writes it, or as two numbers', () => {
  const there = [103.94285, 30.87829]
  expect(readPlace('30.87829° N  103.94285° E')).toEqual(there)
  expect(readPlace('103.94285, 30.87829')).toEqual(there)
  expect(readPlace('30.87829, 103.94285')).toEqual(there)
  expect(readPlace('东 103.94285')).toBeNull()
  expect(readPlace('10, 20')).toEqual([10, 20])
  expect(readPlace('20°S 10°W')).toEqual([-10, -20])
})

test('nothing else is a place', () => {
  for (const text of ['', 'here', '103.9', '103.9 30.8 5', '190, 20', '10°N 20°N']) {
    expect(readPlace(text)).toBeNull()
  }
})
