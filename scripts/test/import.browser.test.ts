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
  // The name of a button that was left fades out for a moment.
  await expect.poll(() => page.getByRole('tooltip').count(), soon).toBe(0)
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

  //   +-----+-----+
  //   |  甲 |  乙 |   in the demo street; they overlap, and the line is no grid
  //   +-----+-----+
  const WEST = 103.93
  const SOUTH = 30.86
  const grid = (name: string, west: number, east: number) => ({
    type: 'Feature',
    properties: { 网格名称: name, 网格层级: '1' },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [WEST + west, SOUTH],
          [WEST + east, SOUTH],
          [WEST + east, SOUTH + 0.01],
          [WEST + west, SOUTH + 0.01],
          [WEST + west, SOUTH],
        ],
      ],
    },
  })
  const line = {
    type: 'LineString',
    coordinates: [
      [WEST, SOUTH],
      [WEST + 0.01, SOUTH],
    ],
  }
  const GRIDS = {
    name: '我们的网格.geojson',
    body: Buffer.from(
      JSON.stringify({
        type: 'FeatureCollection',
        features: [
          grid('甲', 0, 0.0101),
          grid('乙', 0.01, 0.02),
          { type: 'Feature', properties: { 网格名称: '线' }, geometry: line },
        ],
      }),
    ),
  }
  const listedGrids = () => page.getByTestId('imported').filter({ hasText: GRIDS.name })
  const saved = async (button: string) => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId(button).first().click(),
    ])
    return readFileSync(await download.path(), 'utf8')
  }

  test('somebody’s grids become a draft: each change is told and found, the polygon that is none comes back', async () => {
    await drop(GRIDS)
    await page.getByTestId('step-check').waitFor(soon)
    expect(await page.getByTestId('import-plan-name').getAttribute('placeholder')).toBe('我们的网格')
    await page.getByTestId('step-check').click()
    expect(await textOf('grids-later')).toContain('草稿')
    await page.getByTestId('start-import').click()
    await page.getByTestId('end-plan').waitFor(soon)
    expect(await textOf('end-plan')).toContain('第 1 级 2 个')
    expect(await textOf('grid-changes')).toContain('重叠归入一方')
    expect(await saved('repairs')).toContain('重叠归入一方')
    expect(await saved('rejects')).toContain('不是面')
    expect(await faults()).toEqual([])
    const { zoom } = await page.evaluate(() => ({ zoom: window.huage!.map.getZoom() }))
    await page.getByTestId('grid-changes').locator('summary').click()
    await page.getByTestId('grid-changes').locator('.import-place').first().click()
    await expect.poll(() => page.evaluate(() => window.huage!.map.getZoom()), soon).toBeGreaterThan(zoom)
  })

  test('the draft is opened on the map; once somebody has worked on it, it is not withdrawn', async () => {
    await page.getByTestId('open-plan').click()
    await mapAtRest(page)
    const { rows: plans } = await sql<{ id: string; revision: number }>`
      select plan_id as id, revision from plan where name = '我们的网格'`.execute(fresh.database.owner)
    expect(new URL(page.url()).searchParams.get('plan')).toBe(plans[0]!.id)
    await sql`update plan set revision = 1 where plan_id = ${plans[0]!.id}::uuid`.execute(
      fresh.database.owner,
    )
    await page.keyboard.press('i')
    await listedGrids().getByTestId('withdraw').click()
    await listedGrids().getByTestId('withdraw-sure').click()
    await page.getByTestId('withdraw-refused').waitFor(soon)
    expect(await textOf('withdraw-refused')).toContain('1 次编辑')
    await sql`update plan set revision = 0 where plan_id = ${plans[0]!.id}::uuid`.execute(
      fresh.database.owner,
    )
    await listedGrids().getByTestId('withdraw-sure').click()
    await expect.poll(() => listedGrids().count(), soon).toBe(0)
    const { rows: left } = await sql`select from plan where name = '我们的网格'`.execute(fresh.database.owner)
    expect(left).toEqual([])
  })

  test('nothing failed unseen', () => {
    expect(complaints).toEqual([])
  })
})
