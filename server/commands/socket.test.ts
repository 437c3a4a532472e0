// A command handed to the process that holds the folder, between real processes.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockFolder } from '../db/folder-lock.ts'
import { projectFolder } from '../db/project.ts'
import { newFolder } from '../db/testing.ts'
import { handOver, listenForCommands } from './socket.ts'

const PROGRAM = fileURLToPath(new URL('./testing-command.ts', import.meta.url))
const start = (...args: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', PROGRAM, ...args], {
    cwd: projectFolder(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
const exitOf = (child: ChildProcess) =>
  child.exitCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
const endOf = (child: ChildProcess) =>
  new Promise<number | null>(resolve => child.once('close', code => resolve(code)))

let folder: string
let listener: ChildProcess
let lines: AsyncIterator<string>
let path: string

async function listen(): Promise<void> {
  listener = start('listen', folder)
  lines = createInterface({ input: listener.stdout! })[Symbol.asyncIterator]()
  path = (await lines.next()).value
}
async function hand(...argv: string[]) {
  const child = start('hand', folder, ...argv)
  const [out, err, exit] = await Promise.all([text(child.stdout!), text(child.stderr!), endOf(child)])
  return { out, err, exit }
}

beforeAll(async () => {
  folder = newFolder()
  await listen()
})
afterAll(async () => {
  listener.kill('SIGKILL')
  await exitOf(listener)
  rmSync(folder, { recursive: true, force: true })
})

describe('a command handed over', () => {
  it('prints the same and ends with the same code', async () => {
    const { out, err, exit } = await hand('import', '7', '文件 with blanks.geojson')
    expect(JSON.parse(out)).toEqual({
      words: ['import', '7', '文件 with blanks.geojson'],
      cwd: projectFolder(),
    })
    expect([err, exit]).toEqual(['划格 says so\n', 7])
  })
  it('prints what it printed before it failed, the reason, and ends with 1', async () => {
    const { out, err, exit } = await hand('fail')
    expect(out).toContain('fail')
    expect([err, exit]).toEqual(['划格 says so\nit failed\n', 1])
  })
  it('loses none of 20,000 lines', async () => {
    const { out, exit } = await hand('much')
    expect(out.split('\n')).toHaveLength(20_002)
    expect(out).toContain('line 19999 网格')
    expect(exit).toBe(0)
  })
  it('two at once do not mix', async () => {
    const both = await Promise.all([hand('one', '1'), hand('two', '2')])
    expect(both.map(({ out, exit }) => [JSON.parse(out).words[0], exit])).toEqual([
      ['one', 1],
      ['two', 2],
    ])
  })
  it('Ctrl-C cancels it, and its end is waited for', async () => {
    const child = start('hand', folder, 'wait')
    const output = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
    await output.next()
    child.kill('SIGINT')
    expect((await output.next()).value).toBe('cancelled')
    expect(await exitOf(child)).toBe(130)
    expect((await lines.next()).value).toBe('cancelled')
  })
  it('is cancelled when its caller dies', async () => {
    const child = start('hand', folder, 'wait')
    await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next()
    child.kill('SIGKILL')
    expect((await lines.next()).value).toBe('cancelled')
  })
  it('rubbish on the socket harms nobody', async () => {
    for (const rubbish of ['no json\n', '{"argv":"x"}\n', `${'x'.repeat(2_000_000)}\n`]) {
      const socket = connect(path)
      socket.on('error', () => undefined)
      socket.write(rubbish)
      await new Promise(resolve => socket.once('close', resolve))
    }
    expect((await hand('still', '3')).exit).toBe(3)
  })
})

describe('the socket', () => {
  it('is for its owner only', () => {
    expect(path).toBe(join(folder, 'huage.sock'))
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })
  it('of a killed holder is nobody: the caller runs the command itself, the next holder replaces it', async () => {
    listener.kill('SIGKILL')
    await exitOf(listener)
    expect(existsSync(path)).toBe(true)
    expect(await handOver(folder, ['import'], '/')).toBeNull()
    await listen()
    expect((await hand('again', '4')).exit).toBe(4)
  })
  it('is gone after an orderly end, which cancels what runs', async () => {
    const child = start('hand', folder, 'wait')
    await createInterface({ input: child.stdout! })[Symbol.asyncIterator]().next()
    listener.kill('SIGTERM')
    expect(await exitOf(child)).toBe(130)
    expect(await exitOf(listener)).toBe(0)
    expect(existsSync(path)).toBe(false)
    expect(await handOver(folder, ['import'], '/')).toBeNull()
  })
  it('is not opened by a process without the folder’s lock', async () => {
    const other = newFolder()
    writeFileSync(join(other, 'huage.sock'), 'not mine to remove')
    await expect(listenForCommands(other, async () => 0)).rejects.toThrow('does not hold')
    expect(existsSync(join(other, 'huage.sock'))).toBe(true)
    rmSync(other, { recursive: true })
  })
  it('of a folder too deep for a path of 107 bytes lies elsewhere, and is found', async () => {
    const other = newFolder()
    const deep = join(other, '很深的文件夹'.repeat(6), 'data')
    mkdirSync(deep, { recursive: true })
    const lock = lockFolder(deep)
    const deepListener = await listenForCommands(deep, async words => Number(words[0]))
    expect(Buffer.byteLength(deepListener.path)).toBeLessThan(100)
    expect(await handOver(deep, ['5'], '/')).toBe(5)
    await deepListener.close()
    expect(existsSync(deepListener.path)).toBe(false)
    lock.release()
    rmSync(other, { recursive: true })
  })
})
