// The reports on plans: judged once, then again only where an edit, a post or a count has changed the answer.

import type { RuleException } from '../../core/contract/report.ts'
import { indexLines } from '../../core/measures/border-on-lines.ts'
import { judgeAgain, type Report, type RuleInput } from '../../core/rules/report.ts'
import { type GridFacts, LIMITS, type PlanFacts, type RuleSettings } from '../../core/rules/rule.ts'
import { covers } from '../../core/topology/covers.ts'
import {
  areaSquareMetres,
  coverageOf,
  type Fault,
  type Position,
  type Shape,
  tally,
  validate,
  type Weights,
  weightsOf,
} from '../../core/topology/index.ts'
import { bounds, boxesMeet } from '../../core/topology/shape.ts'
import { tileFaults } from '../../core/topology/validate.ts'
import type { Actor, Database, Tx } from '../db/database.ts'
import { inScope } from '../db/scope.ts'
import { ProblemError } from '../errors.ts'
import { type Clock, clockOf } from '../incidents/clock.ts'
import { loadAll, loadByIds } from '../plans/queries.ts'
import { weightsWithin } from '../registry/queries.ts'
import { exceptionsOf } from './exceptions.ts'
import { gatherFacts, levelSettings, type Surroundings } from './gather-facts.ts'
import {
  type CheckedPlan,
  checkedPlan,
  divisionsAround,
  firmPoints,
  type GridPosts,
  type GridRow,
  gridRows,
  groundVersion,
  linesAround,
  postsOfPlan,
} from './queries.ts'

/** A judged plan. */
export interface Judged {
  readonly plan: CheckedPlan
  readonly revision: number
  readonly clock: Clock
  readonly input: RuleInput
  readonly settings: RuleSettings
  readonly report: Report
  /** By grid. */
  readonly exceptions: ReadonlyMap<string, RuleException>
  /** How many grids were looked at for this answer: all of them, or those an edit touched. */
  readonly looked: number
}

interface Kept extends Judged {
  readonly ground: string
  readonly around: Surroundings
  readonly versions: ReadonlyMap<string, number>
  readonly outside: Outside
}

type Outside = Pick<PlanFacts, 'buildingsOutside' | 'personsOutside' | 'placeOutside'>

interface Read {
  readonly plan: CheckedPlan
  readonly revision: number
  readonly clock: Clock
  readonly ground: string
  /** What is known of the plan and still holds where no grid has changed. */
  readonly known: Kept | undefined
  readonly rows: GridRow[]
  readonly posts: Map<string, GridPosts>
  readonly exceptions: ReadonlyMap<string, RuleException>
  readonly shapes: Map<string, Shape>
  readonly around: Surroundings
  /** Null: nothing that lies outside every grid can have changed. */
  readonly people: Weights | null
}

/** A plan of a district takes some tens of megabytes. */
const MOST_KEPT = 4

export class PlanReports {
  readonly #database: Database
  readonly #kept = new Map<string, Kept>()
  /** One after the other for each plan: the second finds what the first has judged. */
  readonly #busy = new Map<string, Promise<unknown>>()

  constructor(database: Database) {
    this.#database = database
  }

