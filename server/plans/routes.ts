// HTTP for plans, their grids, and what the kernel in the browser loads.
import { makeVector, Table, tableToIPC } from 'apache-arrow'
import { type Static, Type } from 'typebox'
import { AreaCode } from '../../core/contract/areas.ts'
import type { Box } from '../../core/contract/geometry.ts'
import { GridLevel, Id } from '../../core/contract/grids.ts'
import {
  Coverage,
  GridList,
  LevelProfile,
  NewPlan,
  Plan,
  PlanCopy,
  RoadCourses,
} from '../../core/contract/plans.ts'
import { problems } from '../../core/contract/problem.ts'
import { LARGEST_REVISION } from '../../core/contract/text.ts'
import { bounds, LATTICE, toTopology } from '../../core/topology/index.ts'
import { actorOf, IDEMPOTENCY_HEADER, write } from '../actor.ts'
import type { App, AppOptions } from '../app.ts'
import { findArea } from '../areas/queries.ts'
import type { Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { toKernel } from '../edits/around.ts'
import { ProblemError, refusalProblem } from '../errors.ts'
import { roadsWithin, weightsWithin } from '../registry/queries.ts'
import { copyPlan } from './copy-plan.ts'
import { createPlan } from './create-plan.ts'
import {
  findPlan,
  listGrids,
  listPlans,
  listProfiles,
  loadAll,
  loadAround,
  loadByIds,
  type PlanRow,
  planRow,
} from './queries.ts'

const params = Type.Object({ id: Id })
const tags = ['plans']
const ONE = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'
const Within = Type.Optional(
  Type.String({ pattern: `^${ONE}(,${ONE}){0,99}$`, description: 'a grid, or several, separated by commas' }),
)
const gridsIn = (within: string | undefined): readonly string[] => within?.split(',') ?? []
const DEGREES = '-?\\d{1,3}(\\.\\d{1,12})?'
const Near = Type.Optional(
  Type.String({
    pattern: `^${DEGREES}(,${DEGREES}){3}$`,
    description: 'west,south,east,north in degrees: what lies near, when no grid is named',
  }),
)
const nearBox = (near: string | undefined): Box | null => (near ? (near.split(',').map(Number) as Box) : null)
const Revision = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: LARGEST_REVISION,
    description: 'as of this revision; default: the present',
  }),
)

