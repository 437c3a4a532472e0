// What the operating system refuses becomes a sentence; a mistake of ours does not.
import { expect, test } from 'vitest'
import { refusedBySystem, writingRefused } from './unreadable.ts'

const failed = (code: string) => Object.assign(new Error(`${code}: …`), { code })

test.each([
  ['EACCES', 'not-readable', /权限/],
  ['ENOSPC', 'disk-full', /已满/],
])('reading: %s', (code, refusal, sentence) => {
  const error = refusedBySystem(failed(code), '楼栋.csv')
  expect(error?.code).toBe(refusal)
  expect(error?.sentence.zh).toMatch(sentence)
  expect(error?.sentence.zh).toContain('楼栋.csv')
})

test.each(['EACCES', 'EROFS', 'ENOSPC', 'ENOTDIR'])('writing: %s', code => {
  expect(writingRefused(failed(code), '/there/a.csv')).toMatchObject({ code: 'rejects-not-written' })
})

test('anything else is a bug', () => {
  for (const cause of [new TypeError('x'), failed('ERR_INVALID_ARG'), 'text'])
    expect([refusedBySystem(cause, 'a'), writingRefused(cause, 'a')]).toEqual([null, null])
})
