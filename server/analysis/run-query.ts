// A spatial query: what lies in a shape, in a grid, or nearest to a point, as counts and as a table.
import { sql } from 'kysely'
import type { QueryCounts, QueryLayer, QueryReply, QueryRequest } from '../../core/contract/analysis.ts'
import type { Box, Place } from '../../core/contract/geometry.ts'
import { type Language, sentence } from '../../core/contract/refusals.ts'
import { localDay } from '../../core/measures/local-day.ts'
import { areaSquareMetres, bounds, LATTICE, type Shape, toGeoJson } from '../../core/topology/index.ts'
import type { Tx } from '../db/database.ts'
import { ProblemError } from '../errors.ts'
import { findGrid } from '../grids/find-grid.ts'
import { groundOfGrid, planAtPlace } from '../grids/queries.ts'
import { multiPolygonEwkb } from '../imports/ewkb.ts'
import { type Clock, clockOf } from '../incidents/clock.ts'
import { timeRange } from '../incidents/page.ts'
import { incidentsIn, type Wanted, wantedIncidents } from '../incidents/queries.ts'
import { type PlanKey, planRow } from '../plans/queries.ts'
import {
  addressesIn,
  buildingsIn,
  kindsIn,
  organisationsIn,
  residentsIn,
  residentsOrNull,
} from '../registry/counts.ts'
import { type Ground, groundOf } from '../registry/ground.ts'
import { type PlacedPost, postsOnGround, type Whose } from '../staff/posts-on-ground.ts'
import { groundOfFound, nearest } from './nearest.ts'
import { countyNear } from './queries.ts'
import { checkNearest, polygonOf } from './query-shape.ts'
import { type Page, readTable, staffTable } from './read-table.ts'
import { tableOfLayer } from './table-columns.ts'

/** What is asked, found out once: where, whose, when. */
interface Asked {
  readonly county: string
  readonly plan: PlanKey | undefined
  readonly clock: Clock
  readonly incidents: Wanted
  /** What counts as inside, for each layer. */
  groundFor(layer: Exclude<QueryLayer, 'staff'>): Promise<Ground>
  staff(): Promise<PlacedPost[]>
  readonly byDistance: boolean
}

const PAGE: Page = { limit: 100, offset: 0 }

export async function runQuery(tx: Tx, request: QueryRequest, language: Language): Promise<QueryReply> {
  const { layers } = request
  if (layers.length === 0) throw new ProblemError('nothing-selected')
  const shape = shapeAsked(request)
  const found =
    request.shape.kind === 'grid' ? await findGrid(tx, { ...request, id: request.shape.grid }) : undefined
  const drawn = shape ?? found?.grid.shape
  const geometry = {
    geometry: drawn ? toGeoJson(drawn) : null,
    areaSquareMetres: drawn ? areaSquareMetres(drawn) : null,
  }
  const asked = await whatIsAsked(tx, request, shape, found)
  if (!asked) {
    return {
      plan: null,
      county: null,
      on: request.on ?? localDay(new Date()),
      demo: false,
      shape: geometry,
      counts: {},
      table: null,
      note: sentence('nothing-known-here', language),
    }
  }
  const counts: QueryCounts = {}
  for (const layer of layers) Object.assign(counts, await countLayer(tx, asked, layer))
  const wanted = request.table
  const page = wanted ? { limit: wanted.limit, offset: wanted.offset } : PAGE
  const nothing = Object.values(counts).every(count => count === undefined || count.total === 0)
  return {
    plan: asked.plan?.plan_id ?? null,
    county: asked.county,
    on: asked.clock.on,
    demo: asked.clock.demo,
    shape: geometry,
    counts,
    table: wanted ? await tableOf(tx, asked, wanted.layer, page) : null,
    note: nothing ? sentence('nothing-inside', language) : null,
  }
}

/** Made on the lattice, or refused; undefined for a grid and for the nearest. */
function shapeAsked({ shape }: QueryRequest): Shape | undefined {
  if (shape.kind === 'grid') return undefined
  if (shape.kind !== 'nearest') return polygonOf(shape)
  checkNearest(shape.n, shape.point)
  return undefined
}