export async function planRoutes(app: App, { database }: AppOptions): Promise<void> {
  app.get(
    '/api/profiles',
    { schema: { summary: 'Level profiles', tags, response: { 200: Type.Array(LevelProfile), ...problems } } },
    request => inScope(database, actorOf(request), listProfiles),
  )

  app.get(
    '/api/plans',
    {
      schema: {
        summary: 'Plans, last changed first',
        tags,
        querystring: Type.Object({ area: Type.Optional(AreaCode) }),
        response: { 200: Type.Array(Plan), ...problems },
      },
    },
    request => {
      const actor = actorOf(request)
      return inScope(database, actor, tx => listPlans(tx, actor.name, request.query))
    },
  )

  app.post(
    '/api/plans',
    {
      schema: {
        summary: 'Start a plan: one level-1 grid, the area itself',
        tags,
        headers: IDEMPOTENCY_HEADER,
        body: NewPlan,
        response: { 201: Plan, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 201, async tx => {
        const actor = actorOf(request).name
        const id = await createPlan(tx, actor, request.body)
        if (typeof id !== 'string') throw refusalProblem(id)
        return (await findPlan(tx, actor, id))!
      }),
  )

  app.get(
    '/api/plans/:id',
    { schema: { summary: 'One plan', tags, params, response: { 200: Plan, ...problems } } },
    async request => {
      const actor = actorOf(request)
      const plan = await inScope(database, actor, tx => findPlan(tx, actor.name, request.params.id))
      if (!plan) throw new ProblemError('unknown-plan')
      return plan
    },
  )

  app.post(
    '/api/plans/:id/copies',
    {
      schema: {
        summary: 'A draft with the same grids, to work on while the plan stays as it is',
        tags,
        params,
        headers: IDEMPOTENCY_HEADER,
        body: PlanCopy,
        response: { 201: Plan, ...problems },
      },
    },
    (request, reply) =>
      write(database, request, reply, 201, async tx => {
        const actor = actorOf(request).name
        return (await findPlan(tx, actor, await copyPlan(tx, actor, request.params.id, request.body.name)))!
      }),
  )

  app.get(
    '/api/plans/:id/grids',
    {
      schema: {
        summary: 'Its grids with totals, by code',
        tags,
        params,
        querystring: Type.Object({
          level: Type.Optional(GridLevel),
          revision: Revision,
          since: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: LARGEST_REVISION,
              description: 'only grids that came or changed after this revision',
            }),
          ),
        }),
        response: { 200: GridList, ...problems },
      },
    },
    request =>
      inPlan(request.params.id, request, async (tx, plan) => {
        const revision = knownRevision(plan, request.query.revision)
        const grids = await listGrids(tx, plan, { ...request.query })
        return { revision: revision ?? plan.revision, demo: plan.demo, grids }
      }),
  )

  app.get(
    '/api/plans/:id/coverage',
    {
      schema: {
        summary: 'TopoJSON of the plan, or of some grids with all around them; exact integers',
        tags,
        params,
        querystring: Type.Object({ within: Within, near: Near, revision: Revision }),
        response: { 200: Coverage, ...problems },
      },
    },
    request =>
      inPlan(request.params.id, request, async (tx, plan) => {
        const within = gridsIn(request.query.within)
        const revision = knownRevision(plan, request.query.revision)
        const near = nearBox(request.query.near)
        const grids =
          within.length > 0 || near
            ? await loadAround(tx, plan, within, revision, near)
            : await loadAll(tx, plan, revision)
        const loaded = new Set(grids.map(grid => grid.id))
        if (within.some(id => !loaded.has(id))) throw new ProblemError('unknown-grid')
        const topology = toTopology(grids.map(toKernel))
        return { revision: revision ?? plan.revision, demo: plan.demo, ...topology } as Static<
          typeof Coverage
        >
      }),
  )

  app.get(
    '/api/plans/:id/weights',
    {
      schema: {
        summary: 'Apache Arrow stream: x, y (lattice steps), persons, households; a row per building',
        tags,
        params,
        querystring: Type.Object({ within: Within, near: Near }),
      },
    },
    async (request, reply) => {
      const columns = await inPlan(request.params.id, request, async (tx, plan) => {
        const within = gridsIn(request.query.within)
        const near = within.length > 0 ? null : nearBox(request.query.near)
        const box = near ?? (await boxOf(tx, plan, within))
        return weightsWithin(tx, plan.county, box)
      })
      const table = new Table({
        x: makeVector(columns.x),
        y: makeVector(columns.y),
        persons: makeVector(columns.persons),
        households: makeVector(columns.households),
      })
      reply.type('application/vnd.apache.arrow.stream').header('Cache-Control', 'no-cache')
      return reply.send(Buffer.from(tableToIPC(table, 'stream')))
    },
  )

  app.get(
    '/api/plans/:id/roads',
    {
      schema: {
        summary: 'The roads around a grid, for cuts that follow them: flat courses in lattice steps',
        tags,
        params,
        querystring: Type.Object({ within: Within }),
        response: { 200: RoadCourses, ...problems },
      },
    },
    request =>
      inPlan(request.params.id, request, async (tx, plan) => ({
        roads: await roadsWithin(tx, plan.county, await boxOf(tx, plan, gridsIn(request.query.within))),
      })),
  )

  async function inPlan<T>(
    id: string,
    request: Parameters<typeof actorOf>[0],
    work: (tx: Tx, plan: PlanRow) => Promise<T>,
  ): Promise<T> {
    return inScope(database, actorOf(request), async tx => {
      const plan = await planRow(tx, id, { lock: false })
      if (!plan) throw new ProblemError('unknown-plan')
      return work(tx, plan)
    })
  }
}

function knownRevision(plan: PlanRow, revision: number | undefined): number | undefined {
  if (revision !== undefined && revision > plan.revision) throw new ProblemError('unknown-revision')
  return revision
}

/** West, south, east, north of some grids, or of the whole area of the plan. */
async function boxOf(
  tx: Tx,
  plan: PlanRow,
  grids: readonly string[],
): Promise<[number, number, number, number]> {
  if (grids.length === 0) return (await findArea(tx, plan.area_code))!.bbox
  const found = await loadByIds(tx, plan, grids)
  if (found.length < new Set(grids).size) throw new ProblemError('unknown-grid')
  const ground = found.flatMap(grid => grid.shape)
  return bounds(ground).map(steps => steps / LATTICE) as [number, number, number, number]
}
