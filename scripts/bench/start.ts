// From `npm start` in a fresh copy of the project to the first map drawn in a browser; then a second start.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { type Benchmark, rounded } from './benchmark.ts'

const AIM = { freshSeconds: 60, secondSeconds: 8, pageSeconds: 2 }
const CHROMIUM = '/usr/bin/chromium'
const FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-background-networking',
]

/** What git knows of the project, without anything built; the installed packages by reference. */
function freshCopy(): string {
  const project = fileURLToPath(new URL('../..', import.meta.url))
  const copy = mkdtempSync(join(tmpdir(), 'huage-start-'))
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: project })
    .toString()
    .split('\0')
    .filter(Boolean)
  for (const file of files.filter(file => existsSync(join(project, file)))) {
    mkdirSync(join(copy, dirname(file)), { recursive: true })
    cpSync(join(project, file), join(copy, file))
  }
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise(closed => server.close(closed))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}

interface Times {
  /** Seconds from the start to the page being served, and to the map being drawn. */
  served: number
  map: number
  /** Of this, from the page being asked for to the map being drawn. */
  page: number
  /** The same when the page is asked for again, as a new visitor with an empty cache. */
  pageAgain: number
  stopped: number
}

/** Starts, waits until the map is drawn, stops. */
async function startOnce(folder: string): Promise<Times> {
  const port = await freePort()
  const from = performance.now()
  const since = (at: number) => rounded((performance.now() - at) / 1000, 1)
  const child = spawn(process.execPath, ['scripts/huage.mjs', 'serve'], {
    cwd: folder,
    env: { ...process.env, PORT: String(port), HUAGE_DATA: join(folder, 'data'), DATABASE_URL: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  try {
    await said(child, `127.0.0.1:${port}`)
    const served = since(from)
    const page = await secondsToMap(browser, `http://127.0.0.1:${port}/`)
    const map = since(from)
    const pageAgain = await secondsToMap(browser, `http://127.0.0.1:${port}/`)
    const stopping = performance.now()
    const gone = new Promise(resolve => child.once('exit', resolve))
    child.kill('SIGINT')
    await gone
    return { served, map, page, pageAgain, stopped: since(stopping) }
  } finally {
    await browser.close()
    child.kill('SIGKILL')
  }
}

/** What the page shows of itself to tests. */
interface Page {
  huage: {
    idle(): Promise<void>
    map: { getLayer(id: string): unknown; queryRenderedFeatures(wanted: { layers: string[] }): unknown[] }
  }
}

/** From the page being asked for to grids being seen, and every tile in view being drawn. */
async function secondsToMap(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const from = performance.now()
  await page.goto(address)
  await page.waitForFunction(() => {
    const map = (window as Partial<Page>).huage?.map
    return map?.getLayer('grid-fill') && map.queryRenderedFeatures({ layers: ['grid-fill'] }).length > 0
  })
  await page.evaluate(() => (window as unknown as Page).huage.idle())
  const seconds = rounded((performance.now() - from) / 1000, 1)
  await page.close()
  return seconds
}

function said(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk
      if (text.includes(words)) resolve()
    })
    child.once('exit', code => reject(new Error(`huage serve ended with ${code}:\n${text}`)))
  })
}

export const start: Benchmark = async () => {
  const folder = freshCopy()
  try {
    const fresh = await startOnce(folder)
    const second = await startOnce(folder)
    return {
      ours: { fresh, second },
      theirs: { what: 'the aims of the product: seconds to the first map', ...AIM },
      ratio: {
        fresh: rounded(fresh.map / AIM.freshSeconds),
        second: rounded(second.map / AIM.secondSeconds),
        page: rounded(second.page / AIM.pageSeconds),
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