  /** @throws a problem when there is no such plan or revision */
  async of(actor: Actor, id: string, revision?: number): Promise<Judged> {
    const before = this.#busy.get(id) ?? Promise.resolve()
    const mine = before.then(() => this.#judge(actor, id, revision))
    const quiet = mine.catch(() => undefined)
    this.#busy.set(id, quiet)
    try {
      return await mine
    } finally {
      if (this.#busy.get(id) === quiet) this.#busy.delete(id)
    }
  }

  async #judge(actor: Actor, id: string, asked: number | undefined): Promise<Judged> {
    const kept = this.#kept.get(id)
    const read = await inScope(this.#database, actor, tx => readPlan(tx, id, asked, kept))
    const judged = await judgeRead(read)
    if (read.revision === read.plan.revision) {
      this.#kept.delete(id)
      this.#kept.set(id, judged)
      for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest)
    }
    return judged
  }
}

async function readPlan(
  tx: Tx,
  id: string,
  asked: number | undefined,
  kept: Kept | undefined,
): Promise<Read> {
  const plan = await checkedPlan(tx, id)
  if (!plan) throw new ProblemError('unknown-plan')
  if (asked !== undefined && asked > plan.revision) throw new ProblemError('unknown-revision')
  // Named also for the present: an edit that comes in between belongs to the next report.
  const revision = asked ?? plan.revision
  const clock = await clockOf(tx, plan.county)
  const ground = await groundVersion(tx, plan.county)
  const known = revision === plan.revision && kept?.ground === ground ? kept : undefined
  const rows = await gridRows(tx, plan, revision)
  const changed = rows.filter(row => known?.versions.get(row.id) !== row.version).map(row => row.id)
  const grids =
    changed.length > MOST_BY_ID
      ? await loadAll(tx, plan, revision)
      : await loadByIds(tx, plan, changed, revision)
  const around = known?.around ?? (await readAround(tx, plan))
  const isPeopleSame = known && totalOf(rows) === totalOf([...known.input.grids.values()].map(rowOf))
  const people = isPeopleSame ? null : weightsOf(await weightsWithin(tx, plan.county, degreesOf(around.area)))
  return {
    plan,
    revision,
    clock,
    ground,
    known,
    rows,
    posts: await postsOfPlan(tx, plan, revision, clock.on),
    exceptions: await exceptionsOf(tx, plan, revision),
    shapes: new Map(grids.map(grid => [grid.id, grid.shape])),
    around,
    people,
  }
}

/** More than this are read in one go. */
const MOST_BY_ID = 1000

const rowOf = ({ grid, persons, households }: GridFacts) => ({ ...grid, persons, households })
/** Of level 1: changes when people move, or ground comes or goes. */
const totalOf = (rows: readonly Pick<GridRow, 'level' | 'persons' | 'households'>[]): string => {
  const top = rows.filter(row => row.level === 1)
  const sum = (of: (row: (typeof top)[number]) => number) => top.reduce((all, row) => all + of(row), 0)
  return `${sum(row => row.persons)} ${sum(row => row.households)}`
}

const degreesOf = (shape: Shape) =>
  bounds(shape).map(steps => steps / 1e7) as [number, number, number, number]

async function readAround(tx: Tx, plan: CheckedPlan): Promise<Surroundings> {
  const divisions = await divisionsAround(tx, plan)
  const area = divisions.find(one => one.code === plan.area_code)!.shape
  const { lines, waters } = await linesAround(tx, plan)
  const edges = divisions.flatMap(({ shape }) => shape.flat().map(ring => [...ring, ring[0]!, ring[1]!]))
  const { x, y } = await firmPoints(tx, plan)
  const none = new Int32Array(x.length)
  return {
    lines: indexLines({ lines: [...lines, ...edges], waters }),
    divisions,
    firms: weightsOf({ x, y, persons: none, households: none }),
    area,
    areaSquareMetres: areaSquareMetres(area),
  }
}

/** A whole district takes seconds: between its steps others are answered. */
const othersTurn = setImmediate

async function judgeRead(read: Read): Promise<Kept> {
  const { plan, revision, clock, ground, known, rows, posts, exceptions, shapes, around, people } = read
  const settings: RuleSettings = { levels: levelSettings(plan), limits: LIMITS }
  const was = known?.input.grids ?? new Map<string, GridFacts>()
  const { grids, touched } = await gatherFacts(was, rows, shapes, posts, exceptions, around, settings.levels)
  await new Promise(othersTurn)
  const outside = people ? whoIsOutside(people, around.area, grids) : known!.outside
  const faults = faultsOf(grids, touched, known)
  await new Promise(othersTurn)
  const input: RuleInput = {
    grids,
    divisions: around.divisions,
    plan: {
      ...outside,
      areaSquareMetres: around.areaSquareMetres,
      coveredSquareMetres: rows.reduce((sum, row) => sum + (row.level === 1 ? row.areaSquareMetres : 0), 0),
      spread: plan.spread,
      staffKnown: posts.size > 0,
      faults,
    },
  }
  return {
    plan,
    revision,
    clock,
    input,
    settings,
    report: await judgeInTurns(known?.report ?? new Map(), input, settings, touched, was),
    exceptions,
    looked: touched.length,
    ground,
    around,
    versions: new Map(rows.map(row => [row.id, row.version])),
    outside,
  }
}

const GRIDS_IN_A_TURN = 500

/** The same as judging all that is touched at once. */
async function judgeInTurns(
  before: Report,
  input: RuleInput,
  settings: RuleSettings,
  touched: readonly string[],
  was: ReadonlyMap<string, GridFacts>,
): Promise<Report> {
  let report = before
  let from = 0
  do {
    report = judgeAgain(report, input, settings, touched.slice(from, from + GRIDS_IN_A_TURN), was)
    from += GRIDS_IN_A_TURN
    await new Promise(othersTurn)
  } while (from < touched.length)
  return report
}

/** Buildings of the area that no grid of level 1 owns, by the half-open test. */
function whoIsOutside(people: Weights, area: Shape, grids: ReadonlyMap<string, GridFacts>): Outside {
  const tops = [...grids.values()].filter(({ grid }) => grid.level === 1).map(({ grid }) => grid.shape)
  const all = tally(people, area)
  const held = tops.reduce((sum, shape) => sum + tally(people, shape).buildings, 0)
  const none = { buildingsOutside: 0, personsOutside: 0, placeOutside: null }
  if (held === all.buildings) return none
  const boxed = tops.map(shape => ({ shape, box: bounds(shape) }))
  let buildingsOutside = 0
  let personsOutside = 0
  let placeOutside: Position | null = null
  for (let i = 0; i < people.count; i++) {
    const [x, y] = [people.x[i]!, people.y[i]!]
    const owned = boxed.some(({ shape, box }) => boxesMeet(box, [x, y, x, y]) && covers(shape, [x, y]))
    if (owned || !covers(area, [x, y])) continue
    buildingsOutside++
    personsOutside += people.persons[i]!
    placeOutside ??= [x, y]
  }
  return { buildingsOutside, personsOutside, placeOutside }
}

/** R9 of all grids, or of those touched and around them; a plan that had faults is judged whole. */
function faultsOf(
  grids: ReadonlyMap<string, GridFacts>,
  touched: readonly string[],
  known: Kept | undefined,
): readonly Fault[] {
  const all = [...grids.values()].map(({ grid }) => grid)
  const whole = () => validate(coverageOf(all), { complete: true })
  if (!known || known.input.plan.faults.length > 0) return whole()
  const near = touched.flatMap(id => {
    const facts = grids.get(id) ?? known.input.grids.get(id)
    return facts && known.input.grids.get(id)?.grid !== facts.grid ? [bounds(facts.grid.shape)] : []
  })
  if (near.length === 0) return []
  const leaves = all.filter(
    grid => grid.leaf && near.some(box => boxesMeet(box, bounds(grid.shape), NEIGHBOUR)),
  )
  const coverage = coverageOf(all)
  const parents = all.filter(({ id, leaf }) => !leaf && touched.includes(id))
  const found =
    validate(coverageOf(leaves), { complete: false }).length > 0 ||
    parents.some(parent => [...tileFaults(coverage, parent)].length > 0)
  return found ? whole() : []
}

/** Steps between boxes of grids that may share a border. */
const NEIGHBOUR = 50
