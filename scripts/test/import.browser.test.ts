// A town's own file in a real browser: dropped on the map, read rightly, looked at, stored, found again, withdrawn.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { enginesHere, type FreshDatabase } from '../../server/db/testing.ts'
import { keepPicture, mapAtRest, openBrowser, type RunningHuage, startHuage } from './browser.ts'
import { demoDatabase } from './demo-database.ts'

const onServer = enginesHere().includes('server')
/** Two villages, in GBK without a `.cpg`, in metres of CGCS2000. */
const VILLAGES = 'villages-4547-gbk.zip'
const NAMES = ['团结社区', '花园村']
const LAYER = '两个村'
const soon = { timeout: 30_000 }

let fresh: FreshDatabase
let huage: RunningHuage
let browser: Browser
let page: Page
const complaints: string[] = []
/** A file that is refused, and the connection that a test cuts, are told in the console all the same. */
const EXPECTED = /status of (4|5)\d\d|ERR_FAILED/

beforeAll(async () => {
  if (!onServer) return
  fresh = await demoDatabase()
  huage = await startHuage(fresh.options.databaseUrl)
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
  page = await context.newPage()
  page.on('pageerror', error => complaints.push(error.message))
  page.on('console', message => {
    if (message.type() === 'error' && !EXPECTED.test(message.text())) complaints.push(message.text())
  })
}, 600_000)

afterAll(async () => {
  await browser?.close()
  await huage?.stop()
  await fresh?.remove()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail' && page) {
    console.error(`See ${await keepPicture(page, `import ${task.name}`.replace(/\W+/g, '-'))}`)
  }
})

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/formats/${name}`, import.meta.url)))

/** Drags files over the page and lets go of them. */
async function drop(...files: { name: string; body: Buffer }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    list => {
      const transfer = new DataTransfer()
      for (const { name, base64 } of list) {
        const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
        transfer.items.add(new File([bytes], name))
      }
      return transfer
    },
    files.map(({ name, body }) => ({ name, base64: body.toString('base64') })),
  )
  await page.dispatchEvent('body', 'dragenter', { dataTransfer })
  await page.dispatchEvent('[data-testid=drop-anywhere]', 'drop', { dataTransfer })
}

const rows = () => page.getByTestId('first-row').allTextContents()
const textOf = async (id: string) => (await page.getByTestId(id).textContent()) ?? ''
const choose = async (control: string, option: RegExp) => {
  await page.getByTestId(control).click()
  await page.getByRole('option', { name: option }).click()
}
/** Names of the file that the map has really drawn. */
const namesOnMap = () =>
  page.evaluate(() =>
    window.huage?.map
      .queryRenderedFeatures({ layers: ['file-name'] })
      .map(feature => String(feature.properties.name)),
  )
/** Names in the layers that were brought in under a name, as the map has really drawn them. */
const namesOfLayers = () =>
  page.evaluate(() =>
    window.huage?.map
      .queryRenderedFeatures()
      .filter(({ layer }) => layer.id.startsWith('named-') && layer.id.endsWith('-name'))
      .map(feature => String(feature.properties.name)),
  )
/** What SQL finds in the layer, by name. */
const stored = async () =>
  (
    await sql<{ name: string }>`
      select f.name from catalogue_feature f join catalogue_layer l using (county, layer_id)
      where l.name = ${LAYER} order by f.name`.execute(fresh.database.owner)
  ).rows.map(row => row.name)
const faults = async () => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(' ')}`)
}

