// For tests of screens: the real program on a fresh data folder, and a Chromium that draws WebGL in software.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import type { Place } from '../../core/contract/geometry.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
  '--disable-component-update',
]

export interface RunningHuage {
  address: string
  stop(): Promise<void>
}

/**
 * Starts `huage serve` on a free port, and waits until it says where it listens.
 * @param databaseUrl a database of a server; the embedded engine in a fresh folder without one. Either gets the demo
 * place when it is empty
 */
export async function startHuage(databaseUrl = ''): Promise<RunningHuage> {
  const data = mkdtempSync(join(tmpdir(), 'huage-browser-'))
  const child = spawn(process.execPath, [join(root, 'scripts/huage.mjs'), 'serve'], {
    cwd: root,
    env: { ...process.env, HUAGE_DATA: data, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString()
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said)
      if (found) resolve(found[0])
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
    child.once('exit', code => reject(new Error(`huage serve ended with ${code}:\n${said.slice(-2000)}`)))
  })
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(`There is no Chromium at ${CHROMIUM}; install it or name another one in CHROMIUM.`)
  }
  return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
}

/** Waits until the map rests and every tile in view is drawn. */
export async function mapAtRest(page: Page): Promise<void> {
  await page.waitForFunction(() => window.huage !== undefined)
  await page.evaluate(() => window.huage?.idle())
}

export async function pixelOf(page: Page, place: Place): Promise<{ x: number; y: number }> {
  const pixel = await page.evaluate(at => window.huage?.project(at), place)
  if (!pixel) throw new Error('The map is not there.')
  return pixel
}

/** The colour that the map draws at a place: red, green, blue of 0 to 255. */
export async function colourAt(page: Page, place: Place): Promise<number[]> {
  return await page.evaluate(
    at =>
      new Promise<number[]>((resolve, reject) => {
        const map = window.huage?.map
        const gl = map?.getCanvas().getContext('webgl2')
        if (!map || !gl) return reject(new Error('The map is not there.'))
        // What was drawn can be read only in the frame that drew it.
        map.once('render', () => {
          const { x, y } = map.project([at[0], at[1]])
          const pixel = new Uint8Array(4)
          const scale = gl.drawingBufferHeight / map.getCanvas().clientHeight
          gl.readPixels(x * scale, gl.drawingBufferHeight - y * scale, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
          resolve([...pixel.subarray(0, 3)])
        })
        map.triggerRepaint()
      }),
    place,
  )
}

/** Moves the mouse to a place on the map as a hand does, in steps. */
export async function pointTo(page: Page, place: Place): Promise<void> {
  const { x, y } = await pixelOf(page, place)
  await page.mouse.move(x, y, { steps: 5 })
}

export async function clickAt(page: Page, place: Place): Promise<void> {
  await pointTo(page, place)
  const { x, y } = await pixelOf(page, place)
  await page.mouse.click(x, y)
}

/** Keeps a picture of what went wrong. @returns its path */
export async function keepPicture(page: Page, name: string): Promise<string> {
  const folder = join(root, '.cache')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name}.png`)
  await page.screenshot({ path })
  return path
}
