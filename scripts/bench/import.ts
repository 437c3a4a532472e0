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
/** Of the large file: there what an import costs before its first row no longer counts. */
const TIMES = 10
const FIXTURE = 'fixtures/neubrandenburg.osm.bz2'

interface File {
  readonly path: string
  readonly rows: number
  /** Rows per second of each run. */
  readonly server: number[]
  readonly embedded: number[]
  readonly ogr: number[]
}

/** HUAGE_BENCH_DATA: a file with buildings, instead of the fixture. */
export const importBenchmark: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'huage-bench-import-'))
  try {
    const extract = process.env.HUAGE_BENCH_DATA ?? fileURLToPath(projectFile(FIXTURE))
    const files: File[] = []
    for (const times of [1, TIMES]) {
      const path = join(folder, `buildings-${times}.geojson`)
      const rows = await writeBuildings(extract, path, times)
      files.push({ path, rows, server: [], embedded: [], ogr: [] })
    }
    let county = 990_000
    await onServer(async (database, address) => {
      for (const { path, rows, server, ogr } of files)
        for (let run = 0; run < RUNS; run++) {
          // By turns, so that whatever else the machine does hits both.
          server.push(await ours(database, path, county++, rows))
          const theirs = await withOgr(address, path, rows, county)
          if (theirs !== null) ogr.push(theirs)
        }
    })
    const database = await openDatabase({ dataFolder: join(folder, 'data') })
    try {
      await database.migrate()
      for (const { path, rows, embedded } of files)
        for (let run = 0; run < RUNS; run++) embedded.push(await ours(database, path, county++, rows))
    } finally {
      await database.close()
    }
    if (files[0]!.ogr.length === 0)
      console.log('ogr2ogr is not installed (Debian: gdal-bin), so there is nothing to compare with.')
    const median = (sample: readonly number[]) =>
      sample.length === 0 ? null : Math.round(percentile(sample, 0.5))
    const [small, large] = files.map(({ path, rows, ...runs }) => {
      const [server, embedded, ogr2ogr] = [median(runs.server)!, median(runs.embedded)!, median(runs.ogr)]
      return {
        ours: { rows, megabytes: rounded(statSync(path).size / 1e6), server, embedded },
        theirs: { ogr2ogr },
        ratio: {
          server: ogr2ogr && rounded(server / ogr2ogr),
          embedded: ogr2ogr && rounded(embedded / ogr2ogr),
        },
      }
    })
    return {
      ours: { ...small!.ours, large: large!.ours, unit: 'rows/s' },
      theirs: { ...small!.theirs, large: large!.theirs, unit: 'rows/s' },
      ratio: { ...small!.ratio, large: large!.ratio, aim: [0.5, 0.2] },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Buildings of an extract as GeoJSON, side by side so many times, which both sides read as it is. @returns how many */
async function writeBuildings(extract: string, target: string, times: number): Promise<number> {
  const source = await openFile(extract)
  const lines: string[] = []
  const positions = (flat: readonly number[], east: number) => {
    const list: [number, number][] = []
    for (let i = 0; i < flat.length; i += 2) list.push([(flat[i]! + east) / 1e7, flat[i + 1]! / 1e7])
    return list
  }
  try {
    for await (const batch of source.features())
      for (const { key, shape, tags } of batch) {
        if (shape?.kind !== 'polygon' || !tags.building || tags.building === 'no') continue
        const { name, building, 'building:levels': levels } = tags
        for (let time = 0; time < times; time++) {
          const id = time === 0 ? key : `${key}-${time}`
          const coordinates = shape.parts.map(rings => rings.map(ring => positions(ring, time * 2e6)))
          lines.push(
            JSON.stringify({
              type: 'Feature',
              id,
              properties: { osm_id: id, name, building, levels },
              geometry: { type: 'MultiPolygon', coordinates },
            }),
          )
        }
      }
  } finally {
    await source.close()
  }
  writeFileSync(target, `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`)
  return lines.length
}

/** Each run into a county of its own. @returns rows per second */
async function ours(database: Database, path: string, county: number, rows: number): Promise<number> {
  const [milliseconds, result] = await timed(() =>
    importFile(database, LOCAL_ACTOR, {
      path,
      layers: ['buildings'],
      area: String(county),
      keepRejects: true,
    }),
  )
  if (result.read !== rows) throw new Error(`Read ${result.read} of ${rows} rows.`)
  return (rows / milliseconds) * 1000
}

/** As GDAL takes it. */
function inWords(address: string): string {
  const { hostname, port, username, password, pathname } = new URL(address)
  const secret = password && ` password=${decodeURIComponent(password)}`
  return `host=${hostname} port=${port} user=${username}${secret} dbname=${pathname.slice(1)}`
}

/** @returns rows per second; null when it is not installed */
async function withOgr(address: string, path: string, rows: number, run: number): Promise<number | null> {
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
    return (rows / milliseconds) * 1000
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
