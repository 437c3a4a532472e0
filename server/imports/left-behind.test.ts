import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeOwnFolder, removeLeftBehind } from './left-behind.ts'

const parent = mkdtempSync(join(tmpdir(), 'huage-left-'))
afterAll(() => rmSync(parent, { recursive: true }))

/** Of a process that has ended. */
const dead = spawnSync(process.execPath, ['-e', '']).pid

test('what a process left that is no more goes; what is ours, of a living process, or called otherwise stays', () => {
  const own = makeOwnFolder(parent, 'in-')
  const folders = [
    `in-${dead}-a`,
    `in-${process.ppid}-b`,
    `in-${process.pid}-of-one-with-our-number`,
    `out-${dead}-c`,
    'in-x',
  ]
  for (const name of folders) mkdirSync(join(parent, name))
  removeLeftBehind(parent, 'in-')
  expect(existsSync(own)).toBe(true)
  expect(readdirSync(parent).sort()).toEqual(
    [basename(own), `in-${process.ppid}-b`, 'in-x', `out-${dead}-c`].sort(),
  )
})
