// For tests: a small town of square blocks with people, an area around it, and the application over it.
import { sql } from 'kysely'
import { uuidv7 } from 'uuidv7'
import type { EditReply, EditRequest } from '../../core/contract/edits.ts'
import type { GridSummary } from '../../core/contract/grids.ts'
import type { Plan } from '../../core/contract/plans.ts'
import { type App, createApp } from '../app.ts'
import type { Database } from '../db/database.ts'

/** West, south of the town and the length of its side, degrees. */
export const TOWN = { west: 103.9, south: 30.8, side: 0.02 }
const PER_SIDE = 20

export interface SmallTown {
  readonly app: App
  readonly county: string
  readonly area: string
  /** [0..1] across the town → degrees on the lattice. */
  at(x: number, y: number): [number, number]
  newPlan(): Promise<Plan>
  grids(plan: string): Promise<GridSummary[]>
  post(url: string, body: unknown, headers?: Record<string, string>): ReturnType<typeof inject>
  /** Throws when it is refused; buildings may be cut. */
  edit(plan: string, body: EditRequest): Promise<EditReply>
}

const inject = (app: App, url: string, payload: unknown, headers: Record<string, string>) =>
  app.inject({ method: 'POST', url, payload: payload as object, headers })

/** 400 buildings with 1–5 people each in a county of the test's own. Close `app` when done. */
export async function buildSmallTown(database: Database, county: string): Promise<SmallTown> {
  const app = await createApp({ database, version: 'test', log: true })
  const at = (x: number, y: number): [number, number] => [
    Math.round((TOWN.west + x * TOWN.side) * 1e7) / 1e7,
    Math.round((TOWN.south + y * TOWN.side) * 1e7) / 1e7,
  ]
  const buildings = Array.from({ length: PER_SIDE ** 2 }, (_, i) => {
    const [x, y] = at(((i % PER_SIDE) + 0.5) / PER_SIDE, (Math.floor(i / PER_SIDE) + 0.5) / PER_SIDE)
    return { id: uuidv7(), key: `b${i}`, x, y, persons: 1 + (i % 5), households: 1 + (i % 2) }
  })
  await sql`
    insert into building (county, id, source_key, import_id, floor_area_m2, persons, households, people_source, geom, point)
    select ${county}, (b->>'id')::uuid, b->>'key', (b->>'id')::uuid, 100, (b->>'persons')::integer,
      (b->>'households')::integer, 'spread',
      st_multi(st_makeenvelope((b->>'x')::float8 - 1e-5, (b->>'y')::float8 - 1e-5, (b->>'x')::float8 + 1e-5,
        (b->>'y')::float8 + 1e-5, 4326)),
      st_setsrid(st_makepoint((b->>'x')::float8, (b->>'y')::float8), 4326)
    from jsonb_array_elements(${JSON.stringify(buildings)}::jsonb) b`.execute(database.owner)

  const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
    inject(app, url, body, headers)
  const ring = [at(0, 0), at(1, 0), at(1, 1), at(0, 1), at(0, 0)]
  const area = `${county}101201`
  const created = await post('/api/areas', {
    code: area,
    name: '小城',
    geometry: { type: 'Polygon', coordinates: [ring] },
  })
  if (created.statusCode !== 201) throw new Error(created.body)
  return {
    app,
    county,
    area,
    at,
    post,
    async newPlan() {
      const reply = await post('/api/plans', { area, name: '试划' })
      if (reply.statusCode !== 201) throw new Error(reply.body)
      return reply.json()
    },
    async grids(plan) {
      return (await app.inject({ url: `/api/plans/${plan}/grids` })).json().grids
    },
    async edit(plan, body) {
      const reply = await post(`/api/plans/${plan}/edits`, { overrule: ['cuts-building'], ...body })
      if (reply.statusCode !== 201) throw new Error(reply.body)
      return reply.json()
    },
  }
}

export const line = (...coordinates: [number, number][]) => ({ type: 'LineString' as const, coordinates })