async function whatIsAsked(
  tx: Tx,
  request: QueryRequest,
  shape: Shape | undefined,
  found: Awaited<ReturnType<typeof findGrid>> | undefined,
): Promise<Asked | undefined> {
  const box = shape && (bounds(shape).map(steps => steps / LATTICE) as Box)
  const at: Place | undefined =
    request.shape.kind === 'nearest'
      ? request.shape.point
      : box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]
  const named = request.plan ? await planRow(tx, request.plan, { lock: false }) : undefined
  if (request.plan && !named) throw new ProblemError('unknown-plan')
  const county = found?.plan.county ?? named?.county ?? (await countyNear(tx, box, at!))
  const range = timeRange(request.from, request.to)
  if (!county) return undefined
  const plan = found?.plan ?? named ?? (await planAtPlace(tx, county, at!))
  const revision = found || named ? request.revision : undefined
  const clock = await clockOf(tx, county, request.on)
  const shared = { county, plan, clock, incidents: range }
  const staffOf = (whose: Whose) =>
    plan ? postsOnGround(tx, plan, whose, revision, clock.on) : Promise.resolve([])

  const asked = request.shape
  if (asked.kind === 'nearest') {
    const near = { place: asked.point, n: asked.n }
    return {
      ...shared,
      byDistance: true,
      groundFor: async layer => {
        const { table } = tableOfLayer(layer, clock)
        const condition =
          layer === 'incidents'
            ? wantedIncidents(range, clock)
            : layer === 'persons'
              ? sql<boolean>`i.persons > 0`
              : sql<boolean>`true`
        const of = layer === 'households' ? 'building' : table
        return groundOfFound(county, await nearest(tx, county, of, near, condition))
      },
      staff: () => staffOf({ near: asked.point, n: asked.n }),
    }
  }
  const ground = found
    ? groundOfGrid(found.plan, found.grid)
    : groundOf(county, box!, sql`${multiPolygonEwkb(shape!)}::geometry`)
  return {
    ...shared,
    byDistance: false,
    groundFor: async () => ground,
    staff: () =>
      staffOf(found ? { grid: found.grid.id } : { shape: sql`${multiPolygonEwkb(shape!)}::geometry` }),
  }
}

async function countLayer(tx: Tx, asked: Asked, layer: QueryLayer): Promise<QueryCounts> {
  if (layer === 'staff') return { staff: staffCounts(await asked.staff()) }
  const ground = await asked.groundFor(layer)
  switch (layer) {
    case 'persons': {
      const { persons } = await buildingsIn(tx, ground)
      const residents = await residentsIn(tx, ground, asked.clock.on)
      return { persons: { total: persons, residents: residentsOrNull(residents, persons) } }
    }
    case 'households':
      return { households: { total: (await buildingsIn(tx, ground)).households } }
    case 'buildings': {
      const { buildings, dangerous } = await buildingsIn(tx, ground)
      return { buildings: { total: buildings, dangerous } }
    }
    case 'addresses':
      return { addresses: { total: await addressesIn(tx, ground) } }
    case 'facilities':
    case 'objects': {
      const kinds = await kindsIn(tx, ground, layer === 'objects' ? 'object' : 'facility')
      return { [layer]: { total: kinds.reduce((sum, { count }) => sum + count, 0), kinds } }
    }
    case 'organisations':
      return { organisations: await organisationsIn(tx, ground) }
    case 'incidents': {
      const { all, ...rest } = await incidentsIn(tx, ground, asked.clock, asked.incidents)
      return { incidents: { total: all, ...rest } }
    }
  }
}

function staffCounts(posts: readonly PlacedPost[]): QueryCounts['staff'] {
  const roles = new Map<string, number>()
  for (const { post } of posts) roles.set(post.role, (roles.get(post.role) ?? 0) + 1)
  return {
    total: posts.length,
    people: new Set(posts.map(({ post }) => post.staff.id)).size,
    roles: [...roles]
      .map(([role, count]) => ({ role, count }))
      .sort((a, b) => b.count - a.count || a.role.localeCompare(b.role)),
  }
}

async function tableOf(tx: Tx, asked: Asked, layer: QueryLayer, page: Page) {
  if (layer === 'staff') return staffTable(await asked.staff(), page)
  const ground = await asked.groundFor(layer)
  return readTable(tx, layer, ground, asked.clock, asked.incidents, page, asked.byDistance)
}
