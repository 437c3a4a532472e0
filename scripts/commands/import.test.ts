// `huage import` without --area, on both engines: the rows go where their places lie, and that is said.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { describeOnBothEngines } from '../../server/db/testing.ts'
import { importCommand } from './import.ts'

const folder = mkdtempSync(join(tmpdir(), 'huage-import-command-'))
afterAll(() => rmSync(folder, { recursive: true }))
const put = (name: string, west: number) => {
  const features = [0, 1, 2].map(i => {
    const x = west + i / 100
    return {
      type: 'Feature',
      properties: { building: 'yes', n: i },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [x, 30.5],
            [x + 2e-4, 30.5],
            [x + 2e-4, 30.5002],
            [x, 30.5],
          ],
        ],
      },
    }
  })
  writeFileSync(join(folder, name), JSON.stringify({ type: 'FeatureCollection', features }))
  return name
}

describeOnBothEngines('import without --area', fresh => {
  test('the area of the places is used and said; where no area is, that is said too', async () => {
    await sql`
      insert into area (county, code, name, local, source, created_by, geom)
      values ('510301', '510301001001', '甲村', false, 'test', 'local', st_multi(st_makeenvelope(100, 30, 101, 31, 4326)))`.execute(
      fresh().owner,
    )
    const told = { out: '', err: '' }
    const io = {
      cwd: folder,
      out(text: string) {
        told.out += text
      },
      err(text: string) {
        told.err += text
      },
      signal: new AbortController().signal,
    }
    await importCommand.run(fresh(), [put('in.geojson', 100.1), '--layer', 'buildings'], io)
    expect(JSON.parse(told.out)).toMatchObject({ imported: 3, area: '510301001001' })
    expect(told.err).toMatch(/按位置归入 甲村 \(510301001001\)/)
    told.out = ''
    await importCommand.run(fresh(), [put('far.geojson', 20), '--layer', 'buildings'], io)
    expect(JSON.parse(told.out)).toMatchObject({ imported: 3, area: '990000' })
    expect(told.err).toMatch(/没有行政区包含这些位置/)
  })
})
