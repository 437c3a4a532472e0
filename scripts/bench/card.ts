// The card of a grid at the scale district, 50 requests a second over HTTP, beside the bare row of the grid through `pg`.
import pg from 'pg'
import { startServer } from '../../server/main.ts'
import { type Benchmark, percentile, rounded, timed } from './benchmark.ts'
import { onHuairou } from './on-huairou.ts'
import { processorTime } from './processor.ts'

const PER_SECOND = 50
const SECONDS = 30
const WARM_UP = 100

export const card: Benchmark = () =>
  onHuairou(async ({ database, address, plan, scale, seconds }) => {
    const serving = await startServer(
      { host: '127.0.0.1', port: 0, dataFolder: '', databaseUrl: address },
      { database, version: 'bench' },
    )
    const client = new pg.Client(address)
    await client.connect()
    try {
      const { rows: grids } = await client.query<{ grid_id: string; level: number }>(
        'select grid_id, level from grid_version where plan_id = $1 and to_revision is null order by md5(grid_id::text)',
        [plan],
      )
      let refused = 0
      const click = async (n: number): Promise<[milliseconds: number, level: number]> => {
        const { grid_id, level } = grids[n % grids.length]!
        const [milliseconds, status] = await timed(async () => {
          const reply = await fetch(`${serving.address}/api/grids/${grid_id}?plan=${plan}`)
          await reply.text()
          return reply.status
        })
        // Too many at once for this machine: an answer too, but not a card.
        if (status === 503) refused++
        else if (status !== 200) throw new Error(`The card of ${grid_id} was answered with ${status}.`)
        return [milliseconds, level]
      }
      for (let n = 0; n < WARM_UP; n += 10)
        await Promise.all(Array.from({ length: 10 }, (_, i) => click(n + i)))
      const processor = await processorTime(client)
      // Clicks come when they come, whether or not the last one was answered.
      const clicks: Promise<[number, number]>[] = []
      const from = performance.now()
      for (let n = 0; n < PER_SECOND * SECONDS; n++) {
        const wait = from + (n * 1000) / PER_SECOND - performance.now()
        if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
        clicks.push(click(WARM_UP + n))
      }
      const took = await Promise.all(clicks)
      const { here, database: there } = processor()
      const all = took.map(([milliseconds]) => milliseconds)
      const bare: number[] = []
      for (let n = 0; n < 500; n++) {
        const [milliseconds] = await timed(() =>
          client.query(
            'select *, st_asgeojson(geom) from grid_version where plan_id = $1 and grid_id = $2 and to_revision is null',
            [plan, grids[n % grids.length]!.grid_id],
          ),
        )
        bare.push(milliseconds)
      }
      const spread = (sample: number[]) => ({
        p50: rounded(percentile(sample, 0.5)),
        p95: rounded(percentile(sample, 0.95)),
        p99: rounded(percentile(sample, 0.99)),
      })
      const byLevel = [1, 2, 3, 4].map(level => [
        `level${level}`,
        spread(took.filter(([, of]) => of === level).map(([milliseconds]) => milliseconds)),
      ])
      return {
        ours: {
          scale,
          loadedIn: seconds,
          grids: grids.length,
          perSecond: PER_SECOND,
          refused,
          ...spread(all),
          ...Object.fromEntries(byLevel),
          // Of Node both the server's and the client's share.
          processorEach: {
            node: rounded(here / clicks.length),
            database: there === null ? null : rounded(there / clicks.length),
          },
        },
        theirs: { what: 'the one row of the grid through pg, one after the other', ...spread(bare) },
        ratio: { p95ToAim: rounded(percentile(all, 0.95) / 25) },
      }
    } finally {
      await client.end()
      await serving.close()
    }
  })
