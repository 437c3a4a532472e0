// On both engines: what came in goes out in every format, comes in again, and is equal to the last digit.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LOCAL_ACTOR } from '../db/database.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown } from '../edits/small-town.ts'
import { importGridFiles } from '../imports/grids/import-grid-files.ts'
import { importFile } from '../imports/import-file.ts'
import { exportFile } from './export-file.ts'
import { EXPORT_FORMATS, type ExportFormat, metresAt } from './formats.ts'
import { type ExportLayer, layerToExport } from './layer-rows.ts'
import { planToExport } from './plan-rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-export-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A spreadsheet has no outlines. */
const WITH_SHAPES = EXPORT_FORMATS.filter(format => format !== 'xlsx')
/** Drawings have no columns. */
const WITH_COLUMNS = WITH_SHAPES.filter(format => format !== 'dxf')

test.each([
  [116.4, 39.9, 'EPSG:4527'],
  [103.9, 30.8, 'EPSG:4523'],
  [-123.1, 49.3, 'EPSG:32610'],
  [13.26, 53.55, 'EPSG:32633'],
  [179.99, -16, 'EPSG:32760'],
])('metres at %f, %f are %s', (longitude, latitude, crs) => {
  expect(metresAt(longitude, latitude)).toBe(crs)
})

describeOnBothEngines('exporting', fresh => {
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(fresh().owner)).rows

  //   +-----+-------+    one grid of level 1 over four of level 2: the west is cut again,
  //   |     |  +-+  |    in the east lies an enterprise, so that the grid around it has a hole
  //   +-----+  +-+  |
  //   |     |       |
  //   +-----+-------+
  describe('grids', () => {
    let id: string
    let area: string
    beforeAll(async () => {
      const town = await buildSmallTown(fresh(), '510601')
      area = town.area
      const made = await town.post('/api/plans', { area, name: '导出', profile: 'area-grid' })
      id = made.json().id
      const ring = (west: number, south: number, east: number, north: number) =>
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ].map(([x, y]) => town.at(x!, y!))
      const parts = [ring(0, 0, 0.4871, 1), ring(0.4871, 0, 1, 1)].map(outline => ({
        type: 'MultiPolygon' as const,
        coordinates: [[outline]],
      }))
      const [whole] = await town.grids(id)
      await town.edit(id, { kind: 'partition', base: 0, parent: whole!.id, parts })
      const west = (await town.grids(id)).find(
        ({ level, bbox }) => level === 2 && bbox[0] === town.at(0, 0)[0],
      )
      const line = (coordinates: [number, number][]) => ({ type: 'LineString' as const, coordinates })
      const across = line([town.at(-0.1, 0.513), town.at(0.7, 0.4917)])
      await town.edit(id, { kind: 'split', base: 1, grid: west!.id, line: across })
      const inside = line(ring(0.6, 0.5, 0.8, 0.7))
      await town.edit(id, {
        kind: 'carve',
        base: 2,
        parent: whole!.id,
        gridKind: 'enterprise',
        name: '厂区',
        line: inside,
      })
      await town.app.close()
    })

    test.each(WITH_SHAPES)('%s gives the same plan again', async format => {
      const before = await plan(id)
      expect(before).toHaveLength(5)
      const out = join(folder, `${fresh().engine}-plan.${format}`)
      const told = await exportFile(fresh(), await planToExport(fresh(), LOCAL_ACTOR, id), { format, out })
      expect(told).toMatchObject({ rows: before.length, format })
      const options = { paths: [out], area, profile: 'area-grid', name: format, folder }
      const again = await importGridFiles(fresh(), LOCAL_ACTOR, options)
      expect(again).toMatchObject({ imported: before.length, rejected: 0 })
      // A drawing cannot say what kind a grid is.
      const same = (rows: unknown[]) =>
        format === 'dxf' ? rows.map(row => ({ ...(row as object), kind: '' })) : rows
      expect(same(await plan(again.plan.id!))).toEqual(same(before))
    })
  })

  const plan = async (id: string): Promise<unknown[]> =>
    rows(sql`
      select g.code, g.name, g.level, g.kind, p.code as parent, g.persons, g.households, st_astext(st_normalize(g.geom)) as shape
      from grid_version g left join grid_version p on p.grid_id = g.parent_id and p.plan_id = g.plan_id and p.to_revision is null
      where g.plan_id = ${id} and g.to_revision is null order by g.code`)

  const square = (x: number, y: number, side: number) => [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
    [x, y],
  ]
  const feature = (type: string, coordinates: unknown, properties: object) => ({
    type: 'Feature',
    properties,
    geometry: { type, coordinates },
  })
  /** One layer in all formats, of the others what is their own. */
  const FORMATS: Partial<Record<ExportLayer, readonly ExportFormat[]>> = {
    addresses: ['csv'],
    roads: ['gpkg'],
    water: ['shp', 'kml'],
    facilities: ['geojson'],
  }
  const LAYERS: Record<Exclude<ExportLayer, 'areas' | 'green'>, object[]> = {
    buildings: [
      feature(
        'MultiPolygon',
        [
          [square(103.9, 30.8, 0.001), square(103.9003, 30.8003, 0.0002).reverse()],
          [square(103.91, 30.8, 0.0007)],
        ],
        { id: 'b1', name: '=一栋,"甲"', kind: 'house', levels: 6, 人口: 31, 户数: 12 },
      ),
      feature('Polygon', [square(103.9234567, 30.8, 0.0001)], { id: 'b2', name: `${'长'.repeat(80)}` }),
    ],
    addresses: [feature('Point', [103.9000001, 30.8], { id: 'a1', street: '团结路', house_number: '0012' })],
    roads: [
      feature(
        'LineString',
        [
          [103.9, 30.8],
          [103.91, 30.8123457],
        ],
        { id: 'r1', class: 'primary', bridge: 'yes' },
      ),
    ],
    water: [
      feature(
        'LineString',
        [
          [103.9, 30.8],
          [103.91, 30.81],
        ],
        { id: 'w1', name: '沙河' },
      ),
      feature('Polygon', [square(103.9, 30.8, 0.002)], { id: 'w2', name: '湖' }),
    ],
    facilities: [
      feature('Point', [103.9, 30.8], { id: 'f1', name: '学校', category: 'education', kind: 'school' }),
    ],
  }

  test.each(Object.keys(LAYERS) as (keyof typeof LAYERS)[])('%s', async layer => {
    const source = join(folder, `${layer}.geojson`)
    writeFileSync(source, JSON.stringify({ type: 'FeatureCollection', features: LAYERS[layer] }))
    const take = (path: string, area: string) =>
      importFile(fresh(), LOCAL_ACTOR, { path, layers: [layer], area, rejectsFolder: folder })
    const [from, to] = ['510602', '510603']
    await take(source, from)
    const before = await stored(layer, from)
    expect(before).toHaveLength(LAYERS[layer].length)
    for (const [n, format] of (FORMATS[layer] ?? WITH_COLUMNS).entries()) {
      const out = join(folder, `${fresh().engine}-${layer}.${format}`)
      const told = await exportFile(fresh(), await layerToExport(fresh(), LOCAL_ACTOR, layer, from), {
        format,
        out,
      })
      const shapes = told.files.filter(file => file.endsWith('.shp'))
      const county = `${to.slice(0, 5)}${n + 3}`
      for (const file of format === 'shp' ? shapes : told.files)
        expect(await take(file, county), format).toMatchObject({ rejected: 0 })
      expect(await stored(layer, county), format).toEqual(before)
    }
  })

  const stored = (layer: ExportLayer, county: string): Promise<unknown[]> => {
    const table = { buildings: 'building', addresses: 'address', roads: 'road', water: 'water' }[
      layer as string
    ]
    return rows(sql`
      select to_jsonb(t) - '{id,county,import_id,updated_at}'::text[] as row from ${sql.table(table ?? 'facility')} t
      where county = ${county} order by source_key`)
  }

  test('a table for people: Chinese headings, codes that stay texts, a place in it', async () => {
    const exported = await layerToExport(fresh(), LOCAL_ACTOR, 'facilities', '510602')
    const write = (format: ExportFormat) => {
      const out = join(folder, `${fresh().engine}-table.${format}`)
      return exportFile(fresh(), exported, { format, out })
    }
    const [csv] = (await write('csv')).files
    expect(readFileSync(csv!, 'utf8')).toBe(
      '\ufeff唯一编码,名称,大类,小类,几何\r\nf1,学校,education,school,POINT (103.9 30.8)\r\n',
    )
    const [xlsx] = (await write('xlsx')).files
    const again = await importFile(fresh(), LOCAL_ACTOR, {
      path: xlsx!,
      layers: ['facilities'],
      area: '510602',
      rejectsFolder: folder,
    })
    expect(again).toMatchObject({ read: 1, unchanged: 1, rejected: 0 })
  })

  test('what cannot be: no such plan, nothing there, no such folder; then there is no file', async () => {
    for (const plan of ['nonsense', '00000000-0000-4000-8000-000000000000'])
      await expect(planToExport(fresh(), LOCAL_ACTOR, plan)).rejects.toMatchObject({ code: 'unknown-plan' })
    await expect(layerToExport(fresh(), LOCAL_ACTOR, 'green', '510602')).rejects.toMatchObject({
      code: 'nothing-to-export',
    })
    const out = join(folder, 'none', 'x.gpkg')
    const exported = await layerToExport(fresh(), LOCAL_ACTOR, 'facilities', '510602')
    await expect(exportFile(fresh(), exported, { format: 'gpkg', out })).rejects.toMatchObject({
      code: 'cannot-write',
      sentence: { zh: expect.stringContaining('文件夹不存在') },
    })
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    const late = join(folder, 'late.gpkg')
    await expect(
      exportFile(fresh(), exported, { format: 'gpkg', out: late, signal: stop.signal }),
    ).rejects.toThrow('enough')
    expect(existsSync(late)).toBe(false)
  })
})
