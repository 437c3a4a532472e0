import { expect, test } from 'vitest'
import { fade } from './opacity.ts'

test('a missing opacity is the factor, a number is multiplied', () => {
  expect(fade(undefined, 0.4)).toBe(0.4)
  expect(fade(0.5, 0.4)).toBe(0.2)
})

test('zoom stays outermost, its outputs are multiplied', () => {
  expect(fade(['interpolate', ['linear'], ['zoom'], 13, 0.5, 15, 1], 0.5)).toEqual([
    'interpolate',
    ['linear'],
    ['zoom'],
    13,
    0.25,
    15,
    0.5,
  ])
})

test('an expression by state is multiplied as a whole', () => {
  expect(fade(['case', ['==', 1, 1], 0.3, 0.1], 0.5)).toEqual(['*', 0.5, ['case', ['==', 1, 1], 0.3, 0.1]])
})
