// Tiles over HTTP beside the plain st_asmvt query through `pg`: the same 500 tiles, cold and warm.
import { Agent, request } from 'node:http'
import pg from 'pg'
import { LOCAL_ACTOR } from '../../server/db/database.ts'
import { loadDemo } from '../../server/imports/demo.ts'
import { startServer } from '../../server/main.ts'
import { type Benchmark, percentile, rounded, timed } from './benchmark.ts'
import { onServer } from './on-server.ts'

const TILES = 500
/** Around the town: west, south, east, north. */
const TOWN = [13.22, 53.53, 13.32, 53.58] as const

interface Tile {
  layer: 'buildings' | 'roads' | 'water'
  z: number
  x: number
  y: number
}

/** 500 different tiles of the town, as evenly over zooms 12–17 and layers as there are tiles, the same in every run. */
function pickTiles(): Tile[] {
  const groups: Tile[][] = []
  for (const [z, layers] of [
    [12, ['roads', 'water']],
    [13, ['roads', 'water', 'buildings']],
    [14, ['roads', 'water', 'buildings']],
    [15, ['roads', 'buildings']],
    [16, ['roads', 'buildings']],
    [17, ['buildings']],
  ] as const) {
    const column = (lng: number) => Math.floor(((lng + 180) / 360) * 2 ** z)
    const row = (lat: number) => {
      const sine = Math.sin((lat * Math.PI) / 180)
      return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
    }
    for (const layer of layers) {
      const group: Tile[] = []
      for (let x = column(TOWN[0]); x <= column(TOWN[2]); x++) {
        for (let y = row(TOWN[3]); y <= row(TOWN[1]); y++) group.push({ layer, z, x, y })
      }
      groups.push(group)
    }
  }
  const picked: Tile[] = []
  groups.sort((a, b) => a.length - b.length)
  for (const [i, group] of groups.entries()) {
    const share = Math.min(group.length, Math.round((TILES - picked.length) / (groups.length - i)))
    for (let n = 0; n < share; n++) picked.push(group[Math.floor((n * group.length) / share)]!)
  }
  return picked
}

/** The canonical query of a tile server: bounds to 4326 for the index, geometry to 3857 inside st_asmvtgeom. */
const RAW = {
  buildings: ['building', 'id, kind, name, storeys, persons, households'],
  roads: ['road', 'id, class, name, bridge, tunnel'],
  water: ['water', 'id, kind, name'],
} as const
const rawQuery = ({ layer, z, x, y }: Tile) => `
  with feature as (
    select ${RAW[layer][1]}, st_asmvtgeom(st_transform(geom, 3857), st_tileenvelope(${z}, ${x}, ${y}), 4096, 64, true) g
    from ${RAW[layer][0]}
    where geom && st_transform(st_tileenvelope(${z}, ${x}, ${y}, margin => 64.0 / 4096), 4326)
  ) select st_asmvt(feature, '${layer}', 4096, 'g') mvt from feature where g is not null`

const agent = new Agent({ keepAlive: true, maxSockets: 1 })
function get(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, response => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${url}: ${response.statusCode}`)),
      )
    })
      .on('error', reject)
      .end()
  })
}

export const tiles: Benchmark = () =>
  onServer(async (database, address) => {
    await loadDemo(database, LOCAL_ACTOR, () => undefined)
    await database.owner.executeQuery({ sql: 'vacuum analyze', parameters: [] } as never)
    const serving = await startServer(
      { host: '127.0.0.1', port: 0, dataFolder: '', databaseUrl: address },
      { database, version: 'bench' },
    )
    const client = new pg.Client(address)
    await client.connect()
    try {
      const catalogue = (await (await fetch(`${serving.address}/api/layers`)).json()) as {
        layers: { layer: string; version: number }[]
      }
      const version = new Map(catalogue.layers.map(layer => [layer.layer, layer.version]))
      const urlOf = ({ layer, z, x, y }: Tile) =>
        `${serving.address}/tiles/${layer}/${z}/${x}/${y}.mvt?v=${version.get(layer)}`
      const picked = pickTiles()
      // Both sides once over tiles that are not counted, so that neither pays for cold files and connections.
      for (const tile of picked.slice(0, 50)) {
        await client.query(rawQuery(tile))
        await get(urlOf(tile).replace(/\?v=\d+/, ''))
      }
      const raw: number[] = []
      const cold: number[] = []
      const warm: number[] = []
      for (const tile of picked) {
        // Taking turns, so that a noisy moment hits both.
        raw.push((await timed(() => client.query(rawQuery(tile))))[0])
        cold.push((await timed(() => get(urlOf(tile))))[0])
      }
      for (const tile of picked) warm.push((await timed(() => get(urlOf(tile))))[0])
      const ms = (sample: number[]) => ({
        p50: rounded(percentile(sample, 0.5), 3),
        p95: rounded(percentile(sample, 0.95), 3),
      })
      const sum = (sample: number[]) => sample.reduce((a, b) => a + b, 0)
      return {
        ours: { tiles: picked.length, cold: ms(cold), warm: ms(warm) },
        theirs: { what: 'st_asmvt through pg', raw: ms(raw) },
        ratio: {
          coldToRawP50: rounded(percentile(cold, 0.5) / percentile(raw, 0.5)),
          coldToWarmP50: rounded(percentile(cold, 0.5) / percentile(warm, 0.5), 1),
          coldToWarmTotal: rounded(sum(cold) / sum(warm), 1),
        },
      }
    } finally {
      await client.end()
      agent.destroy()
      await serving.close()
    }
  })
