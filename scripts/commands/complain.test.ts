// What a failed command says: a sentence for people on one stream, one JSON object for programs on the other.
import { expect, test } from 'vitest'
import { EngineLostError } from '../../server/db/failures.ts'
import { UnreadableFile } from '../../server/imports/unreadable.ts'
import { UsageError } from './command.ts'
import { complain } from './index.ts'

function said(error: unknown) {
  let out = ''
  let err = ''
  const code = complain(error, {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
  })
  return { code, err, told: JSON.parse(out.trim().split('\n').at(-1)!) }
}

test('a file that cannot be read: both languages and a code', () => {
  const { code, err, told } = said(new UnreadableFile('empty', { zh: '文件是空的。', en: 'It is empty.' }))
  expect(code).toBe(1)
  expect(err).toBe('It is empty.\n文件是空的。\n')
  expect(told).toEqual({ error: 'empty', message: 'It is empty.', zh: '文件是空的。' })
})

test('wrong usage: how to use it, and exit code 2', () => {
  const { code, err, told } = said(new UsageError('Which command?'))
  expect(code).toBe(2)
  expect(err).toMatch(/^Which command\?\nUsage: npx huage/)
  expect(told).toEqual({ error: 'wrong-usage', message: 'Which command?' })
})

test('a bug: its stack, and a code all the same', () => {
  const { code, err, told } = said(new TypeError('x is not a function'))
  expect(code).toBe(1)
  expect(err).toContain('complain.test.ts')
  expect(told).toMatchObject({ error: 'internal' })
})

test('stopped by whoever asked: one sentence, and no stack', () => {
  const stop = new AbortController()
  stop.abort()
  const { code, err, told } = said(stop.signal.reason)
  expect(code).toBe(1)
  expect(err).toBe('Stopped as asked; nothing was changed.\n已按要求停止，没有任何改动。\n')
  expect(told).toMatchObject({ error: 'stopped' })
})

test('a database that went away: both languages, no stack', () => {
  const { err, told } = said(new EngineLostError('The connection to the database was lost.'))
  expect(err).toBe(
    'The connection to the database was lost.\n与数据库的连接中断，这次操作没有完成，请稍后重试。\n',
  )
  expect(told).toMatchObject({ error: 'engine-lost', zh: expect.stringContaining('中断') })
})
