// Spatial queries, counts by grid, incident columns and search at the scale district, beside the plain SQL of each.
import { gzipSync } from 'node:zlib'
import pg from 'pg'
import { readIncidents } from '../../core/contract/incident-columns.ts'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { inScope } from '../../server/db/scope.ts'
import { startServer } from '../../server/main.ts'
import { refreshSearch } from '../../server/search/refresh-search.ts'
import { type Benchmark, percentile, rounded, timed } from './benchmark.ts'
import { onHuairou } from './on-huairou.ts'

const SHAPES = 60
const TABLES = ['building', 'household', 'address', 'facility', 'organisation', 'object', 'incident']
const SOUGHT = ['怀柔', '幼儿园', 'hrz', '张伟', '雁栖', '北大街12号', 'xx', '110116']

export const query: Benchmark = () =>
  onHuairou(async ({ database, address, county, plan, scale }) => {
    const serving = await startServer(
      { host: '127.0.0.1', port: 0, dataFolder: '', databaseUrl: address },
      { database, version: 'bench' },
    )
    const client = new pg.Client(address)
    await client.connect()
    const post = async (path: string, body: object) => {
      const reply = await fetch(`${serving.address}/api/analysis/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      if (reply.status !== 200) throw new Error(await reply.text())
      return reply.json()
    }
    const spread = (sample: readonly number[]) => ({
      p50: rounded(percentile(sample, 0.5)),
      p95: rounded(percentile(sample, 0.95)),
    })
    try {
      // Stars of 200 corners round random buildings, from a block to half a town.
      const { rows: centres } = await client.query<{ x: number; y: number }>(
        'select st_x(point) x, st_y(point) y from building where county = $1 order by md5(id::text) limit $2',
        [county, SHAPES],
      )
      const ours: number[] = []
      const plain: number[] = []
      let people = 0
      for (const [n, { x, y }] of centres.entries()) {
        const radius = 0.002 * (1 + (n % 10))
        const corners = Array.from({ length: 200 }, (_, i) => {
          const angle = (i / 200) * 2 * Math.PI
          const reach = radius * (i % 2 ? 1 : 0.8)
          return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)]
        })
        const geometry = { type: 'Polygon', coordinates: [[...corners, corners[0]]] }
        const layers = [
          'persons',
          'buildings',
          'addresses',
          'facilities',
          'organisations',
          'objects',
          'incidents',
        ]
        const [mine, reply] = await timed(() =>
          post('query', { plan, shape: { kind: 'polygon', geometry }, layers }),
        )
        people += reply.counts.persons.total
        const [theirs] = await timed(async () => {
          for (const table of TABLES) {
            await client.query(
              `select count(*) from ${table} where county = $1
                and st_contains(st_setsrid(st_geomfromgeojson($2), 4326), point)`,
              [county, JSON.stringify(geometry)],
            )
          }
          await client.query(
            `select count(*) from resident r join household h on h.county = r.county and h.id = r.household_id
              where h.county = $1 and st_contains(st_setsrid(st_geomfromgeojson($2), 4326), h.point)`,
            [county, JSON.stringify(geometry)],
          )
        })
        // The first ones pay for connections and plans.
        if (n < 10) continue
        ours.push(mine)
        plain.push(theirs)
      }
      const counts: Record<string, number> = {}
      for (const what of ['incidents', 'over60', 'facilities', 'staff'] as const) {
        const sample: number[] = []
        for (let n = 0; n < 3; n++)
          sample.push((await timed(() => post('counts', { plan, level: 2, what })))[0])
        counts[what] = rounded(percentile(sample, 0.5))
      }
      const columns = async () => {
        // fetch asks for gzip by itself and unpacks the answer
        const reply = await fetch(`${serving.address}/api/incidents/columns?plan=${plan}`)
        return new Uint8Array(await reply.arrayBuffer())
      }
      const [cold, packed] = await timed(columns)
      const [warm] = await timed(columns)
      const read = readIncidents(packed)
      const bytes = gzipSync(packed).length / read.count
      const [refreshed, entries] = await timed(() =>
        inScope(database, LOCAL_ACTOR, tx => refreshSearch(tx, county)),
      )
      const searches: number[] = []
      for (let n = 0; n < 5; n++) {
        for (const q of SOUGHT) {
          const [milliseconds] = await timed(async () => {
            await (
              await fetch(`${serving.address}/api/search?plan=${plan}&q=${encodeURIComponent(q)}`)
            ).text()
          })
          if (n > 0) searches.push(milliseconds)
        }
      }
      return {
        ours: {
          scale,
          polygon: { ...spread(ours), people },
          countsMs: counts,
          columns: {
            incidents: read.count,
            gzippedBytesEach: rounded(bytes),
            coldMs: rounded(cold),
            warmMs: rounded(warm),
          },
          search: { ...spread(searches), entries, refreshSeconds: rounded(refreshed / 1000) },
        },
        theirs: { what: 'st_contains counts of the same tables through pg', polygon: spread(plain) },
        ratio: { polygonP50: rounded(percentile(ours, 0.5) / percentile(plain, 0.5)) },
      }
    } finally {
      await client.end()
      await serving.close()
    }
  })
