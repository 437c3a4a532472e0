import { expect, test } from 'vitest'
import { isCodeOf, nextCode, sequenceOf, villageDigits } from './grid-code.ts'

test('level 1 takes three digits after the village, whatever the area', () => {
  expect(villageDigits('510124101201')).toBe('510124101201')
  expect(villageDigits('510124101')).toBe('510124101601')
  expect(villageDigits('510124')).toBe('510124000601')
  expect(nextCode('510124101201', 1, [])).toBe('510124101201001')
})

test('a code is never given twice: gaps stay gaps', () => {
  const given = ['510124101201001', '510124101201007', '51012410120100101', '510124101202009']
  expect(nextCode('510124101201', 1, given)).toBe('510124101201008')
  expect(nextCode('510124101201001', 2, given)).toBe('51012410120100102')
})

test('used-up digits are said, not wrapped', () => {
  expect(nextCode('510124101201', 1, ['510124101201999'])).toBeNull()
  expect(nextCode('510124101201001', 2, ['51012410120100199'])).toBeNull()
})

test('the number in the name is the number in the code', () => {
  expect(sequenceOf('510124101201012', 1)).toBe(12)
  expect(sequenceOf('51012410120100107', 2)).toBe(7)
})

test('a code has the digits of its level and begins as its area does', () => {
  expect(isCodeOf(1, '510124101', '510124101201001')).toBe(true)
  expect(isCodeOf(2, '510124101', '51012410120100107')).toBe(true)
  expect(isCodeOf(2, '510124101', '510124101201001')).toBe(false)
  expect(isCodeOf(1, '510124101', '510125101201001')).toBe(false)
  expect(isCodeOf(1, '510124101', '51012410120100a')).toBe(false)
})