describe.runIf(onServer)('a file of the town', { timeout: 180_000 }, () => {
  test('a zipped GBK shapefile dropped on the map shows its names, in rows and over the map', async () => {
    await page.goto(huage.address)
    await mapAtRest(page)
    await drop({ name: VILLAGES, body: fixture(VILLAGES) })
    await expect.poll(async () => (await rows()).join(), soon).toContain(NAMES[0])
    expect((await rows()).join()).toContain(NAMES[1])
    expect(await textOf('encoding-how')).toContain('GB 18030')
    expect(await textOf('crs-how')).toContain('写明')
    await mapAtRest(page)
    await expect.poll(namesOnMap, soon).toEqual(expect.arrayContaining(NAMES))
  })

  test('another encoding is shown at once, and taken back', async () => {
    await choose('import-encoding', /Big5/)
    await expect.poll(async () => (await rows()).join(), soon).not.toContain(NAMES[0])
    await choose('import-encoding', /^自动/)
    await expect.poll(async () => (await rows()).join(), soon).toContain(NAMES[0])
  })

  test('no step has a fault that axe finds, in either theme', async () => {
    for (const theme of ['light', 'dark'] as const) {
      for (const step of ['place', 'columns', 'check'] as const) {
        await page.getByTestId(`step-${step}`).click()
        expect(await faults(), `${theme} ${step}`).toEqual([])
      }
      await page.getByTestId('theme').click()
    }
  })

  test('it becomes a layer of its own, found again after a broken connection and a reload', async () => {
    await page.getByTestId('step-place').click()
    await choose('import-layer', /专题图层/)
    await page.getByTestId('import-name').fill(LAYER)
    await page.getByTestId('step-check').click()
    await expect.poll(() => page.getByTestId('start-import').isEnabled(), soon).toBe(true)
    expect(await textOf('judged-good')).toBe('2')
    expect(await stored()).toEqual([])
    await page.route('**/api/jobs/**', route => route.abort())
    await page.getByTestId('start-import').click()
    await page.getByText('正在重新连接').waitFor(soon)
    await page.unroute('**/api/jobs/**')
    await page.reload()
    await page.getByTestId('import-done').waitFor(soon)
    expect([await textOf('end-read'), await textOf('end-imported'), await textOf('end-rejected')]).toEqual([
      '2',
      '2',
      '0',
    ])
    expect(await stored()).toEqual(NAMES)
    await mapAtRest(page)
    await expect.poll(namesOfLayers, soon).toEqual(expect.arrayContaining(NAMES))
    await page.getByTestId('layers').click()
    expect(await page.getByTestId('named-layer').textContent()).toContain(LAYER)
    await page.getByTestId('layers').click()
  })

  test('it is listed, and withdrawn whole once that is confirmed', async () => {
    const listed = page.getByTestId('imported').filter({ hasText: VILLAGES })
    await listed.waitFor(soon)
    expect(await listed.textContent()).toContain(LAYER)
    await listed.getByTestId('withdraw').click()
    expect(await stored()).toEqual(NAMES)
    await listed.getByTestId('withdraw-sure').click()
    await expect.poll(stored, soon).toEqual([])
    await expect.poll(() => listed.count(), soon).toBe(0)
    await expect.poll(namesOfLayers, soon).toEqual([])
  })

  test('text that is called a shapefile is refused with a sentence; the file behind it is next', async () => {
    await drop(
      { name: '边界.shp', body: Buffer.from('not a shapefile') },
      { name: VILLAGES, body: fixture(VILLAGES) },
    )
    await page.getByTestId('import-trouble').waitFor(soon)
    expect(await textOf('import-trouble')).toContain('Shapefile')
    await page.getByTestId('next-file').click()
    await expect.poll(() => page.getByTestId('import-remembered').count(), soon).toBe(1)
    expect(await page.getByTestId('import-name').inputValue()).toBe(LAYER)
  })

  test('keys alone open it, go through its steps, and close it', async () => {
    await page.getByTestId('close-import').focus()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByTestId('import-dock').count()).toBe(0)
    await page.keyboard.press('i')
    await page.getByTestId('step-columns').focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('import-column').first().waitFor()
    await page.getByTestId('step-back').focus()
    await page.keyboard.press('Enter')
    await page.getByTestId('step-back').press('Enter')
    await page.getByTestId('choose-file').waitFor()
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
