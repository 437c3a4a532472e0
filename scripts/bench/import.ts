// A town's buildings from a file into the database, beside `ogr2ogr` of the same file into the same PostGIS.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Database, LOCAL_ACTOR } from '../../server/db/database.ts'
import { openDatabase } from '../../server/db/open.ts'
import { projectFile } from '../../server/db/project.ts'
import { importFile } from '../../server/imports/import-file.ts'
import { openFile } from '../../server/imports/read-file.ts'
import { type Benchmark, percentile, rounded, timed } from './benchmark.ts'
import { onServer } from './on-server.ts'

const RUNS = 3
const FIXTURE = 'fixtures/neubrandenburg.osm.bz2'

/** HUAGE_BENCH_DATA: a file with buildings, instead of the fixture. */
export const importBenchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huage-bench-import-'))
  try {
    const file = join(folder, 'buildings.geojson')
    const rows = await writeBuildings(
      process.env.HUAGE_BENCH_DATA ?? fileURLToPath(projectFile(FIXTURE)),
      file,
    )
    const server: number[] = []
    const ogr: number[] = []
    await onServer(async (database, address) => {
      for (let run = 0; run < RUNS; run++) {
        // By turns, so that whatever else the machine does hits both.
        server.push(await ours(database, file, run, rows))
        const theirs = await withOgr(address, file, run)
        if (theirs !== null) ogr.push(theirs)
      }
    })
    const embedded: number[] = []
    const database = await openDatabase({ dataFolder: join(folder, 'data') })
    try {
      await database.migrate()
      for (let run = 0; run < RUNS; run++) embedded.push(await ours(database, file, run, rows))
    } finally {
      await database.close()
    }
    const perSecond = (sample: readonly number[]) =>
      sample.length === 0 ? null : Math.round((rows / percentile(sample, 0.5)) * 1000)
    const [here, inside, there] = [perSecond(server)!, perSecond(embedded)!, perSecond(ogr)]
    if (there === null)
      console.log('ogr2ogr is not installed (Debian: gdal-bin), so there is nothing to compare with.')
    return {
      ours: {
        rows,
        megabytes: rounded(statSync(file).size / 1e6),
        server: here,
        embedded: inside,
        unit: 'rows/s',
      },
      theirs: { ogr2ogr: there, unit: 'rows/s' },
      ratio: {
        server: there && rounded(here / there),
        embedded: there && rounded(inside / there),
        aim: [0.5, 0.2],
      },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Buildings of an extract as GeoJSON, which both sides read as it is. @returns how many */
async function writeBuildings(extract: string, target: string): Promise<number> {
  const source = await openFile(extract)
  const lines: string[] = []
  const positions = (flat: readonly number[]) => {
    const list: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) list.push([flat[i]! / 1e7, flat[i + 1]! / 1e7])
    return list
  }
  try {
    for await (const batch of source.features())
      for (const { key, shape, tags } of batch) {
        if (shape?.kind !== 'polygon' || !tags.building || tags.building === 'no') continue
        const geometry = { type: 'MultiPolygon', coordinates: shape.parts.map(rings => rings.map(positions)) }
        const { name, building, 'building:levels': levels } = tags
        lines.push(
          JSON.stringify({
            type: 'Feature',
            id: key,
            properties: { osm_id: key, name, building, levels },
            geometry,
          }),
        )
      }
  } finally {
    await source.close()
  }
  writeFileSync(target, `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`)
  return lines.length
}

/** Each run into a county of its own. @returns milliseconds */
async function ours(database: Database, path: string, run: number, rows: number): Promise<number> {
  const [milliseconds, result] = await timed(() =>
    importFile(database, LOCAL_ACTOR, {
      path,
      layers: ['buildings'],
      area: `99000${run}`,
      keepRejects: true,
    }),
  )
  if (result.read !== rows) throw new Error(`Read ${result.read} of ${rows} rows.`)
  return milliseconds
}

/** As GDAL takes it. */
function inWords(address: string): string {
  const { hostname, port, username, password, pathname } = new URL(address)
  const secret = password && ` password=${decodeURIComponent(password)}`
  return `host=${hostname} port=${port} user=${username}${secret} dbname=${pathname.slice(1)}`
}

/** @returns milliseconds; null when it is not installed */
async function withOgr(address: string, path: string, run: number): Promise<number | null> {
  const options = [
    '-f',
    'PostgreSQL',
    `PG:${inWords(address)}`,
    path,
    '-nln',
    `theirs_${run}`,
    '-nlt',
    'PROMOTE_TO_MULTI',
  ]
  try {
    const [milliseconds] = await timed(async () =>
      execFileSync('ogr2ogr', [...options, '-lco', 'GEOMETRY_NAME=geom'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    )
    return milliseconds
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
