// A split over HTTP on the server engine, in plans of 760, 7,600 and 76,000 grids, beside the same split in bare PostGIS.
import { sql } from 'kysely'
import pg from 'pg'
import { uuidv7 } from 'uuidv7'
import type { Database } from '../../server/db/database.ts'
import { startServer } from '../../server/main.ts'
import { type Benchmark, percentile, rounded, timed } from './benchmark.ts'
import { onServer } from './on-server.ts'

const SIZES = [760, 7600, 76_000]
const EDITS = 120
/** Side of a grid and of the gap between its four buildings, lattice steps: about 200 m and 100 m. */
const CELL = 20_000
const WEST = 1_039_000_000
const SOUTH = 308_000_000

/** A plan of square level-1 grids with four buildings each, in a county of its own. */
async function layOut(
  database: Database,
  county: string,
  grids: number,
): Promise<{ plan: string; ids: string[] }> {
  const columns = Math.ceil(Math.sqrt(grids))
  const plan = uuidv7()
  const degrees = (steps: number) => steps / 1e7
  const east = degrees(WEST + columns * CELL)
  const north = degrees(SOUTH + Math.ceil(grids / columns) * CELL)
  await sql`
    insert into area (county, code, name, source, created_by, geom) values (${county}, ${`${county}101201`}, 'bench', 'bench',
      'bench', st_multi(st_makeenvelope(${degrees(WEST)}, ${degrees(SOUTH)}, ${east}, ${north}, 4326)))`.execute(
    database.owner,
  )
  await sql`
    insert into plan (county, plan_id, area_code, name, profile, grids, created_by)
    values (${county}, ${plan}, ${`${county}101201`}, 'bench', 'country', ${grids}, 'bench')`.execute(
    database.owner,
  )
  await sql`
    insert into building (county, id, source_key, import_id, floor_area_m2, persons, households, people_source, geom, point)
    select ${county}, gen_random_uuid(), g || '-' || q, gen_random_uuid(), 100, 7, 3, 'spread',
      st_multi(st_makeenvelope(x - 2e-5, y - 2e-5, x + 2e-5, y + 2e-5, 4326)), st_setsrid(st_makepoint(x, y), 4326)
    from generate_series(0, ${grids - 1}) g, generate_series(0, 3) q,
      lateral (select
        round(${WEST} + (g % ${columns}) * ${CELL} + (q % 2 * 2 + 1) * ${CELL / 4})::float8 / 1e7 as x,
        round(${SOUTH} + (g / ${columns}) * ${CELL} + (q / 2 * 2 + 1) * ${CELL / 4})::float8 / 1e7 as y) at
  `.execute(database.owner)
  await sql`
    insert into grid_version (county, plan_id, grid_id, from_revision, level, leaf, code, name, geom, area_m2, persons,
      households, buildings)
    select ${county}, ${plan}, gen_random_uuid(), 0, 1, true, ${`${county}101`} || lpad((g / 999 + 1)::text, 3, '0') ||
        lpad((g % 999 + 1)::text, 3, '0'), 'grid ' || g, st_multi(st_makeenvelope(x0, y0, x1, y1, 4326)), 40000, 28, 12, 4
    from generate_series(0, ${grids - 1}) g,
      lateral (select
        (${WEST} + (g % ${columns}) * ${CELL})::float8 / 1e7 as x0, (${SOUTH} + (g / ${columns}) * ${CELL})::float8 / 1e7 as y0,
        (${WEST} + (g % ${columns} + 1) * ${CELL})::float8 / 1e7 as x1,
        (${SOUTH} + (g / ${columns} + 1) * ${CELL})::float8 / 1e7 as y1) at`.execute(database.owner)
  await sql`insert into grid_code select county, plan_id, code, grid_id from grid_version where plan_id = ${plan}`.execute(
    database.owner,
  )
  const { rows } = await sql<{ grid_id: string }>`
    select grid_id from grid_version where plan_id = ${plan} order by md5(code) limit ${EDITS}`.execute(
    database.owner,
  )
  return { plan, ids: rows.map(row => row.grid_id) }
}

export const edit: Benchmark = () =>
  onServer(async (database, address) => {
    const serving = await startServer(
      { host: '127.0.0.1', port: 0, dataFolder: '', databaseUrl: address },
      { database, version: 'bench' },
    )
    const client = new pg.Client(address)
    await client.connect()
    const ours: Record<string, { p50: number; p95: number }> = {}
    const bare: Record<string, { p50: number; p95: number }> = {}
    try {
      for (const [index, size] of SIZES.entries()) {
        const { plan, ids } = await layOut(database, `51012${index + 1}`, size)
        await sql`vacuum analyze`.execute(database.owner)
        const http: number[] = []
        const raw: number[] = []
        let base = 0
        for (const [nth, id] of ids.entries()) {
          const { rows } = await client.query(
            `select st_xmin(geom) w, st_ymin(geom) s, st_xmax(geom) e, st_ymax(geom) n from grid_version
             where grid_id = $1 and plan_id = $2 and to_revision is null`,
            [id, plan],
          )
          const { w, s, e, n } = rows[0]
          const coordinates = [
            [w - 1e-4, s + (n - s) * 0.31],
            [(w + e) / 2, (s + n) / 2],
            [e + 1e-4, s + (n - s) * 0.67],
          ]
          const [rawMs] = await timed(() =>
            client.query(
              `select st_asbinary(st_split(geom, st_setsrid(st_geomfromgeojson($3), 4326))) from grid_version
               where grid_id = $1 and plan_id = $2 and to_revision is null`,
              [id, plan, JSON.stringify({ type: 'LineString', coordinates })],
            ),
          )
          const [httpMs, reply] = await timed(() =>
            fetch(`${serving.address}/api/plans/${plan}/edits`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({
                kind: 'split',
                overrule: ['cuts-building'],
                base,
                grid: id,
                line: { type: 'LineString', coordinates },
              }),
            }).then(async response => ({ status: response.status, body: await response.json() })),
          )
          if (reply.status !== 201) throw new Error(JSON.stringify(reply.body))
          base++
          // The first few pay for connections and plans.
          if (nth < 20) continue
          http.push(httpMs)
          raw.push(rawMs)
        }
        ours[size] = { p50: rounded(percentile(http, 0.5)), p95: rounded(percentile(http, 0.95)) }
        bare[size] = { p50: rounded(percentile(raw, 0.5)), p95: rounded(percentile(raw, 0.95)) }
      }
    } finally {
      await client.end()
      await serving.close()
    }
    const [smallest, , largest] = SIZES
    return {
      ours,
      theirs: {
        what: 'st_split of the one polygon through pg: no neighbours, people, journal or commit',
        ...bare,
      },
      ratio: {
        growthP50: rounded(ours[largest!]!.p50 / ours[smallest!]!.p50),
        growthP95: rounded(ours[largest!]!.p95 / ours[smallest!]!.p95),
        toBareP50: rounded(ours[largest!]!.p50 / bare[largest!]!.p50, 1),
      },
    }
  })
