import { expect, test } from 'vitest'
import { mask } from './mask.ts'

test.each([
  ['13812345678', '138****5678'],
  ['028-87654321', '028*****4321'],
  ['12345', '***45'],
  ['', null],
  [null, null],
])('phone %s becomes %s', (phone, masked) => {
  expect(mask.phone(phone)).toBe(masked)
})

test.each([
  ['张三丰', '张**'],
  ['欧', '欧'],
  ['𠮷野家', '𠮷**'],
  [null, null],
])('name %s becomes %s', (name, masked) => {
  expect(mask.name(name)).toBe(masked)
})
