import { expect, test } from 'vitest'
import {
  writeArea,
  writeAreaToo,
  writeCount,
  writeDeviation,
  writeLength,
  writePlace,
  writeShare,
  writeTime,
} from './numbers.ts'

test('counts carry thousands separators', () => {
  expect(writeCount(66473, 'zh')).toBe('66,473')
})

test('an area takes the unit that people use for its size', () => {
  expect(writeArea(85_650_000, 'zh')).toBe('85.65 km²')
  expect(writeArea(400_000, 'zh')).toBe('600 亩')
  expect(writeArea(10_000, 'zh')).toBe('15.0 亩')
  expect(writeArea(400, 'zh')).toBe('400 m²')
  expect(writeArea(400_000, 'en')).toBe('40.0 ha')
  expect(writeAreaToo(2_000_000, 'zh')).toBe('3,000 亩')
})

test('shares, lengths, places', () => {
  expect(writeShare(1, 3, 'en')).toBe('33.3 %')
  expect(writeShare(0, 0, 'en')).toBe('–')
  expect(writeLength(1234, 'en')).toBe('1.23 km')
  expect(writePlace(13.264213, -3.5)).toBe('3.50000° S  13.26421° E')
})

test('a deviation is never rounded to nothing, and stays short', () => {
  expect([0, 0.001, 0.124, -0.3, -1, 9, 23.4].map(value => writeDeviation(value, 'en'))).toEqual([
    '✓',
    '+1 %',
    '+12 %',
    '−30 %',
    '−100 %',
    '×10',
    '×24',
  ])
})

test('times are those of a clock in China, wherever the page is looked at', () => {
  expect(writeTime('2026-03-01T16:30:00.000Z', 'zh')).toBe('2026/03/02 00:30')
})
